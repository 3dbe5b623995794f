import { Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import { ClinicalTier } from '../../src/core';
import {
  Database,
  DatabaseCapacity,
  DatabaseProxy,
  type DatabaseProxyIamOptions,
  type DatabaseReplicaSource,
  type IDatabase,
} from '../../src/data';
import { clinicalApp } from '../support/app';
import { bindDatabase, dataStack, OREGON, objectives, VIRGINIA } from '../support/data';
import { hospital } from '../support/hospital';
import { SIZE } from '../support/rds';

const PROXY = 'AWS::RDS::DBProxy';
const TARGETS = 'AWS::RDS::DBProxyTargetGroup';
const ENDPOINT = 'AWS::RDS::DBProxyEndpoint';
const iam = DatabaseProxy.iam({ databaseUsers: ['app', 'reports'] });
const passwords = DatabaseProxy.passwords();

const aurora = (proxy: DatabaseProxy) => Database.auroraPostgres({ databaseName: 'hapi', proxy });

function bound(database: IDatabase, stack = dataStack()) {
  return { config: bindDatabase(stack, database), template: Template.fromStack(stack) };
}

/** What the role of the proxy may do. */
function rights(template: Template) {
  return Object.entries(template.findResources('AWS::IAM::ManagedPolicy'))
    .filter(([id]) => id.startsWith('DatabaseProxyRole'))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);
}

describe('a proxy with passwords', () => {
  const { config, template } = bound(aurora(passwords));

  test('takes TLS only, with the credentials of the database, and logs no statement', () => {
    template.hasResourceProperties(PROXY, {
      DBProxyName: 'ehr-us-east-1',
      EngineFamily: 'POSTGRESQL',
      RequireTLS: true,
      DebugLogging: false,
      DefaultAuthScheme: Match.absent(),
      Auth: [
        {
          AuthScheme: 'SECRETS',
          IAMAuth: 'DISABLED',
          ClientPasswordAuthType: 'POSTGRES_SCRAM_SHA_256',
          SecretArn: { Ref: Match.stringLikeRegexp('DatabaseClusterSecretAttachment|DatabaseSecretAttachment') },
        },
      ],
    });
  });

  test('may read that secret with its key, and nothing else', () => {
    expect(rights(template).flatMap(({ Action }) => Action)).toEqual([
      'secretsmanager:GetSecretValue',
      'secretsmanager:DescribeSecret',
    ]);
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 'kms:Decrypt',
            Condition: { StringEquals: { 'kms:ViaService': 'secretsmanager.us-east-1.amazonaws.com' } },
            Principal: { AWS: { 'Fn::GetAtt': [Match.stringLikeRegexp('DatabaseProxyRole'), 'Arn'] } },
          }),
        ]),
      },
    });
    expect(rights(template).filter(({ Resource }) => JSON.stringify(Resource).includes('*'))).toEqual([]);
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'rds.amazonaws.com' } }, // no condition
        ],
      },
    });
  });

  test('has endpoints of its own in every zone, which the application is told, on the port of the engine', () => {
    for (const [name, role] of [
      ['ehr-us-east-1-writer', 'READ_WRITE'],
      ['ehr-us-east-1-reader', 'READ_ONLY'],
    ]) {
      template.hasResourceProperties(ENDPOINT, {
        DBProxyEndpointName: name,
        TargetRole: role,
        VpcSubnetIds: [1, 2, 3].map((zone) => ({ Ref: Match.stringLikeRegexp(`dataSubnet${zone}`) })),
      });
    }
    const stack = Stack.of(config.proxy as never);
    expect(stack.resolve(config.endpoints)).toEqual({
      writer: { 'Fn::GetAtt': [expect.stringContaining('ProxyWriter'), 'Endpoint'] },
      reader: { 'Fn::GetAtt': [expect.stringContaining('ProxyReader'), 'Endpoint'] },
      port: '5432',
      databaseName: 'hapi',
    });
  });

  test('has endpoints when it knows what they lead to', () => {
    const [targets] = Object.keys(template.findResources(TARGETS));
    for (const { DependsOn } of Object.values(template.findResources(ENDPOINT))) {
      expect(DependsOn).toContain(targets);
    }
  });

  test('finds the cluster when its instances are there', () => {
    template.hasResource(TARGETS, {
      Properties: {
        TargetGroupName: 'default',
        DBClusterIdentifiers: [{ Ref: 'DatabaseCluster5B53A178' }],
        DBInstanceIdentifiers: Match.absent(),
        ConnectionPoolConfigurationInfo: { MaxConnectionsPercent: 90 },
      },
      DependsOn: Match.arrayWith(['DatabaseClusterA338A781E', 'DatabaseClusterB446F94B1']),
    });
  });

  test('reaches the database on its port, and lets the application in on its own', () => {
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      FromPort: 5433,
      SourceSecurityGroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('ProxySecurityGroup'), 'GroupId'] },
    });
    expect(config.connections.defaultPort?.toString()).toBe('5432');
    expect(config.connections.securityGroups.map(({ node }) => node.path)).toEqual([
      'Data1/Database/Proxy/SecurityGroup',
    ]);
  });

  test('tells of clients it refuses, and of a database it does not find', () => {
    expect(config.alarms.map(({ node }) => node.id)).toEqual(
      expect.arrayContaining(['RefusedAlarm', 'UnavailableAlarm']),
    );
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'AvailabilityPercentage',
      Dimensions: Match.arrayWith([{ Name: 'ProxyName', Value: 'ehr-us-east-1' }]),
    });
  });

  test('stays in one Region', () => {
    expect(config.replication).toBeUndefined();
    expect(config.replicationAlternative).toMatch(/use DatabaseProxy.iam\(\)/);
  });
});

