import { Graph } from '../../../src/assessment/graph';
import { reachOf } from '../../../src/assessment/simulation';
import { assemblyOf, att, aurora, network, ref, resource, stackOf, subnets, web } from '../../support/assessment';

/** Logical ids that a resource needs, directly or not. */
function reached(from: string, resources: Record<string, unknown>): string[] {
  const assembly = assemblyOf(stackOf({ ...network(2), ...resources }));
  const start = assembly.stacks[0].resources.get(from);
  const component = start && new Graph(assembly).component(start);
  return (component ? reachOf(component) : []).map(({ resource: found }) => found.logicalId).sort();
}

const Table = resource('AWS::DynamoDB::Table');
const task = (properties: Record<string, unknown>) => ({
  Service: resource('AWS::ECS::Service', { TaskDefinition: ref('Task') }),
  Task: resource('AWS::ECS::TaskDefinition', properties),
});

test('users reach the database through listener, target group, service and security groups', () => {
  expect(reached('Alb', { ...web(2), ...aurora(2) })).toEqual(['Alb', 'Database', 'Service', 'Targets']);
});

test('a listener rule leads to its target group', () => {
  const rule = resource('AWS::ElasticLoadBalancingV2::ListenerRule', {
    ListenerArn: ref('Listener'),
    Actions: [{ ForwardConfig: { TargetGroups: [{ TargetGroupArn: ref('Other') }] } }],
  });
  const Other = resource('AWS::ElasticLoadBalancingV2::TargetGroup');
  expect(reached('Alb', { ...web(2), Rule: rule, Other })).toContain('Other');
});

test('a subnet leads out through the NAT gateway of its route table', () => {
  const route = {
    Nat: resource('AWS::EC2::NatGateway', { SubnetId: ref('Subnet1') }),
    Routes: resource('AWS::EC2::RouteTable'),
    Out: resource('AWS::EC2::Route', { RouteTableId: ref('Routes'), NatGatewayId: ref('Nat') }),
    Use: resource('AWS::EC2::SubnetRouteTableAssociation', { SubnetId: ref('Subnet0'), RouteTableId: ref('Routes') }),
  };
  expect(reached('Alb', { ...web(2), ...route })).toContain('Nat');
});

test('calls go through interface endpoints with private DNS, and through no others', () => {
  const endpoint = (PrivateDnsEnabled: boolean) =>
    resource('AWS::EC2::VPCEndpoint', {
      VpcEndpointType: 'Interface',
      VpcId: ref('Vpc'),
      SubnetIds: subnets(1),
      PrivateDnsEnabled,
    });
  expect(reached('Alb', { ...web(2), Endpoint: endpoint(true) })).toContain('Endpoint');
  expect(reached('Alb', { ...web(2), Endpoint: endpoint(false) })).not.toContain('Endpoint');
});

const container = { ContainerDefinitions: [{ Environment: [{ Name: 'TABLE', Value: ref('Table') }] }] };
const secret = { ContainerDefinitions: [{ Secrets: [{ ValueFrom: ref('Attachment') }] }] };
const Attachment = resource('AWS::SecretsManager::SecretTargetAttachment', { TargetId: ref('Database') });

test.each<[string, Record<string, unknown>, string]>([
  ['the environment of a container', { ...task(container), Table }, 'Table'],
  ['a secret attached to a database', { ...task(secret), Attachment, ...aurora(1) }, 'Database'],
  [
    'an endpoint of a database proxy',
    {
      ...task({ ContainerDefinitions: [{ Environment: [{ Name: 'HOST', Value: att('Endpoint', 'Endpoint') }] }] }),
      Endpoint: resource('AWS::RDS::DBProxyEndpoint', { DBProxyName: ref('Proxy') }),
      Proxy: resource('AWS::RDS::DBProxy', { VpcSubnetIds: subnets(2) }),
      ProxyTargets: resource('AWS::RDS::DBProxyTargetGroup', {
        DBProxyName: ref('Proxy'),
        DBClusterIdentifiers: [ref('Database')],
      }),
      Database: resource('AWS::RDS::DBCluster'),
    },
    'Database',
  ],
  [
    'a volume',
    {
      ...task({ Volumes: [{ EFSVolumeConfiguration: { FilesystemId: ref('Files') } }] }),
      Files: resource('AWS::EFS::FileSystem'),
    },
    'Files',
  ],
  [
    'a policy of the task role',
    {
      ...task({ TaskRoleArn: att('Role', 'Arn') }),
      Role: resource('AWS::IAM::Role'),
      Policy: resource('AWS::IAM::Policy', {
        Roles: [ref('Role')],
        PolicyDocument: { Statement: [{ Resource: { 'Fn::Join': ['', [att('Bucket', 'Arn'), '/*']] } }] },
      }),
      Bucket: resource('AWS::S3::Bucket'),
    },
    'Bucket',
  ],
])('a service reads or writes what %s names', (_name, resources, expected) => {
  expect(reached('Service', resources)).toContain(expected);
});

