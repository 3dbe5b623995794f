import { App, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { AuroraPostgresEngineVersion } from 'aws-cdk-lib/aws-rds';
import { ClinicalTier, NotificationTopic } from '../../src/core';
import { Database, DatabaseCapacity, type DatabaseConfig, DatabaseProxy, type IDatabase } from '../../src/data';
import { bindDatabase, codeOf, dataStack, KEY_ALIAS_ARN, OREGON, objectives, VIRGINIA } from '../support/data';

const TARGET = { region: 'us-west-2', encryptionKeyArn: KEY_ALIAS_ARN };

function replicate(database: DatabaseConfig) {
  if (!database.replication) {
    throw new Error('the database cannot be replicated');
  }
  return database.replication.replicateTo(TARGET);
}

describe('a replicated database', () => {
  const stack = dataStack();
  const database = bindDatabase(stack);
  const source = replicate(database);
  const template = Template.fromStack(stack);

  test('is made as a member of a global database that is made first, from the engine', () => {
    template.templateMatches({
      Resources: {
        DatabaseGlobal9DB5D85B: {
          Type: 'AWS::RDS::GlobalCluster',
          DeletionPolicy: 'Retain',
          UpdateReplacePolicy: 'Retain',
          Properties: {
            GlobalClusterIdentifier: 'ehr-global',
            Engine: 'aurora-postgresql',
            EngineVersion: '16.11',
            StorageEncrypted: true,
            DeletionProtection: true,
            SourceDBClusterIdentifier: Match.absent(),
          },
        },
        DatabaseCluster5B53A178: {
          Properties: { GlobalClusterIdentifier: 'ehr-global' },
          DependsOn: Match.arrayWith(['DatabaseGlobal9DB5D85B']),
        },
      },
    });
  });

  test('keeps the logical ids it had alone', () => {
    expect(Object.keys(template.findResources('AWS::RDS::DBCluster'))).toEqual(['DatabaseCluster5B53A178']);
  });

  test('shares its credentials with the other Region', () => {
    template.hasResourceProperties('AWS::SecretsManager::Secret', {
      ReplicaRegions: [{ Region: 'us-west-2', KmsKeyId: KEY_ALIAS_ARN }],
    });
  });

  test('hands over names only', () => {
    expect([source.region, source.globalIdentifier, source.secretName]).toEqual([
      'us-east-1',
      'ehr-global',
      'ehr/database',
    ]);
  });

  test('states its figures and where they come from', () => {
    expect(database.replication?.recoveryPoint.toSeconds()).toBe(60);
    expect(database.replication?.recoveryPointSource).toContain('aurora-global-database-disaster-recovery');
    expect(database.replication?.promotion.map(({ duration }) => duration.toSeconds())).toEqual([900]);
  });

  test('says how to return, losing nothing', () => {
    expect(JSON.stringify(stack.resolve(database.replication?.returnCommand))).toMatch(
      /switchover-global-cluster --region us-west-2 .*:rds:us-east-1:111111111111:cluster:ehr-us-east-1/,
    );
  });

  test('watches how far it would be behind once the other Region writes, without alarming until then', () => {
    expect(database.replication?.alarms).toHaveLength(1);
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Threshold: 300,
      TreatMissingData: 'missing',
      Metrics: Match.arrayWith([
        Match.objectLike({
          MetricStat: Match.objectLike({
            Metric: {
              Namespace: 'AWS/RDS',
              MetricName: 'AuroraGlobalDBReplicationLag',
              Dimensions: [
                { Name: 'DBClusterIdentifier', Value: 'ehr-us-east-1' },
                { Name: 'SourceRegion', Value: 'us-west-2' },
              ],
            },
          }),
        }),
      ]),
    });
  });

  test('is the same when asked again', () => {
    expect(replicate(database)).toBe(source);
  });

  test('fails for a second Region', () => {
    expect(codeOf(() => database.replication?.replicateTo({ ...TARGET, region: 'eu-west-1' }))).toBe(
      'AlreadyReplicated',
    );
  });
});

