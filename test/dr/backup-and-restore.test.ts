import { CfnParameter, Duration, Size, type Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { InstanceType, MachineImage } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Role } from 'aws-cdk-lib/aws-iam';
import {
  ActiveDirectory,
  ClinicalTier,
  Compute,
  type CrossRegionDrProps,
  Database,
  DataProtection,
  DrStrategy,
  Failover,
  FileShare,
  HealthProfile,
  type MultiAzClinicalAppProps,
  RecoveryRunbook,
  ResilienceMetadata,
  ResilienceObjectives,
  TableStore,
} from '../../src';
import { hospital } from '../support/hospital';
import { SIZE } from '../support/rds';

const lost = { rto: Duration.hours(24), rpo: Duration.hours(12) };
const patient = ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, {
  biaReference: 'BIA-1',
  maxTolerableDowntime: Duration.days(7),
  account: { rto: Duration.hours(72), rpo: Duration.hours(12) },
  region: lost,
  twoAvailabilityZones: lost,
  deletion: { rto: Duration.hours(24), rpo: Duration.hours(2) },
  corruption: { rto: Duration.hours(24), rpo: Duration.hours(2) },
});
const measuredRestore = { restoreTime: Duration.hours(5), source: 'restore test RT-31' };
const SNAPSHOT = 'arn:aws:rds:us-west-2:111111111111:snapshot:awsbackup:copyjob-1';
const CLUSTER_SNAPSHOT = 'arn:aws:rds:us-west-2:111111111111:cluster-snapshot:awsbackup:copyjob-1';
const BACKUP = 'arn:aws:fsx:us-west-2:111111111111:backup/backup-0ecdf967356c809c7';
const POINT = 'arn:aws:backup:us-west-2:111111111111:recovery-point:1EB3B5E7-9EB0-435A-A80B-108B488B0D45';

const scans = FileShare.fsxWindows({
  activeDirectory: ActiveDirectory.managed('d-1234567890'),
  storageCapacity: Size.gibibytes(1024),
});
const visits = TableStore.dynamoDb({
  partitionKey: { name: 'visit', type: AttributeType.STRING },
  timeToLiveAttribute: 'ends',
});
const sqlServer = Database.rdsSqlServer(SIZE);
const fleet = { image: ContainerImage.fromRegistry(`app@sha256:${'0'.repeat(64)}`), port: 8080, peakTasks: 2 };

function department(
  props: Partial<CrossRegionDrProps> = {},
  app: Partial<MultiAzClinicalAppProps> = {},
  primaryRegion = 'us-east-2',
) {
  return hospital({
    primaryRegion,
    primaryAccount: '111111111111',
    recoveryAccount: '111111111111',
    app: () => ({
      objectives: patient,
      compute: Compute.fargate(fleet),
      database: sqlServer,
      documents: undefined,
      ...app,
    }),
    dr: () => ({ measuredRestore, ...props }),
  });
}

const active = { activeRegion: 'us-west-2' };
const systemIn = (stack: Stack) =>
  Object.values<Record<string, unknown>>(stack.templateOptions.metadata?.[ResilienceMetadata.KEY].systems)[0];
const outputs = (stack: Stack) => Object.values(Template.fromStack(stack).findOutputs('*')).map(({ Value }) => Value);

