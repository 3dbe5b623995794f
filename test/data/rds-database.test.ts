import { App, Size, Stack, Token } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as sns from 'aws-cdk-lib/aws-sns';
import { DataProtection, FailureScope, NotificationTopic } from '../../src/core';
import { ClinicalBackup, Database, type IDatabase, RdsStorage } from '../../src/data';
import { bindDatabase, codeOf, dataStack, KEY_ALIAS_ARN, OREGON, objectives, VIRGINIA } from '../support/data';
import { SIZE } from '../support/rds';

const TARGET = { region: 'us-west-2', encryptionKeyArn: KEY_ALIAS_ARN };
const RETAINED = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
const KEY = { 'Fn::GetAtt': ['DatabaseKey5E5D9547', 'Arn'] };
const postgres = Database.rdsPostgres({ ...SIZE, databaseName: 'lis' });
const mysql = Database.rdsMysql({ ...SIZE, databaseName: 'lis' });

function templateOf(database: IDatabase, stack = dataStack()): Template {
  bindDatabase(stack, database);
  return Template.fromStack(stack);
}

const metricsOf = (template: Template) =>
  Object.values(template.findResources('AWS::CloudWatch::Alarm')).map((alarm) => alarm.Properties.MetricName);

describe.each([
  ['PostgreSQL', postgres, { Engine: 'postgres', Port: '5433' }],
  ['MySQL', mysql, { Engine: 'mysql', Port: '3307' }],
])('an instance of %s', (_, database, engine) => {
  const template = templateOf(database);

  test('keeps the logical ids that data depends on', () => {
    expect(Object.keys(template.findResources('AWS::RDS::DBInstance'))).toEqual(['DatabaseInstanceAA8A5FDE']);
    expect(Object.keys(template.findResources('AWS::SecretsManager::Secret'))).toEqual(['DatabaseSecret3B817195']);
  });

  test('has a standby, and is encrypted, backed up for 35 days, protected, let in by IAM, and known by name', () => {
    template.hasResource('AWS::RDS::DBInstance', {
      ...RETAINED,
      Properties: {
        ...engine,
        DBInstanceIdentifier: 'ehr-us-east-1',
        DBName: 'lis',
        DBInstanceClass: 'db.m5d.large',
        MultiAZ: true,
        StorageEncrypted: true,
        KmsKeyId: KEY,
        StorageType: 'gp3',
        AllocatedStorage: '200',
        MaxAllocatedStorage: 400,
        BackupRetentionPeriod: 35,
        DeleteAutomatedBackups: false,
        CopyTagsToSnapshot: true,
        DeletionProtection: true,
        EnableIAMDatabaseAuthentication: true,
        PubliclyAccessible: false,
        AutoMinorVersionUpgrade: true,
        CACertificateIdentifier: 'rds-ca-rsa2048-g1',
        EnablePerformanceInsights: true,
        PerformanceInsightsKMSKeyId: KEY,
        MonitoringInterval: 60,
        PreferredBackupWindow: '08:00-09:00',
        PreferredMaintenanceWindow: 'sun:10:00-sun:10:30',
        ManageMasterUserPassword: Match.absent(),
      },
    });
  });

  test('has log groups that are encrypted, end, and are there before RDS makes its own', () => {
    const groups = Object.entries(template.findResources('AWS::Logs::LogGroup', { Properties: { KmsKeyId: KEY } }));
    const [[, instance]] = Object.entries(template.findResources('AWS::RDS::DBInstance'));
    expect(groups.map(([, { Properties }]) => Properties.LogGroupName).sort()).toEqual(
      instance.Properties.EnableCloudwatchLogsExports.map((log: string) => `/aws/rds/instance/ehr-us-east-1/${log}`),
    );
    expect(instance.DependsOn).toEqual(expect.arrayContaining(groups.map(([id]) => id)));
  });

  test('rotates a secret of its own every 30 days', () => {
    template.hasResourceProperties('AWS::SecretsManager::Secret', { Name: 'ehr/database', KmsKeyId: KEY });
    template.hasResourceProperties('AWS::SecretsManager::RotationSchedule', {
      RotationRules: { ScheduleExpression: 'rate(30 days)' },
      RotateImmediatelyOnUpdate: false,
    });
  });

  test('watches saturation and storage, and only then connections', () => {
    expect(metricsOf(template)).toEqual(
      expect.arrayContaining(['CPUUtilization', 'FreeableMemory', 'FreeStorageSpace']),
    );
    expect(metricsOf(template)).not.toContain('DatabaseConnections');
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'FreeStorageSpace',
      Threshold: 20 * 1024 ** 3,
      ComparisonOperator: 'LessThanThreshold',
    });
  });

  test('claims the failover that AWS states, and no time for a restore', () => {
    const { recovery = [] } = bindDatabase(dataStack(), database);
    const of = (scope: FailureScope) => recovery.find((claim) => claim.scope === scope);
    expect(of(FailureScope.AVAILABILITY_ZONE)?.recoveryTime?.toSeconds()).toBe(120);
    expect(of(FailureScope.AVAILABILITY_ZONE)?.recoveryPoint.toSeconds()).toBe(0);
    expect(of(FailureScope.CORRUPTION)?.recoveryTime).toBeUndefined();
  });

  test('says where to connect: its one address, for reads too', () => {
    const stack = dataStack();
    const { endpoints, backupResources, instance } = bindDatabase(stack, database);
    const address = { 'Fn::GetAtt': ['DatabaseInstanceAA8A5FDE', 'Endpoint.Address'] };
    expect(stack.resolve(endpoints)).toEqual({
      writer: address,
      reader: address,
      port: engine.Port,
      databaseName: 'lis',
    });
    expect(JSON.stringify(stack.resolve(backupResources[0].resource))).toContain('DatabaseInstanceAA8A5FDE');
    expect(instance).toBeInstanceOf(rds.DatabaseInstance);
  });
});

