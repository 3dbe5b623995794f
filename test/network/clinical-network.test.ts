import { App, Aws, Duration, NestedStack, Stack, Token } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import cdkJson from '../../cdk.json';
import { DataProtection } from '../../src/core';
import { overlaps } from '../../src/core/private/cidr';
import { ClinicalNetwork, Egress } from '../../src/network';
import { ACCOUNT, clinicalNetwork, zonesContext } from '../support/network';

const SHARED = Egress.sharedNatGateway({ acknowledgeZoneDependency: 'training' });

interface Subnet {
  readonly id: string;
  readonly cidr: string;
  readonly zone: unknown;
}

function subnets(network: ClinicalNetwork): Subnet[] {
  const stack = Stack.of(network);
  return network.vpc.node
    .findAll()
    .filter((node) => ec2.CfnSubnet.isCfnSubnet(node))
    .map((node) => ({
      id: node.node.scope?.node.id ?? '',
      cidr: node.cidrBlock ?? '',
      zone: stack.resolve(node.availabilityZone),
    }));
}

describe('zones', () => {
  test.each([2, 3, 4, 6])(
    '%d zones each have their own subnets, route tables, NAT gateway and endpoint interfaces',
    (zoneCount) => {
      const { network, template } = clinicalNetwork({ zoneCount });
      const found = template();
      found.resourceCountIs('AWS::EC2::Subnet', 3 * zoneCount);
      found.resourceCountIs('AWS::EC2::RouteTable', 3 * zoneCount);
      found.resourceCountIs('AWS::EC2::NatGateway', zoneCount);
      expect(network.natGateways).toHaveLength(zoneCount);
      expect(network.availabilityZones).toHaveLength(zoneCount);
      for (const endpoint of Object.values(found.findResources('AWS::EC2::VPCEndpoint'))) {
        if (endpoint.Properties.VpcEndpointType === 'Interface') {
          expect(endpoint.Properties.SubnetIds).toHaveLength(zoneCount);
        }
      }
    },
  );

  test('the way out of every zone leads through the NAT gateway of that zone', () => {
    const { network, stack } = clinicalNetwork();
    for (const slot of [0, 1, 2]) {
      const zone = { 'Fn::Select': [slot, { 'Fn::GetAZs': '' }] };
      const gateway = network.natGateways[slot];
      const route = network.vpc.privateSubnets[slot].node.findChild('DefaultRoute') as ec2.CfnRoute;
      const nat = network.vpc.publicSubnets[slot].node.findChild('NATGateway') as ec2.CfnNatGateway;
      expect(stack.resolve(network.vpc.privateSubnets[slot].availabilityZone)).toEqual(zone);
      expect(stack.resolve(network.vpc.publicSubnets[slot].availabilityZone)).toEqual(zone);
      expect(stack.resolve(gateway.az)).toEqual(zone);
      expect(stack.resolve(route.natGatewayId)).toEqual(stack.resolve(nat.ref));
      expect(stack.resolve(gateway.gatewayId)).toEqual(stack.resolve(nat.ref));
    }
  });

  test('a stack that only knows its Region has three zones too', () => {
    const { network, stack } = clinicalNetwork({}, { env: { region: 'eu-central-1' } });
    expect(stack.resolve(network.availabilityZones)).toEqual(
      [0, 1, 2].map((slot) => ({ 'Fn::Select': [slot, { 'Fn::GetAZs': '' }] })),
    );
  });

  test('a stack that knows account and Region uses the zones found there', () => {
    const zones = ['us-east-1a', 'us-east-1b', 'us-east-1c', 'us-east-1d'];
    const { network } = clinicalNetwork(
      {},
      { env: { account: ACCOUNT, region: 'us-east-1' } },
      zonesContext('us-east-1', zones),
    );
    expect(network.availabilityZones).toEqual(zones.slice(0, 3));
    expect(new Set(subnets(network).map(({ zone }) => zone))).toEqual(new Set(zones.slice(0, 3)));
  });

  test('four zones get through the first synthesis, which runs before the lookup with three stand-ins', () => {
    const { stack, template, network } = clinicalNetwork(
      { zoneCount: 4 },
      { env: { account: ACCOUNT, region: 'us-east-1' } },
    );
    expect(network.availabilityZones).toHaveLength(4);
    template().resourceCountIs('AWS::EC2::Subnet', 12);
    Annotations.fromStack(stack).hasNoError('*', Match.anyValue());
  });

  test('reports a Region that has fewer zones than asked for', () => {
    const { stack } = clinicalNetwork(
      {},
      { env: { account: ACCOUNT, region: 'us-west-1' } },
      zonesContext('us-west-1', ['us-west-1a', 'us-west-1c']),
    );
    Annotations.fromStack(stack).hasError(
      '/Hospital/Network',
      Match.stringLikeRegexp(
        '3 Availability Zones were asked for, but Region us-west-1 offers this account 2 \\(us-west-1a, us-west-1c\\)',
      ),
    );
  });

  test('named zones are used as they are', () => {
    const availabilityZones = ['eu-west-1c', 'eu-west-1a'];
    const { network } = clinicalNetwork({ availabilityZones }, { env: { region: 'eu-west-1' } });
    expect(network.availabilityZones).toEqual(availabilityZones);
    expect(network.networkConfig.zoneCount).toBe(2);
  });

  test('adding a zone leaves every existing subnet as it is', () => {
    const before = subnets(clinicalNetwork({ zoneCount: 3 }).network);
    const after = subnets(clinicalNetwork({ zoneCount: 4 }).network);
    expect(after).toEqual(expect.arrayContaining(before));
    expect(after).toHaveLength(before.length + 3);
  });

  test('warns of two zones, and of nothing by default', () => {
    const two = clinicalNetwork({ zoneCount: 2 }).stack;
    Annotations.fromStack(two).hasWarning(
      '/Hospital/Network',
      Match.stringLikeRegexp('spans 2 Availability Zones.*twoZones'),
    );
    Annotations.fromStack(clinicalNetwork().stack).hasNoWarning('*', Match.anyValue());
  });

  test.each([
    ['fails for one zone', { zoneCount: 1 }, 'TooFewZones', 'zoneCount must be 2 to 6 .* got 1'],
    ['fails for seven zones', { zoneCount: 7 }, 'TooManyZones', 'zoneCount must be 2 to 6, .* got 7'],
    ['fails for half a zone', { zoneCount: 2.5 }, 'InvalidZoneCount', 'got 2.5'],
    [
      'fails for one named zone',
      { availabilityZones: ['eu-west-1a'] },
      'TooFewZones',
      'number of availabilityZones .* got 1',
    ],
    [
      'fails for a zone named twice',
      { availabilityZones: ['eu-west-1a', 'eu-west-1a'] },
      'InvalidZones',
      'differ from each other',
    ],
    [
      'fails for a zone elsewhere',
      { availabilityZones: ['eu-west-1a', 'us-east-1a'] },
      'InvalidZones',
      'Region eu-west-1, got us-east-1a',
    ],
    [
      'fails when count and names disagree',
      { zoneCount: 3, availabilityZones: ['eu-west-1a', 'eu-west-1b'] },
      'InvalidZones',
      'must agree, got 3 and 2',
    ],
  ])('%s', (_name, props, code, message) => {
    expect(() => clinicalNetwork(props, { env: { region: 'eu-west-1' } })).toThrow(
      expect.objectContaining({
        name: code,
        message: expect.stringMatching(`${message}.*\\[${code} at Hospital/Network\\]`),
      }),
    );
  });
});