test('tasks on EC2 capacity need the group that provides it', () => {
  const resources = {
    Service: resource('AWS::ECS::Service', {
      CapacityProviderStrategy: [{ CapacityProvider: ref('Provider'), Weight: 1 }],
    }),
    Provider: resource('AWS::ECS::CapacityProvider', {
      AutoScalingGroupProvider: { AutoScalingGroupArn: ref('Group') },
    }),
    Group: resource('AWS::AutoScaling::AutoScalingGroup', { MinSize: 2, VPCZoneIdentifier: subnets(2) }),
  };
  expect(reached('Service', resources)).toContain('Group');
});

describe('tasks without a network of their own', () => {
  const cluster = (service: object) => ({
    Cluster: resource('AWS::ECS::Cluster'),
    Service: resource('AWS::ECS::Service', { Cluster: ref('Cluster'), DesiredCount: 2, ...service }),
    Launch: resource('AWS::AutoScaling::LaunchConfiguration', {
      UserData: { 'Fn::Base64': { 'Fn::Sub': 'echo ECS_CLUSTER=${Cluster} >> /etc/ecs/ecs.config' } },
    }),
    Group: resource('AWS::AutoScaling::AutoScalingGroup', {
      MinSize: 2,
      LaunchConfigurationName: ref('Launch'),
      VPCZoneIdentifier: subnets(2),
    }),
  });
  const zonesOf = (service: object) => {
    const assembly = assemblyOf(stackOf({ ...network(3), ...cluster(service) }));
    const [found] = assembly.resourcesOf('AWS::ECS::Service');
    return new Graph(assembly).component(found)?.units.map(({ zone: name }) => name);
  };

  test('run where the instances that join their cluster run, and need them', () => {
    expect(reached('Service', cluster({ LaunchType: 'EC2' }))).toContain('Group');
    expect(zonesOf({})).toEqual(['us-east-1[0]', 'us-east-1[1]']);
  });

  test('are not meant where the cluster chooses, and they have one', () => {
    const NetworkConfiguration = { AwsvpcConfiguration: { Subnets: subnets(1) } };
    expect(reached('Service', cluster({ NetworkConfiguration }))).not.toContain('Group');
  });

  test('on Fargate have one: where it leads is open', () => {
    expect(reached('Service', cluster({ LaunchType: 'FARGATE' }))).not.toContain('Group');
    expect(zonesOf({ LaunchType: 'FARGATE' })).toEqual([
      { kind: 'unknown', reason: 'its subnets are not in the templates' },
    ]);
  });
});

test('a function needs what its events come from', () => {
  const resources = {
    Worker: resource('AWS::Lambda::Function'),
    Events: resource('AWS::Lambda::EventSourceMapping', {
      FunctionName: ref('Worker'),
      EventSourceArn: att('Queue', 'Arn'),
    }),
    Queue: resource('AWS::SQS::Queue'),
  };
  expect(reached('Worker', resources)).toContain('Queue');
});

test('an API leads to the functions that let it call them', () => {
  const resources = {
    Api: resource('AWS::ApiGatewayV2::Api'),
    Permission: resource('AWS::Lambda::Permission', {
      FunctionName: att('Handler', 'Arn'),
      SourceArn: { 'Fn::Sub': 'arn:aws:execute-api:us-east-1:111122223333:${Api}/*' },
    }),
    Handler: resource('AWS::Lambda::Function', { Environment: { Variables: { TABLE: ref('Table') } } }),
    Table,
  };
  expect(reached('Api', resources)).toEqual(['Api', 'Handler', 'Table']);
});