describe('a database that stops writing rather than lose more than 60 s', () => {
  const bounded = Database.auroraPostgres({ databaseName: 'hapi', enforcedRpo: Duration.seconds(60) });
  const { primary, recovery, replica, replication } = twoRegions(bounded);
  const parameters = (stack: Stack) =>
    Object.values(Template.fromStack(stack).findResources('AWS::RDS::DBClusterParameterGroup'))[0].Properties
      .Parameters;

  test('does so in its first Region only, because a promoted copy has no copy to wait for', () => {
    expect(parameters(primary)).toMatchObject({ 'rds.global_db_rpo': '60' });
    expect(parameters(recovery)).not.toHaveProperty(['rds.global_db_rpo']);
  });

  test('does so only once there is a copy', () => {
    const stack = dataStack();
    const alone = bindDatabase(stack, bounded);
    expect(parameters(stack)).not.toHaveProperty(['rds.global_db_rpo']);
    expect(alone.replication?.resumeWritesCommand).toBeUndefined();
  });

  test('promises the bound, and says who keeps it', () => {
    const { replication: promised } = bindDatabase(
      dataStack(),
      Database.auroraPostgres({ databaseName: 'hapi', enforcedRpo: Duration.minutes(3) }),
    );
    expect(promised?.recoveryPoint.toMinutes()).toBe(3);
    expect(promised?.recoveryPointSource).toMatch(/^enforced by rds.global_db_rpo/);
  });

  test('can be told to write again, by names alone', () => {
    expect(replication?.resumeWritesCommand).toBe(
      'aws rds reset-db-cluster-parameter-group --region us-east-1 --db-cluster-parameter-group-name "$(aws rds describe-db-clusters --region us-east-1 --db-cluster-identifier ehr-us-east-1 --query \'DBClusters[0].DBClusterParameterGroup\' --output text)" --parameters ParameterName=rds.global_db_rpo,ApplyMethod=immediate',
    );
  });

  test('is watched by the other Region, which alone sees how far behind it is', () => {
    expect(replica.alarms.map(({ node }) => node.id)).toContain('StoppedWritesAlarm');
    Template.fromStack(recovery).hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'AuroraGlobalDBRPOLag',
      Dimensions: [
        { Name: 'DBClusterIdentifier', Value: 'ehr-us-west-2' },
        { Name: 'SourceRegion', Value: 'us-east-1' },
      ],
      Threshold: 60_000,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      EvaluationPeriods: 1,
    });
    expect(twoRegions(Database.auroraPostgres({ databaseName: 'hapi' })).replica.alarms.map(({ node }) => node.id)) //
      .not.toContain('StoppedWritesAlarm');
  });

  test('asks who accepts it', () => {
    const words = Match.stringLikeRegexp('more than 1 minute behind, or is not there, nobody can write');
    expect(Annotations.fromStack(primary).findWarning('*', words)).toHaveLength(1);
  });

  test('fails where more is at stake before it stops than the RPO allows', () => {
    const late = Database.auroraPostgres({ databaseName: 'hapi', enforcedRpo: Duration.seconds(301) });
    expect(codeOf(() => replicate(bindDatabase(dataStack(), late)))).toBe('EnforcedRpoTooLong');
    const exact = Database.auroraPostgres({ databaseName: 'hapi', enforcedRpo: Duration.seconds(300) });
    expect(codeOf(() => replicate(bindDatabase(dataStack(), exact)))).toBe('no error');
  });

  test.each([
    [Duration.seconds(19), /20 or more, got 19 seconds/],
    [Duration.millis(20_500), /got 20 seconds 500 millis/],
    [Duration.seconds(Lazy.number({ produce: () => 60 })), /got a token/],
  ])('fails for %s', (enforcedRpo, message) => {
    expect(() => Database.auroraPostgres({ databaseName: 'hapi', enforcedRpo })).toThrow(message);
  });
});

