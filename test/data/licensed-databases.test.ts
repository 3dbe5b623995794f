import { App, Fn } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import {
  Database,
  type IDatabase,
  OracleEdition,
  type RdsOracleProps,
  type RdsSqlServerProps,
  SqlServerEdition,
} from '../../src/data';
import { bindDatabase, codeOf, dataStack, KEY_ALIAS_ARN, OREGON, VIRGINIA } from '../support/data';
import { SIZE } from '../support/rds';
import { type } from '../support/shell';

const { BRING_YOUR_OWN_LICENSE, LICENSE_INCLUDED } = rds.LicenseModel;
const KEY = { 'Fn::GetAtt': ['DatabaseKey5E5D9547', 'Arn'] };

function templateOf(database: IDatabase): Template {
  const stack = dataStack();
  bindDatabase(stack, database);
  return Template.fromStack(stack);
}

const sqlServer = (props: Partial<RdsSqlServerProps> = {}) => Database.rdsSqlServer({ ...SIZE, ...props });
const oracle = (props: Partial<RdsOracleProps> = {}) =>
  Database.rdsOracle({ ...SIZE, edition: OracleEdition.STANDARD_TWO, licenseModel: LICENSE_INCLUDED, ...props });

describe.each([
  ['SQL Server', sqlServer()],
  ['Oracle', oracle()],
])('%s', (_, database) => {
  const template = templateOf(database);

  test('has a standby, and is encrypted, backed up for 35 days and protected', () => {
    template.hasResource('AWS::RDS::DBInstance', {
      DeletionPolicy: 'Retain',
      Properties: {
        MultiAZ: true,
        StorageEncrypted: true,
        BackupRetentionPeriod: 35,
        DeletionProtection: true,
        PubliclyAccessible: false,
      },
    });
  });

  test('leaves its password to Amazon RDS, under the key of the system, and rotates nothing itself', () => {
    template.hasResourceProperties('AWS::RDS::DBInstance', {
      MasterUsername: 'ehr_owner',
      MasterUserPassword: Match.absent(),
      ManageMasterUserPassword: true,
      MasterUserSecret: { KmsKeyId: KEY },
    });
    template.resourceCountIs('AWS::SecretsManager::Secret', 0);
    template.resourceCountIs('AWS::Serverless::Application', 0);
  });

  test('names the secret as its rotation will name it: without the six random characters', () => {
    const stack = dataStack();
    const { rotatedSecretName, credentials } = bindDatabase(stack, database);
    const parts = stack.resolve(rotatedSecretName)['Fn::Join'];
    expect(parts[0]).toBe('-');
    expect(parts[1]).toHaveLength(6); // rds!db and the five parts of a UUID
    expect(stack.resolve(credentials?.secretArn)).toEqual({
      'Fn::GetAtt': ['DatabaseInstanceAA8A5FDE', 'MasterUserSecret.SecretArn'],
    });
  });

  test('is not let in by IAM, and follows into no other Region, saying what would', () => {
    template.hasResourceProperties('AWS::RDS::DBInstance', { EnableIAMDatabaseAuthentication: false });
    const { replication, replicationAlternative } = bindDatabase(dataStack(), database);
    expect(replication).toBeUndefined();
    expect(replicationAlternative).toMatch(/recover from copies of backups/);
  });

  test('refuses to be a replica', () => {
    const { encryptionKey } = bindDatabase(dataStack(), database);
    const replicaOf = { region: 'us-west-2', globalIdentifier: 'ehr', secretName: 'ehr/database', encryptionKey };
    expect(codeOf(() => bindDatabase(dataStack(), database, { replicaOf }))).toBe('DatabaseCannotReplicate');
  });

  test('says what its licence does to copies, and where that is written', () => {
    const [licence] = bindDatabase(dataStack(), database).licences ?? [];
    expect(licence.model).toBe('license-included');
    expect(licence.copies).toContain('includes the licence of its standby');
    expect(licence.source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/.*Licensing\.html$/);
  });
});