test('PostgreSQL takes only encrypted connections', () => {
  templateOf(postgres).hasResourceProperties('AWS::RDS::DBParameterGroup', { Parameters: { 'rds.force_ssl': '1' } });
});

test('MySQL takes only encrypted connections, and audits without queries', () => {
  const template = templateOf(mysql);
  template.hasResourceProperties('AWS::RDS::DBParameterGroup', {
    Parameters: { require_secure_transport: '1', general_log: '0', slow_query_log: '0' },
  });
  template.hasResource('AWS::RDS::OptionGroup', {
    ...RETAINED,
    Properties: {
      OptionConfigurations: [
        {
          OptionName: 'MARIADB_AUDIT_PLUGIN',
          OptionSettings: [{ Name: 'SERVER_AUDIT_EVENTS', Value: 'CONNECT,QUERY_DCL,QUERY_DDL' }],
        },
      ],
    },
  });
});

describe('a Multi-AZ DB cluster', () => {
  const cluster = Database.rdsPostgres({ ...SIZE, databaseName: 'lis', multiAzCluster: true });
  const template = templateOf(cluster);

  test('is one cluster of three instances that RDS makes, encrypted, backed up, protected', () => {
    template.resourceCountIs('AWS::RDS::DBInstance', 0);
    template.hasResource('AWS::RDS::DBCluster', {
      ...RETAINED,
      Properties: {
        Engine: 'postgres',
        DBClusterIdentifier: 'ehr-us-east-1',
        DBClusterInstanceClass: 'db.m5d.large',
        DatabaseName: 'lis',
        AllocatedStorage: 200,
        StorageType: 'gp3',
        Iops: 3000,
        StorageEncrypted: true,
        KmsKeyId: KEY,
        BackupRetentionPeriod: 35,
        DeletionProtection: true,
        EnableIAMDatabaseAuthentication: true,
        PubliclyAccessible: false,
        MasterUserPassword: Match.objectLike({ 'Fn::Join': Match.anyValue() }),
      },
    });
  });

  test('rotates its password, and knows its own address in the secret', () => {
    template.hasResourceProperties('AWS::SecretsManager::SecretTargetAttachment', {
      TargetType: 'AWS::RDS::DBCluster',
      TargetId: { Ref: 'DatabaseClusterC6094C50' },
    });
    template.resourceCountIs('AWS::SecretsManager::RotationSchedule', 1);
  });

  test('is faster to fail over, is read from its standbys, and watches how far they are behind', () => {
    const stack = dataStack();
    const { recovery = [], endpoints, multiAzCluster } = bindDatabase(stack, cluster);
    expect(recovery[0].recoveryTime?.toSeconds()).toBe(35);
    expect(stack.resolve(endpoints.reader)).toEqual({
      'Fn::GetAtt': ['DatabaseClusterC6094C50', 'ReadEndpoint.Address'],
    });
    expect(multiAzCluster).toBeInstanceOf(rds.CfnDBCluster);
    const [{ Properties }] = Object.values(template.findResources('AWS::CloudWatch::Alarm')).filter((alarm) =>
      JSON.stringify(alarm).includes('ReplicaLag'),
    );
    const measured = Properties.Metrics.filter((metric: { MetricStat?: unknown }) => metric.MetricStat);
    expect(measured.map(({ MetricStat }: { MetricStat: { Metric: object } }) => MetricStat.Metric)).toEqual(
      [
        { Name: 'DBClusterIdentifier', Value: 'ehr-us-east-1' },
        { Name: 'DBInstanceIdentifier', Value: 'ehr-us-east-1-instance-1' },
        { Name: 'DBInstanceIdentifier', Value: 'ehr-us-east-1-instance-2' },
        { Name: 'DBInstanceIdentifier', Value: 'ehr-us-east-1-instance-3' },
      ].map((dimension) => ({ Namespace: 'AWS/RDS', MetricName: 'ReplicaLag', Dimensions: [dimension] })),
    );
  });

  test('says that it cannot follow into another Region, and what could', () => {
    const { replication, replicationAlternative } = bindDatabase(dataStack(), cluster);
    expect(replication).toBeUndefined();
    expect(replicationAlternative).toMatch(/snapshots cannot be copied.*leave out multiAzCluster, or use Aurora/);
  });

  test('is not copied by AWS Backup, which an instance and a cluster of Aurora are', () => {
    const copied = (database: IDatabase) => {
      const stack = dataStack();
      new ClinicalBackup(stack, 'Backup', {
        systemName: 'ehr',
        objectives: objectives(),
        resources: bindDatabase(stack, database).backupResources,
      }).copyTo('arn:aws:backup:us-east-1:222222222222:backup-vault:ehr-isolated');
    };
    expect(() => copied(cluster)).toThrow(/no snapshot of a Multi-AZ DB cluster.*Database\/Cluster would fail/);
    expect(() => copied(Database.rdsPostgres({ ...SIZE, databaseName: 'lis' }))).not.toThrow();
    expect(() => copied(Database.auroraPostgres({ databaseName: 'lis' }))).not.toThrow();
  });

  test('of MySQL has no audit log, because it has no options', () => {
    const template = templateOf(Database.rdsMysql({ ...SIZE, databaseName: 'lis', multiAzCluster: true }));
    template.hasResourceProperties('AWS::RDS::DBCluster', {
      EnableCloudwatchLogsExports: ['error', 'general', 'slowquery'],
    });
    template.resourceCountIs('AWS::RDS::OptionGroup', 0);
  });

  test('replicates no backups, which Amazon RDS does of instances', () => {
    const make = () =>
      Database.rdsPostgres({ ...SIZE, databaseName: 'lis', multiAzCluster: true, replicateBackups: true });
    expect(make).toThrow(/leave out replicateBackups, or multiAzCluster/);
  });

  test('needs three zones', () => {
    expect(codeOf(() => bindDatabase(dataStack(VIRGINIA, 2), cluster))).toBe('TooFewZones');
    expect(codeOf(() => bindDatabase(dataStack(VIRGINIA, 4), cluster))).toBe('no error');
  });

  test('needs local disks, and does not grow by itself', () => {
    expect(() =>
      Database.rdsMysql({
        databaseName: 'lis',
        multiAzCluster: true,
        instanceType: new ec2.InstanceType('m6g.large'),
        storage: RdsStorage.gp3({ size: Size.gibibytes(100), maxSize: Size.gibibytes(200) }),
      }),
    ).toThrow(/local disks, such as m6gd or r6gd, got m6g.large; .* got maxSize 200 GiB/);
  });
});