describe('an API leads to what it calls', () => {
  const listener = {
    Alb: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', { Subnets: subnets(2) }),
    Listener: resource('AWS::ElasticLoadBalancingV2::Listener', { LoadBalancerArn: ref('Alb'), DefaultActions: [] }),
  };

  test.each<[string, Record<string, unknown>, string]>([
    [
      'through a link into a VPC, by its listener',
      {
        Api: resource('AWS::ApiGatewayV2::Api'),
        Integration: resource('AWS::ApiGatewayV2::Integration', { ApiId: ref('Api'), IntegrationUri: ref('Listener') }),
        ...listener,
      },
      'Alb',
    ],
    [
      'through a link to a load balancer',
      {
        Api: resource('AWS::ApiGateway::RestApi'),
        Method: resource('AWS::ApiGateway::Method', {
          RestApiId: ref('Api'),
          Integration: { Type: 'HTTP_PROXY', ConnectionId: ref('Link'), Uri: 'http://ehr.internal' },
        }),
        Link: resource('AWS::ApiGateway::VpcLink', { TargetArns: [ref('Alb')] }),
        ...listener,
      },
      'Alb',
    ],
    [
      'with a role of its own, without a function between',
      {
        Api: resource('AWS::ApiGateway::RestApi'),
        Method: resource('AWS::ApiGateway::Method', {
          RestApiId: ref('Api'),
          Integration: { Uri: 'arn:aws:apigateway:us-east-1:dynamodb:action/GetItem', Credentials: att('Role', 'Arn') },
        }),
        Role: resource('AWS::IAM::Role', {
          Policies: [{ PolicyDocument: { Statement: [{ Effect: 'Allow', Resource: att('Table', 'Arn') }] } }],
        }),
        Table,
      },
      'Table',
    ],
    [
      'as its definition says',
      {
        Api: resource('AWS::ApiGateway::RestApi', {
          Body: {
            paths: { '/Patient': { get: { 'x-amazon-apigateway-integration': { uri: att('Handler', 'Arn') } } } },
          },
        }),
        Handler: resource('AWS::Lambda::Function'),
      },
      'Handler',
    ],
    [
      'where the function is called by an alias',
      {
        Api: resource('AWS::ApiGatewayV2::Api'),
        Permission: resource('AWS::Lambda::Permission', { FunctionName: ref('Live'), SourceArn: ref('Api') }),
        Live: resource('AWS::Lambda::Alias', { FunctionName: ref('Handler'), Name: 'live' }),
        Handler: resource('AWS::Lambda::Function'),
      },
      'Handler',
    ],
    [
      'as a GraphQL API does by its data sources',
      {
        Api: resource('AWS::AppSync::GraphQLApi'),
        Source: resource('AWS::AppSync::DataSource', {
          ApiId: att('Api', 'ApiId'),
          DynamoDBConfig: { TableName: ref('Table') },
        }),
        Table,
      },
      'Table',
    ],
    [
      'as a function URL does',
      {
        Api: resource('AWS::Lambda::Url', { TargetFunctionArn: ref('Handler') }),
        Handler: resource('AWS::Lambda::Function'),
      },
      'Handler',
    ],
  ])('%s', (_name, resources, expected) => {
    expect(reached('Api', resources)).toContain(expected);
  });
});

test.each<[string, unknown, string[]]>([
  ['by its name', 'arn:aws:s3:::records', ['Records', 'Worker']],
  ['by its objects alone', ['arn:aws:s3:::records/*'], ['Records', 'Worker']],
  ['by a name with the account in it', { 'Fn::Sub': 'arn:aws:s3:::scans-${AWS::AccountId}' }, ['Scans', 'Worker']],
  ['by objects of such a name', { 'Fn::Sub': 'arn:aws:s3:::scans-${AWS::AccountId}/in/*' }, ['Scans', 'Worker']],
  [
    'by objects that deployment chooses',
    { 'Fn::Sub': 'arn:aws:s3:::records/${AWS::StackName}/*' },
    ['Records', 'Worker'],
  ],
  ['not by another name', ['arn:aws:s3:::record', 'arn:aws:s3:::*', ref('Where')], ['Worker']],
])('a bucket that another stack made is granted %s', (_name, Resource, expected) => {
  const resources = {
    Worker: resource('AWS::Lambda::Function', { Role: att('Role', 'Arn') }),
    Role: resource('AWS::IAM::Role', {
      Policies: [{ PolicyDocument: { Statement: [{ Effect: 'Allow', Resource }] } }],
    }),
    Records: resource('AWS::S3::Bucket', { BucketName: 'records' }),
    Scans: resource('AWS::S3::Bucket', { BucketName: { 'Fn::Sub': 'scans-${AWS::AccountId}' } }),
  };
  expect(reached('Worker', resources)).toEqual(expected);
});

