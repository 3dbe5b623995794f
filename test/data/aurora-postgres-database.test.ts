import { App, Fn, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as rds from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import { ClinicalTier, DataProtection, FailureScope, NotificationTopic } from '../../src/core';
import { type AuroraPostgresProps, Database, DatabaseCapacity } from '../../src/data';
import { bindDatabase, codeOf, dataStack, objectives, VIRGINIA } from '../support/data';

const RETAINED = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };

function templateOf(props: Partial<AuroraPostgresProps> = {}, stack = dataStack()): Template {
  bindDatabase(stack, Database.auroraPostgres({ databaseName: 'hapi', ...props }));
  return Template.fromStack(stack);
}

function instances(template: Template): Record<string, unknown>[] {
  return Object.values(template.findResources('AWS::RDS::DBInstance')).map(({ Properties }) => Properties);
}

describe('a cluster', () => {
  const template = templateOf();

  test('keeps the logical ids that data depends on', () => {
    const ids = (type: string) => Object.keys(template.findResources(type));
    expect(ids('AWS::RDS::DBCluster')).toEqual(['DatabaseCluster5B53A178']);
    expect(ids('AWS::RDS::DBInstance')).toEqual(['DatabaseClusterA338A781E', 'DatabaseClusterB446F94B1']);
    expect(ids('AWS::SecretsManager::Secret')).toEqual(['DatabaseSecret3B817195']);
    expect(ids('AWS::KMS::Key')).toEqual(['DatabaseKey5E5D9547']);
    expect(ids('AWS::Logs::LogGroup')).toEqual(['DatabaseLogCF7B0BC9']);
  });

  test('is encrypted, backed up for 35 days, protected from deletion, and known by name', () => {
    template.hasResource('AWS::RDS::DBCluster', {
      ...RETAINED,
      Properties: {
        DBClusterIdentifier: 'ehr-us-east-1',
        DatabaseName: 'hapi',
        Port: 5433,
        StorageEncrypted: true,
        KmsKeyId: { 'Fn::GetAtt': ['DatabaseKey5E5D9547', 'Arn'] },
        BackupRetentionPeriod: 35,
        CopyTagsToSnapshot: true,
        DeletionProtection: true,
        EnableIAMDatabaseAuthentication: true,
        EnableCloudwatchLogsExports: ['postgresql'],
        PerformanceInsightsEnabled: true,
        PerformanceInsightsKmsKeyId: { 'Fn::GetAtt': ['DatabaseKey5E5D9547', 'Arn'] },
        GlobalClusterIdentifier: Match.absent(),
        ManageMasterUserPassword: Match.absent(),
      },
    });
  });

  test('takes only encrypted connections, and logs no statement that could carry patient data', () => {
    template.hasResourceProperties('AWS::RDS::DBClusterParameterGroup', {
      Parameters: { 'rds.force_ssl': '1', log_connections: '1', log_min_duration_statement: Match.absent() },
    });
  });

  test('runs its instances in different zones, named neither writer nor reader, none of them public', () => {
    expect(instances(template).map((i) => [i.DBInstanceIdentifier, i.AvailabilityZone, i.PromotionTier])).toEqual([
      ['ehr-us-east-1-a', 'us-east-1a', 0],
      ['ehr-us-east-1-b', 'us-east-1b', 1],
    ]);
    template.allResources('AWS::RDS::DBInstance', {
      ...RETAINED,
      Properties: {
        DBInstanceClass: 'db.serverless',
        PubliclyAccessible: false,
        AutoMinorVersionUpgrade: true,
        MonitoringInterval: 60,
      },
    });
  });

  test('backs up before it is maintained, and never maintains two instances on one day', () => {
    template.hasResourceProperties('AWS::RDS::DBCluster', {
      PreferredBackupWindow: '08:00-09:00',
      PreferredMaintenanceWindow: 'sun:10:00-sun:10:30',
    });
    expect(instances(template).map((i) => i.PreferredMaintenanceWindow)).toEqual([
      'tue:10:00-tue:10:30',
      'wed:10:00-wed:10:30',
    ]);
  });

  test('owns its credentials, which are named, encrypted and rotated every 30 days', () => {
    template.hasResource('AWS::SecretsManager::Secret', {
      ...RETAINED,
      Properties: {
        Name: 'ehr/database',
        KmsKeyId: { 'Fn::GetAtt': ['DatabaseKey5E5D9547', 'Arn'] },
        GenerateSecretString: Match.objectLike({ SecretStringTemplate: '{"username":"ehr_owner"}' }),
      },
    });
    template.hasResourceProperties('AWS::SecretsManager::RotationSchedule', {
      RotationRules: { ScheduleExpression: 'rate(30 days)' },
    });
    template.resourceCountIs('AWS::Serverless::Application', 1);
  });

  test('writes its log to a group that is encrypted and ends', () => {
    template.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: '/aws/rds/cluster/ehr-us-east-1/postgresql',
      RetentionInDays: 365,
      KmsKeyId: Match.anyValue(),
    });
    expect(template.findResources('AWS::RDS::DBCluster').DatabaseCluster5B53A178.DependsOn).toContain(
      'DatabaseLogCF7B0BC9',
    );
  });

  test('has a key that nobody can delete while the data is kept', () => {
    template.hasResource('AWS::KMS::Key', {
      ...RETAINED,
      Properties: {
        EnableKeyRotation: true,
        KeyPolicy: {
          Statement: Match.arrayWith([
            Match.objectLike({
              Effect: 'Deny',
              Action: ['kms:ScheduleKeyDeletion', 'kms:DisableKey'],
              Principal: { AWS: '*' },
            }),
          ]),
        },
      },
    });
  });

  test('watches saturation, transaction ids and readers', () => {
    const metrics = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map((a) => a.Properties.MetricName);
    expect(metrics.sort()).toEqual([
      'ACUUtilization',
      'AuroraReplicaLagMaximum',
      'CPUUtilization',
      'MaximumUsedTransactionIDs',
    ]);
  });
});