describe('before a disaster', () => {
  const { stack, recoveryStack, dr } = department();
  const landing = Template.fromStack(dr.landing.stack);

  test('nothing is in the recovery stack', () => {
    expect(Template.fromStack(recoveryStack).toJSON().Resources).toBeUndefined();
  });

  test('the landing has what the deployment would wait for: copies, their key, the certificate', () => {
    landing.hasResourceProperties('AWS::Backup::BackupVault', { BackupVaultName: 'hapi-fhir-recovery' });
    landing.hasResourceProperties('AWS::CertificateManager::Certificate', {
      DomainName: 'ehr.example.org',
      DomainValidationOptions: [{ DomainName: 'ehr.example.org', HostedZoneId: 'Z1' }],
    });
    const types = Object.values(landing.toJSON().Resources).map((resource) => (resource as { Type: string }).Type);
    expect(types.filter((type) => /RDS|ECS|EC2|ElasticLoadBalancing/.test(type))).toEqual([]);
  });

  test('copies arrive there, and nothing is replicated live', () => {
    const primary = Template.fromStack(stack);
    const [plan] = Object.values(primary.findResources('AWS::Backup::BackupPlan'));
    expect(JSON.stringify(plan)).toContain(':us-west-2:111111111111:backup-vault:hapi-fhir-recovery');
    expect(JSON.stringify(primary.findResources('AWS::SecretsManager::Secret'))).not.toContain('ReplicaRegions');
    primary.resourcePropertiesCountIs(
      'AWS::Events::Rule',
      { Description: Match.stringLikeRegexp('Tells us-west-2') },
      0,
    );
  });

  test('the alarm on missing copies watches the loss of the Region, for which only copies are left', () => {
    landing.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmDescription: 'hapi-fhir: no copy of a recovery point has arrived in 36 hours',
    });
  });

  test('the landing says how to find the newest copies, asking this Region only', () => {
    const said = outputs(dr.landing.stack);
    expect(said).toContainEqual(
      expect.stringMatching(
        /^aws backup list-recovery-points-by-backup-vault --region us-west-2 --backup-vault-name hapi-fhir-recovery --by-resource-type RDS /,
      ),
    );
    expect(said.filter((command) => String(command).includes('us-east-2'))).toEqual([]);
  });

  test('nobody can use what is not there', () => {
    expect(() => dr.recovery).toThrow(/nothing runs in us-west-2 before its stores were restored.*\[NothingRestored/);
  });

  test('it was derived as the cheapest that meets the objectives', () => {
    expect(systemIn(stack).strategy).toMatchObject({ strategyName: 'BACKUP_AND_RESTORE', chosen: false });
  });

  test('the judge is told what was measured, by store', () => {
    expect(systemIn(stack)).toMatchObject({ measuredRestoreSeconds: { 'Ehr/Ehr/Database/Instance': 5 * 3600 } });
  });
});

describe('the estimate', () => {
  const { dr } = department({ failover: Failover.dns({ decisionTime: Duration.hours(2), automatic: true }) });

  test('counts the decision, the measured restore, the deployment, and users last', () => {
    expect(dr.estimate.untilReadable.map(({ description, duration }) => [description, duration.toSeconds()])).toEqual([
      ['somebody decides to write in the recovery Region', 7200],
      ['stores are made from the newest clean copies', 18_000],
      ['everything but the data is deployed', 3600],
      ['Route 53 takes the primary Region for lost', 30],
      ['resolvers and clients let go of the old address', 90],
    ]);
    expect(dr.estimate.rtoReadOnly).toEqual(dr.estimate.rto); // what is restored takes writes at once
  });

  test('loses what was written since the newest copy: its interval, its start window and an hour', () => {
    expect(dr.estimate.stores).toEqual([{ store: 'database', recoveryPoint: Duration.minutes(8 * 60) }]);
  });

  test('takes a measured time for copies instead of the judgement', () => {
    const measured = department({ measuredRestore: { ...measuredRestore, copyTime: Duration.hours(5) } });
    expect(measured.dr.estimate.rpo.toHours()).toBe(11);
  });

  test('falls short where a restore takes longer than the objectives allow, and something dearer is derived', () => {
    const { dr: dearer } = department(
      { measuredRestore: { ...measuredRestore, restoreTime: Duration.hours(30) } },
      { database: Database.rdsPostgres({ ...SIZE, databaseName: 'lis' }) },
    );
    expect(dearer.strategy.strategyName).toBe('PILOT_LIGHT');
    expect(() =>
      department({
        strategy: DrStrategy.backupAndRestore(),
        measuredRestore: { ...measuredRestore, restoreTime: Duration.hours(30) },
      }),
    ).toThrow(/BACKUP_AND_RESTORE does not meet .*the longest step is "stores are made from the newest clean copies"/);
  });
});

