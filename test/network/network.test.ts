import { App, Fn, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import { DataProtection } from '../../src/core';
import { overlaps } from '../../src/core/private/cidr';
import { ClinicalNetwork, Egress, Network } from '../../src/network';
import { ACCOUNT, zonesContext } from '../support/network';

const OPTIONS = { systemName: 'ehr', dataProtection: DataProtection.retain() };

function newStack(region?: string, context = {}): Stack {
  const env = region === undefined ? {} : { account: ACCOUNT, region };
  return new Stack(new App({ context }), 'Hospital', { env });
}

function imported(scope: Stack, attributes: Partial<ec2.VpcAttributes> = {}): ec2.IVpc {
  return ec2.Vpc.fromVpcAttributes(scope, 'Vpc', {
    vpcId: 'vpc-1',
    vpcCidrBlock: '10.5.0.0/16',
    availabilityZones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
    publicSubnetIds: ['p-1', 'p-2', 'p-3'],
    privateSubnetIds: ['a-1', 'a-2', 'a-3'],
    isolatedSubnetIds: ['d-1', 'd-2', 'd-3'],
    ...attributes,
  });
}

describe('a dedicated network', () => {
  test('is made in the scope of the system', () => {
    const stack = newStack();
    const config = Network.dedicated({ zoneCount: 4 }).bind(stack, OPTIONS);
    expect(config).toMatchObject({ zoneCount: 4, cidr: '10.0.0.0/16' });
    expect(config.vpc.node.path).toBe('Hospital/Network/Vpc');
    for (const selection of [config.publicSubnets, config.applicationSubnets, config.databaseSubnets]) {
      expect(config.vpc.selectSubnets(selection).subnetIds).toHaveLength(4);
    }
  });

  test('keeps its flow records as the system keeps its data, unless it says otherwise itself', () => {
    const destroy = DataProtection.destroyWithStack({ acknowledgeDataLoss: 'sandbox' });
    const policyOf = (props: { dataProtection?: DataProtection }) => {
      const stack = newStack();
      Network.dedicated(props).bind(stack, { ...OPTIONS, dataProtection: destroy });
      return Object.values(Template.fromStack(stack).findResources('AWS::Logs::LogGroup')).map((g) => g.DeletionPolicy);
    };
    expect(policyOf({})).toEqual(['Delete']);
    expect(policyOf({ dataProtection: DataProtection.retain() })).toEqual(['Retain']);
  });

  test('repeats itself in the recovery Region with a range that does not overlap', () => {
    const primary = newStack(
      'us-east-1',
      zonesContext('us-east-1', ['us-east-1b', 'us-east-1d', 'us-east-1a', 'us-east-1c']),
    );
    const network = Network.dedicated({
      availabilityZones: ['us-east-1b', 'us-east-1d', 'us-east-1a', 'us-east-1c'],
      encryptionKey: new kms.Key(primary, 'Key'),
      egress: Egress.none(),
      interfaceEndpoints: [],
    });
    const here = network.bind(primary, OPTIONS);
    const recovery = newStack(
      'us-west-2',
      zonesContext('us-west-2', ['us-west-2a', 'us-west-2b', 'us-west-2c', 'us-west-2d']),
    );
    const there = network.inRecoveryRegion().bind(recovery, OPTIONS);
    expect([here.cidr, there.cidr]).toEqual(['10.0.0.0/16', '10.1.0.0/16']);
    expect(overlaps(here.cidr ?? '', there.cidr ?? '')).toBe(false);
    expect(there.zoneCount).toBe(4);
    expect(there.vpc.availabilityZones).toEqual(['us-west-2a', 'us-west-2b', 'us-west-2c', 'us-west-2d']);
    const template = Template.fromStack(recovery);
    template.resourceCountIs('AWS::EC2::NatGateway', 0);
    template.resourceCountIs('AWS::EC2::SecurityGroup', 0);
    template.resourceCountIs('AWS::KMS::Key', 1);
  });

  test('fails when the private range ends before the recovery Region has its own', () => {
    expect(() => Network.dedicated({ cidr: '10.255.0.0/16' }).inRecoveryRegion()).toThrow(
      /follows 10\.255\.0\.0\/16 .* give recovery: \{ network \}.*\[NoNextCidr\]/,
    );
  });
});

describe('a shared network', () => {
  test('serves several systems, also without a way out', () => {
    const network = new ClinicalNetwork(newStack(), 'Network', { egress: Egress.none(), cidr: '10.7.0.0/16' });
    const shared = Network.shared(network);
    const [one, other] = [shared.bind(newStack(), OPTIONS), shared.bind(newStack(), OPTIONS)];
    expect(one).toEqual(other);
    expect(one).toMatchObject({ vpc: network.vpc, zoneCount: 3, cidr: '10.7.0.0/16' });
    const ids = (selection: ec2.SubnetSelection) => network.vpc.selectSubnets(selection).subnetIds;
    expect(ids(one.applicationSubnets)).not.toEqual(ids(one.databaseSubnets));
  });

  test('fails to be in two Regions', () => {
    const network = new ClinicalNetwork(newStack(), 'Network');
    expect(() => Network.shared(network).inRecoveryRegion()).toThrow(
      /Hospital\/Network exists in one Region only.*recovery: \{ network \}.*\[NetworkIsRegional\]/,
    );
  });
});

describe('an existing network', () => {
  test('is used as it was imported', () => {
    const stack = newStack();
    const vpc = imported(stack);
    const config = Network.existing({ vpc }).bind(stack, OPTIONS);
    const ids = (selection: ec2.SubnetSelection) => vpc.selectSubnets(selection).subnetIds;
    expect(config).toMatchObject({ vpc, zoneCount: 3, cidr: '10.5.0.0/16' });
    expect(ids(config.publicSubnets)).toEqual(['p-1', 'p-2', 'p-3']);
    expect(ids(config.applicationSubnets)).toEqual(['a-1', 'a-2', 'a-3']);
    expect(ids(config.databaseSubnets)).toEqual(['d-1', 'd-2', 'd-3']);
    Annotations.fromStack(stack).hasNoWarning('/Hospital', Match.anyValue());
  });

  test('may be your own VPC, whose zones are slots until deployment', () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc', { ipAddresses: ec2.IpAddresses.cidr('10.8.0.0/16'), maxAzs: 2 });
    const config = Network.existing({ vpc }).bind(stack, OPTIONS);
    expect(config).toMatchObject({ zoneCount: 2, cidr: '10.8.0.0/16' });
    Annotations.fromStack(stack).hasWarning(
      '*',
      Match.stringLikeRegexp('Hospital/Vpc span 2 Availability Zones.*twoZones'),
    );
  });

  test('puts data into private subnets where there are no isolated ones', () => {
    const stack = newStack();
    const vpc = imported(stack, { isolatedSubnetIds: undefined });
    const { databaseSubnets } = Network.existing({ vpc }).bind(stack, OPTIONS);
    expect(vpc.selectSubnets(databaseSubnets).subnetIds).toEqual(['a-1', 'a-2', 'a-3']);
  });

  test('may have no public subnets: then nothing faces the internet', () => {
    const stack = newStack();
    const vpc = imported(stack, { publicSubnetIds: undefined });
    const { publicSubnets } = Network.existing({ vpc }).bind(stack, OPTIONS);
    expect(vpc.selectSubnets(publicSubnets).subnets).toEqual([]);
  });

  test('takes the subnets it is told', () => {
    const stack = newStack();
    const vpc = imported(stack);
    const isolated = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
    const config = Network.existing({
      vpc,
      applicationSubnets: isolated,
      publicSubnets: { subnetType: ec2.SubnetType.PUBLIC, availabilityZones: ['eu-west-1a', 'eu-west-1c'] },
    }).bind(stack, OPTIONS);
    expect(vpc.selectSubnets(config.applicationSubnets).subnetIds).toEqual(['d-1', 'd-2', 'd-3']);
    expect(vpc.selectSubnets(config.publicSubnets).subnetIds).toEqual(['p-1', 'p-3']);
  });

  test('fails when subnets are missing, and says what there is', () => {
    const stack = newStack();
    const vpc = imported(stack, { privateSubnetIds: undefined, isolatedSubnetIds: undefined });
    expect(() => Network.existing({ vpc }).bind(stack, OPTIONS)).toThrow(
      /applicationSubnets selects no subnet of VPC Hospital\/Vpc, which has 3 public, 0 private with egress and 0 isolated subnets; .*; databaseSubnets selects no subnet .*\[SubnetsNotFound at Hospital\]/,
    );
  });

  test('fails when its subnets are all in one zone', () => {
    const stack = newStack();
    const vpc = imported(stack, {
      availabilityZones: ['eu-west-1a'],
      publicSubnetIds: ['p-1'],
      privateSubnetIds: ['a-1'],
      isolatedSubnetIds: ['d-1'],
    });
    expect(() => Network.existing({ vpc }).bind(stack, OPTIONS)).toThrow(
      /applicationSubnets must span 2 or more Availability Zones .* got eu-west-1a; .*databaseSubnets must span.*\[TooFewZones/,
    );
  });

  test('fails when the data alone is in one zone', () => {
    const stack = newStack();
    const vpc = imported(stack);
    const databaseSubnets = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED, availabilityZones: ['eu-west-1b'] };
    expect(() => Network.existing({ vpc, databaseSubnets }).bind(stack, OPTIONS)).toThrow(
      /^databaseSubnets must span 2 or more Availability Zones .* got eu-west-1b; /,
    );
  });

  test('fails when the stated number of zones is not true, or not enough', () => {
    const stack = newStack();
    const vpc = imported(stack);
    expect(() => Network.existing({ vpc, zoneCount: 4 }).bind(stack, OPTIONS)).toThrow(
      /span 3 Availability Zones, got zoneCount: 4.*\[ZoneCountMismatch/,
    );
    expect(() => Network.existing({ vpc, zoneCount: 1 }).bind(stack, OPTIONS)).toThrow(
      /zoneCount must be 2 or more, got 1/,
    );
  });

  describe('whose zones are only known at deployment', () => {
    const byExport = (stack: Stack) =>
      imported(stack, { availabilityZones: ['a', 'b', 'c'].map((zone) => Fn.importValue(`zone-${zone}`)) });
    const byId = (stack: Stack) => ({
      subnets: ['s-1', 's-2'].map((id) => ec2.Subnet.fromSubnetId(stack, id, id)),
    });

    test('warns, and leaves the number of zones open', () => {
      const stack = newStack();
      const config = Network.existing({ vpc: byExport(stack) }).bind(stack, OPTIONS);
      expect(config.zoneCount).toBeUndefined();
      Annotations.fromStack(stack).hasWarning(
        '/Hospital',
        Match.stringLikeRegexp('Hospital/Vpc are only known at deployment.*unknownZones'),
      );
    });

    test('warns for subnets imported by id alone', () => {
      const stack = newStack();
      const config = Network.existing({ vpc: imported(stack), applicationSubnets: byId(stack) }).bind(stack, OPTIONS);
      expect(config.zoneCount).toBeUndefined();
      Annotations.fromStack(stack).hasWarning('/Hospital', Match.stringLikeRegexp('unknownZones'));
    });

    test('believes the stated number', () => {
      const stack = newStack();
      const config = Network.existing({ vpc: byExport(stack), zoneCount: 3 }).bind(stack, OPTIONS);
      expect(config.zoneCount).toBe(3);
      Annotations.fromStack(stack).hasNoWarning('/Hospital', Match.anyValue());
    });

    test('has no range when none was imported', () => {
      const stack = newStack();
      const vpc = imported(stack, { vpcCidrBlock: undefined });
      expect(Network.existing({ vpc }).bind(stack, OPTIONS).cidr).toBeUndefined();
    });
  });

  test('gets through the first synthesis, before the lookup', () => {
    const stack = newStack('eu-west-1');
    const vpc = ec2.Vpc.fromLookup(stack, 'Vpc', { vpcId: 'vpc-1' });
    const config = Network.existing({ vpc, applicationSubnets: { subnetGroupName: 'Clinical' } }).bind(stack, OPTIONS);
    expect(config.zoneCount).toBeUndefined();
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  test('fails to be in two Regions', () => {
    const vpc = imported(newStack());
    expect(() => Network.existing({ vpc }).inRecoveryRegion()).toThrow(
      /existing VPC Hospital\/Vpc exists in one Region only.*\[NetworkIsRegional\]/,
    );
  });
});