describe('SQL Server', () => {
  test('is Standard 2022 on a port of its own, and has no database until the application makes one', () => {
    const template = templateOf(sqlServer());
    template.hasResourceProperties('AWS::RDS::DBInstance', {
      Engine: 'sqlserver-se',
      EngineVersion: Match.stringLikeRegexp('^16\\.'),
      LicenseModel: 'license-included',
      Port: '1435',
      DBName: Match.absent(),
      Domain: Match.absent(),
      EnableCloudwatchLogsExports: ['agent', 'error'],
    });
    expect(bindDatabase(dataStack(), sqlServer()).endpoints.databaseName).toBe('master');
    expect(bindDatabase(dataStack(), sqlServer({ databaseName: 'Clarity' })).endpoints.databaseName).toBe('Clarity');
  });

  test('takes only encrypted connections of TLS 1.2 or newer', () => {
    templateOf(sqlServer()).hasResourceProperties('AWS::RDS::DBParameterGroup', {
      Parameters: { 'rds.force_ssl': '1', 'rds.tls10': 'disabled', 'rds.tls11': 'disabled' },
    });
  });

  test('can be Enterprise, collated and zoned as the vendor asks', () => {
    const database = sqlServer({
      edition: SqlServerEdition.ENTERPRISE,
      collation: 'Latin1_General_BIN',
      timezone: 'Eastern Standard Time',
    });
    templateOf(database).hasResourceProperties('AWS::RDS::DBInstance', {
      Engine: 'sqlserver-ee',
      CharacterSetName: 'Latin1_General_BIN',
      Timezone: 'Eastern Standard Time',
    });
    expect(bindDatabase(dataStack(), database).licences?.[0].product).toContain('Enterprise');
  });

  test('joins a directory by a role that only this account can have assumed', () => {
    const template = templateOf(sqlServer({ directoryId: 'd-90670a8d36' }));
    template.hasResourceProperties('AWS::RDS::DBInstance', {
      Domain: 'd-90670a8d36',
      DomainIAMRoleName: { Ref: Match.stringLikeRegexp('DirectoryRole') },
    });
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: ['rds.amazonaws.com', 'directoryservice.rds.amazonaws.com'].map((Service) =>
          Match.objectLike({
            Principal: { Service },
            Condition: { StringEquals: { 'aws:SourceAccount': '111111111111' } },
          }),
        ),
      },
    });
  });

  test.each([1434, 3389, 49152])('refuses port %d, which Amazon RDS keeps for itself', (port) => {
    expect(codeOf(() => sqlServer({ port }))).toBe('InvalidDatabase');
  });

  test('fails, naming everything that is wrong', () => {
    expect(() =>
      sqlServer({
        directoryId: 'corp.example.org',
        databaseName: 'a;b',
        engineVersion: rds.SqlServerEngineVersion.VER_14,
      }),
    ).toThrow(/engineVersion .* got 14.*; databaseName .*; directoryId must be d- .* got "corp.example.org"/);
  });
});

