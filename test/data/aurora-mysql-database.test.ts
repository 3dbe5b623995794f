import { Duration } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as rds from 'aws-cdk-lib/aws-rds';
import { ClinicalTier } from '../../src/core';
import { type AuroraMysqlProps, Database, DatabaseCapacity } from '../../src/data';
import { bindDatabase, codeOf, dataStack, KEY_ALIAS_ARN, OREGON, objectives } from '../support/data';

const TARGET = { region: 'us-west-2', encryptionKeyArn: KEY_ALIAS_ARN };

function templateOf(props: Partial<AuroraMysqlProps> = {}, stack = dataStack()): Template {
  bindDatabase(stack, Database.auroraMysql({ databaseName: 'openemr', ...props }));
  return Template.fromStack(stack);
}

const version = (aurora: string) => rds.AuroraMysqlEngineVersion.of(`8.0.mysql_aurora.${aurora}`, '8.0');

describe('a cluster', () => {
  const template = templateOf();

  test('keeps the logical ids that data depends on: those of every Aurora cluster', () => {
    const ids = (type: string) => Object.keys(template.findResources(type));
    expect(ids('AWS::RDS::DBCluster')).toEqual(['DatabaseCluster5B53A178']);
    expect(ids('AWS::RDS::DBInstance')).toEqual(['DatabaseClusterA338A781E', 'DatabaseClusterB446F94B1']);
    expect(ids('AWS::SecretsManager::Secret')).toEqual(['DatabaseSecret3B817195']);
  });

  test('is MySQL, encrypted, backed up for 35 days, protected, on a port of its own', () => {
    template.hasResource('AWS::RDS::DBCluster', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        Engine: 'aurora-mysql',
        EngineVersion: '8.0.mysql_aurora.3.10.4',
        DBClusterIdentifier: 'ehr-us-east-1',
        DatabaseName: 'openemr',
        Port: 3307,
        StorageEncrypted: true,
        KmsKeyId: { 'Fn::GetAtt': ['DatabaseKey5E5D9547', 'Arn'] },
        BackupRetentionPeriod: 35,
        DeletionProtection: true,
        EnableIAMDatabaseAuthentication: true,
        BacktrackWindow: Match.absent(),
      },
    });
  });

  test('takes only encrypted connections, and every script', () => {
    template.hasResourceProperties('AWS::RDS::DBClusterParameterGroup', {
      Family: 'aurora-mysql8.0',
      Parameters: { require_secure_transport: 'ON', character_set_server: 'utf8mb4' },
    });
  });

  test('audits connections, rights and tables, and writes no query, which could carry patient data, anywhere', () => {
    template.hasResourceProperties('AWS::RDS::DBClusterParameterGroup', {
      Parameters: {
        server_audit_logging: '1',
        server_audit_events: 'CONNECT,QUERY_DCL,QUERY_DDL',
        general_log: '0',
        slow_query_log: '0',
      },
    });
  });

  test('writes its logs to groups that are encrypted, end, and are there before RDS makes its own', () => {
    const groups = template.findResources('AWS::Logs::LogGroup', {
      Properties: { RetentionInDays: 365, KmsKeyId: Match.anyValue() },
    });
    expect(Object.values(groups).map(({ Properties }) => Properties.LogGroupName)).toEqual(
      ['audit', 'error', 'general', 'slowquery'].map((log) => `/aws/rds/cluster/ehr-us-east-1/${log}`),
    );
    const { DependsOn } = template.findResources('AWS::RDS::DBCluster').DatabaseCluster5B53A178;
    expect(DependsOn).toEqual(expect.arrayContaining(Object.keys(groups)));
  });

  test('rotates its password by the function for MySQL', () => {
    const [application] = Object.values(template.findResources('AWS::Serverless::Application'));
    const [mapping] = Object.values(template.toJSON().Mappings).map((m) => JSON.stringify(m));
    expect(application).toBeDefined();
    expect(mapping).toContain('SecretsManagerRDSMySQLRotationSingleUser');
  });

  test('watches the history list instead of transaction ids', () => {
    const metrics = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map((a) => a.Properties.MetricName);
    expect(metrics).toContain('RollbackSegmentHistoryListLength');
    expect(metrics).not.toContain('MaximumUsedTransactionIDs');
  });
});