test('a workflow needs what its steps name, and who starts it needs the workflow', () => {
  const resources = {
    Starter: resource('AWS::Lambda::Function', { Environment: { Variables: { WORKFLOW: ref('Workflow') } } }),
    Workflow: resource('AWS::StepFunctions::StateMachine', {
      DefinitionString: { 'Fn::Sub': '{"States":{"Read":{"Resource":"${Reader.Arn}"}}}' },
      DefinitionSubstitutions: { queue: ref('Queue') },
      RoleArn: att('Role', 'Arn'),
    }),
    Reader: resource('AWS::Lambda::Function'),
    Queue: resource('AWS::SQS::Queue'),
    Role: resource('AWS::IAM::Role', {
      Policies: [{ PolicyDocument: { Statement: [{ Effect: 'Allow', Resource: att('Table', 'Arn') }] } }],
    }),
    Table,
  };
  expect(reached('Starter', resources)).toEqual(['Queue', 'Reader', 'Starter', 'Table', 'Workflow']);
});

test.each([
  [
    'an endpoint of an inspecting appliance',
    { VpcEndpointId: ref('Way') },
    resource('AWS::EC2::VPCEndpoint', { SubnetIds: [ref('Subnet0')] }),
  ],
  [
    'a firewall',
    { VpcEndpointId: { 'Fn::Select': [1, { 'Fn::Split': [':', { 'Fn::Select': [0, att('Way', 'EndpointIds')] }] }] } },
    resource('AWS::NetworkFirewall::Firewall', { SubnetMappings: [{ SubnetId: ref('Subnet0') }] }),
  ],
  ['a NAT instance', { InstanceId: ref('Way') }, resource('AWS::EC2::Instance', { SubnetId: ref('Subnet0') })],
])('a subnet leads out through %s', (_name, to, way) => {
  const resources = {
    Table0: resource('AWS::EC2::RouteTable', { VpcId: ref('Vpc') }),
    Association: resource('AWS::EC2::SubnetRouteTableAssociation', {
      SubnetId: ref('Subnet0'),
      RouteTableId: ref('Table0'),
    }),
    Route: resource('AWS::EC2::Route', { RouteTableId: ref('Table0'), ...to }),
    Way: way,
    Worker: resource('AWS::Lambda::Function', { VpcConfig: { SubnetIds: [ref('Subnet0')] } }),
  };
  expect(reached('Worker', resources)).toContain('Way');
});

test('a file transfer server leads to the buckets of its users', () => {
  const resources = {
    Server: resource('AWS::Transfer::Server'),
    User: resource('AWS::Transfer::User', {
      ServerId: att('Server', 'ServerId'),
      HomeDirectoryMappings: [{ Entry: '/', Target: { 'Fn::Sub': '/${Inbox}/laboratory' } }],
    }),
    Inbox: resource('AWS::S3::Bucket'),
  };
  expect(reached('Server', resources)).toEqual(['Inbox', 'Server']);
});