describe('addresses', () => {
  test.each([
    ['10.0.0.0/16', 20, 21],
    ['10.20.0.0/20', 24, 25],
    ['192.168.4.0/22', 26, 27],
  ])('%s is cut into application subnets of /%d and others of /%d', (cidr, application, other) => {
    const found = subnets(clinicalNetwork({ cidr, zoneCount: 6 }).network);
    for (const subnet of found) {
      expect(Number(subnet.cidr.split('/')[1])).toBe(subnet.id.startsWith('Application') ? application : other);
      expect(overlaps(subnet.cidr, cidr)).toBe(true);
    }
    for (const [i, a] of found.entries()) {
      for (const b of found.slice(i + 1)) {
        expect([a.cidr, b.cidr, overlaps(a.cidr, b.cidr)]).toEqual([a.cidr, b.cidr, false]);
      }
    }
  });

  test.each([
    ['is too small', '10.0.0.0/23', 'too small for a load balancer'],
    ['is too large', '10.0.0.0/15', 'cannot be larger'],
    ['does not start at its first address', '10.0.1.0/16', 'as 10.0.0.0/16 does, got 10.0.1.0/16'],
    ['is no range', 'ten', 'got ten'],
    ['is a token', Aws.NO_VALUE, 'known at synthesis, got a token'],
  ])('fails when cidr %s', (_name, cidr, message) => {
    expect(() => clinicalNetwork({ cidr })).toThrow(
      expect.objectContaining({ name: 'InvalidCidr', message: expect.stringContaining(message) }),
    );
  });
});