describe('following into another Region', () => {
  const stack = dataStack();
  const definition = Database.auroraMysql({ databaseName: 'openemr' });
  const primary = bindDatabase(stack, definition);
  const source = primary.replication?.replicateTo(TARGET);
  const recovery = dataStack(OREGON);
  const replica = bindDatabase(recovery, definition, { replicaOf: source });

  test('makes a global database of the same engine', () => {
    Template.fromStack(stack).hasResourceProperties('AWS::RDS::GlobalCluster', {
      GlobalClusterIdentifier: 'ehr-global',
      Engine: 'aurora-mysql',
      EngineVersion: '8.0.mysql_aurora.3.10.4',
    });
  });

  test('makes the same cluster there, without credentials', () => {
    const template = Template.fromStack(recovery);
    template.hasResourceProperties('AWS::RDS::DBCluster', {
      Engine: 'aurora-mysql',
      EngineVersion: '8.0.mysql_aurora.3.10.4',
      GlobalClusterIdentifier: 'ehr-global',
      Port: 3307,
      EnableCloudwatchLogsExports: ['audit', 'error', 'general', 'slowquery'],
      MasterUsername: Match.absent(),
      DatabaseName: Match.absent(),
    });
    template.allResourcesProperties('AWS::RDS::DBInstance', { Engine: 'aurora-mysql' });
    template.resourceCountIs('AWS::Logs::LogGroup', 4);
    expect(replica.promoteCommand).toContain('failover-global-cluster');
  });

  test('fails for a cluster that can be rewound', () => {
    const rewindable = Database.auroraMysql({ databaseName: 'openemr', backtrackWindow: Duration.hours(24) });
    expect(codeOf(() => bindDatabase(dataStack(), rewindable).replication?.replicateTo(TARGET))).toBe(
      'BacktrackCannotReplicate',
    );
  });
});

test('can be rewound where that is asked for', () => {
  templateOf({ backtrackWindow: Duration.hours(72) }).hasResourceProperties('AWS::RDS::DBCluster', {
    BacktrackWindow: 259_200,
  });
});

test('takes another port', () => {
  templateOf({ port: 6000 }).hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 6000, ToPort: 6000 });
});

describe('a sandbox', () => {
  const sandbox = (engineVersion: rds.AuroraMysqlEngineVersion, capacity?: DatabaseCapacity) => {
    const stack = dataStack();
    const database = Database.auroraMysql({ databaseName: 'openemr', engineVersion, capacity });
    bindDatabase(stack, database, { objectives: objectives(ClinicalTier.NON_PRODUCTION) });
    return Template.fromStack(stack);
  };

  test.each([
    ['3.08.0', 0],
    ['3.07.1', 0.5],
  ])('of %s idles at %p ACU', (aurora, MinCapacity) => {
    sandbox(version(aurora)).hasResourceProperties('AWS::RDS::DBCluster', {
      ServerlessV2ScalingConfiguration: { MinCapacity, MaxCapacity: 4 },
    });
  });

  test('cannot pause where its version cannot', () => {
    const pausing = DatabaseCapacity.serverlessV2({ minAcu: 0, maxAcu: 4, readers: 0 });
    expect(codeOf(() => sandbox(version('3.07.1'), pausing))).toBe('EngineCannotPause');
    expect(codeOf(() => sandbox(version('3.10.4'), pausing))).toBe('no error');
  });
});

describe('fails when', () => {
  test.each(['mysql', 'SYS', 'performance_schema', '1emr', 'a-b'])('the database is called %p', (databaseName) => {
    expect(codeOf(() => Database.auroraMysql({ databaseName }))).toBe('InvalidDatabase');
  });

  test.each(['5.7.mysql_aurora.2.12.6', '8.0.mysql_aurora.3.03.3', 'latest'])('the engine is %s', (full) => {
    const engineVersion = rds.AuroraMysqlEngineVersion.of(full, '8.0');
    expect(() => Database.auroraMysql({ databaseName: 'openemr', engineVersion })).toThrow(
      /engineVersion must be Aurora MySQL 3.04/,
    );
  });

  test('several things are wrong, naming them all', () => {
    expect(() =>
      Database.auroraMysql({
        databaseName: 'sys',
        port: 3306.5,
        backtrackWindow: Duration.hours(73),
        globalDatabase: true,
      }),
    ).toThrow(/databaseName .*; port .* got 3306.5; backtrackWindow .* got 3 days 1 hour; .* exclude each other/);
  });
});
