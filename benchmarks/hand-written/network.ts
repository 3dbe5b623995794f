import { Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { allowLogs, newKey } from './keys';

const ZONES = [0, 1, 2];
const SERVICES: [string, ec2.InterfaceVpcEndpointAwsService][] = [
  ['EcrApi', ec2.InterfaceVpcEndpointAwsService.ECR],
  ['EcrDkr', ec2.InterfaceVpcEndpointAwsService.ECR_DOCKER],
  ['Logs', ec2.InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS],
  ['Monitoring', ec2.InterfaceVpcEndpointAwsService.CLOUDWATCH_MONITORING],
  ['SecretsManager', ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER],
  ['Kms', ec2.InterfaceVpcEndpointAwsService.KMS],
  ['Sts', ec2.InterfaceVpcEndpointAwsService.STS],
  ['Ssm', ec2.InterfaceVpcEndpointAwsService.SSM],
  ['SsmMessages', ec2.InterfaceVpcEndpointAwsService.SSM_MESSAGES],
];
export const APPLICATION: ec2.SubnetSelection = { subnetGroupName: 'Application' };
export const DATABASE: ec2.SubnetSelection = { subnetGroupName: 'Database' };
export const PUBLIC: ec2.SubnetSelection = { subnetGroupName: 'Public' };

export function zones(): string[] {
  return ZONES.map((zone) => Fn.select(zone, Fn.getAzs()));
}

export function newNetwork(scope: Construct, cidr: string): ec2.Vpc {
  const vpc = new ec2.Vpc(scope, 'Vpc', {
    ipAddresses: ec2.IpAddresses.cidr(cidr),
    availabilityZones: zones(),
    natGateways: ZONES.length,
    restrictDefaultSecurityGroup: false,
    subnetConfiguration: [
      { name: 'Application', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
      { name: 'Database', subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      { name: 'Public', subnetType: ec2.SubnetType.PUBLIC, mapPublicIpOnLaunch: false },
    ],
  });
  recordFlows(scope, vpc);
  addEndpoints(scope, vpc, cidr);
  return vpc;
}

function recordFlows(scope: Construct, vpc: ec2.Vpc): void {
  const { stackName, partition, account, region } = Stack.of(scope);
  const encryptionKey = newKey(scope, 'FlowLogKey', 'Encrypts VPC flow records');
  allowLogs(encryptionKey, `${stackName}-*`);
  const logGroup = new logs.LogGroup(scope, 'FlowLogGroup', {
    encryptionKey,
    retention: logs.RetentionDays.ONE_YEAR,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const role = new iam.Role(scope, 'FlowLogRole', {
    assumedBy: new iam.ServicePrincipal('vpc-flow-logs.amazonaws.com', {
      conditions: {
        StringEquals: { 'aws:SourceAccount': account },
        ArnLike: { 'aws:SourceArn': `arn:${partition}:ec2:${region}:${account}:vpc-flow-log/*` },
      },
    }),
  });
  new iam.ManagedPolicy(scope, 'FlowLogPolicy', {
    roles: [role],
    statements: [
      new iam.PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
    ],
  });
  vpc.addFlowLog('FlowLog', {
    trafficType: ec2.FlowLogTrafficType.ALL,
    destination: ec2.FlowLogDestination.toCloudWatchLogs(logGroup, role.withoutPolicyUpdates()),
  });
}

function addEndpoints(scope: Construct, vpc: ec2.Vpc, cidr: string): void {
  for (const [id, service] of Object.entries({
    S3: ec2.GatewayVpcEndpointAwsService.S3,
    DynamoDb: ec2.GatewayVpcEndpointAwsService.DYNAMODB,
  })) {
    new ec2.GatewayVpcEndpoint(scope, `${id}Endpoint`, { vpc, service, subnets: [APPLICATION] });
  }
  const group = new ec2.SecurityGroup(scope, 'EndpointSecurityGroup', {
    vpc,
    description: 'VPC endpoints: HTTPS from the VPC only',
    allowAllOutbound: false,
  });
  group.addIngressRule(ec2.Peer.ipv4(cidr), ec2.Port.tcp(443), 'HTTPS from the VPC');
  for (const [id, service] of SERVICES) {
    new ec2.InterfaceVpcEndpoint(scope, `${id}Endpoint`, {
      vpc,
      service,
      subnets: APPLICATION,
      securityGroups: [group],
      open: false,
    });
  }
}