describe('a database that forwards writes', () => {
  const definition = Database.auroraPostgres({ databaseName: 'hapi', writeForwarding: true });
  const { primary, recovery, replication } = twoRegions(definition);

  test('does so in either Region, whichever is the copy', () => {
    for (const stack of [primary, recovery]) {
      const template = Template.fromStack(stack);
      template.hasResourceProperties('AWS::RDS::DBCluster', { EnableGlobalWriteForwarding: true });
      template.hasResourceProperties('AWS::RDS::DBClusterParameterGroup', {
        Parameters: Match.objectLike({ 'apg_write_forward.consistency_mode': 'session', 'rds.force_ssl': '1' }),
      });
    }
  });

  test('says so to whoever writes the runbook', () => {
    expect(replication?.forwardsWrites).toBe(true);
    expect(twoRegions(Database.auroraPostgres({ databaseName: 'hapi' })).replication?.forwardsWrites).toBe(false);
  });

  test('is asked to by MySQL too, which forwards nothing without a consistency', () => {
    const { recovery: stack } = twoRegions(Database.auroraMysql({ databaseName: 'portal', writeForwarding: true }));
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::RDS::DBCluster', { EnableGlobalWriteForwarding: true });
    template.hasResourceProperties('AWS::RDS::DBClusterParameterGroup', {
      Parameters: Match.objectLike({ aurora_replica_read_consistency: 'SESSION' }),
    });
  });

  test('does not before it is in a global database, which alone takes the setting', () => {
    const stack = dataStack();
    bindDatabase(stack, definition);
    Template.fromStack(stack).hasResourceProperties('AWS::RDS::DBCluster', {
      EnableGlobalWriteForwarding: Match.absent(),
    });
  });

  test('is turned off by saying so', () => {
    const off = twoRegions(Database.auroraPostgres({ databaseName: 'hapi', writeForwarding: false }));
    Template.fromStack(off.recovery).hasResourceProperties('AWS::RDS::DBCluster', {
      EnableGlobalWriteForwarding: false,
    });
  });

  test('fails past a proxy, which does not wait for what a session wrote', () => {
    const proxy = DatabaseProxy.iam({ databaseUsers: ['hapi'] });
    const proxied = Database.auroraPostgres({ databaseName: 'hapi', writeForwarding: true, proxy });
    expect(codeOf(() => bindDatabase(dataStack(), proxied))).toBe('ProxyForwardsNothing');
  });

  test.each([
    [AuroraPostgresEngineVersion.VER_14_8, true],
    [AuroraPostgresEngineVersion.VER_14_9, false],
    [AuroraPostgresEngineVersion.VER_15_3, true],
    [AuroraPostgresEngineVersion.VER_15_4, false],
    [AuroraPostgresEngineVersion.VER_16_1, false],
  ])('of version %p', (engineVersion, refused) => {
    const make = () => Database.auroraPostgres({ databaseName: 'hapi', writeForwarding: true, engineVersion });
    expect(codeOf(make)).toBe(refused ? 'InvalidDatabase' : 'no error');
  });
});

describe('replication fails when', () => {
  test('the target is the Region itself', () => {
    const { replication } = bindDatabase(dataStack());
    expect(codeOf(() => replication?.replicateTo({ ...TARGET, region: 'us-east-1' }))).toBe('ReplicaInSameRegion');
  });

  test('the Region is only known at deployment', () => {
    expect(codeOf(() => replicate(bindDatabase(dataStack({}))))).toBe('RegionMustBeKnown');
  });

  const small = Database.auroraPostgres({
    databaseName: 'hapi',
    capacity: DatabaseCapacity.serverlessV2({ minAcu: 2, maxAcu: 16 }),
  });

  test('care depends on a database that keeps less than 8 ACU', () => {
    expect(codeOf(() => replicate(bindDatabase(dataStack(), small)))).toBe('CapacityTooSmallToReplicate');
  });

  test('instances are not memory-optimized', () => {
    const instanceType = ec2.InstanceType.of(ec2.InstanceClass.T4G, ec2.InstanceSize.LARGE);
    const burstable = Database.auroraPostgres({
      databaseName: 'hapi',
      capacity: DatabaseCapacity.provisioned({ instanceType }),
    });
    expect(codeOf(() => replicate(bindDatabase(dataStack(), burstable)))).toBe('CapacityCannotReplicate');
  });

  test.each([
    [ClinicalTier.CARE_ESSENTIAL, 1],
    [ClinicalTier.NON_PRODUCTION, 0],
  ])('but %s gets %p warnings', (tier, count) => {
    const stack = dataStack();
    replicate(bindDatabase(stack, small, { objectives: objectives(tier) }));
    expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('at least 8 ACU'))).toHaveLength(count);
  });
});