describe('after the restore', () => {
  const restored = { database: SNAPSHOT };
  const { recoveryStack, dr } = department({ ...active, restored });
  const recovery = Template.fromStack(recoveryStack);

  test('the database is made from the snapshot, without what the snapshot decides', () => {
    recovery.hasResourceProperties('AWS::RDS::DBInstance', {
      DBSnapshotIdentifier: SNAPSHOT,
      MultiAZ: true,
      ManageMasterUserPassword: true,
      MasterUsername: Match.absent(),
      MasterUserPassword: Match.absent(),
      KmsKeyId: Match.absent(),
      StorageEncrypted: Match.absent(),
      AllocatedStorage: Match.absent(),
      CharacterSetName: Match.absent(),
      Timezone: Match.absent(),
    });
  });

  test('the peak is carried, with the certificate of the landing', () => {
    expect(dr.recovery.compute.capacity.running).toBeGreaterThanOrEqual(2);
    recovery.resourceCountIs('AWS::CertificateManager::Certificate', 0);
    recovery.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
      Certificates: [{ CertificateArn: { 'Fn::ImportValue': Match.stringLikeRegexp('Landing.*Certificate') } }],
    });
  });

  test('the commands are here', () => {
    expect(outputs(recoveryStack)).toContainEqual(expect.stringContaining('put-metric-data --region us-west-2'));
  });

  test('a rehearsal at home restores the data, and runs nothing', () => {
    const rehearsal = department({ restored });
    const template = Template.fromStack(rehearsal.recoveryStack);
    template.hasResourceProperties('AWS::RDS::DBInstance', { DBSnapshotIdentifier: SNAPSHOT });
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 0 });
  });

  test('a later deployment keeps the snapshot, or the database would be replaced', () => {
    const later = Template.fromStack(department({ restored }).recoveryStack);
    const idOf = (template: Template) => Object.keys(template.findResources('AWS::RDS::DBInstance'));
    expect(idOf(later)).toEqual(idOf(recovery));
  });

  test('the primary is the same before and after', () => {
    const template = (props: Partial<CrossRegionDrProps>) => Template.fromStack(department(props).stack).toJSON();
    expect(template({ ...active, restored })).toEqual(template({}));
  });

  test('an identifier that is only known at deployment is taken as it is', () => {
    const made = hospital({
      primaryRegion: 'us-east-2',
      app: () => ({
        objectives: patient,
        database: undefined,
        documents: undefined,
        files: { scans },
        compute: Compute.fargate(fleet),
      }),
      dr: (stack) => ({
        ...active,
        measuredRestore,
        restored: { files: { scans: new CfnParameter(stack, 'Scans').valueAsString } },
      }),
    });
    Template.fromStack(made.recoveryStack).hasResourceProperties('AWS::FSx::FileSystem', {
      BackupId: { 'Fn::Select': [1, { 'Fn::Split': ['/', { Ref: 'Scans' }] }] },
    });
  });
});