describe('a proxy with IAM', () => {
  const { config, template } = bound(aurora(iam));
  const user = (id: unknown, name: string) => ({
    'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':rds-db:us-east-1:111111111111:dbuser:', id, `/${name}`]],
  });

  test('has no secret, and connects as the named users only', () => {
    template.hasResourceProperties(PROXY, { DefaultAuthScheme: 'IAM_AUTH', Auth: Match.absent(), RequireTLS: true });
    const cluster = { 'Fn::GetAtt': ['DatabaseCluster5B53A178', 'DBClusterResourceId'] };
    expect(rights(template)).toEqual([
      { Action: 'rds-db:connect', Effect: 'Allow', Resource: [user(cluster, 'app'), user(cluster, 'reports')] },
    ]);
  });

  test('lets whoever may connect as them in', () => {
    const proxyId = {
      'Fn::Select': [
        6,
        { 'Fn::Split': [':', { 'Fn::GetAtt': [expect.stringContaining('DatabaseProxy'), 'DBProxyArn'] }] },
      ],
    };
    expect(Stack.of(config.proxy as never).resolve(config.iamConnectArns)).toEqual([
      user(proxyId, 'app'),
      user(proxyId, 'reports'),
    ]);
  });

  test('follows into another Region', () => {
    expect(config.replication).toBeDefined();
  });
});

describe('an application', () => {
  const app = clinicalApp({ app: { database: aurora(iam) } });
  const template = Template.fromStack(Stack.of(app));

  test('may connect as the users, through the proxy only', () => {
    const connecting = Object.values({
      ...template.findResources('AWS::IAM::Policy'),
      ...template.findResources('AWS::IAM::ManagedPolicy'),
    }).filter(({ Properties }) => JSON.stringify(Properties.PolicyDocument).includes('DBProxyArn'));
    expect(connecting.map(({ Properties }) => JSON.stringify(Properties.Roles))).toEqual([
      expect.stringContaining('TaskRole'),
    ]);
    const ingress = Object.values(template.findResources('AWS::EC2::SecurityGroupIngress')).map(({ Properties }) => [
      Properties.FromPort,
      JSON.stringify(Properties.SourceSecurityGroupId),
    ]);
    expect(ingress.filter(([, from]) => from.includes('ComputeSecurityGroup')).map(([port]) => port)).toEqual([5432]);
  });
});

