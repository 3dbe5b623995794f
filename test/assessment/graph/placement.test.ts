import { Graph, type Placement } from '../../../src/assessment/graph';
import { systemsIn } from '../../../src/assessment/systems';
import { assemblyOf, att, aurora, network, ref, resource, stackOf, subnets, web, zone } from '../../support/assessment';

const Zones = { Zones: { Type: 'List<AWS::EC2::Subnet::Id>' } };

/** `0,1` for zone slots, `regional`, `global`, or the reason why it is unknown. */
function describePlacement(placement: Placement | undefined): string {
  if (placement?.kind === 'zones') {
    return [...placement.zones]
      .map((name) => name.replace(/^us-east-1\[(\d)\]$/, '$1'))
      .sort()
      .join(',');
  }
  return placement?.kind === 'unknown' ? placement.reason : (placement?.kind ?? 'no node');
}

const table: [name: string, resources: Record<string, unknown>, expected: string][] = [
  ['a load balancer', web(3), '0,1,2'],
  [
    'an NLB by subnet mappings',
    { X: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', { SubnetMappings: [{ SubnetId: ref('Subnet1') }] }) },
    '1',
  ],
  ['a NAT gateway', { X: resource('AWS::EC2::NatGateway', { SubnetId: ref('Subnet1') }) }, '1'],
  ['a Regional NAT gateway', { X: resource('AWS::EC2::NatGateway', { AvailabilityMode: 'regional' }) }, 'regional'],
  [
    'an interface endpoint',
    { X: resource('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Interface', SubnetIds: subnets(2) }) },
    '0,1',
  ],
  [
    'a gateway endpoint',
    { X: resource('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Gateway', RouteTableIds: [] }) },
    'regional',
  ],
  [
    'a service',
    {
      X: resource('AWS::ECS::Service', {
        DesiredCount: 3,
        NetworkConfiguration: { AwsvpcConfiguration: { Subnets: subnets(3) } },
      }),
    },
    '0,1,2',
  ],
  [
    'a service with two tasks',
    {
      X: resource('AWS::ECS::Service', {
        DesiredCount: 2,
        NetworkConfiguration: { AwsvpcConfiguration: { Subnets: subnets(3) } },
      }),
    },
    '0,1',
  ],
  [
    'a group by zones',
    { X: resource('AWS::AutoScaling::AutoScalingGroup', { MinSize: '2', AvailabilityZones: [zone(0), zone(2)] }) },
    '0,2',
  ],
  [
    'a group in all zones',
    { X: resource('AWS::AutoScaling::AutoScalingGroup', { MinSize: '3', AvailabilityZones: { 'Fn::GetAZs': '' } }) },
    '0,1,2',
  ],
  [
    'a group in two subnets of a zone',
    {
      X: resource('AWS::AutoScaling::AutoScalingGroup', {
        MinSize: '2',
        VPCZoneIdentifier: [ref('Subnet0'), ref('Subnet0')],
      }),
    },
    '0',
  ],
  ['an instance', { X: resource('AWS::EC2::Instance', { SubnetId: ref('Subnet2') }) }, '2'],
  [
    'a function in a VPC',
    { X: resource('AWS::Lambda::Function', { VpcConfig: { SubnetIds: [ref('Subnet0')] } }) },
    '0',
  ],
  ['a function without a VPC', { X: resource('AWS::Lambda::Function', {}) }, 'regional'],
  [
    'node groups',
    { X: resource('AWS::EKS::Nodegroup', { ScalingConfig: { MinSize: 2 }, Subnets: subnets(2) }) },
    '0,1',
  ],
  ['pods of an EKS Fargate profile', { X: resource('AWS::EKS::FargateProfile', { Subnets: subnets(2) }) }, '0,1'],
  [
    'nodes that EKS makes by itself',
    {
      X: resource('AWS::EKS::Cluster', {
        ComputeConfig: { Enabled: true },
        ResourcesVpcConfig: { SubnetIds: subnets(1) },
      }),
    },
    '0',
  ],
  ['an EKS cluster whose nodes are groups of their own', { X: resource('AWS::EKS::Cluster') }, 'no node'],
  ['an Aurora cluster', { X: aurora(2).Database, Database: aurora(2).Database, ...instances('X', 2) }, '0,1'],
  [
    'Aurora instances with explicit zones',
    { X: aurora(0).Database, ...instances('X', 2, { AvailabilityZone: zone(2) }) },
    '2',
  ],
  [
    'Aurora by a parameter, with one instance',
    {
      X: resource('AWS::RDS::DBCluster', { Engine: ref('Zones'), DBSubnetGroupName: ref('DatabaseSubnets') }),
      ...instances('X', 1),
    },
    '0',
  ],
  [
    'a Multi-AZ cluster of an engine that a parameter decides',
    {
      X: resource('AWS::RDS::DBCluster', {
        Engine: ref('Zones'),
        DBClusterInstanceClass: 'db.m6gd.large',
        DBSubnetGroupName: ref('DatabaseSubnets'),
      }),
    },
    '0,1,2',
  ],
  [
    'Aurora Serverless v1',
    {
      X: resource('AWS::RDS::DBCluster', {
        Engine: 'aurora-postgresql',
        EngineMode: 'serverless',
        DBSubnetGroupName: ref('DatabaseSubnets'),
      }),
    },
    'AWS chooses the zone of Aurora Serverless v1',
  ],
  [
    'a Multi-AZ instance',
    { X: resource('AWS::RDS::DBInstance', { MultiAZ: true, DBSubnetGroupName: ref('DatabaseSubnets') }) },
    '0,1',
  ],
  [
    'a single-AZ instance',
    { X: resource('AWS::RDS::DBInstance', { MultiAZ: false, DBSubnetGroupName: ref('DatabaseSubnets') }) },
    '0',
  ],
  [
    'a cache with a replica',
    {
      X: resource('AWS::ElastiCache::ReplicationGroup', {
        NumCacheClusters: 2,
        CacheSubnetGroupName: ref('CacheSubnets'),
      }),
    },
    '0,1',
  ],
  [
    'a cache node',
    { X: resource('AWS::ElastiCache::CacheCluster', { NumCacheNodes: 1, CacheSubnetGroupName: ref('CacheSubnets') }) },
    '0',
  ],
  [
    'a Regional file system',
    {
      X: resource('AWS::EFS::FileSystem'),
      T: resource('AWS::EFS::MountTarget', { FileSystemId: ref('X'), SubnetId: ref('Subnet1') }),
    },
    '1',
  ],
  ['a One Zone file system', { X: resource('AWS::EFS::FileSystem', { AvailabilityZoneName: zone(1) }) }, '1'],
  [
    'FSx Multi-AZ',
    {
      X: resource('AWS::FSx::FileSystem', {
        SubnetIds: subnets(2),
        OntapConfiguration: { DeploymentType: 'MULTI_AZ_1' },
      }),
    },
    '0,1',
  ],
  [
    'FSx single-AZ',
    {
      X: resource('AWS::FSx::FileSystem', {
        SubnetIds: subnets(1),
        WindowsConfiguration: { DeploymentType: 'SINGLE_AZ_2' },
      }),
    },
    '0',
  ],
  ['a volume', { X: resource('AWS::EC2::Volume', { AvailabilityZone: zone(2) }) }, '2'],
  [
    'a single broker',
    { X: resource('AWS::AmazonMQ::Broker', { DeploymentMode: 'SINGLE_INSTANCE', SubnetIds: subnets(1) }) },
    '0',
  ],
  [
    'a Kafka cluster',
    {
      X: resource('AWS::MSK::Cluster', { NumberOfBrokerNodes: 3, BrokerNodeGroupInfo: { ClientSubnets: subnets(3) } }),
    },
    '0,1,2',
  ],
  [
    'a search domain with zone awareness',
    {
      X: resource('AWS::OpenSearchService::Domain', {
        ClusterConfig: { ZoneAwarenessEnabled: true, InstanceCount: 2 },
        VPCOptions: { SubnetIds: subnets(2) },
      }),
    },
    '0,1',
  ],
  [
    'a search domain of the older type without zone awareness',
    {
      X: resource('AWS::Elasticsearch::Domain', {
        ElasticsearchClusterConfig: { InstanceCount: 2 },
        VPCOptions: { SubnetIds: subnets(2) },
      }),
    },
    '0',
  ],
  [
    'a file transfer server in a VPC',
    { X: resource('AWS::Transfer::Server', { EndpointDetails: { SubnetIds: subnets(1) } }) },
    '0',
  ],
  ['a public file transfer server', { X: resource('AWS::Transfer::Server') }, 'regional'],
  [
    'a network firewall',
    {
      X: resource('AWS::NetworkFirewall::Firewall', {
        SubnetMappings: [{ SubnetId: ref('Subnet0') }, { SubnetId: ref('Subnet2') }],
      }),
    },
    '0,2',
  ],
  ['a database proxy', { X: resource('AWS::RDS::DBProxy', { VpcSubnetIds: [ref('Subnet1'), ref('Subnet1')] }) }, '1'],
  ['a stream', { X: resource('AWS::Kinesis::Stream') }, 'regional'],
  ['a workflow', { X: resource('AWS::StepFunctions::StateMachine') }, 'regional'],
  ['a user pool', { X: resource('AWS::Cognito::UserPool') }, 'regional'],
  ['a bucket', { X: resource('AWS::S3::Bucket') }, 'regional'],
  ['a distribution', { X: resource('AWS::CloudFront::Distribution') }, 'global'],
  ['an unknown type', { X: resource('AWS::Made::Up') }, 'no node'],
  [
    'an imported subnet',
    { X: resource('AWS::Lambda::Function', { VpcConfig: { SubnetIds: [{ 'Fn::ImportValue': 'elsewhere' }] } }) },
    'imports elsewhere, which no stack here exports',
  ],
  [
    'subnets from a parameter',
    { X: resource('AWS::Lambda::Function', { VpcConfig: { SubnetIds: ref('Zones') } }) },
    'depends on parameter Zones',
  ],
  [
    'a subnet by its id',
    { X: resource('AWS::Lambda::Function', { VpcConfig: { SubnetIds: ['subnet-1'] } }) },
    'the zone of subnet-1 is not in the templates',
  ],
  [
    'two known zones and an unknown one',
    { X: resource('AWS::Lambda::Function', { VpcConfig: { SubnetIds: [...subnets(2), 'subnet-1'] } }) },
    '0,1',
  ],
];