describe('subnets', () => {
  test('no subnet hands out public addresses', () => {
    const { template } = clinicalNetwork();
    template().allResourcesProperties('AWS::EC2::Subnet', { MapPublicIpOnLaunch: false });
  });

  test('no route leaves the database subnets', () => {
    const { network } = clinicalNetwork();
    expect(network.vpc.isolatedSubnets).toEqual(network.vpc.selectSubnets(network.databaseSubnets).subnets);
    for (const subnet of network.vpc.isolatedSubnets) {
      expect(subnet.node.findAll().filter((node) => ec2.CfnRoute.isCfnRoute(node))).toEqual([]);
    }
  });

  test('the selections give one subnet a zone', () => {
    const { network } = clinicalNetwork({ zoneCount: 4 });
    for (const selection of [network.publicSubnets, network.applicationSubnets, network.databaseSubnets]) {
      expect(new Set(network.vpc.selectSubnets(selection).availabilityZones).size).toBe(4);
    }
  });
});

describe('egress', () => {
  test('a NAT gateway in each zone is the default', () => {
    const templateOf = (egress?: Egress) => clinicalNetwork({ egress }).template().toJSON();
    expect(templateOf(Egress.natGatewayPerZone())).toEqual(templateOf());
  });

  test('a shared NAT gateway is one, and warned of with the reason', () => {
    const { stack, template, network } = clinicalNetwork({ egress: SHARED });
    template().resourceCountIs('AWS::EC2::NatGateway', 1);
    expect(network.natGateways).toHaveLength(1);
    Annotations.fromStack(stack).hasWarning(
      '/Hospital/Network',
      Match.stringLikeRegexp('\\(training\\).*sharedNatGateway'),
    );
  });

  test('fails when a shared NAT gateway has no reason', () => {
    expect(() => Egress.sharedNatGateway({ acknowledgeZoneDependency: ' ' })).toThrow(
      /must say why.*\[MissingReason\]/,
    );
  });

  test('no egress leaves public subnets for load balancers, and applications without a route out', () => {
    const { template, network } = clinicalNetwork({ egress: Egress.none() });
    template().resourceCountIs('AWS::EC2::NatGateway', 0);
    template().resourceCountIs('AWS::EC2::Route', 3); // of the public subnets
    expect(network.vpc.selectSubnets(network.applicationSubnets).subnets).toHaveLength(3);
    expect(() => network.metricNatPortAllocationErrors()).toThrow(/NoNatGateway/);
  });

  test('without an internet gateway no route leads to the internet, and there are no public subnets', () => {
    const { template, network } = clinicalNetwork({ egress: Egress.none(), internetGateway: false });
    template().resourceCountIs('AWS::EC2::InternetGateway', 0);
    template().resourceCountIs('AWS::EC2::Route', 0);
    template().resourceCountIs('AWS::EC2::Subnet', 6);
    expect(network.vpc.selectSubnets(network.publicSubnets).subnets).toEqual([]);
  });

  test('fails when NAT gateways have no internet gateway', () => {
    expect(() => clinicalNetwork({ internetGateway: false })).toThrow(
      /got egress NAT_GATEWAY_PER_ZONE; use Egress.none\(\)/,
    );
  });

  test('the metric of NAT errors survives the loss of one gateway', () => {
    const { network } = clinicalNetwork();
    const metric = network.metricNatPortAllocationErrors({ period: Duration.minutes(1) });
    expect(metric.expression).toBe('FILL(nat0, 0) + FILL(nat1, 0) + FILL(nat2, 0)');
    expect(metric.period.toSeconds()).toBe(60);
  });
});