describe('events', () => {
  test('of the cluster, and of no other, are told to a topic that is made to let RDS publish, after its policy', () => {
    const stack = dataStack();
    bindDatabase(stack, undefined, { notifications: new NotificationTopic(stack, 'Topic').topic });
    const template = Template.fromStack(stack);
    const DependsOn = Match.arrayWith([Match.stringLikeRegexp('TopicPolicy')]);
    template.hasResource('AWS::RDS::EventSubscription', {
      Properties: {
        SourceType: 'db-cluster',
        SourceIds: [{ Ref: 'DatabaseCluster5B53A178' }],
        EventCategories: ['failover', 'failure', 'global-failover', 'maintenance', 'notification'],
      },
      DependsOn,
    });
    template.resourceCountIs('AWS::RDS::EventSubscription', 1); // a cluster's parameter group is no source RDS finds
    const allows = { Principal: { Service: 'events.rds.amazonaws.com' }, Effect: 'Allow' };
    const statements = { Statement: Match.arrayWith([Match.objectLike(allows)]) };
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: statements,
      Description: Match.stringLikeRegexp('notif'),
    });
  });

  test('are told to nobody where nobody is named', () => {
    templateOf().resourceCountIs('AWS::RDS::EventSubscription', 0);
  });
});

test('names what AWS Backup must contain: the cluster', () => {
  const stack = dataStack();
  const [resource] = bindDatabase(stack).backupResources;
  expect(JSON.stringify(stack.resolve(resource.resource))).toContain(
    ':rds:us-east-1:111111111111:cluster:",{"Ref":"DatabaseCluster5B53A178"}',
  );
});

test('says where to connect, with the attributes of the cluster and the port as a number', () => {
  const stack = dataStack();
  const { endpoints } = bindDatabase(stack);
  expect(stack.resolve(endpoints)).toEqual({
    writer: { 'Fn::GetAtt': ['DatabaseCluster5B53A178', 'Endpoint.Address'] },
    reader: { 'Fn::GetAtt': ['DatabaseCluster5B53A178', 'ReadEndpoint.Address'] },
    port: '5433',
    databaseName: 'hapi',
  });
});

test('lets an application read the credentials and their key', () => {
  const stack = dataStack();
  const role = new iam.Role(stack, 'App', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
  bindDatabase(stack).credentials?.grantRead(role);
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: [Match.objectLike({ Action: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'] })],
    },
  });
  template.hasResourceProperties('AWS::KMS::Key', {
    KeyPolicy: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Action: 'kms:Decrypt',
          Condition: { StringEquals: { 'kms:ViaService': 'secretsmanager.us-east-1.amazonaws.com' } },
          Principal: { AWS: { 'Fn::GetAtt': [Match.stringLikeRegexp('^App'), 'Arn'] } },
        }),
      ]),
    },
  });
});