function instances(cluster: string, count: number, rest: Record<string, unknown> = {}): Record<string, unknown> {
  const instance = resource('AWS::RDS::DBInstance', { DBClusterIdentifier: ref(cluster), ...rest });
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`I${index}`, instance]));
}

test.each(table)('%s', (_name, resources, expected) => {
  const assembly = assemblyOf(stackOf({ Parameters: Zones, Resources: { ...network(3), ...resources } }));
  const target = assembly.stacks[0].resources.get('X') ?? assembly.stacks[0].resources.get('Alb');
  expect(describePlacement(target && new Graph(assembly).component(target)?.placement)).toBe(expected);
});

test('types without a description are listed with their number', () => {
  const assembly = assemblyOf(
    stackOf({ A: resource('AWS::Made::Up'), B: resource('AWS::Made::Up'), C: resource('AWS::IAM::Role') }),
  );
  expect(new Graph(assembly).notJudged).toEqual([{ type: 'AWS::Made::Up', count: 2 }]);
});

describe('an application of the serverless repository', () => {
  const application = (ApplicationId: unknown) =>
    new Graph(
      assemblyOf(stackOf({ A: resource('AWS::Serverless::Application', { Location: { ApplicationId } }) })),
    ).notJudged.map(({ type }) => type);
  const arn = (name: string) => `arn:aws:serverlessrepo:us-east-1:111122223333:applications/${name}`;

  test('is listed: what is in it is not in the templates', () => {
    expect(application(arn('patient-search'))).toEqual(['AWS::Serverless::Application']);
    expect(application(arn('SecretsManagerReader'))).toEqual(['AWS::Serverless::Application']);
    expect(application(ref('Application'))).toEqual(['AWS::Serverless::Application']);
  });

  test('is not, where it only changes passwords: no request goes through it', () => {
    expect(application(arn('SecretsManagerRDSPostgreSQLRotationSingleUser'))).toEqual([]);
  });
});