test('a database can be a global one from the start, so that a Region can be added later', () => {
  const stack = dataStack();
  const database = bindDatabase(stack, Database.auroraPostgres({ databaseName: 'hapi', globalDatabase: true }));
  replicate(database);
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::RDS::GlobalCluster', 1);
});

describe('a replica', () => {
  const definition = Database.auroraPostgres({ databaseName: 'hapi' });
  const { primary, recovery, replica } = twoRegions(definition);
  const template = Template.fromStack(recovery);

  test('keeps the logical ids that data depends on', () => {
    expect(Object.keys(template.findResources('AWS::RDS::DBCluster'))).toEqual(['DatabaseClusterC6094C50']);
    expect(Object.keys(template.findResources('AWS::RDS::DBInstance'))).toEqual([
      'DatabaseA8FD5874C',
      'DatabaseB38100DCD',
    ]);
  });

  test('joins the global database without credentials or a database of its own', () => {
    template.hasResource('AWS::RDS::DBCluster', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        GlobalClusterIdentifier: 'ehr-global',
        DBClusterIdentifier: 'ehr-us-west-2',
        MasterUsername: Match.absent(),
        MasterUserPassword: Match.absent(),
        DatabaseName: Match.absent(),
        StorageEncrypted: true,
        KmsKeyId: Match.anyValue(),
        DeletionProtection: true,
      },
    });
    template.resourceCountIs('AWS::RDS::GlobalCluster', 0);
    template.resourceCountIs('AWS::SecretsManager::Secret', 0);
    template.resourceCountIs('AWS::SecretsManager::RotationSchedule', 0);
  });

  test('tells its events to a topic of its own Region', () => {
    const stack = dataStack(OREGON);
    const replicaOf = { region: 'us-east-1', globalIdentifier: 'ehr-global', secretName: 'ehr/database' };
    const encryptionKey = new kms.Key(stack, 'Landing');
    const { topic } = new NotificationTopic(stack, 'Topic');
    bindDatabase(stack, definition, { replicaOf: { ...replicaOf, encryptionKey }, notifications: topic });
    const events = Template.fromStack(stack);
    events.hasResourceProperties('AWS::RDS::EventSubscription', {
      SnsTopicArn: stack.resolve(topic.topicArn),
      SourceType: 'db-cluster',
      SourceIds: [{ Ref: 'DatabaseClusterC6094C50' }],
    });
    events.resourceCountIs('AWS::RDS::EventSubscription', 1);
  });

  test('is built as its source is, but for what names or places it', () => {
    const cluster = (stack: Stack) => Object.values(Template.fromStack(stack).findResources('AWS::RDS::DBCluster'))[0];
    const { MasterUsername, MasterUserPassword, DatabaseName, ...born } = cluster(primary).Properties;
    const placed = ['DBClusterIdentifier', 'DBClusterParameterGroupName', 'DBSubnetGroupName', 'KmsKeyId'].concat(
      'PerformanceInsightsKmsKeyId',
      'VpcSecurityGroupIds',
    );
    const same = (properties: Record<string, unknown>) =>
      Object.fromEntries(Object.entries(properties).filter(([name]) => !placed.includes(name)));
    expect(same(cluster(recovery).Properties)).toEqual(same(born));
    expect([MasterUsername, MasterUserPassword, DatabaseName].every((v) => v !== undefined)).toBe(true);
  });

  test('has instances like its source', () => {
    const facts = (stack: Stack) =>
      Object.values(Template.fromStack(stack).findResources('AWS::RDS::DBInstance')).map(({ Properties: p }) => ({
        keys: Object.keys(p).sort(),
        class: p.DBInstanceClass,
        tier: p.PromotionTier,
        zone: p.AvailabilityZone.slice(-1),
        window: p.PreferredMaintenanceWindow,
      }));
    expect(facts(recovery)).toEqual(facts(primary));
    template.allResourcesProperties('AWS::RDS::DBInstance', { PubliclyAccessible: false, MonitoringInterval: 60 });
  });

  test('keeps its instances, and has its log group made before RDS makes one', () => {
    template.allResources('AWS::RDS::DBInstance', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    template.hasResource('AWS::RDS::DBCluster', { DependsOn: Match.arrayWith(['DatabaseLogCF7B0BC9']) });
    template.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: '/aws/rds/cluster/ehr-us-west-2/postgresql',
    });
  });

  test('has the parameters of its source', () => {
    const group = (stack: Stack) => Template.fromStack(stack).findResources('AWS::RDS::DBClusterParameterGroup');
    expect(Object.values(group(recovery))[0].Properties).toEqual(Object.values(group(primary))[0].Properties);
  });

  test('refers to nothing in the other Region', () => {
    const text = JSON.stringify(template.toJSON().Resources);
    expect(text).not.toMatch(/ImportValue|GetStackOutput/);
    template.resourceCountIs('Custom::CrossRegionExportReader', 0);
  });

  test('measures, in its own Region and in seconds, how far it is behind', () => {
    expect(replica.replicationLag?.toMetricConfig().mathExpression).toMatchObject({ expression: 'lag / 1000' });
    const lag = replica.replicationLag?.toMetricConfig().mathExpression?.usingMetrics.lag.toMetricConfig().metricStat;
    expect([lag?.metricName, lag?.dimensions]).toEqual([
      'AuroraGlobalDBReplicationLag',
      [
        { name: 'DBClusterIdentifier', value: 'ehr-us-west-2' },
        { name: 'SourceRegion', value: 'us-east-1' },
      ],
    ]);
  });

  test('says how to promote it, asking nothing of the lost Region', () => {
    const command = JSON.stringify(recovery.resolve(replica.promoteCommand));
    expect(command).toMatch(/failover-global-cluster --region us-west-2 .* --allow-data-loss/);
    expect(command).toContain('cluster:ehr-us-west-2');
    expect(command).not.toContain('us-east-1');
  });

  test('says how to detach it where promotion is refused, asking nothing of the lost Region either', () => {
    const command = JSON.stringify(recovery.resolve(replica.detachCommand));
    expect(command).toMatch(/remove-from-global-cluster --region us-west-2 --global-cluster-identifier ehr-global /);
    expect(command).toContain('cluster:ehr-us-west-2');
    expect(command).not.toContain('us-east-1');
  });

  test('can itself be backed up', () => {
    expect(JSON.stringify(recovery.resolve(replica.backupResources[0].resource))).toContain('DatabaseClusterC6094C50');
  });

  test('lets an application read the replicated credentials, asked for with or without the random suffix', () => {
    const { recovery: stack, replica: database, key } = twoRegions(definition);
    const role = new iam.Role(stack, 'App', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
    database.credentials?.grantRead(role);
    const [policy] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
    const statements = JSON.stringify(policy.Properties.PolicyDocument.Statement);
    expect(statements).toContain(':secretsmanager:us-west-2:111111111111:secret:ehr/database"');
    expect(statements).toContain(':secretsmanager:us-west-2:111111111111:secret:ehr/database-??????"');
    expect(statements).toContain(`"Resource":{"Fn::GetAtt":["${id(key)}","Arn"]}`);
  });

  test('leaves the policy of the landing key alone, which another stack owns', () => {
    const app = new App();
    const landing = new Stack(app, 'Landing', { env: OREGON });
    const stack = dataStack(OREGON, 3, app);
    const landingKey = new kms.Key(landing, 'Key');
    const source = { region: 'us-east-1', globalIdentifier: 'ehr-global', secretName: 'ehr/database' };
    const database = bindDatabase(stack, definition, { replicaOf: { ...source, encryptionKey: landingKey } });
    const role = new iam.Role(stack, 'App', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
    database.credentials?.grantRead(role);
    app.synth();
    expect(landing.dependencies).toEqual([]);
  });
});

function id(key: kms.Key): string {
  return Stack.of(key).getLogicalId(key.node.defaultChild as kms.CfnKey);
}

function twoRegions(definition: IDatabase) {
  const app = new App();
  const primary = dataStack(VIRGINIA, 3, app);
  const recovery = dataStack(OREGON, 3, app);
  const database = bindDatabase(primary, definition);
  const source = replicate(database);
  const key = new kms.Key(recovery, 'Landing');
  const replica = bindDatabase(recovery, definition, { replicaOf: { ...source, encryptionKey: key } });
  return { primary, recovery, replica, key, replication: database.replication };
}
