/**
 * An interface for HL7 feeds in a sandbox account: one fixed address in each of two zones, each of which leads to a target that takes
 * connections, and which a zonal shift can take away. A web server stands in for the engine: it accepts connections, which is all
 * that the load balancer probes, and acknowledges no message.
 *
 *   npx projen integ:deploy
 */
import { ExpectedResult, IntegTest, Match } from '@aws-cdk/integ-tests-alpha';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Peer } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { NetworkTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import {
  ClinicalTier,
  Compute,
  DataProtection,
  Egress,
  FixedAddresses,
  HealthProfile,
  Ingress,
  MultiAzClinicalApp,
  Network,
  ResilienceObjectives,
  TransportEncryption,
} from '../src';

const PORT = 8080;
const ADDRESSES = ['10.0.0.10', '10.0.32.10'];

const app = new App();
const stack = new Stack(app, 'IntegMllp', { env: { region: 'us-east-1' } });

const mllp = new MultiAzClinicalApp(stack, 'App', {
  systemName: 'integ-mllp',
  objectives: ResilienceObjectives.forTier(ClinicalTier.NON_PRODUCTION, { biaReference: 'integration test' }),
  dataProtection: DataProtection.destroyWithStack({ acknowledgeDataLoss: 'integration test' }),
  network: Network.dedicated({
    cidr: '10.0.0.0/16',
    zoneCount: 2,
    interfaceEndpoints: [],
    egress: Egress.sharedNatGateway({ acknowledgeZoneDependency: 'integration test' }),
  }),
  compute: Compute.fargate({
    image: ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx-unprivileged:stable'),
    port: PORT,
    peakTasks: 1,
    user: '101',
    writablePaths: ['/tmp'],
  }),
  ingress: [
    Ingress.mllp({
      feeds: [
        { name: 'adt', port: 2575, targetPort: PORT },
        { name: 'oru', port: 2576, targetPort: PORT },
      ],
      sources: [Peer.ipv4('10.99.0.0/16')],
      encryption: TransportEncryption.plaintext({ reason: 'integration test, without data' }),
      addresses: FixedAddresses.privateIpv4(...ADDRESSES),
      idleTimeout: Duration.minutes(30),
    }),
  ],
  health: HealthProfile.http('/', { startup: Duration.minutes(2) }),
});
const [{ networkLoadBalancer }] = mllp.ingress;

const integ = new IntegTest(app, 'Integ', {
  testCases: [stack],
  diffAssets: false,
  // AWS names what is asked for, so the stack that asks has to know where it is
  assertionStack: new Stack(app, 'IntegMllpAssertions', { env: { region: stack.region } }),
});
const LoadBalancerArn = networkLoadBalancer?.loadBalancerArn;

// the addresses that a firewall names are those the load balancer has, one in each zone; it lists zones in no order
for (const address of ADDRESSES) {
  integ.assertions.awsApiCall('ELBv2', 'describeLoadBalancers', { LoadBalancerArns: [LoadBalancerArn] }).expect(
    ExpectedResult.objectLike({
      LoadBalancers: [
        {
          Type: 'network',
          State: { Code: 'active' },
          AvailabilityZones: Match.arrayWith([
            Match.objectLike({
              LoadBalancerAddresses: Match.arrayWith([Match.objectLike({ PrivateIPv4Address: address })]),
            }),
          ]),
        },
      ],
    }),
  );
}

// a zone can be shifted away from
integ.assertions.awsApiCall('ELBv2', 'describeLoadBalancerAttributes', { LoadBalancerArn }).expect(
  ExpectedResult.objectLike({
    Attributes: Match.arrayWith([Match.objectLike({ Key: 'zonal_shift.config.enabled', Value: 'true' })]),
  }),
);

// every feed has a healthy target in each zone
const healthy = { TargetHealth: { State: 'healthy' } };
for (const { targetGroupArn } of targetGroups(mllp)) {
  integ.assertions
    .awsApiCall('ELBv2', 'describeTargetHealth', { TargetGroupArn: targetGroupArn })
    .expect(ExpectedResult.objectLike({ TargetHealthDescriptions: ADDRESSES.map(() => healthy) }))
    .waitForAssertions({ totalTimeout: Duration.minutes(10) });
}

function targetGroups(scope: MultiAzClinicalApp): NetworkTargetGroup[] {
  return scope.node.findAll().filter((found): found is NetworkTargetGroup => found instanceof NetworkTargetGroup);
}