describe('following into another Region', () => {
  const app = new App();
  const primary = dataStack(VIRGINIA, 3, app);
  const recovery = dataStack(OREGON, 3, app);
  const born = bindDatabase(primary, mysql);
  const source = born.replication?.replicateTo(TARGET);
  const replica = bindDatabase(recovery, mysql, { replicaOf: source });
  const template = Template.fromStack(recovery);

  test('shares the credentials and nothing else', () => {
    Template.fromStack(primary).hasResourceProperties('AWS::SecretsManager::Secret', {
      ReplicaRegions: [{ Region: 'us-west-2', KmsKeyId: KEY_ALIAS_ARN }],
    });
    expect(born.replication?.replicateTo(TARGET)).toBe(source);
  });

  test('makes a read replica from the name of its source, itself over two zones, encrypted by the key there, backed up', () => {
    template.hasResource('AWS::RDS::DBInstance', {
      ...RETAINED,
      Properties: {
        SourceDBInstanceIdentifier: {
          'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':rds:us-east-1:111111111111:db:ehr-us-east-1']],
        },
        SourceRegion: 'us-east-1',
        DBInstanceIdentifier: 'ehr-us-west-2',
        DBInstanceClass: 'db.m5d.large',
        MultiAZ: true,
        StorageEncrypted: Match.absent(), // CloudFormation refuses it here: the source is encrypted, and the key is named
        KmsKeyId: Match.anyValue(),
        BackupRetentionPeriod: 35,
        DeletionProtection: true,
        MasterUsername: Match.absent(),
        MasterUserPassword: Match.absent(),
        DBName: Match.absent(),
        AllocatedStorage: Match.absent(),
        EngineVersion: Match.absent(),
      },
    });
    template.resourceCountIs('AWS::SecretsManager::Secret', 0);
    expect(JSON.stringify(template.toJSON())).not.toMatch(/ImportValue|GetStackOutput/);
  });

  test('is built as its source is, but for what a replica takes from it', () => {
    const properties = (stack: Stack) =>
      Object.values(Template.fromStack(stack).findResources('AWS::RDS::DBInstance'))[0].Properties;
    const taken = [
      'AllocatedStorage',
      'DBName',
      'EngineVersion',
      'MasterUsername',
      'MasterUserPassword',
      'StorageEncrypted',
    ];
    const given = ['SourceDBInstanceIdentifier', 'SourceRegion'];
    expect(
      Object.keys(properties(recovery))
        .filter((name) => !given.includes(name))
        .sort(),
    ).toEqual(
      Object.keys(properties(primary))
        .filter((name) => !taken.includes(name))
        .sort(),
    );
  });

  test('says how far it is behind, taking stopped replication for a day', () => {
    expect(replica.replicationLag?.toMetricConfig().mathExpression?.expression).toBe('IF(lag < 0, 86400, lag)');
    expect(born.replication?.recoveryPoint.toMinutes()).toBe(5);
    expect(born.replication?.recoveryPointSource).toMatch(/^judgement/);
  });

  test('says how to promote it, asking nothing of the lost Region, and names no way back by one command', () => {
    expect(replica.promoteCommand).toBe(
      'aws rds promote-read-replica --region us-west-2 --db-instance-identifier ehr-us-west-2 --backup-retention-period 35 --preferred-backup-window 08:00-09:00',
    );
    expect(replica.promoteCall?.command).toBe(replica.promoteCommand);
    expect(replica.promoteCall?.permissions[0].actions).toEqual(['rds:PromoteReadReplica']);
    expect(born.replication?.returnCommand).toBeUndefined();
  });

  test('is promoted with the backups that its template says, which no later deployment has to set again', () => {
    const { BackupRetentionPeriod, PreferredBackupWindow } = replica.promoteCall?.inputs ?? {};
    template.hasResourceProperties('AWS::RDS::DBInstance', { BackupRetentionPeriod, PreferredBackupWindow });
    expect([BackupRetentionPeriod, PreferredBackupWindow]).toEqual([35, '08:00-09:00']);
  });

  test('lets in who is let in by its source, so that nobody has to give it a password', () => {
    expect(born.replication).toMatchObject({ signInAfterPromotion: false, unreplicated: undefined });
    expect(replica).toMatchObject({ backupExclusions: undefined });
    expect(replica.passwordCommand).toBeUndefined();
    expect(replica.standbyCommand).toBeUndefined();
  });

  test('fails for its own Region, a second Region, and a Region only known at deployment', () => {
    const again = (region: string) => () => born.replication?.replicateTo({ ...TARGET, region });
    expect(codeOf(again('eu-west-1'))).toBe('AlreadyReplicated');
    const { replication } = bindDatabase(dataStack(), postgres);
    expect(codeOf(() => replication?.replicateTo({ ...TARGET, region: 'us-east-1' }))).toBe('ReplicaInSameRegion');
    const unknown = bindDatabase(dataStack({}), postgres);
    expect(codeOf(() => unknown.replication?.replicateTo(TARGET))).toBe('RegionMustBeKnown');
  });
});

