import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Failover, Network, SecurityBaseline } from '../../src';
import { partitionOf } from '../../src/core/private/tokens';
import { hospital, httpsWithoutZone } from '../support/hospital';

const manual = Failover.manual({
  decisionTime: Duration.minutes(5),
  redirectionTime: Duration.minutes(5),
  procedure: 'RUN-17',
});

describe.each([
  ['AWS', 'us-east-1', 'us-west-2'],
  ['AWS in Europe', 'eu-west-1', 'eu-central-1'],
  ['AWS GovCloud (US)', 'us-gov-west-1', 'us-gov-east-1'],
  ['AWS in China', 'cn-north-1', 'cn-northwest-1'],
])('in %s', (_, primaryRegion, recoveryRegion) => {
  const made = hospital({
    primaryRegion,
    recoveryRegion,
    app: (stack) => ({ ingress: [httpsWithoutZone(stack)] }),
    dr: (stack) => ({ failover: manual, recovery: { ingress: [httpsWithoutZone(stack)] } }),
  });
  const stacks = [made.stack, made.dr.landing.stack, made.recoveryStack];

  test('the hospital synthesizes, over three zones in both Regions', () => {
    for (const stack of [made.stack, made.recoveryStack]) {
      Template.fromStack(stack).resourceCountIs('AWS::EC2::NatGateway', 3);
      Template.fromStack(stack).resourceCountIs('AWS::RDS::DBInstance', 2);
    }
  });

  test('no ARN of another partition is written anywhere', () => {
    for (const stack of stacks) {
      const arns = JSON.stringify(Template.fromStack(stack).toJSON().Resources).match(/arn:aws[a-z-]*:/g) ?? [];
      expect(arns.filter((arn) => arn !== `arn:${partitionOf(primaryRegion)}:`)).toEqual([]);
    }
  });

  test('the security baseline synthesizes, and says what it leaves out', () => {
    const app = new App();
    const stack = new Stack(app, 'Security', { env: { region: primaryRegion } });
    const baseline = new SecurityBaseline(stack, 'Security', { homeRegion: primaryRegion });
    Template.fromStack(stack).resourceCountIs('AWS::GuardDuty::Detector', 1);
    expect(baseline.omitted.every(({ reason }) => reason.length > 0)).toBe(true);
  });
});

describe('zones', () => {
  test.each([
    [2, 12, 6],
    [3, 9, 6],
    [4, 8, 4],
  ])('over %d zones %d tasks run, and %d stand by', (zoneCount, running, standby) => {
    const { stack, recoveryStack } = hospital({ app: () => ({ network: Network.dedicated({ zoneCount }) }) });
    const [primary, recovery] = [stack, recoveryStack].map((s) => Template.fromStack(s));
    primary.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: running });
    recovery.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: standby });
    primary.resourceCountIs('AWS::EC2::NatGateway', zoneCount);
  });

  test('one zone is refused', () => {
    expect(() => hospital({ app: () => ({ network: Network.dedicated({ zoneCount: 1 }) }) })).toThrow(
      /zoneCount must be 2 to 6.*got 1.*\[TooFewZones/,
    );
  });
});

test('an imported VPC is used as it is, with a network of its own in the recovery Region', () => {
  const { stack, recoveryStack } = hospital({
    app: (scope) => ({
      network: Network.existing({
        vpc: ec2.Vpc.fromVpcAttributes(scope, 'Imported', {
          vpcId: 'vpc-1',
          vpcCidrBlock: '10.50.0.0/16',
          availabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
          publicSubnetIds: ['subnet-1', 'subnet-2', 'subnet-3'],
          privateSubnetIds: ['subnet-4', 'subnet-5', 'subnet-6'],
          isolatedSubnetIds: ['subnet-7', 'subnet-8', 'subnet-9'],
        }),
      }),
    }),
    dr: () => ({ recovery: { network: Network.dedicated({ cidr: '10.51.0.0/16' }) } }),
  });
  Template.fromStack(stack).resourceCountIs('AWS::EC2::VPC', 0);
  Template.fromStack(stack).hasResourceProperties('AWS::RDS::DBSubnetGroup', {
    SubnetIds: ['subnet-7', 'subnet-8', 'subnet-9'],
  });
  Template.fromStack(recoveryStack).hasResourceProperties('AWS::EC2::VPC', { CidrBlock: '10.51.0.0/16' });
});

test('an account that is only known at deployment leaves no stack with an account of its own', () => {
  const { stack } = hospital();
  Template.fromStack(stack).hasResourceProperties('AWS::S3::Bucket', {
    BucketName: { 'Fn::Join': ['', ['hapi-fhir-documents-', { Ref: 'AWS::AccountId' }, '-us-east-1']] },
    VersioningConfiguration: Match.anyValue(),
  });
});