describe('SQL Server that a replica follows', () => {
  const following: Partial<RdsSqlServerProps> = {
    edition: SqlServerEdition.ENTERPRISE,
    instanceType: new ec2.InstanceType('r6i.xlarge'),
    directoryId: 'd-90670a8d36',
    acknowledgeLoginsNotReplicated: 'DBA-14: logins are made in both Regions with one SID',
  };
  const database = sqlServer(following);
  const app = new App();
  const [primary, recovery, promoted] = [dataStack(VIRGINIA, 3, app), dataStack(OREGON, 3, app), dataStack(OREGON)];
  const born = bindDatabase(primary, database);
  const source = born.replication?.replicateTo({ region: 'us-west-2', encryptionKeyArn: KEY_ALIAS_ARN });
  const replica = bindDatabase(recovery, database, { replicaOf: source });
  const template = Template.fromStack(recovery);

  test('has its password in a secret of the system, which can follow, and which is rotated', () => {
    const first = Template.fromStack(primary);
    first.hasResourceProperties('AWS::SecretsManager::Secret', {
      Name: 'ehr/database',
      ReplicaRegions: [{ Region: 'us-west-2', KmsKeyId: KEY_ALIAS_ARN }],
    });
    first.hasResourceProperties('AWS::RDS::DBInstance', { ManageMasterUserPassword: Match.absent(), MultiAZ: true });
    expect(JSON.stringify(first.findMappings('*'))).toContain('SecretsManagerRDSSQLServerRotationSingleUser');
  });

  test('is followed by what Amazon RDS lets a replica of SQL Server be: in one zone, without backups, in the directory', () => {
    template.hasResource('AWS::RDS::DBInstance', {
      DeletionPolicy: 'Retain',
      Properties: {
        Engine: 'sqlserver-ee', // without it CloudFormation would leave the storage to the source
        SourceDBInstanceIdentifier: Match.anyValue(),
        MultiAZ: Match.absent(),
        BackupRetentionPeriod: Match.absent(),
        PreferredBackupWindow: Match.absent(),
        OptionGroupName: Match.absent(), // Amazon RDS makes it one of its own
        LicenseModel: Match.absent(),
        Timezone: Match.absent(),
        CharacterSetName: Match.absent(),
        KmsKeyId: Match.anyValue(),
        DBParameterGroupName: Match.anyValue(),
        Domain: 'd-90670a8d36',
        DomainIAMRoleName: Match.anyValue(),
        DeletionProtection: true,
      },
    });
  });

  test('claims no failover to a standby that the replica does not have', () => {
    expect(born.recovery?.map(({ mechanism }) => mechanism)).toContain('RDS failover to the standby');
    expect(replica.recovery).toBeUndefined();
  });

  test('is selected by AWS Backup, which takes no snapshot of the replica before it is promoted, and does after', () => {
    const after = bindDatabase(promoted, database, { replicaOf: source && { ...source, serving: true } });
    expect(replica.backupResources).toHaveLength(1);
    expect(recovery.resolve(replica.backupExclusions)).toEqual([recovery.resolve(replica.backupResources[0].resource)]);
    expect(after.backupExclusions).toBeUndefined();
    expect(Template.fromStack(promoted).findResources('AWS::RDS::DBInstance')).toEqual(
      template.findResources('AWS::RDS::DBInstance'),
    );
  });

  test('takes promotion with backups, then the password, which no argument holds, and then a standby', () => {
    expect(replica.promoteCommand).toBe(
      'aws rds promote-read-replica --region us-west-2 --db-instance-identifier ehr-us-west-2 --backup-retention-period 35 --preferred-backup-window 08:00-09:00',
    );
    expect(replica.promoteCall).toBeUndefined();
    const [wait, set] = (replica.passwordCommand ?? '').split(/; done; | && until /);
    expect(wait).toMatch(
      /^until aws rds describe-db-instances --region us-west-2 .* \| grep -qx 'available.None'; do sleep/,
    );
    expect(set.split(' | ')).toEqual([
      'aws secretsmanager get-secret-value --region us-west-2 --secret-id ehr/database --query SecretString --output text',
      'jq -j .password',
      'aws rds modify-db-instance --region us-west-2 --db-instance-identifier ehr-us-west-2 --master-user-password file:///dev/stdin --query DBInstance.DBInstanceStatus',
    ]);
    expect(replica.standbyCommand).toContain(
      'modify-db-instance --region us-west-2 --db-instance-identifier ehr-us-west-2 --multi-az --apply-immediately',
    );
  });

  // "asynchronously applied": https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html
  test('nothing starts, and no standby is asked for, before the password is taken: Amazon RDS would refuse', () => {
    expect(replica.passwordCommand).toMatch(
      / && until aws rds describe-db-instances --region us-west-2 .*PendingModifiedValues\.MasterUserPassword\].* \| grep -qx 'available.None'; do sleep 15; done$/,
    );
    const { invocations, errors } = type([born.replication?.returnCompletion ?? '']);
    expect(errors).toBe('');
    const asked = invocations.map(({ words }) => words.join(' ')).filter((words) => words.startsWith('rds '));
    const order = [
      /ReadReplicaSource/,
      /--master-user-password/,
      /PendingModifiedValues\.MasterUserPassword/,
      /--multi-az/,
    ];
    expect(order.map((each) => asked.findIndex((words) => each.test(words)))).toEqual([0, 1, 2, 3]);
  });

  test('says what does not follow, who sees to it, and how long the password takes', () => {
    expect(born.replication?.unreplicated).toMatch(
      /^logins, .*: DBA-14: logins are made in both Regions with one SID$/,
    );
    expect(born.replication?.signInAfterPromotion).toBe(true);
    expect(born.replication?.promotion.map(({ duration }) => duration.toMinutes())).toEqual([15, 5]);
    expect(born.replicationAlternative).toBeUndefined();
    expect(born.licences?.[0].copies).toContain('that of a read replica its own');
  });

  test('comes back as a replica that Amazon RDS can make, and gets password and standby there', () => {
    const [asked, , , make, complete, last] = born.replication?.returnByReplica ?? [];
    expect(asked).toMatch(
      /^read -r KEY SUBNETS GROUP PARAMETERS ROLE OPTIONS DIRECTORY JOINER .*DomainMemberships\[0\]\.IAMRoleName\]/,
    );
    expect(make).toContain('--domain "$DIRECTORY" --domain-iam-role-name "$JOINER"');
    expect(make).not.toMatch(/--multi-az|--option-group-name|--db-parameter-group-name|iam-database-authentication/);
    expect(complete).toContain('--db-parameter-group-name "$PARAMETERS"');
    expect(last).toMatch(/^aws rds promote-read-replica --region us-east-1 .*--preferred-backup-window 08:00-09:00$/);
    expect(born.replication?.returnCompletion).toMatch(
      /^until .* --region us-east-1 --secret-id ehr\/database .* && aws rds modify-db-instance --region us-east-1 --db-instance-identifier ehr-us-east-1 --multi-az /,
    );
  });

  test.each<[string, Partial<RdsSqlServerProps>, RegExp]>([
    [
      'an empty acknowledgement',
      { acknowledgeLoginsNotReplicated: ' ' },
      /acknowledgeLoginsNotReplicated is empty; name/,
    ],
    ['Standard Edition', { edition: undefined }, /takes edition ENTERPRISE, got STANDARD; leave out/],
    ['two vCPUs', { instanceType: new ec2.InstanceType('r6i.large') }, /four vCPUs or more, .* got r6i.large/],
    [
      'a version newer than AWS lists',
      { engineVersion: rds.SqlServerEngineVersion.of('17.00.1000.1.v1', '17.00') },
      /SQL Server 2022 \(16\) or older, got 17/,
    ],
  ])('refuses %s', (_, props, message) => {
    expect(() => sqlServer({ ...following, ...props })).toThrow(message);
  });

  test('takes an instance type that is only known at deployment', () => {
    expect(() => sqlServer({ ...following, instanceType: new ec2.InstanceType(Fn.ref('Type')) })).not.toThrow();
  });
});