describe('the way back from another Region', () => {
  const wayBack = (definition: IDatabase) => {
    const { replication } = bindDatabase(dataStack(), definition);
    replication?.replicateTo(TARGET);
    return replication?.returnByReplica ?? [];
  };
  const replicaOf = (definition: IDatabase) => wayBack(definition)[3];

  test('makes the database on the disks it had, which CloudFormation would not set again', () => {
    const storage = RdsStorage.io2({ size: Size.gibibytes(100), maxSize: Size.gibibytes(150), iops: 5000 });
    const command = replicaOf(Database.rdsPostgres({ ...SIZE, storage, databaseName: 'lis' }));
    expect(command).toMatch(/ --storage-type io2 --iops 5000 --max-allocated-storage 150$/);
  });

  test('asks whoever types it for operations that no template says', () => {
    const iops = Token.asNumber({ Ref: 'Iops' });
    const storage = RdsStorage.io2({ size: Size.gibibytes(100), iops });
    expect(replicaOf(Database.rdsPostgres({ ...SIZE, storage, databaseName: 'lis' }))).toContain(' --iops … ');
  });

  test('gives MySQL its option group, which holds its audit, and PostgreSQL none', () => {
    expect(replicaOf(Database.rdsMysql({ ...SIZE, databaseName: 'lis' }))).toContain('--option-group-name "$OPTIONS"');
    expect(replicaOf(Database.rdsPostgres({ ...SIZE, databaseName: 'lis' }))).not.toContain('--option-group-name');
  });

  test('gives the parameters to a replica of PostgreSQL once it is there: Amazon RDS takes them at its creation for MySQL alone', () => {
    const group = '--db-parameter-group-name "$PARAMETERS"';
    const [mine, theirs] = [Database.rdsPostgres, Database.rdsMysql].map((make) =>
      wayBack(make({ ...SIZE, databaseName: 'lis' })),
    );
    expect([mine[3].includes(group), mine[4].includes(group)]).toEqual([false, true]);
    expect([theirs[3].includes(group), theirs[4].includes(group)]).toEqual([true, false]);
  });

  test('has the maintenance window and the backups of the template, at the hour that is declared', () => {
    const commands = wayBack(Database.rdsPostgres({ ...SIZE, databaseName: 'lis', quietHour: 3 }));
    expect(commands[4]).toMatch(
      /--preferred-maintenance-window sun:05:00-sun:05:30 --ca-certificate-identifier rds-ca-rsa2048-g1$/,
    );
    expect(commands[5]).toBe(
      'aws rds promote-read-replica --region us-east-1 --db-instance-identifier ehr-us-east-1 --backup-retention-period 35 --preferred-backup-window 03:00-04:00',
    );
    expect(commands).toHaveLength(6);
  });
});