describe('endpoints', () => {
  test('S3 and DynamoDB are reached from the application subnets, not from those of the data', () => {
    const { network, stack, template } = clinicalNetwork();
    const tables = network.vpc.privateSubnets.map((subnet) => stack.resolve(subnet.routeTable.routeTableId));
    template().resourcePropertiesCountIs(
      'AWS::EC2::VPCEndpoint',
      { VpcEndpointType: 'Gateway', RouteTableIds: tables },
      2,
    );
  });

  test('interface endpoints accept HTTPS from the VPC only, and start nothing', () => {
    const { network, template } = clinicalNetwork({ cidr: '10.9.0.0/16' });
    template().hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: [
        { CidrIp: '10.9.0.0/16', IpProtocol: 'tcp', FromPort: 443, ToPort: 443, Description: Match.anyValue() },
      ],
      SecurityGroupEgress: [Match.objectLike({ CidrIp: '255.255.255.255/32' })],
    });
    template().resourceCountIs('AWS::EC2::SecurityGroup', 1);
    expect(network.interfaceEndpoints).toHaveLength(9);
  });

  function serviceNames(region: string): string[] {
    const found = clinicalNetwork({}, { env: { region } }).template().findResources('AWS::EC2::VPCEndpoint');
    return Object.values(found)
      .map(({ Properties }) => Properties.ServiceName)
      .filter((name) => typeof name === 'string')
      .sort();
  }

  test('GovCloud has the same service names as the other Regions', () => {
    expect(serviceNames('us-gov-west-1')).toEqual(
      ['ecr.api', 'ecr.dkr', 'kms', 'logs', 'monitoring', 'secretsmanager', 'ssm', 'ssmmessages', 'sts'].map(
        (name) => `com.amazonaws.us-gov-west-1.${name}`,
      ),
    );
  });

  test('China has its own prefix for some services', () => {
    expect(serviceNames('cn-north-1')).toEqual(
      [
        ...['ecr.api', 'ecr.dkr', 'monitoring', 'sts'].map((name) => `cn.com.amazonaws.cn-north-1.${name}`),
        ...['kms', 'logs', 'secretsmanager', 'ssm', 'ssmmessages'].map((name) => `com.amazonaws.cn-north-1.${name}`),
      ].sort(),
    );
  });

  test('the sandbox can do without', () => {
    const { network, template } = clinicalNetwork({ interfaceEndpoints: [], egress: SHARED });
    template().resourceCountIs('AWS::EC2::SecurityGroup', 0);
    template().resourceCountIs('AWS::EC2::VPCEndpoint', 2);
    expect(network.endpointSecurityGroup).toBeUndefined();
  });

  test("the GuardDuty agents' endpoint only serves this account, and a service named twice is made once", () => {
    const guardDuty = ec2.InterfaceVpcEndpointAwsService.GUARDDUTY_DATA;
    const { network, template } = clinicalNetwork({
      interfaceEndpoints: [...ClinicalNetwork.defaultInterfaceEndpoints(), guardDuty, guardDuty],
    });
    expect(network.interfaceEndpoints).toHaveLength(10);
    template().hasResourceProperties('AWS::EC2::VPCEndpoint', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({ Effect: 'Allow' }),
          Match.objectLike({
            Effect: 'Deny',
            Condition: { StringNotEquals: { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' } } },
          }),
        ],
      },
    });
  });
});