describe('capacity', () => {
  const r7g = ec2.InstanceType.of(ec2.InstanceClass.R7G, ec2.InstanceSize.XLARGE);

  test('provisioned: writer and readers of one class, zones in turn', () => {
    const template = templateOf({ capacity: DatabaseCapacity.provisioned({ instanceType: r7g, readers: 3 }) });
    expect(instances(template).map((i) => [i.DBInstanceClass, i.AvailabilityZone])).toEqual([
      ['db.r7g.xlarge', 'us-east-1a'],
      ['db.r7g.xlarge', 'us-east-1b'],
      ['db.r7g.xlarge', 'us-east-1c'],
      ['db.r7g.xlarge', 'us-east-1a'],
    ]);
    template.hasResourceProperties('AWS::RDS::DBCluster', { ServerlessV2ScalingConfiguration: Match.absent() });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'FreeableMemory' });
  });

  test.each([
    [ClinicalTier.FOUNDATION, 8, 64, 2],
    [ClinicalTier.LIFE_CRITICAL, 8, 64, 2],
    [ClinicalTier.CARE_ESSENTIAL, 8, 64, 2],
    [ClinicalTier.OPERATIONAL, 2, 32, 2],
    [ClinicalTier.NON_PRODUCTION, 0, 4, 1],
  ])('by default of %s: %p to %p ACU, %p instances', (tier, MinCapacity, MaxCapacity, count) => {
    const stack = dataStack();
    bindDatabase(stack, undefined, { objectives: objectives(tier) });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::RDS::DBCluster', {
      ServerlessV2ScalingConfiguration: { MinCapacity, MaxCapacity },
    });
    template.resourceCountIs('AWS::RDS::DBInstance', count);
  });

  test.each([
    ['no reader', DatabaseCapacity.provisioned({ instanceType: r7g, readers: 0 })],
    ['a pause', DatabaseCapacity.serverlessV2({ minAcu: 0, maxAcu: 8 })],
  ])('fails with %s where care depends on it', (_, capacity) => {
    const database = Database.auroraPostgres({ databaseName: 'hapi', capacity });
    expect(codeOf(() => bindDatabase(dataStack(), database))).toBe('CapacityTooSmall');
    expect(
      codeOf(() => bindDatabase(dataStack(), database, { objectives: objectives(ClinicalTier.CARE_ESSENTIAL) })),
    ).toBe('no error');
  });
});

describe('zones', () => {
  test('two are used in turn', () => {
    expect(instances(templateOf({}, dataStack(VIRGINIA, 2))).map((i) => i.AvailabilityZone)).toEqual([
      'us-east-1a',
      'us-east-1b',
    ]);
  });

  test('of four, the first three, which hold the storage', () => {
    const template = templateOf(
      { capacity: DatabaseCapacity.serverlessV2({ minAcu: 8, maxAcu: 16, readers: 3 }) },
      dataStack(VIRGINIA, 4),
    );
    expect(instances(template).map((i) => i.AvailabilityZone)).toEqual([
      'us-east-1a',
      'us-east-1b',
      'us-east-1c',
      'us-east-1a',
    ]);
    const [group] = Object.values(template.findResources('AWS::RDS::DBSubnetGroup'));
    expect(group.Properties.SubnetIds).toHaveLength(3);
  });

  test('unknown until deployment are taken as they come', () => {
    const stack = dataStack({}, 2);
    const [a, b] = instances(templateOf({}, stack)).map((i) => i.AvailabilityZone);
    expect(a).toEqual({ 'Fn::Select': [0, { 'Fn::GetAZs': '' }] });
    expect(b).toEqual({ 'Fn::Select': [1, { 'Fn::GetAZs': '' }] });
  });

  test('of subnets imported by id are left to Aurora', () => {
    const stack = new Stack(new App(), 'Imported', { env: VIRGINIA });
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['us-east-1a'] });
    const subnets = ['subnet-1', 'subnet-2'].map((id) => ec2.Subnet.fromSubnetId(stack, id, id));
    bindDatabase(stack, undefined, { vpc, subnets: { subnets } });
    expect(instances(Template.fromStack(stack)).map((i) => i.AvailabilityZone)).toEqual([undefined, undefined]);
  });

  test('of a VPC whose zones are a list known at deployment are not guessed', () => {
    const stack = new Stack(new App(), 'Imported', { env: VIRGINIA });
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-1',
      availabilityZones: Fn.split(',', Fn.importValue('zones'), 3),
      isolatedSubnetIds: Fn.split(',', Fn.importValue('subnets'), 3),
    });
    bindDatabase(stack, undefined, { vpc });
    const zones = new Set(instances(Template.fromStack(stack)).map((i) => JSON.stringify(i.AvailabilityZone)));
    expect(zones.size).toBe(2);
  });

  test('fails when there is only one', () => {
    expect(codeOf(() => bindDatabase(dataStack(VIRGINIA, 1)))).toBe('TooFewZones');
  });

  test('fails in public subnets', () => {
    const stack = new Stack(new App(), 'Public', { env: VIRGINIA });
    const vpc = new ec2.Vpc(stack, 'Vpc', { natGateways: 0 });
    const subnets = { subnetType: ec2.SubnetType.PUBLIC };
    expect(codeOf(() => bindDatabase(stack, undefined, { vpc, subnets }))).toBe('DatabaseInPublicSubnet');
  });
});