describe('backups that follow into another Region', () => {
  const definition = Database.rdsPostgres({ ...SIZE, databaseName: 'lis', replicateBackups: true });

  test('follow beside a replica as well, and are the same when asked again', () => {
    const stack = dataStack();
    const { replication, backupReplication } = bindDatabase(stack, definition);
    replication?.replicateTo(TARGET);
    backupReplication?.replicateBackupsTo(TARGET);
    backupReplication?.replicateBackupsTo(TARGET);
    Template.fromStack(stack).hasResourceProperties('AWS::RDS::DBInstance', {
      AutomaticBackupReplicationRegion: 'us-west-2',
      AutomaticBackupReplicationKmsKeyId: KEY_ALIAS_ARN,
    });
  });

  test('fail for their own Region, a second one, and one only known at deployment', () => {
    const { backupReplication } = bindDatabase(dataStack(), definition);
    const to = (region: string) => () => backupReplication?.replicateBackupsTo({ ...TARGET, region });
    expect(codeOf(to('us-east-1'))).toBe('BackupsInSameRegion');
    expect(codeOf(to('us-west-2'))).toBe('no error');
    expect(codeOf(to('eu-west-1'))).toBe('AlreadyReplicated');
    const unknown = bindDatabase(dataStack({}), definition);
    expect(codeOf(() => unknown.backupReplication?.replicateBackupsTo(TARGET))).toBe('RegionMustBeKnown');
  });
});