test('what starts something on a schedule is no node: what it starts is judged by itself', () => {
  const assembly = assemblyOf(
    stackOf({
      ...network(1),
      Nightly: resource('AWS::Lambda::Function', { VpcConfig: { SubnetIds: [ref('Subnet0')] } }),
      Rule: resource('AWS::Events::Rule', { Targets: [{ Arn: { 'Fn::GetAtt': ['Nightly', 'Arn'] } }] }),
    }),
  );
  const graph = new Graph(assembly);
  expect(graph.notJudged).toEqual([]);
  expect(systemsIn(assembly, graph).flatMap(({ entryPoints }) => entryPoints.map(({ name }) => name))).toEqual([
    'Test/Nightly',
  ]);
});

describe('a workflow that nothing but rules set off', () => {
  const rule = (properties: object, target: string) =>
    resource('AWS::Events::Rule', { ...properties, Targets: [{ Arn: att(target, 'Arn') }] });
  const permission = (Principal: string) =>
    resource('AWS::Lambda::Permission', { FunctionName: ref('Worker'), Principal });
  const mapping = resource('AWS::Lambda::EventSourceMapping', { FunctionName: ref('Worker') });
  const entriesBeside = (others: Record<string, unknown>, ...sources: unknown[]) => {
    const rules = sources.map((source, index) => [
      `Rule${index}`,
      resource('AWS::Events::Rule', { EventPattern: { source: [source] }, Targets: [{ Arn: ref('Workflow') }] }),
    ]);
    const assembly = assemblyOf(
      stackOf({
        Workflow: resource('AWS::StepFunctions::StateMachine', { DefinitionSubstitutions: { cases: ref('Cases') } }),
        Cases: resource('AWS::DynamoDB::Table'),
        ...Object.fromEntries(rules),
        ...others,
      }),
    );
    return systemsIn(assembly, new Graph(assembly)).flatMap(({ entryPoints }) => entryPoints.map(({ name }) => name));
  };
  const entries = (...sources: unknown[]) => entriesBeside({}, ...sources);

  test('answers alarms, and is no system, where all of them are of AWS watching the account', () => {
    expect(entries('aws.guardduty', 'aws.health')).toEqual([]);
  });

  test('is judged where records arrive, or where it is not decided', () => {
    expect(entries('aws.guardduty', 'aws.s3')).toEqual(['Test/Workflow']);
    expect(entries(ref('Source'))).toEqual(['Test/Workflow']);
    expect(entries()).toEqual(['Test/Workflow']);
  });

  const onAlarm = { EventPattern: { source: ['aws.health'] } };

  test.each<[string, Record<string, unknown>]>([
    ['also goes off every night', { Rule0: rule({ ...onAlarm, ScheduleExpression: 'rate(1 day)' }, 'Workflow') }],
    ['a schedule starts too', { Nightly: resource('AWS::Scheduler::Schedule', { Target: { Arn: ref('Workflow') } }) }],
  ])('is judged where a rule or %s', (_name, others) => {
    expect(entriesBeside(others, 'aws.health')).toEqual(['Test/Workflow']);
  });

  test.each<[string, Record<string, unknown>, string[]]>([
    ['only rules may call', permission('events.amazonaws.com'), []],
    ['a bucket may call too', permission('s3.amazonaws.com'), ['Test/Worker']],
    ['that takes messages from a queue too', mapping, ['Test/Worker']],
  ])('as a function that %s', (_name, other, expected) => {
    const worker = resource('AWS::Lambda::Function', { Environment: { Variables: { CASES: ref('Cases') } } });
    const others = { Worker: worker, Alarm: rule(onAlarm, 'Worker'), Other: other };
    expect(entriesBeside(others, 'aws.health')).toEqual(expected);
  });
});
