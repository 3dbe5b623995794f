import { assess } from '../../../src/assessment/judge';
import type { Json } from '../../../src/assessment/model';
import { assemblyOf, att, network, ref, resource, stackOf, subnets, web } from '../../support/assessment';
import { declared, names } from '../scenarios/play';

type Template = Record<string, unknown>;

const INTERNAL = resource('AWS::ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internal', Subnets: subnets(3) });
const link: Template = {
  Hub: resource('AWS::EC2::TransitGateway'),
  Router: resource('AWS::EC2::CustomerGateway', { BgpAsn: 65_000, Type: 'ipsec.1' }),
  Link: resource('AWS::EC2::VPNConnection', { CustomerGatewayId: ref('Router'), TransitGatewayId: ref('Hub') }),
};
const attached = (gateway: unknown): Template => ({
  Attachment: resource('AWS::EC2::TransitGatewayAttachment', {
    VpcId: ref('Vpc'),
    TransitGatewayId: gateway,
    SubnetIds: subnets(3),
  }),
});
const side = (failover: string, more: Template): Template => ({
  ...network(3),
  ...web(3),
  Alb: INTERNAL,
  ...names(failover),
  ...more,
});

const ENTRY = {
  entryPoints: [{ protocol: 'MLLP', address: 'mllp.example.org', port: 2575, path: 'Test/Alb' }],
};

/** What the loss of the Region comes to for the standby's load balancer, and why. */
function verdict(primary: Template, recovery: Template, system: { [key: string]: Json } = ENTRY): string {
  const stacks = [
    stackOf(declared(side('PRIMARY', primary), system)),
    stackOf(declared(side('SECONDARY', recovery), { bornAs: 'RECOVERY' }, 'Recovery'), {
      id: 'Recovery',
      region: 'us-west-2',
    }),
  ];
  const { systems } = assess(assemblyOf(...stacks), { scopes: ['REGION' as never], rules: false });
  const found = systems
    .flatMap(({ findings, unknowns }) => [...findings, ...unknowns])
    .find(({ resource: path }) => path === 'Recovery/Alb');
  return found ? `${found.verdict}: ${found.chain.at(-1)}` : 'fine';
}

const MISSING = 'MISSES: no link to the hospital ends in us-west-2, and it is reached over private links only';

describe('a standby that the hospital comes to over private links', () => {
  test.each<[string, Template, Template, string]>([
    ['a link ends in either Region', link, link, 'fine'],
    ['a link ends in the lost Region only', link, {}, MISSING],
    ['no link is in the templates: then nothing is known of any', {}, {}, 'fine'],
    [
      'it is public',
      link,
      { Alb: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', { Subnets: subnets(3) }) },
      'fine',
    ],
    [
      'its network is attached to a gateway of another account',
      link,
      attached('tgw-0123456789'),
      'UNKNOWN: where Recovery/Attachment leads to is not in the templates',
    ],
    [
      'its network has an internet gateway, which is no private way',
      link,
      { Out: resource('AWS::EC2::VPCGatewayAttachment', { VpcId: ref('Vpc'), InternetGatewayId: 'igw-1' }) },
      MISSING,
    ],
    [
      'its network is not in the templates',
      link,
      { Alb: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internal', Subnets: ['subnet-1'] }) },
      'UNKNOWN: the network of Recovery/Alb is not in the templates',
    ],
    [
      'the internet comes in by Global Accelerator',
      {
        ...link,
        Group: resource('AWS::GlobalAccelerator::EndpointGroup', {
          EndpointConfigurations: [{ EndpointId: ref('Alb') }],
        }),
      },
      {},
      'fine',
    ],
    [
      'an API leads to its listener',
      { ...link, Way: resource('AWS::ApiGatewayV2::Integration', { IntegrationUri: att('Listener', 'ListenerArn') }) },
      {},
      'fine',
    ],
  ])('%s', (_name, primary, recovery, expected) => {
    // the private side is what is asked of: a public standby goes with a public primary
    const open = (recovery.Alb as { Properties?: Template } | undefined)?.Properties?.Scheme === undefined;
    const own = recovery.Alb && open ? { ...primary, Alb: recovery.Alb } : primary;
    expect(verdict(own, recovery)).toBe(expected);
  });

  test('whether the hospital comes in at all is open where nobody declared it', () => {
    expect(verdict(link, {}, {})).toBe(
      'UNKNOWN: whether the hospital comes in at Test/Alb is not declared among the entry points of a system',
    );
  });

  test('what would mend it', () => {
    const stacks = [
      stackOf(declared(side('PRIMARY', link), ENTRY)),
      stackOf(declared(side('SECONDARY', {}), { bornAs: 'RECOVERY' }, 'Recovery'), {
        id: 'Recovery',
        region: 'us-west-2',
      }),
    ];
    const [system] = assess(assemblyOf(...stacks), { rules: false }).systems;
    const found = system.findings.find(({ resource: path, scope }) => path === 'Recovery/Alb' && scope === 'REGION');
    expect(found?.fix).toBe('end links to the hospital in us-west-2 too');
  });
});