describe('events', () => {
  test('are told to a topic that is made to let RDS publish, after its policy', () => {
    const stack = dataStack();
    const { topic } = new NotificationTopic(stack, 'Topic');
    bindDatabase(stack, postgres, { notifications: topic });
    const template = Template.fromStack(stack);
    template.hasResource('AWS::RDS::EventSubscription', {
      Properties: {
        SourceType: 'db-instance',
        SourceIds: [{ Ref: 'DatabaseInstanceAA8A5FDE' }],
        EventCategories: Match.arrayWith(['failover', 'failure', 'low storage', 'read replica']),
      },
      DependsOn: Match.arrayWith([Match.stringLikeRegexp('TopicPolicy')]),
    });
    const allows = { Principal: { Service: 'events.rds.amazonaws.com' }, Effect: 'Allow' };
    const statements = { Statement: Match.arrayWith([Match.objectLike(allows)]) };
    template.hasResourceProperties('AWS::SNS::TopicPolicy', { PolicyDocument: statements });
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: statements,
      Description: Match.stringLikeRegexp('notif'),
    });
  });

  test.each([
    ['a cluster', Database.rdsPostgres({ ...SIZE, databaseName: 'lis', multiAzCluster: true }), ['db-cluster']],
    ['SQL Server', Database.rdsSqlServer(SIZE), ['db-instance', 'db-parameter-group']],
  ])('of %s likewise, and of no other database', (_, database, types) => {
    const stack = dataStack();
    bindDatabase(stack, database, { notifications: new NotificationTopic(stack, 'Topic').topic });
    const template = Template.fromStack(stack);
    const subscriptions = Object.values(template.findResources('AWS::RDS::EventSubscription'));
    expect(subscriptions.map(({ Properties }) => Properties.SourceType).sort()).toEqual(types);
    for (const { Properties } of subscriptions) {
      expect(Properties.SourceIds).toHaveLength(1);
    }
  });

  test('are not sent to an imported topic, whose policy might refuse and fail the deployment', () => {
    const stack = dataStack();
    const topic = sns.Topic.fromTopicArn(stack, 'Theirs', 'arn:aws:sns:us-east-1:111111111111:operations');
    bindDatabase(stack, postgres, { notifications: topic });
    Template.fromStack(stack).resourceCountIs('AWS::RDS::EventSubscription', 0);
  });
});

