import { assess } from '../../../src/assessment/judge';
import { FailureScope } from '../../../src/core/failure-scope';
import { assemblyOf, judged, network, ref, resource, stackOf, subnets, web } from '../../support/assessment';

type Resources = Record<string, unknown>;

/** Subnets of three zones that send what is not theirs to a transit gateway. */
const routed = (gateway: unknown = ref('Hub')): Resources => ({
  Table: resource('AWS::EC2::RouteTable', { VpcId: ref('Vpc') }),
  ToHospital: resource('AWS::EC2::Route', {
    RouteTableId: ref('Table'),
    DestinationCidrBlock: '10.128.0.0/9',
    TransitGatewayId: gateway,
  }),
  ...Object.fromEntries(
    [0, 1, 2].map((slot) => [
      `Use${slot}`,
      resource('AWS::EC2::SubnetRouteTableAssociation', {
        SubnetId: ref(`Subnet${slot}`),
        RouteTableId: ref('Table'),
      }),
    ]),
  ),
});

const attached = (
  SubnetIds: unknown,
  gateway: unknown = ref('Hub'),
  type = 'AWS::EC2::TransitGatewayVpcAttachment',
): Resources => ({
  Attachment: resource(type, { VpcId: ref('Vpc'), TransitGatewayId: gateway, SubnetIds }),
});

const HUB = { Hub: resource('AWS::EC2::TransitGateway') };
const IMPORTED = { 'Fn::ImportValue': 'hub' };

describe('losing a zone behind a transit gateway', () => {
  test.each<[string, Resources, string]>([
    ['attached in every zone', { ...HUB, ...routed(), ...attached(subnets(3)) }, 'MEETS'],
    [
      'attached in every zone, by the older type',
      { ...HUB, ...routed(), ...attached(subnets(3), ref('Hub'), 'AWS::EC2::TransitGatewayAttachment') },
      'MEETS',
    ],
    ['attached in two zones of three', { ...HUB, ...routed(), ...attached(subnets(2)) }, 'MEETS'],
    ['attached in one zone', { ...HUB, ...routed(), ...attached(subnets(1)) }, 'MISSES Attachment'],
    ['attached, but nothing is routed there', { ...HUB, ...attached(subnets(1)) }, 'MEETS'],
    ['a gateway of another account', { ...routed(IMPORTED), ...attached(subnets(3), IMPORTED) }, 'MEETS'],
    [
      'a gateway of another account, one zone',
      { ...routed(IMPORTED), ...attached(subnets(1), IMPORTED) },
      'MISSES Attachment',
    ],
    ['attached to another gateway', { ...HUB, ...routed(ref('Other')), ...attached(subnets(3)) }, 'UNKNOWN Service'],
    ['attached by another template', { ...HUB, ...routed() }, 'UNKNOWN Service'],
    ['attached in subnets of a parameter', { ...HUB, ...routed(), ...attached(ref('Subnets')) }, 'UNKNOWN Service'],
    [
      'attached in imported subnets',
      { ...HUB, ...routed(), ...attached([{ 'Fn::ImportValue': 'a' }, { 'Fn::ImportValue': 'b' }]) },
      'UNKNOWN Service',
    ],
  ])('%s', (_name, resources, expected) => {
    const template = {
      Parameters: { Subnets: { Type: 'List<AWS::EC2::Subnet::Id>' }, Other: { Type: 'String' } },
      Resources: { ...network(3), ...web(3), ...resources },
    };
    expect(judged(template, FailureScope.AVAILABILITY_ZONE)).toBe(expected);
  });

  test('the reason names the zone that is not attached, and the fix', () => {
    const template = { ...network(3), ...web(3), ...HUB, ...routed(), ...attached(subnets(1)) };
    const [system] = assess(assemblyOf(stackOf(template))).systems;
    const found = system.findings.find(
      ({ scope, resource: path }) => scope === FailureScope.AVAILABILITY_ZONE && path === 'Test/Attachment',
    );
    expect(found).toMatchObject({
      fix: 'name a subnet of each zone that routes to it in the attachment',
      entryPoints: ['Test/Alb'],
    });
    expect(found?.chain.join('\n')).toContain('transit gateway attachment Test/Attachment');
    expect(system.singlePoints.map(({ resource: path }) => path)).toContain('Test/Attachment');
  });

  test('what is undecided says what would decide it', () => {
    const reasons = (resources: Resources) => {
      const template = {
        Parameters: { Subnets: { Type: 'List<AWS::EC2::Subnet::Id>' } },
        Resources: { ...network(3), ...web(3), ...HUB, ...routed(), ...resources },
      };
      const [system] = assess(assemblyOf(stackOf(template))).systems;
      return system.unknowns.flatMap(({ chain }) => chain).join();
    };
    expect(reasons(attached(ref('Subnets')))).toContain('depends on parameter Subnets');
    expect(reasons({})).toContain('the attachment of its VPC is not in the templates');
  });

  test('a zone without attachment is no place for tasks that have to move', () => {
    const template = { ...network(2), ...web(2, { DesiredCount: 1 }), ...HUB, ...routed(), ...attached(subnets(1)) };
    expect(judged(template, FailureScope.AVAILABILITY_ZONE)).toBe('MISSES Attachment');
  });
});