test('is destroyed with its stack where that is acknowledged', () => {
  const stack = dataStack();
  bindDatabase(stack, undefined, {
    dataProtection: DataProtection.destroyWithStack({ acknowledgeDataLoss: 'sandbox' }),
  });
  const template = Template.fromStack(stack);
  for (const type of ['DBCluster', 'DBInstance'].map((t) => `AWS::RDS::${t}`)) {
    template.allResources(type, { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
  }
  template.hasResourceProperties('AWS::RDS::DBCluster', { DeletionProtection: false });
  expect(JSON.stringify(template.findResources('AWS::KMS::Key'))).not.toContain('ScheduleKeyDeletion');
});

test('can be named where the Region is only known at deployment', () => {
  templateOf({}, dataStack({})).hasResourceProperties('AWS::RDS::DBCluster', {
    DBClusterIdentifier: { 'Fn::Join': ['', ['ehr-', { Ref: 'AWS::Region' }]] },
  });
});

test.each(['us-gov-west-1', 'cn-north-1'])('names no commercial partition in %s', (region) => {
  const text = JSON.stringify(templateOf({}, dataStack({ account: '111111111111', region })).toJSON().Resources);
  expect(text).not.toContain('arn:aws:');
});

test('takes another port and another quiet hour', () => {
  const template = templateOf({ port: 6000, quietHour: 22 });
  template.hasResourceProperties('AWS::RDS::DBCluster', {
    Port: 6000,
    PreferredBackupWindow: '22:00-23:00',
    PreferredMaintenanceWindow: 'sun:00:00-sun:00:30',
  });
  template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 6000, ToPort: 6000 });
});

test('states what it brings to recovery inside its Region', () => {
  const { recovery = [] } = bindDatabase(dataStack());
  const zone = recovery.find(({ scope }) => scope === FailureScope.AVAILABILITY_ZONE);
  expect([zone?.recoveryTime?.toSeconds(), zone?.recoveryPoint.toSeconds()]).toEqual([60, 0]);
  expect(recovery.every(({ source }) => source.startsWith('https://docs.aws.amazon.com/'))).toBe(true);
  const corruption = recovery.find(({ scope }) => scope === FailureScope.CORRUPTION);
  expect(corruption?.recoveryTime).toBeUndefined();
  expect(corruption?.recoveryPoint.toMinutes()).toBe(5);
});

test('claims no time for the loss of a zone without a reader', () => {
  const { recovery = [] } = bindDatabase(dataStack(), undefined, {
    objectives: objectives(ClinicalTier.NON_PRODUCTION),
  });
  expect(recovery.find(({ scope }) => scope === FailureScope.AVAILABILITY_ZONE)?.recoveryTime).toBeUndefined();
});

describe('fails when', () => {
  test.each(['1hapi', 'ha-pi', '', 'a'.repeat(64), 'rdsadmin', 'Template1'])(
    'the database is called %p',
    (databaseName) => {
      expect(codeOf(() => Database.auroraPostgres({ databaseName }))).toBe('InvalidDatabase');
    },
  );

  test.each(['13.20', '14.2', '15.1', '16.0'])('the engine is %s', (full) => {
    const engineVersion = rds.AuroraPostgresEngineVersion.of(full, full.split('.')[0]);
    expect(() => Database.auroraPostgres({ databaseName: 'hapi', engineVersion })).toThrow(
      /engineVersion must be 14.3/,
    );
  });

  test.each(['14.3', '15.2', '17.4', '18.1'])('but not when it is %s', (full) => {
    const engineVersion = rds.AuroraPostgresEngineVersion.of(full, full.split('.')[0]);
    expect(codeOf(() => Database.auroraPostgres({ databaseName: 'hapi', engineVersion }))).toBe('no error');
  });

  test('several things are wrong, naming them all', () => {
    expect(() => Database.auroraPostgres({ databaseName: '1', port: 80, quietHour: 24 })).toThrow(
      /databaseName .*; port .* got 80; quietHour .* got 24/,
    );
  });

  test.each(['Ehr', 'ehr-', 'e--hr', '1ehr', '', 'e'.repeat(47)])('the system is called %p', (systemName) => {
    expect(codeOf(() => bindDatabase(dataStack(), undefined, { systemName }))).toBe('InvalidSystemName');
  });

  test('the error says where', () => {
    const stack = dataStack();
    expect(() => bindDatabase(stack, undefined, { systemName: 'EHR' })).toThrow(
      /\[InvalidSystemName at Data1\/Database\]/,
    );
    expect(new Construct(stack, 'Later').node.path).toBe('Data1/Later');
  });
});