test('takes other disks, another port, another hour, and a number of connections to expect', () => {
  const template = templateOf(
    Database.rdsPostgres({
      databaseName: 'lis',
      instanceType: SIZE.instanceType,
      storage: RdsStorage.io2({ size: Size.gibibytes(500), iops: 20_000, maxSize: Size.gibibytes(600) }),
      port: 6000,
      quietHour: 22,
      expectedConnections: 300,
      engineVersion: rds.PostgresEngineVersion.VER_16_11,
    }),
  );
  template.hasResourceProperties('AWS::RDS::DBInstance', {
    StorageType: 'io2',
    Iops: 20_000,
    MaxAllocatedStorage: 600,
    Port: '6000',
    PreferredBackupWindow: '22:00-23:00',
    EngineVersion: '16.11',
  });
  template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 6000, ToPort: 6000 });
  template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'DatabaseConnections', Threshold: 300 });
});

test('is destroyed with its stack where that is acknowledged', () => {
  const stack = dataStack();
  bindDatabase(stack, mysql, {
    dataProtection: DataProtection.destroyWithStack({ acknowledgeDataLoss: 'sandbox' }),
  });
  const template = Template.fromStack(stack);
  template.hasResource('AWS::RDS::DBInstance', {
    DeletionPolicy: 'Delete',
    Properties: { DeletionProtection: false, DeleteAutomatedBackups: true },
  });
  template.hasResource('AWS::RDS::OptionGroup', { DeletionPolicy: 'Delete' });
});

test.each(['us-gov-west-1', 'cn-north-1'])('names no commercial partition in %s', (region) => {
  const stack = dataStack({ account: '111111111111', region });
  expect(JSON.stringify(templateOf(mysql, stack).toJSON().Resources)).not.toContain('arn:aws:');
});

describe('fails when', () => {
  test('several things are wrong, naming them all', () => {
    expect(() =>
      Database.rdsPostgres({
        ...SIZE,
        databaseName: 'template0',
        port: 80,
        quietHour: 24,
        expectedConnections: 0,
        engineVersion: rds.PostgresEngineVersion.VER_13,
      }),
    ).toThrow(
      /databaseName .*; engineVersion .* got 13: .*; port .* got 80; quietHour .* got 24; expectedConnections .* got 0/,
    );
  });

  test('MySQL is older than 8.0', () => {
    const engineVersion = rds.MysqlEngineVersion.VER_5_7_44;
    expect(() => Database.rdsMysql({ ...SIZE, databaseName: 'lis', engineVersion })).toThrow(
      /MySQL 8.0 or newer, got 5.7/,
    );
  });

  test('there is one zone, or a public subnet', () => {
    expect(codeOf(() => bindDatabase(dataStack(VIRGINIA, 1), postgres))).toBe('TooFewZones');
    const stack = new Stack(new App(), 'Public', { env: VIRGINIA });
    const vpc = new ec2.Vpc(stack, 'Vpc', { natGateways: 0 });
    const subnets = { subnetType: ec2.SubnetType.PUBLIC };
    expect(codeOf(() => bindDatabase(stack, postgres, { vpc, subnets }))).toBe('DatabaseInPublicSubnet');
  });

  test('the system has a name that no instance could have', () => {
    expect(codeOf(() => bindDatabase(dataStack(), mysql, { systemName: 'Ehr' }))).toBe('InvalidSystemName');
  });
});