describe('other engines', () => {
  test.each<[string, IDatabase, string, string]>([
    ['Aurora MySQL', Database.auroraMysql({ databaseName: 'openemr', proxy: passwords }), 'MYSQL', '3306'],
    ['MySQL', Database.rdsMysql({ ...SIZE, databaseName: 'openemr', proxy: passwords }), 'MYSQL', '3306'],
    ['PostgreSQL', Database.rdsPostgres({ ...SIZE, databaseName: 'hapi', proxy: passwords }), 'POSTGRESQL', '5432'],
  ])('%s', (_, database, family, port) => {
    const { config, template } = bound(database);
    template.hasResourceProperties(PROXY, { EngineFamily: family });
    expect(config.endpoints.port).toBe(port);
  });

  test('MySQL takes its newer passwords, over TLS', () => {
    const { template } = bound(Database.auroraMysql({ databaseName: 'openemr', proxy: passwords }));
    template.hasResourceProperties(PROXY, { Auth: [{ ClientPasswordAuthType: 'MYSQL_CACHING_SHA2_PASSWORD' }] });
  });

  test('an instance has nobody to read from, and cannot follow', () => {
    const { config, template } = bound(Database.rdsPostgres({ ...SIZE, databaseName: 'hapi', proxy: iam }));
    template.resourceCountIs(ENDPOINT, 1);
    template.hasResourceProperties(TARGETS, { DBInstanceIdentifiers: [{ Ref: Match.stringLikeRegexp('Instance') }] });
    expect(config.endpoints.reader).toBe(config.endpoints.writer);
    expect(config.replication).toBeUndefined();
    expect(rights(template)[0].Resource[0]['Fn::Join'][1][3]).toEqual({
      'Fn::GetAtt': [expect.stringContaining('Instance'), 'DbiResourceId'],
    });
  });

  test('a Multi-AZ DB cluster can be read', () => {
    const database = Database.rdsPostgres({ ...SIZE, databaseName: 'hapi', multiAzCluster: true, proxy: passwords });
    const { template } = bound(database);
    template.resourceCountIs(ENDPOINT, 2);
    template.hasResourceProperties(TARGETS, { DBClusterIdentifiers: [{ Ref: Match.stringLikeRegexp('Cluster') }] });
  });

  test('a cluster without a reader has one endpoint', () => {
    const capacity = DatabaseCapacity.serverlessV2({ minAcu: 1, maxAcu: 4, readers: 0 });
    const stack = dataStack();
    const config = bindDatabase(stack, Database.auroraPostgres({ databaseName: 'hapi', capacity, proxy: iam }), {
      objectives: objectives(ClinicalTier.OPERATIONAL),
    });
    Template.fromStack(stack).resourceCountIs(ENDPOINT, 1);
    expect(config.endpoints.reader).toBe(config.endpoints.writer);
  });
});

test('options', () => {
  const proxy = DatabaseProxy.passwords({
    maxConnectionsPercent: 50,
    borrowTimeout: Duration.seconds(20),
    idleClientTimeout: Duration.hours(2),
    subnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED, availabilityZones: ['us-east-1a', 'us-east-1b'] },
  });
  const { template } = bound(aurora(proxy));
  template.hasResourceProperties(PROXY, {
    IdleClientTimeout: 7200,
    VpcSubnetIds: [1, 2].map((zone) => ({ Ref: Match.stringLikeRegexp(`dataSubnet${zone}`) })),
  });
  template.hasResourceProperties(TARGETS, {
    ConnectionPoolConfigurationInfo: { MaxConnectionsPercent: 50, ConnectionBorrowTimeout: 20 },
  });
});

describe('a Region with a zone in which there are no proxies', () => {
  const warnings = (proxy: DatabaseProxy, env = VIRGINIA) => {
    const stack = dataStack(env);
    bindDatabase(stack, aurora(proxy));
    return Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('zoneWithoutProxies'));
  };

  test('is warned of, unless somebody chose the subnets', () => {
    expect(warnings(passwords)).toHaveLength(1);
    expect(warnings(passwords, OREGON)).toEqual([]);
    const subnets = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
    expect(warnings(DatabaseProxy.passwords({ subnets }))).toEqual([]);
  });
});

test('a sandbox that would pause does not', () => {
  const stack = dataStack();
  bindDatabase(stack, aurora(iam), { objectives: objectives(ClinicalTier.NON_PRODUCTION) });
  Template.fromStack(stack).hasResourceProperties('AWS::RDS::DBCluster', {
    ServerlessV2ScalingConfiguration: { MinCapacity: 0.5 },
  });
});