describe('flow records', () => {
  test('every flow is recorded for a year, encrypted, and kept', () => {
    const found = clinicalNetwork().template();
    found.hasResourceProperties('AWS::EC2::FlowLog', { TrafficType: 'ALL', ResourceType: 'VPC' });
    found.hasResource('AWS::Logs::LogGroup', {
      Properties: { RetentionInDays: 365, KmsKeyId: Match.anyValue() },
      DeletionPolicy: 'Retain',
    });
    found.hasResource('AWS::KMS::Key', { Properties: { EnableKeyRotation: true }, DeletionPolicy: 'Retain' });
    found.resourceCountIs('AWS::IAM::Policy', 0);
  });

  test.each([
    ['us-east-1', 'aws'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['cn-north-1', 'aws-cn'],
  ])('the key of %s serves CloudWatch Logs for log groups of this stack', (region) => {
    const { template } = clinicalNetwork({}, { env: { region } });
    template().hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Principal: { Service: `logs.${region}.amazonaws.com` },
            Condition: {
              ArnLike: {
                'kms:EncryptionContext:aws:logs:arn': {
                  'Fn::Join': [
                    '',
                    [
                      'arn:',
                      { Ref: 'AWS::Partition' },
                      `:logs:${region}:`,
                      { Ref: 'AWS::AccountId' },
                      ':log-group:Hospital-*',
                    ],
                  ],
                },
              },
            },
          }),
        ]),
      },
    });
  });

  test('only flow logs of this account can take the role', () => {
    clinicalNetwork()
      .template()
      .hasResourceProperties('AWS::IAM::Role', {
        AssumeRolePolicyDocument: {
          Statement: [
            Match.objectLike({
              Condition: Match.objectLike({ StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } }),
            }),
          ],
        },
      });
  });

  test('they go with the stack when that is acknowledged', () => {
    const dataProtection = DataProtection.destroyWithStack({ acknowledgeDataLoss: 'sandbox' });
    const found = clinicalNetwork({ dataProtection, flowLogRetention: Duration.days(7) }).template();
    found.hasResource('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 7 }, DeletionPolicy: 'Delete' });
    found.hasResource('AWS::KMS::Key', { DeletionPolicy: 'Delete' });
  });

  test('a key from elsewhere is used, and taught to serve CloudWatch Logs', () => {
    const app = new App();
    const keys = new Stack(app, 'Keys', { env: { region: 'us-east-1' } });
    const key = new kms.Key(keys, 'Key');
    const stack = new Stack(app, 'Hospital', { env: { region: 'us-east-1' } });
    const network = new ClinicalNetwork(stack, 'Network', { encryptionKey: key });
    expect(network.encryptionKey).toBe(key);
    const assembly = app.synth();
    expect(JSON.stringify(assembly.getStackByName('Keys').template)).toContain(':log-group:Hospital-*');
    expect(JSON.stringify(assembly.getStackByName('Hospital').template)).not.toContain('AWS::KMS::Key"');
  });

  test.each([
    ['is not offered by CloudWatch Logs', Duration.days(100), 'got 100'],
    ['is not known', Duration.days(Token.asNumber({ Ref: 'Days' })), 'a Duration made from a token'],
  ])('fails when the retention %s', (_name, flowLogRetention, message) => {
    expect(() => clinicalNetwork({ flowLogRetention })).toThrow(
      expect.objectContaining({ name: 'InvalidFlowLogRetention', message: expect.stringContaining(message) }),
    );
  });
});

describe('anywhere', () => {
  test('works in a nested stack', () => {
    const parent = new Stack(new App(), 'Parent');
    const nested = new NestedStack(parent, 'Nested');
    new ClinicalNetwork(nested, 'Network');
    const template = Template.fromStack(nested);
    template.resourceCountIs('AWS::EC2::Subnet', 9);
    expect(JSON.stringify(template.findResources('AWS::KMS::Key'))).toContain(
      '":log-group:",{"Ref":"AWS::StackName"},"-*"',
    );
  });

  test('has the same logical ids with and without the recommended feature flags, and no custom resource', () => {
    const [without, withFlags] = [{}, cdkJson.context].map(
      (context) => clinicalNetwork({}, {}, context).template().toJSON().Resources,
    );
    expect(Object.keys(withFlags)).toEqual(Object.keys(without));
    expect(Object.values(withFlags).map((resource) => (resource as { Type: string }).Type)).not.toContain(
      'AWS::Lambda::Function',
    );
  });
});