describe('backup selections are resolved to resources', () => {
  const plan = { BackupPlanRule: [{ ScheduleExpression: 'cron(0 5 ? * * *)', Lifecycle: { DeleteAfterDays: 90 } }] };
  const series = (selection: Record<string, unknown>, cluster: Record<string, unknown> = {}) => {
    const assembly = assemblyOf(
      stackOf({
        Parameters: { Wanted: { Type: 'String' } },
        Resources: {
          ...network(2),
          ...aurora(1, cluster),
          Plan: resource('AWS::Backup::BackupPlan', { BackupPlan: plan }),
          Selection: resource('AWS::Backup::BackupSelection', {
            BackupPlanId: ref('Plan'),
            BackupSelection: selection,
          }),
        },
      }),
    );
    const database = assembly.stacks[0].resources.get('Database');
    return (database && new Graph(assembly).component(database)?.data?.backups) ?? [];
  };
  const tagged = { Tags: [{ Key: 'backup', Value: 'yes' }] };
  const byTag = { ListOfTags: [{ ConditionKey: 'backup', ConditionType: 'STRINGEQUALS', ConditionValue: 'yes' }] };
  const untagged = { StringNotEquals: [{ ConditionKey: 'aws:ResourceTag/backup', ConditionValue: 'yes' }] };
  const lacked = { ConditionKey: 'aws:ResourceTag/tier', ConditionValue: 'gold' };
  const undecided = { ConditionKey: 'aws:ResourceTag/backup', ConditionValue: ref('Wanted') };
  const arn = (kind: string) => ({
    'Fn::Sub': `arn:\${AWS::Partition}:rds:us-east-1:111122223333:${kind}:\${Database}`,
  });

  test.each<[string, Record<string, unknown>, Record<string, unknown>, number]>([
    ['by ARN', { Resources: [att('Database', 'DBClusterArn')] }, {}, 1],
    ['by an ARN around its name', { Resources: [arn('cluster')] }, {}, 1],
    ['not by an ARN of an instance around the name of a cluster', { Resources: [arn('db')] }, {}, 0],
    ['by a pattern', { Resources: ['arn:aws:rds:*:*:cluster:*'] }, {}, 1],
    ['not by a pattern of another kind', { Resources: ['arn:aws:rds:*:*:db:*'] }, {}, 0],
    ['by everything', { Resources: ['*'] }, {}, 1],
    ['by tag', byTag, tagged, 1],
    ['not by a tag it lacks', byTag, {}, 0],
    ['not when excluded', { Resources: ['*'], NotResources: [arn('cluster')] }, {}, 0],
    [
      'not when excluded by name, and by a pattern of an account that deployment decides',
      {
        Resources: ['*'],
        NotResources: [{ 'Fn::Sub': 'arn:${AWS::Partition}:rds:${AWS::Region}:${AWS::AccountId}:cluster:ehr-*' }],
      },
      { DBClusterIdentifier: 'ehr-records' },
      0,
    ],
    [
      'not when excluded by its own name',
      { Resources: ['*'], NotResources: ['arn:aws:rds:us-east-1:111122223333:cluster:ehr'] },
      { DBClusterIdentifier: 'ehr' },
      0,
    ],
    [
      'by its own name',
      { Resources: ['arn:aws:rds:us-east-1:111122223333:cluster:ehr'] },
      { DBClusterIdentifier: 'ehr' },
      1,
    ],
    ['by a condition alone', { Conditions: untagged }, {}, 1],
    ['by what it is not tagged with', { Resources: ['*'], Conditions: untagged }, {}, 1],
    ['not by what it is tagged with', { Resources: ['*'], Conditions: untagged }, tagged, 0],
  ])('%s', (_name, selection, cluster, expected) => {
    expect(series(selection, cluster)).toHaveLength(expected);
  });

  const open = { ageSeconds: { reason: 'depends on parameter Wanted' }, retentionDays: { kind: 'unknown' } };

  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['value of a tag', { ListOfTags: [{ ConditionKey: 'backup', ConditionValue: ref('Wanted') }] }, tagged],
    ['tag of its own', byTag, { Tags: [{ Key: 'backup', Value: ref('Wanted') }] }],
    ['ARN', { Resources: [ref('Wanted')] }, {}],
    ['name in an ARN of its kind', { Resources: [{ 'Fn::Sub': 'arn:aws:rds:us-east-1:1:cluster:${Wanted}' }] }, {}],
    ['exclusion', { Resources: ['*'], NotResources: [ref('Wanted')] }, {}],
  ])('are undecided where a parameter decides the %s', (_name, selection, cluster) => {
    expect(series(selection, cluster)).toMatchObject([open]);
  });

  test.each<[string, Record<string, unknown>]>([
    ['the name in an ARN of another kind', { Resources: [{ 'Fn::Sub': 'arn:aws:rds:us-east-1:1:db:${Wanted}' }] }],
    [
      'a second condition, the first of which does not hold',
      { Conditions: { StringEquals: [lacked, undecided] }, Resources: ['*'] },
    ],
  ])('are decided where a parameter decides %s only', (_name, selection) => {
    expect(series(selection, tagged)).toEqual([]);
  });

  test('with schedule and retention', () => {
    expect(series({ Resources: ['*'] })).toMatchObject([{ ageSeconds: 86_400, retentionDays: 90 }]);
  });
});