describe('in two Regions', () => {
  const { stack: primaryStack, recoveryStack } = hospital({
    app: () => ({
      database: Database.auroraPostgres({
        databaseName: 'hapi',
        capacity: DatabaseCapacity.serverlessV2({ minAcu: 8, maxAcu: 16 }),
        proxy: iam,
      }),
    }),
  });
  const recovery = Template.fromStack(recoveryStack);

  test('each has its own, which finds its own cluster when it has instances', () => {
    Template.fromStack(primaryStack).hasResourceProperties(PROXY, { DBProxyName: 'hapi-fhir-us-east-1' });
    recovery.hasResourceProperties(PROXY, { DBProxyName: 'hapi-fhir-us-west-2', DefaultAuthScheme: 'IAM_AUTH' });
    const instances = Object.keys(recovery.findResources('AWS::RDS::DBInstance'));
    recovery.hasResource(TARGETS, { DependsOn: Match.arrayWith(instances.sort()) });
  });

  test('the one that follows does not tell that nobody writes', () => {
    const alarms = JSON.stringify(recovery.findResources('AWS::CloudWatch::Alarm'));
    expect(alarms).toContain('ClientConnectionsSetupFailedAuth');
    expect(alarms).not.toContain('AvailabilityPercentage');
  });

  test.each([
    ['passwords', aurora(passwords), /another Region cannot know; use DatabaseProxy.iam\(\)/],
    ['an instance', Database.rdsPostgres({ ...SIZE, databaseName: 'hapi', proxy: iam }), /before no replica/],
  ])('fails with %s', (_, database, message) => {
    expect(() => hospital({ app: () => ({ database }) })).toThrow(message);
  });

  test('fails where a replica is bound by somebody else', () => {
    const stack = dataStack(OREGON);
    const replicaOf: DatabaseReplicaSource = {
      region: 'us-east-1',
      globalIdentifier: 'ehr-global',
      secretName: 'ehr/database',
      encryptionKey: new kms.Key(stack, 'Key'),
    };
    expect(() => bindDatabase(stack, aurora(passwords), { replicaOf })).toThrow(/ProxyIsRegional at Data1\/Database/);
    const instance = Database.rdsPostgres({ ...SIZE, databaseName: 'hapi', proxy: iam });
    expect(() => bindDatabase(dataStack(OREGON), instance, { replicaOf })).toThrow(/DatabaseCannotReplicate/);
  });
});

test('subnets of one Region are not taken into another', () => {
  const subnets = (dataStack().node.findChild('Vpc') as ec2.Vpc).isolatedSubnets;
  const proxy = DatabaseProxy.iam({ databaseUsers: ['app'], subnets: { subnets } });
  expect(() => hospital({ app: () => ({ database: aurora(proxy) }) })).toThrow(
    /names subnets of us-east-1, which are not in this Region.*ProxyIsRegional/,
  );
});

describe('fails', () => {
  test.each<[Partial<DatabaseProxyIamOptions>, RegExp]>([
    [{ maxConnectionsPercent: 0 }, /maxConnectionsPercent must be 1 to 100, got 0/],
    [{ maxConnectionsPercent: 50.5 }, /maxConnectionsPercent/],
    [{ borrowTimeout: Duration.minutes(6) }, /borrowTimeout must be 0 to 300 whole seconds, got 360/],
    [{ idleClientTimeout: Duration.seconds(10) }, /idleClientTimeout must be 60 to 28800 whole seconds, got 10/],
    [{ databaseUsers: [] }, /databaseUsers must be 1 to 10 different names, got \[\]/],
    [{ databaseUsers: ['app', 'app'] }, /different names/],
    [{ databaseUsers: ['*'] }, /a database user must be.*got "\*".*InvalidDatabaseProxy/],
  ])('for %j', (options, message) => {
    expect(() => DatabaseProxy.iam({ databaseUsers: ['app'], ...options })).toThrow(message);
  });

  test('for a database that is to pause', () => {
    const capacity = DatabaseCapacity.serverlessV2({ minAcu: 0, maxAcu: 4 });
    const database = Database.auroraPostgres({ databaseName: 'hapi', capacity, proxy: iam });
    expect(() => bindDatabase(dataStack(), database, { objectives: objectives(ClinicalTier.NON_PRODUCTION) })).toThrow(
      /a proxy keeps a connection to every instance, which then never pauses, got minAcu 0/,
    );
  });

  test('for subnets in one zone', () => {
    const subnets = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED, availabilityZones: ['us-east-1a'] };
    expect(() => bound(aurora(DatabaseProxy.passwords({ subnets })))).toThrow(
      /at least two Availability Zones, got us-east-1a.*TooFewZones at Data1\/Database\/Proxy/,
    );
  });

  test('for a name that leaves no room for those of its endpoints', () => {
    const systemName = 'a'.repeat(42);
    expect(() => bindDatabase(dataStack(), aurora(iam), { systemName })).toThrow(/1 to 41 characters/);
  });
});

test.each(['us-gov-west-1', 'cn-north-1'])('in %s the service and the users are those of the partition', (region) => {
  const { template } = bound(aurora(iam), dataStack({ account: '111111111111', region }));
  expect(JSON.stringify(rights(template)[0].Resource)).toContain(`:rds-db:${region}:`);
});