describe('backups that Amazon RDS replicates by itself', () => {
  const REPLICATED = 'arn:aws:rds:us-west-2:111111111111:auto-backup:ab-l2ijcexjp7xq7hoj4siexample';
  const database = Database.rdsSqlServer({ ...SIZE, replicateBackups: true });
  const { stack, recoveryStack, dr } = department({}, { database });
  const runbook = new RecoveryRunbook(recoveryStack, 'Runbook', { dr, decidedBy: 'head of radiology on duty' });

  test('go to the recovery Region, under its key, for as long as at home', () => {
    Template.fromStack(stack).hasResourceProperties('AWS::RDS::DBInstance', {
      AutomaticBackupReplicationRegion: 'us-west-2',
      AutomaticBackupReplicationKmsKeyId: {
        'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':kms:us-west-2:111111111111:alias/hapi-fhir-recovery']],
      },
      AutomaticBackupReplicationRetentionPeriod: 35,
      BackupRetentionPeriod: 35,
    });
  });

  test('do not where nobody asked', () => {
    Template.fromStack(department().stack).hasResourceProperties('AWS::RDS::DBInstance', {
      AutomaticBackupReplicationRegion: Match.absent(),
    });
  });

  test('lose minutes instead of hours, by a judgement that says so', () => {
    expect(dr.estimate.stores).toEqual([{ store: 'database', recoveryPoint: Duration.minutes(30) }]);
    expect(dr.primary.database?.backupReplication?.recoveryPointSource).toMatch(/^judgement: .*5 to 30 minutes/);
  });

  test('meet an objective that copies do not', () => {
    const hour = { rto: Duration.hours(24), rpo: Duration.hours(1) };
    const objectives = ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, {
      biaReference: 'BIA-1',
      maxTolerableDowntime: Duration.days(7),
      region: hour,
      twoAvailabilityZones: hour,
      deletion: hour,
      corruption: hour,
    });
    const strategy = DrStrategy.backupAndRestore();
    expect(() => department({ strategy }, { objectives })).toThrow(/the database may lose .*the RPO allows 1 hour/);
    expect(department({ strategy }, { objectives, database }).dr.estimate.rpo.toMinutes()).toBe(30);
  });

  test('are found by one command in the recovery Region, in the outputs and in the runbook', () => {
    const command = `aws rds describe-db-instance-automated-backups --region us-west-2 --query "DBInstanceAutomatedBackups[?DBInstanceIdentifier=='hapi-fhir-us-east-2'].[DBInstanceAutomatedBackupsArn,Status,RestoreWindow.LatestTime]" --output table`;
    expect(outputs(dr.landing.stack)).toContain(command);
    expect(runbook.markdown).toMatch(/Choose the newest clean copy[\s\S]*take its replicated backups instead/);
    expect(runbook.markdown).toContain(command);
  });

  test('follow the other way once the lost Region answers, so that going back loses nothing', () => {
    const back = runbook.markdown.slice(runbook.markdown.indexOf('## Go back'));
    expect(back).toMatch(
      /^ *aws rds start-db-instance-automated-backups-replication --region us-east-2 --source-region us-west-2 .*:rds:us-west-2:111111111111:db:hapi-fhir-us-west-2 --kms-key-id .*hapi-fhir-us-east-2 .*--backup-retention-period 35$/m,
    );
    const without = department();
    const other = new RecoveryRunbook(without.recoveryStack, 'Runbook', { dr: without.dr, decidedBy: 'somebody' });
    expect(other.markdown).not.toContain('automated-backups');
  });

  test('restore to the newest moment, without what they decide', () => {
    const side = department({ ...active, restored: { database: REPLICATED } }, { database });
    Template.fromStack(side.recoveryStack).hasResourceProperties('AWS::RDS::DBInstance', {
      SourceDBInstanceAutomatedBackupsArn: REPLICATED,
      UseLatestRestorableTime: true,
      RestoreTime: Match.absent(),
      DBSnapshotIdentifier: Match.absent(),
      KmsKeyId: Match.absent(),
      AllocatedStorage: Match.absent(),
      MasterUsername: Match.absent(),
      AutomaticBackupReplicationRegion: Match.absent(), // nothing follows the other way
    });
  });

  test('restore to the moment before what went wrong', () => {
    const databaseTime = '2026-11-27T21:45:00Z';
    const side = department({ ...active, restored: { database: REPLICATED, databaseTime } }, { database });
    Template.fromStack(side.recoveryStack).hasResourceProperties('AWS::RDS::DBInstance', {
      SourceDBInstanceAutomatedBackupsArn: REPLICATED,
      UseLatestRestorableTime: Match.absent(),
      RestoreTime: databaseTime,
    });
  });

  test.each<[string, NonNullable<CrossRegionDrProps['restored']>, RegExp]>([
    [
      'a moment of a snapshot, which has one already',
      { database: SNAPSHOT, databaseTime: '2026-11-27T21:45:00Z' },
      /only replicated backups of Amazon RDS, "auto-backup:…".*\[RecoveryPointHasItsTime/,
    ],
    [
      'a moment nobody can tell the zone of',
      { database: REPLICATED, databaseTime: '2026-11-27 21:45' },
      /databaseTime must be a moment in UTC such as .*got "2026-11-27 21:45"/,
    ],
    [
      'backups of another Region',
      { database: REPLICATED.replace('us-west-2', 'us-east-2') },
      /its own Region, us-west-2.*\[RecoveryPointInOtherRegion/,
    ],
  ])('fails for %s', (_, restored, message) => {
    expect(() => department({ ...active, restored }, { database })).toThrow(message);
  });

  test('fails for an Aurora cluster, whose backups do not replicate', () => {
    const aurora = Database.auroraPostgres({ databaseName: 'hapi' });
    expect(() => department({ ...active, restored: { database: REPLICATED } }, { database: aurora })).toThrow(
      /NotARecoveryPoint/,
    );
  });

  test('an ARN that is only known at deployment is one of replicated backups where a moment is asked for', () => {
    const made = (databaseTime?: string) =>
      hospital({
        primaryRegion: 'us-east-2',
        app: () => ({ objectives: patient, database, documents: undefined, compute: Compute.fargate(fleet) }),
        dr: (at) => ({
          ...active,
          measuredRestore,
          restored: { database: new CfnParameter(at, 'Database').valueAsString, databaseTime },
        }),
      }).recoveryStack;
    const Ref = 'Database';
    Template.fromStack(made('2026-11-27T21:45:00Z')).hasResourceProperties('AWS::RDS::DBInstance', {
      SourceDBInstanceAutomatedBackupsArn: { Ref },
    });
    Template.fromStack(made()).hasResourceProperties('AWS::RDS::DBInstance', { DBSnapshotIdentifier: { Ref } });
  });
});

test('an Aurora cluster comes back from a cluster snapshot, outside any global database, with new credentials', () => {
  const database = Database.auroraPostgres({ databaseName: 'hapi', globalDatabase: true });
  const { recoveryStack } = department({ ...active, restored: { database: CLUSTER_SNAPSHOT } }, { database });
  const recovery = Template.fromStack(recoveryStack);
  recovery.hasResourceProperties('AWS::RDS::DBCluster', {
    SnapshotIdentifier: CLUSTER_SNAPSHOT,
    GlobalClusterIdentifier: Match.absent(),
    MasterUsername: Match.absent(),
    MasterUserPassword: Match.anyValue(),
    DatabaseName: Match.absent(),
    StorageEncrypted: Match.absent(),
    KmsKeyId: Match.anyValue(),
  });
  recovery.resourceCountIs('AWS::RDS::GlobalCluster', 0);
  recovery.hasResourceProperties('AWS::SecretsManager::Secret', { Name: 'hapi-fhir/database' });
});

test.each<[string, Partial<MultiAzClinicalAppProps>, string[]]>([
  ['a DB instance', {}, ['AWS::RDS::DBInstance']],
  ['an Aurora cluster', { database: Database.auroraPostgres({ databaseName: 'hapi' }) }, ['AWS::RDS::DBCluster']],
  ['a file share', { database: undefined, files: { scans } }, ['AWS::FSx::FileSystem', 'AWS::FSx::Volume']],
])('no later deployment takes away %s that was restored', (_, stores, types) => {
  const { dr, recoveryStack } = department({ strategy: DrStrategy.backupAndRestore() }, stores);
  const { markdown } = new RecoveryRunbook(recoveryStack, 'Runbook', { dr, decidedBy: 'somebody' });
  const [, body] = markdown.match(/--stack-policy-body '(.*)'/) ?? [];
  expect(JSON.parse(body).Statement[1].Condition.StringEquals.ResourceType).toEqual(types);
});

describe('file shares and tables', () => {
  const stores = { database: undefined, files: { scans }, tables: { visits } };
  const restored = { files: { scans: BACKUP }, tables: { visits: POINT } };

  test('a file system is made from the backup, as large as that is', () => {
    const template = Template.fromStack(department({ ...active, restored }, stores).recoveryStack);
    template.hasResourceProperties('AWS::FSx::FileSystem', {
      BackupId: 'backup-0ecdf967356c809c7',
      StorageCapacity: Match.absent(),
    });
  });

  test('a table is taken over: under its name, kept, and with the key it was restored with', () => {
    const template = Template.fromStack(department({ ...active, restored }, stores).recoveryStack);
    template.hasResource('AWS::DynamoDB::GlobalTable', {
      DeletionPolicy: 'Retain',
      Properties: {
        TableName: 'hapi-fhir-visits',
        Replicas: [
          Match.objectLike({
            SSESpecification: { KMSMasterKeyId: { 'Fn::ImportValue': Match.stringLikeRegexp('Landing.*Key') } },
          }),
        ],
      },
    });
  });

  test('a table is taken over in a sandbox, too, so it stays when the sandbox goes', () => {
    const dataProtection = DataProtection.destroyWithStack({ acknowledgeDataLoss: 'synthetic patients' });
    const template = Template.fromStack(
      department({ ...active, restored }, { ...stores, dataProtection }).recoveryStack,
    );
    template.hasResource('AWS::DynamoDB::GlobalTable', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  test('the role for restores is in the landing, and the vault lets in copies of files', () => {
    const landing = Template.fromStack(department({}, stores).dr.landing.stack);
    landing.hasResourceProperties('AWS::IAM::Role', {
      ManagedPolicyArns: Match.arrayWith([
        Match.objectLike({
          'Fn::Join': ['', Match.arrayWith([':iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores'])],
        }),
      ]),
    });
    landing.hasResourceProperties('AWS::Backup::BackupVault', { LockConfiguration: { MinRetentionDays: 7 } });
  });

  test('nothing that is deployed later can take it away: not the stack, and not what was restored', () => {
    const { recoveryStack, dr } = department({ ...active, restored }, stores);
    expect(recoveryStack.terminationProtection).toBe(true);
    const { markdown } = new RecoveryRunbook(recoveryStack, 'Runbook', { dr, decidedBy: 'somebody' });
    const [, body] =
      markdown.match(/set-stack-policy --region us-west-2 --stack-name EhrDr --stack-policy-body '(.*)'/) ?? [];
    const [allowed, denied] = JSON.parse(body).Statement;
    expect(allowed).toMatchObject({ Effect: 'Allow', Action: 'Update:*' });
    expect(denied).toMatchObject({ Effect: 'Deny', Action: ['Update:Delete', 'Update:Replace'] });
    expect(denied.Condition.StringEquals.ResourceType).toEqual(
      expect.arrayContaining(['AWS::FSx::FileSystem', 'AWS::DynamoDB::GlobalTable']),
    );
    expect(markdown.indexOf('set-stack-policy')).toBeGreaterThan(markdown.indexOf('cdk deploy'));
  });

  test('the runbook says what was looked up in the lost Region, if anything was', () => {
    const looked = (context: Record<string, unknown>) => {
      const made = hospital({
        primaryRegion: 'us-east-2',
        appProps: { context },
        app: () => ({
          objectives: patient,
          database: sqlServer,
          documents: undefined,
          compute: Compute.fargate(fleet),
        }),
        dr: () => ({ measuredRestore }),
      });
      return new RecoveryRunbook(made.recoveryStack, 'Runbook', { dr: made.dr, decidedBy: 'somebody' }).markdown;
    };
    const zone = (region: string) => ({
      [`hosted-zone:account=1:domainName=example.org:region=${region}`]: { Id: 'Z1' },
    });
    expect(looked(zone('us-east-2'))).toContain('cdk.context.json: 1 of its values were looked up in us-east-2');
    expect(looked(zone('us-east-21'))).not.toContain('looked up');
  });

  test('before anything was restored there is nothing to protect, and a sandbox may go', () => {
    expect(department({}, stores).recoveryStack.terminationProtection).toBe(false);
    const dataProtection = DataProtection.destroyWithStack({ acknowledgeDataLoss: 'synthetic patients' });
    const sandbox = department({ ...active, restored }, { ...stores, dataProtection });
    expect(sandbox.recoveryStack.terminationProtection).toBe(false);
  });

  test('the runbook restores tables, then deploys and takes them over', () => {
    const made = department({}, stores);
    const { markdown } = new RecoveryRunbook(made.recoveryStack, 'Runbook', { dr: made.dr, decidedBy: 'somebody' });
    const at = (text: string) => markdown.indexOf(text);
    expect(at('--by-resource-type DynamoDB')).toBeGreaterThan(0);
    expect(at('start-restore-job')).toBeGreaterThan(at('--by-resource-type DynamoDB'));
    expect(at('"targetTableName":"hapi-fhir-visits"')).toBeGreaterThan(0);
    expect(at('Enabled=true,AttributeName=ends')).toBeGreaterThan(at('start-restore-job'));
    expect(at('cdk deploy --exclusively EhrDr/Dr/Landing/Stack EhrDr --import-existing-resources')).toBeGreaterThan(
      at('AttributeName=ends'),
    );
    expect(at('put-metric-data')).toBeGreaterThan(at('cdk deploy'));
    expect(markdown).not.toContain('us-east-2 --');
    expect(markdown).not.toContain('replication lag');
  });

  test('the runbook is in both Regions, and names role and key by what both know', () => {
    const made = department({}, stores);
    new RecoveryRunbook(made.recoveryStack, 'Runbook', { dr: made.dr, decidedBy: 'somebody' });
    Template.fromStack(made.dr.landing.stack).hasResourceProperties('AWS::IAM::Role', {
      RoleName: 'hapi-fhir-restores',
    });
    for (const stack of [made.stack, made.recoveryStack]) {
      const text = JSON.stringify(Template.fromStack(stack).findResources('AWS::SSM::Parameter'));
      expect(text).toContain('/hapi-fhir/runbook');
      expect(text).toContain('--key-id alias/hapi-fhir-recovery');
    }
    expect(JSON.stringify(Template.fromStack(made.stack).findResources('AWS::SSM::Parameter'))).toContain(
      ':iam::111111111111:role/hapi-fhir-restores',
    );
  });

  test('commands of a restore ask the recovery Region, with either version of the command line', () => {
    const made = department({}, stores);
    const { markdown } = new RecoveryRunbook(made.recoveryStack, 'Runbook', { dr: made.dr, decidedBy: 'somebody' });
    expect(markdown).toContain('export AWS_REGION=us-west-2 AWS_DEFAULT_REGION=us-west-2 ROLE=');
    expect(markdown).toContain('repeat it');
  });

  test('copies are sorted over all pages, which text is not', () => {
    const made = department({}, stores);
    const commands = outputs(made.dr.landing.stack).filter((value) => /list-recovery-points/.test(String(value)));
    expect(commands).toHaveLength(2);
    for (const command of commands) {
      expect(command).toMatch(/reverse\(sort_by\(.*--output table$/);
    }
  });
});

describe('fails', () => {
  const restore = { strategy: DrStrategy.backupAndRestore() };

  test.each<[string, Partial<CrossRegionDrProps>, Partial<MultiAzClinicalAppProps>, RegExp]>([
    [
      'when users are to be where nothing was restored',
      active,
      {},
      /activeRegion is us-west-2, but nothing was restored there; name the recovery points.*\[CannotRestore/,
    ],
    [
      'when the database would start empty',
      { ...active, restored: {} },
      {},
      /restored names no recovery point of the database, which would start empty/,
    ],
    [
      'when a share would start empty, and another does not exist',
      { ...active, restored: { files: { archive: BACKUP } } },
      { database: undefined, files: { scans } },
      /no recovery point of the file share scans.*names a file share archive, which the system does not have/,
    ],
    [
      'when there is no database to restore',
      { ...active, restored: { database: SNAPSHOT } },
      { database: undefined },
      /a recovery point of a database, but the system has none/,
    ],
    [
      'when the copy of another Region is named',
      { ...active, restored: { database: SNAPSHOT.replace('us-west-2', 'us-east-2') } },
      {},
      /restored from a recovery point of its own Region, us-west-2, got .*\[RecoveryPointInOtherRegion/,
    ],
    [
      'when what is named is no recovery point of such a store',
      { ...active, restored: { database: CLUSTER_SNAPSHOT } },
      {},
      /a recovery point of RDS ends in "snapshot:awsbackup:copyjob-…".*\[NotARecoveryPoint/,
    ],
    [
      'when the data is kept live',
      { strategy: DrStrategy.pilotLight(), restored: { database: SNAPSHOT } },
      { database: Database.rdsPostgres({ ...SIZE, databaseName: 'lis' }) },
      /restored names recovery points, but the strategy keeps the data live/,
    ],
    [
      'when a share cannot be made from a copy',
      restore,
      { database: undefined, files: { sites: FileShare.efs() } },
      /no template can make the file share sites from a copy of a recovery point: .*a directory that it names by the time.*keep the files live with DrStrategy.pilotLight/,
    ],
    [
      'when snapshots cannot be copied',
      restore,
      { database: Database.rdsPostgres({ ...SIZE, databaseName: 'lis', multiAzCluster: true }) },
      /no template can make the database from a copy.*its snapshots cannot be copied there/,
    ],
  ])('%s', (_, props, app, message) => {
    expect(() => department(props, app)).toThrow(message);
  });

  test('when a plan is to switch to what does not run', () => {
    expect(() =>
      hospital({
        primaryRegion: 'us-east-2',
        app: () => ({
          objectives: patient,
          database: undefined,
          documents: undefined,
          compute: Compute.fargate(fleet),
        }),
        dr: (stack) => ({
          ...restore,
          measuredRestore,
          failover: Failover.regionSwitch({ approvers: Role.fromRoleName(stack, 'Leads', 'leads') }),
        }),
      }),
    ).toThrow(/the plan of the failover switches to what runs in the recovery Region, and nothing does/);
  });
});

describe('a primary in us-east-1, where IAM and Route 53 are controlled', () => {
  const postgres = { database: Database.rdsPostgres({ ...SIZE, databaseName: 'lis' }) };

  test('is not derived to be recovered by a deployment', () => {
    const { dr } = department({}, postgres, 'us-east-1');
    expect(dr.strategy.strategyName).toBe('PILOT_LIGHT');
  });

  test('warns where somebody chose it', () => {
    const { recoveryStack } = department({ strategy: DrStrategy.backupAndRestore() }, postgres, 'us-east-1');
    Annotations.fromStack(recoveryStack).hasWarning(
      '*',
      Match.stringLikeRegexp('needs the control planes of IAM and Amazon Route 53, and both are in us-east-1'),
    );
  });
});

describe('disks of a pair', () => {
  const volume = { size: Size.gibibytes(100), iops: 3000 };
  const iris = {
    compute: Compute.statefulPair({
      machineImage: MachineImage.genericLinux({ 'us-east-2': 'ami-1', 'us-west-2': 'ami-2' }),
      instanceType: new InstanceType('r7i.xlarge'),
      port: 52773,
      memberPorts: [2188],
      arbiter: { port: 2188 },
      dataVolumes: ['/dev/sdf', '/dev/sdg'].map((deviceName) => ({ deviceName, ...volume })),
      failover: { time: Duration.seconds(30), source: 'exercise of 2026-10-04' },
    }),
    database: undefined,
    health: HealthProfile.http('/csp/bin/mirror_status.cxw', { startup: Duration.minutes(5) }),
  };
  const [a, b, c, d] = [1, 2, 3, 4].map((n) => `snap-0aaaaaaaaaaaaaaa${n}`);
  const disks = { 'first /dev/sdf': a, 'first /dev/sdg': b, 'second /dev/sdf': c, 'second /dev/sdg': d };
  const { recoveryStack, stack, dr } = department({ ...active, restored: { disks } }, iris);
  const { markdown } = new RecoveryRunbook(recoveryStack, 'Runbook', { dr, decidedBy: 'somebody' });
  const volumesOf = (of: Stack) => Object.entries(Template.fromStack(of).findResources('AWS::EC2::Volume'));

  test('are made from the snapshots named for them, under the key of the Region, and kept', () => {
    const made = volumesOf(recoveryStack).map(([id, { Properties }]) => [
      id.match(/(First|Second)Volume\d/)?.[0],
      Properties.SnapshotId,
    ]);
    expect(Object.fromEntries(made)).toEqual({
      FirstVolume1: a,
      FirstVolume2: b,
      SecondVolume1: c,
      SecondVolume2: d,
    });
    for (const [, { Properties, DeletionPolicy }] of volumesOf(recoveryStack)) {
      expect(Properties.Encrypted).toBe(true);
      expect(Properties.KmsKeyId).toBeDefined();
      expect(DeletionPolicy).toBe('Retain');
    }
  });

  test('start empty in the primary Region, as ever', () => {
    expect(volumesOf(stack)).toHaveLength(4);
    expect(JSON.stringify(volumesOf(stack))).not.toContain('SnapshotId');
  });

  test('are found in the copied images, before the deployment that names them, and kept from later ones', () => {
    const at = (text: string) => markdown.indexOf(text);
    expect(at('--by-resource-type EC2')).toBeGreaterThan(0);
    expect(at('describe-images --region us-west-2')).toBeGreaterThan(at('--by-resource-type EC2'));
    expect(at('cdk deploy')).toBeGreaterThan(at('describe-images'));
    expect(at('AWS::EC2::Volume')).toBeGreaterThan(at('cdk deploy'));
    expect(markdown).not.toContain('start-restore-job');
    expect(markdown).not.toContain('--import-existing-resources');
  });

  test('are as old as the copies of snapshots are, and took as long as somebody measured', () => {
    const snapshots = dr.estimate.stores.filter(({ store }) => store.startsWith('disk '));
    expect(snapshots.map(({ store }) => store)).toEqual(Object.keys(disks).map((name) => `disk ${name}`));
    const [every] = dr.primary.backup?.filePolicy?.snapshotRules ?? [];
    expect(snapshots[0].recoveryPoint.toSeconds()).toBeGreaterThanOrEqual(every.every.toSeconds());
    expect(systemIn(stack).measuredRestoreSeconds).toMatchObject({ 'Ehr/Ehr/Compute/First/Volume1': 5 * 3600 });
  });

  test.each<[string, Record<string, string>, RegExp]>([
    ['nothing is named for them', {}, /no recovery point of the disk first \/dev\/sdf, which would start empty/],
    ['one is named that is not there', { ...disks, 'third /dev/sdf': a }, /names a disk third \/dev\/sdf/],
    ['an image is named', { ...disks, 'first /dev/sdf': 'ami-00000000' }, /got "ami-00000000"; .*NotASnapshot/],
  ])('fail when %s', (_, named, error) => {
    expect(() => department({ ...active, restored: { disks: named } }, iris)).toThrow(error);
  });
});