const OWN = resource('AWS::EC2::TransitGateway', {
  DefaultRouteTableAssociation: 'disable',
  DefaultRouteTablePropagation: 'disable',
});
const tabled = (range: string): Resources => ({
  Hub: OWN,
  Clinical: resource('AWS::EC2::TransitGatewayRouteTable', { TransitGatewayId: ref('Hub') }),
  Associated: resource('AWS::EC2::TransitGatewayRouteTableAssociation', {
    TransitGatewayAttachmentId: ref('Attachment'),
    TransitGatewayRouteTableId: ref('Clinical'),
  }),
  Out: resource('AWS::EC2::TransitGatewayRoute', {
    TransitGatewayAttachmentId: { 'Fn::ImportValue': 'hospital' },
    TransitGatewayRouteTableId: ref('Clinical'),
    DestinationCidrBlock: range,
  }),
  Back: resource('AWS::EC2::TransitGatewayRouteTablePropagation', {
    TransitGatewayAttachmentId: ref('Attachment'),
    TransitGatewayRouteTableId: { 'Fn::ImportValue': 'of-the-hospital' },
  }),
});

describe('an attachment without a route is no way', () => {
  test.each<[string, Resources, string]>([
    ['tables of its own, with a route to the hospital', tabled('10.128.0.0/9'), 'MEETS'],
    ['tables of its own, with a route to elsewhere', tabled('10.64.0.0/16'), 'UNKNOWN Service'],
    ['no table', { Hub: OWN }, 'UNKNOWN Service'],
  ])('%s', (_name, resources, expected) => {
    const template = { ...network(3), ...web(3), ...routed(), ...attached(subnets(3)), ...resources };
    expect(judged(template, FailureScope.AVAILABILITY_ZONE)).toBe(expected);
    expect(judged(template, FailureScope.COMPONENT)).toBe(expected);
  });

  test('the reason says what is missing', () => {
    const template = { ...network(3), ...web(3), ...routed(), ...attached(subnets(3)), Hub: OWN };
    const [system] = assess(assemblyOf(stackOf(template))).systems;
    expect(system.unknowns.flatMap(({ chain }) => chain).join()).toContain(
      'no route table of Test/Hub is associated with Test/Attachment',
    );
  });
});

test('types of transit gateways that nothing reads are listed as not judged', () => {
  const { notJudged } = assess(
    assemblyOf(
      stackOf({
        ...HUB,
        ...attached(subnets(1)),
        Table: resource('AWS::EC2::TransitGatewayRouteTable'),
        Domain: resource('AWS::EC2::TransitGatewayMulticastDomain'),
      }),
    ),
  );
  expect(notJudged).toEqual([{ type: 'AWS::EC2::TransitGatewayMulticastDomain', count: 1 }]);
});