describe('Oracle', () => {
  test('is 19c, encrypts every connection, and audits without the text of statements', () => {
    const template = templateOf(oracle());
    template.hasResourceProperties('AWS::RDS::DBInstance', {
      Engine: 'oracle-se2',
      EngineVersion: '19',
      LicenseModel: 'license-included',
      DBName: 'ORCL',
      Port: '1522',
      CharacterSetName: 'AL32UTF8',
    });
    template.hasResourceProperties('AWS::RDS::OptionGroup', {
      OptionConfigurations: [
        {
          OptionName: 'NATIVE_NETWORK_ENCRYPTION',
          OptionSettings: Match.arrayWith([{ Name: 'SQLNET.ENCRYPTION_SERVER', Value: 'REQUIRED' }]),
        },
      ],
    });
    template.hasResourceProperties('AWS::RDS::DBParameterGroup', { Parameters: { audit_trail: 'OS' } });
  });

  test('has the name, the version and the characters that a vendor asks for', () => {
    templateOf(
      oracle({
        databaseName: 'LIS',
        engineVersion: rds.OracleEngineVersion.VER_21,
        container: true,
        characterSetName: 'WE8ISO8859P15',
      }),
    ).hasResourceProperties('AWS::RDS::DBInstance', {
      Engine: 'oracle-se2-cdb',
      EngineVersion: '21',
      DBName: 'LIS',
      CharacterSetName: 'WE8ISO8859P15',
    });
  });

  test.each([
    [OracleEdition.ENTERPRISE, false, 'oracle-ee'],
    [OracleEdition.ENTERPRISE, true, 'oracle-ee-cdb'],
    [OracleEdition.STANDARD_TWO, true, 'oracle-se2-cdb'],
  ])('%s, container %p, is %s, and with a licence of yours the standby needs one', (edition, container, Engine) => {
    const database = oracle({ edition, container, licenseModel: BRING_YOUR_OWN_LICENSE });
    templateOf(database).hasResourceProperties('AWS::RDS::DBInstance', {
      Engine,
      LicenseModel: 'bring-your-own-license',
    });
    const [licence] = bindDatabase(dataStack(), database).licences ?? [];
    expect(licence.copies).toContain('a licence for the instance and for its standby');
  });

  test.each([
    ['Enterprise Edition with a licence in the price', { edition: OracleEdition.ENTERPRISE }, /BRING_YOUR_OWN_LICENSE/],
    ['a long name', { databaseName: 'LABORATORY' }, /1 to 8 letters and digits/],
    ['21c outside a container', { engineVersion: rds.OracleEngineVersion.VER_21 }, /container: true/],
    ['18c', { engineVersion: rds.OracleEngineVersion.VER_18 }, /19c or 21c, got 18/],
    [
      'a licence Oracle does not have',
      { licenseModel: rds.LicenseModel.GENERAL_PUBLIC_LICENSE },
      /licenseModel must be/,
    ],
  ])('refuses %s', (_, props: Partial<RdsOracleProps>, message) => {
    expect(() => oracle(props)).toThrow(message);
  });
});
