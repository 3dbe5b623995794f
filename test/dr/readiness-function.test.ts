import { within } from '../../src/dr/handlers/readiness/within';
import {
  ALIAS_ARNS,
  awsError,
  CHECKS,
  cluster,
  compare,
  customerKey,
  documentsRule,
  dsqlCluster,
  fileSystems,
  globalCluster,
  HERE,
  instance,
  NOW,
  parameter,
  parameters,
  READY,
  recoveryPoints,
  replicatedBackups,
  replication,
  type Script,
  secret,
  THERE,
  table,
  volumes,
} from '../support/readiness';

const MINUTE = 60 * 1000;
const names = Object.keys(CHECKS).sort();
const none = Object.fromEntries(names.map((name) => [name, 0]));

/** Keys of this Region: those asked for by an alias work. */
function keysHere(answer: unknown) {
  return ({ KeyId }: { KeyId: string }) =>
    KeyId.startsWith('alias/') ? customerKey(`arn:aws:kms:${HERE}:1:key/here`) : answer;
}

function keyOfDatabase(state: string, deletion?: Date): Script {
  return { 'here DescribeKey': keysHere(customerKey(`arn:aws:kms:${HERE}:1:key/database`, state, deletion)) };
}

/** Images of this Region: those of instances are asked for by a filter. */
function imagesHere(ofInstances: unknown) {
  return ({ Filters }: { Filters?: unknown }) =>
    Filters ? ofInstances : { imageDetails: [{ imageDigest: 'sha256:a' }] };
}

const ALL = { Images: [{ ImageId: 'ami-1', State: 'available' }] };

describe('two Regions that are alike', () => {
  test('are ready, and each check says so, in the Region that survives', async () => {
    const { notReady, cannotCompare, metrics } = await compare();
    expect(notReady).toEqual(none);
    expect(cannotCompare).toBe(0);
    expect(metrics).toHaveLength(1);
    expect(metrics[0]).toMatchObject({ region: HERE, Namespace: 'CdkResilientEhr' });
  });

  test('are ready twice: what a second run tells is the same', async () => {
    const [first, second] = [await compare(), await compare()];
    expect(second.metrics).toEqual(first.metrics);
  });

  test('are only looked at', async () => {
    const { calls } = await compare();
    const operations = new Set(calls.map(({ operation }) => operation));
    operations.delete('PutMetricData');
    expect([...operations].filter((operation) => !/^(Describe|Get|List)/.test(operation))).toEqual([]);
    expect(operations.has('GetSecretValue')).toBe(false);
    const decrypting = calls.filter(({ operation, input }) => operation === 'GetParameter' && input.WithDecryption);
    expect(decrypting).toEqual([]);
  });

  test('a metric names the system and the check, and nothing else', async () => {
    const { metrics } = await compare();
    const data = metrics[0].MetricData as { readonly Dimensions: { readonly Name: string }[] }[];
    expect(new Set(data.flatMap(({ Dimensions }) => Dimensions.map(({ Name }) => Name)))).toEqual(
      new Set(['System', 'Check']),
    );
  });
});

describe('what makes a Region not ready', () => {
  const old = new Date(NOW - 20 * MINUTE);
  const renamed = (current: string) => ({ VersionIdsToStages: { [current]: ['AWSCURRENT'] } });
  const FAULTS: [string, string, Script, RegExp][] = [
    [
      'Database',
      'another engine version',
      { 'here DescribeDBClusters': cluster(HERE, { EngineVersion: '16.4' }) },
      /version 16\.4 is not 16\.6/,
    ],
    [
      'Database',
      'a parameter that was set in the primary only',
      {
        'there DescribeDBClusterParameters': parameters({
          'rds.force_ssl': '1',
          log_statement: 'ddl',
          work_mem: '65536',
        }),
      },
      /parameters differ .*: work_mem$/,
    ],
    [
      'Database',
      'a parameter with another value',
      { 'here DescribeDBClusterParameters': parameters({ 'rds.force_ssl': '0', log_statement: 'ddl' }) },
      /parameters differ .*: rds\.force_ssl$/,
    ],
    [
      'Database',
      'parameters that wait for a restart',
      {
        'here DescribeDBClusters': cluster(HERE, {
          DBClusterMembers: [
            { DBClusterParameterGroupStatus: 'in-sync' },
            { DBClusterParameterGroupStatus: 'pending-reboot' },
          ],
        }),
      },
      /wait for a restart/,
    ],
    [
      'Database',
      'fewer instances',
      { 'here DescribeDBClusters': cluster(HERE, { DBClusterMembers: [{}] }) },
      /instances is 1, and 2/,
    ],
    [
      'Database',
      'a lower ceiling',
      {
        'here DescribeDBClusters': cluster(HERE, {
          ServerlessV2ScalingConfiguration: { MinCapacity: 8, MaxCapacity: 16 },
        }),
      },
      /maximumACU is 16, and 64/,
    ],
    [
      'Database',
      'a cluster that was stopped',
      { 'here DescribeDBClusters': cluster(HERE, { Status: 'stopped' }) },
      /ehr-us-west-2 is stopped/,
    ],
    [
      'Database',
      'a cluster that lost its key',
      { 'here DescribeDBClusters': cluster(HERE, { Status: 'inaccessible-encryption-credentials-recoverable' }) },
      /is inaccessible/,
    ],
    [
      'Database',
      'no cluster',
      { 'here DescribeDBClusters': awsError('DBClusterNotFoundFault') },
      /there is no database ehr-us-west-2/,
    ],
    [
      'Database',
      'no cluster in the primary',
      { 'there DescribeDBClusters': awsError('DBClusterNotFoundFault') },
      /no database ehr-us-east-1 in the other/,
    ],
    [
      'DistributedDatabase',
      'a cluster that waits for the other',
      { 'here GetCluster': dsqlCluster({ status: 'PENDING_SETUP' }) },
      /the cluster b{26} is PENDING_SETUP/,
    ],
    [
      'DistributedDatabase',
      'no cluster',
      { 'here GetCluster': awsError('ResourceNotFoundException') },
      /the cluster b{26} is missing/,
    ],
    [
      'DistributedDatabase',
      'a cluster that does not know the other',
      { 'here GetCluster': dsqlCluster({ multiRegionProperties: undefined }) },
      /the cluster b{26} does not know arn:aws:dsql:us-east-1:1:cluster\/a{26}$/,
    ],
    [
      'DistributedDatabase',
      'a cluster in the other Region that failed',
      { 'there GetCluster': dsqlCluster({ status: 'FAILED' }) },
      /the cluster a{26} of the other Region is FAILED/,
    ],
    [
      'Secrets',
      'a replica with another version',
      { 'here DescribeSecret': secret(renamed('version-1')) },
      /ehr\/database has another version/,
    ],
    [
      'Secrets',
      'replication that failed',
      { 'there DescribeSecret': secret({ ReplicationStatus: [{ Region: HERE, Status: 'Failed' }] }) },
      /replication of the secret ehr\/database is Failed/,
    ],
    [
      'Secrets',
      'replication that was turned off',
      { 'there DescribeSecret': secret({ ReplicationStatus: [] }) },
      /ehr\/database is off/,
    ],
    [
      'Secrets',
      'a replica that was made a secret of its own',
      { 'here DescribeSecret': secret({ PrimaryRegion: HERE }) },
      /no replica of that in us-east-1/,
    ],
    [
      'Secrets',
      'a secret that its owner has deleted',
      { 'there DescribeSecret': awsError('ResourceNotFoundException') },
      /missing in us-east-1, which owns it/,
    ],
    [
      'Secrets',
      'a secret that is gone',
      {
        'here DescribeSecret': ({ SecretId }: { SecretId: string }) =>
          SecretId === 'vendor/licence' ? awsError('ResourceNotFoundException') : secret(),
      },
      /there is no secret vendor\/licence/,
    ],
    [
      'Secrets',
      'a secret about to be deleted',
      { 'here DescribeSecret': secret({ DeletedDate: old }) },
      /is about to be deleted/,
    ],
    [
      'Secrets',
      'a secret without a current version',
      { 'here DescribeSecret': secret({ VersionIdsToStages: { 'version-1': ['AWSPENDING'] } }) },
      /has no current version/,
    ],
    [
      'Secrets',
      'a parameter that is gone',
      {
        'here GetParameter': ({ Name }: { Name: string }) =>
          Name === '/ehr/definition' ? parameter('fingerprint') : awsError('ParameterNotFound'),
      },
      /there is no parameter .*vendor\/key/,
    ],
    [
      'Certificates',
      'a certificate that was never issued',
      { 'here DescribeCertificate': { Certificate: { DomainName: 'ehr.example.org', Status: 'PENDING_VALIDATION' } } },
      /ehr\.example\.org is PENDING_VALIDATION/,
    ],
    [
      'Certificates',
      'a certificate that ends soon',
      {
        'here DescribeCertificate': {
          Certificate: {
            DomainName: 'ehr.example.org',
            Status: 'ISSUED',
            NotAfter: new Date(NOW + 29.9 * 24 * 60 * MINUTE),
          },
        },
      },
      /expires in 29 days/,
    ],
    [
      'Certificates',
      'a certificate that was deleted',
      { 'here DescribeCertificate': awsError('ResourceNotFoundException') },
      /is missing/,
    ],
    [
      'Files',
      'a copy that is further behind than the RPO',
      { 'here DescribeReplicationConfigurations': replication(new Date(NOW - 16 * MINUTE)) },
      /^the copy of the file share sites is 16 minutes behind$/,
    ],
    [
      'Files',
      'a first copy that has not arrived',
      { 'here DescribeReplicationConfigurations': replication(undefined) },
      /sites has no complete copy yet/,
    ],
    [
      'Files',
      'a replication that stands still',
      { 'here DescribeReplicationConfigurations': replication(new Date(NOW), 'PAUSED') },
      /the replication of the file share sites is PAUSED/,
    ],
    [
      'Files',
      'a replication that somebody ended',
      { 'here DescribeReplicationConfigurations': awsError('ReplicationNotFound') },
      /the replication of the file share sites is missing/,
    ],
    [
      'Files',
      'a replication from here, which brings nothing here',
      { 'here DescribeReplicationConfigurations': replication(new Date(NOW), 'ENABLED', 'fs-0a') },
      /the replication of the file share sites is missing/,
    ],
    [
      'Tables',
      'a table that is gone',
      { 'here DescribeTable': awsError('ResourceNotFoundException') },
      /visits is missing/,
    ],
    ['Tables', 'a table that is being deleted', { 'here DescribeTable': table('ACTIVE', 'DELETING') }, /is DELETING/],
    [
      'Tables',
      'a table that became one of its own',
      { 'here DescribeTable': { Table: { TableStatus: 'ACTIVE' } } },
      /^the table visits has no replica in us-east-1 any more$/,
    ],
    [
      'Tables',
      'a replica whose key cannot be used',
      { 'here DescribeTable': table('INACCESSIBLE_ENCRYPTION_CREDENTIALS') },
      /has a replica in us-east-1 that is INACCESSIBLE_ENCRYPTION_CREDENTIALS/,
    ],
    [
      'Images',
      'an image that was never replicated',
      {
        'here DescribeImages': ({ repositoryName, Filters }: { repositoryName: string; Filters?: unknown }) =>
          repositoryName === 'ehr' ? awsError('ImageNotFoundException') : imagesHere(ALL)({ Filters }),
      },
      /there is no image ehr@sha256:a/,
    ],
    [
      'Images',
      'no repository',
      {
        'here DescribeImages': ({ Filters }: { Filters?: unknown }) =>
          Filters ? ALL : awsError('RepositoryNotFoundException'),
      },
      /there is no image/,
    ],
    [
      'Images',
      'a tag that means another image',
      { 'there DescribeImages': { imageDetails: [{ imageDigest: 'sha256:b' }] } },
      /sidecar:stable is sha256:a, and sha256:b/,
    ],
    [
      'Database',
      'a cluster that was detached from its global database',
      { 'here DescribeGlobalClusters': { GlobalClusters: [{ GlobalClusterMembers: [] }] } },
      /^the cluster ehr-us-west-2 is no member of the global database any more/,
    ],
    [
      'Database',
      'no global database',
      { 'here DescribeGlobalClusters': awsError('GlobalClusterNotFoundFault') },
      /is no member of the global database any more/,
    ],
    [
      'Database',
      'a cluster that writes while users are declared to be elsewhere',
      { 'here DescribeGlobalClusters': globalCluster('here') },
      /^the database ehr-us-west-2 takes writes, and copies nothing, though no users are declared to be here$/,
    ],
    [
      'Database',
      'a cluster that is being synchronized anew',
      { 'here DescribeGlobalClusters': globalCluster('there', { SynchronizationStatus: 'pending-resync' }) },
      /^replication to ehr-us-west-2 is pending-resync$/,
    ],
    [
      'Documents',
      'no bucket here',
      { 'here GetBucketVersioning': awsError('NoSuchBucket') },
      /^there is no bucket ehr-documents-1-us-west-2$/,
    ],
    [
      'Documents',
      'no bucket in the primary',
      { 'there GetBucketVersioning': awsError('NoSuchBucket') },
      /^there is no bucket ehr-documents-1-us-east-1 in the other Region$/,
    ],
    [
      'Documents',
      'a bucket that keeps no versions',
      { 'here GetBucketVersioning': { Status: 'Suspended' } },
      /us-west-2 keeps no versions, and nothing is replicated into it$/,
    ],
    [
      'Documents',
      'a rule that somebody removed',
      { 'there GetBucketReplication': awsError('ReplicationConfigurationNotFoundError') },
      /^no rule replicates ehr-documents-1-us-east-1 to ehr-documents-1-us-west-2 in the other Region$/,
    ],
    [
      'Documents',
      'a rule to another bucket',
      { 'there GetBucketReplication': documentsRule('here', {}, { Bucket: 'arn:aws:s3:::elsewhere' }) },
      /^no rule replicates/,
    ],
    [
      'Documents',
      'a way back that was turned off',
      { 'here GetBucketReplication': documentsRule('there', { Status: 'Disabled' }) },
      /^the rule that replicates ehr-documents-1-us-west-2 to ehr-documents-1-us-east-1 is Disabled$/,
    ],
    [
      'Documents',
      'a rule for a part of them',
      { 'there GetBucketReplication': documentsRule('here', { Filter: { Prefix: 'scans/' } }) },
      /takes a part of the documents only/,
    ],
    [
      'Documents',
      'a rule of the first version for a part of them',
      { 'there GetBucketReplication': documentsRule('here', { Filter: undefined, Prefix: 'scans/' }) },
      /takes a part of the documents only/,
    ],
    [
      'Documents',
      'a rule without what is encrypted',
      { 'there GetBucketReplication': documentsRule('here', { SourceSelectionCriteria: {} }) },
      /leaves out what is encrypted/,
    ],
    [
      'Documents',
      'a rule without time control',
      { 'there GetBucketReplication': documentsRule('here', {}, { ReplicationTime: { Status: 'Disabled' } }) },
      /has no time control/,
    ],
    [
      'Documents',
      'a rule under another key',
      {
        'there GetBucketReplication': documentsRule(
          'here',
          {},
          { EncryptionConfiguration: { ReplicaKmsKeyID: `arn:aws:kms:${HERE}:1:key/another` } },
        ),
      },
      /encrypts under arn:aws:kms:us-west-2:1:key\/another in the other Region$/,
    ],
    [
      'Documents',
      'a rule under no key',
      { 'there GetBucketReplication': documentsRule('here', {}, { EncryptionConfiguration: undefined }) },
      /encrypts under no customer key/,
    ],
    [
      'Documents',
      'object lock in one Region only',
      {
        'there GetObjectLockConfiguration': {
          ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 3650 } } },
        },
      },
      /^object lock of ehr-documents-1-us-west-2 is off, and Days 3650, Mode COMPLIANCE in the other Region$/,
    ],
    [
      'Documents',
      'a key of the bucket in the primary that is about to be deleted',
      { 'there DescribeKey': customerKey(`arn:aws:kms:${THERE}:1:key/there`, 'PendingDeletion') },
      /^the key alias\/ehr-documents of ehr-documents-1-us-east-1 is PendingDeletion in the other Region$/,
    ],
    [
      'Backups',
      'a newest copy that is too old',
      { 'here ListRecoveryPointsByBackupVault': recoveryPoints([13, 25]) },
      /^no copy of the store that AWS Backup calls RDS is newer than 12 hours: the newest is 13 hours old$/,
    ],
    [
      'Backups',
      'no copy at all',
      { 'here ListRecoveryPointsByBackupVault': recoveryPoints([]) },
      /newer than 12 hours: there is none$/,
    ],
    [
      'Backups',
      'copies that were never finished',
      { 'here ListRecoveryPointsByBackupVault': recoveryPoints([1], { Status: 'PARTIAL' }) },
      /there is none$/,
    ],
    [
      'Backups',
      'no vault',
      { 'here DescribeBackupVault': awsError('ResourceNotFoundException') },
      /^there is no vault/,
    ],
    [
      'Backups',
      'a vault whose lock was taken off',
      { 'here DescribeBackupVault': { Locked: false } },
      /^the vault ehr-recovery is locked no more: copies can be deleted$/,
    ],
    [
      'Backups',
      'replicated backups that are late',
      { 'here DescribeDBInstanceAutomatedBackups': replicatedBackups(31) },
      /^backups of ehr-us-east-1 restore to a moment 31 minutes ago at best$/,
    ],
    [
      'Backups',
      'replicated backups that stand still',
      { 'here DescribeDBInstanceAutomatedBackups': replicatedBackups(1, { Status: 'retained' }) },
      /^replication of backups of ehr-us-east-1 is retained$/,
    ],
    [
      'Backups',
      'no replicated backups',
      { 'here DescribeDBInstanceAutomatedBackups': { DBInstanceAutomatedBackups: [] } },
      /^replication of backups of ehr-us-east-1 is missing$/,
    ],
    [
      'Backups',
      'replicated backups that restore to nothing yet',
      { 'here DescribeDBInstanceAutomatedBackups': replicatedBackups(undefined) },
      /restore to no moment yet$/,
    ],
    ['Keys', 'a key that was disabled', keyOfDatabase('Disabled'), /key\/database, is Disabled$/],
    [
      'Keys',
      'a key that is about to be deleted',
      keyOfDatabase('PendingDeletion', new Date(NOW + 6.5 * 24 * 60 * MINUTE)),
      /^the key of the database, .*, is PendingDeletion, and deleted in 6 days$/,
    ],
    [
      'Keys',
      'no key',
      { 'here DescribeKey': keysHere(awsError('NotFoundException')) },
      /^the key of the database, .*, is missing$/,
    ],
    [
      'DeclaredFiles',
      'no file system',
      { 'here DescribeFileSystems': { FileSystems: [] } },
      /^there is no file system of the file share archive$/,
    ],
    [
      'DeclaredFiles',
      'a file system that failed',
      { 'here DescribeFileSystems': fileSystems({ Lifecycle: 'MISCONFIGURED' }) },
      /^the file system of the file share archive is MISCONFIGURED$/,
    ],
    [
      'DeclaredFiles',
      'a smaller file system',
      { 'there DescribeFileSystems': fileSystems({ StorageCapacity: 4096 }) },
      /^the file share archive has 2048 GiB, and 4096 in the other Region$/,
    ],
    [
      'DeclaredFiles',
      'no volume',
      { 'here DescribeVolumes': { Volumes: [] } },
      /^there is no volume ehr_archive of the file share archive$/,
    ],
    [
      'DeclaredFiles',
      'a volume that failed',
      {
        'here DescribeVolumes': volumes('DP', {
          Lifecycle: 'FAILED',
          OntapConfiguration: { OntapVolumeType: 'DP', SizeInMegabytes: 1024 ** 2 },
        }),
      },
      /^the volume of the file share archive is FAILED$/,
    ],
    [
      'DeclaredFiles',
      'a smaller volume',
      { 'there DescribeVolumes': volumes('RW', {}, 2 * 1024 ** 4) },
      /^the volume of the file share archive has 1099511627776 bytes, and 2199023255552 in the other Region$/,
    ],
    [
      'DeclaredFiles',
      'a mirror that somebody broke',
      { 'here DescribeVolumes': volumes('RW') },
      /^the file share archive is no mirror any more: nothing is replicated into it$/,
    ],
    [
      'Images',
      'an image of instances that is gone',
      { 'here DescribeImages': imagesHere({ Images: [] }) },
      /^the image ami-1 that instances boot from is missing$/,
    ],
    [
      'Images',
      'an image of instances that was disabled',
      { 'here DescribeImages': imagesHere({ Images: [{ ImageId: 'ami-1', State: 'disabled' }] }) },
      /^the image ami-1 that instances boot from is disabled$/,
    ],
    [
      'Quotas',
      'a quota below the need',
      { 'here GetServiceQuota': { Quota: { Value: 6 } } },
      /vCPUs of AWS Fargate is 6, and the peak of this system alone needs 9/,
    ],
    [
      'Quotas',
      'a quota that was raised in the primary only',
      { 'there GetServiceQuota': { Quota: { Value: 4000 } } },
      /is 100, and 4000 in the other Region/,
    ],
    [
      'Capacity',
      'less running than declared',
      { 'here DescribeServices': { services: [{ status: 'ACTIVE', runningCount: 5 }] } },
      /5 tasks run, and 6 are to run/,
    ],
    ['Capacity', 'no service', { 'here DescribeServices': { services: [] } }, /there is no ehr/],
    ['Capacity', 'no cluster', { 'here DescribeServices': awsError('ClusterNotFoundException') }, /there is no ehr/],
    [
      'Capacity',
      'a service that may not grow to the peak',
      {
        'here DescribeScalableTargets': { ScalableTargets: [{ MaxCapacity: 8 }] },
        'there DescribeScalableTargets': { ScalableTargets: [{ MaxCapacity: 8 }] },
      },
      /grow to 8 tasks, and the peak needs 9/,
    ],
    [
      'Capacity',
      'a service that may grow further in the primary',
      { 'there DescribeScalableTargets': { ScalableTargets: [{ MaxCapacity: 48 }] } },
      /grow to 24 tasks, and to 48/,
    ],
    [
      'Definition',
      'a primary that was deployed since',
      { 'there GetParameter': parameter('newer') },
      /deployed from different definitions/,
    ],
    [
      'Definition',
      'a recovery stack that was not deployed',
      {
        'here GetParameter': ({ Name }: { Name: string }) =>
          Name === '/ehr/definition' ? awsError('ParameterNotFound') : parameter('cipher'),
      },
      /it was not deployed/,
    ],
    [
      'Definition',
      'a primary that was never deployed with it',
      { 'there GetParameter': awsError('ParameterNotFound') },
      /in the other Region: it was not deployed/,
    ],
  ];

  test.each(FAULTS)('%s: %s', async (check, _, faults, finding) => {
    const { notReady, cannotCompare, logged } = await compare(faults);
    expect(logged[check].findings?.join('\n')).toMatch(finding);
    expect(notReady[check]).toBe(logged[check].findings?.length);
    expect(Object.entries(notReady).filter(([, findings]) => findings > 0)).toHaveLength(1); // and nothing else
    expect(cannotCompare).toBe(0);
  });

  test('every check has a fault that it finds', () => {
    expect([...new Set(FAULTS.map(([check]) => check))].sort()).toEqual(names);
  });
});

describe('what is no reason to wake anybody', () => {
  const QUIET: [string, Script][] = [
    [
      'a rotation that is being replicated',
      {
        'there DescribeSecret': secret({
          LastChangedDate: new Date(NOW - 14 * MINUTE),
          VersionIdsToStages: { 'version-3': ['AWSCURRENT'] },
          ReplicationStatus: [{ Region: HERE, Status: 'InProgress' }],
        }),
      },
    ],
    [
      'a deployment that has not come to this Region yet',
      { 'there GetParameter': parameter('newer', new Date(NOW - 119 * MINUTE)) },
    ],
    ['a failover of a database', { 'here DescribeDBClusters': cluster(HERE, { Status: 'failing-over' }) }],
    [
      'more here than in the primary',
      {
        'here DescribeScalableTargets': { ScalableTargets: [{ MaxCapacity: 48 }] },
        'here GetServiceQuota': { Quota: { Value: 4000 } },
        'here DescribeDBClusters': cluster(HERE, { DBClusterMembers: [{}, {}, {}] }),
      },
    ],
    [
      'a certificate with just enough days',
      {
        'here DescribeCertificate': {
          Certificate: {
            DomainName: 'ehr.example.org',
            Status: 'ISSUED',
            NotAfter: new Date(NOW + 30 * 24 * 60 * MINUTE),
          },
        },
      },
    ],
    [
      'rules that tell the key behind the alias that they were given',
      {
        'here GetBucketReplication': documentsRule(
          'there',
          {},
          { EncryptionConfiguration: { ReplicaKmsKeyID: `arn:aws:kms:${THERE}:1:key/there` } },
        ),
      },
    ],
    ['a copy as old as is allowed', { 'here ListRecoveryPointsByBackupVault': recoveryPoints([12, 24]) }],
    ['a backup as late as is allowed', { 'here DescribeDBInstanceAutomatedBackups': replicatedBackups(30) }],
    ['a key that is being changed', keyOfDatabase('Updating')],
    ['a file system that is being changed', { 'here DescribeFileSystems': fileSystems({ Lifecycle: 'UPDATING' }) }],
    [
      'a database that was switched over and says nothing of synchronization',
      { 'here DescribeGlobalClusters': globalCluster('there') },
    ],
    [
      'a quota that nobody ever changed',
      {
        'here GetServiceQuota': awsError('NoSuchResourceException'),
        'here GetAWSDefaultServiceQuota': { Quota: { Value: 100 } },
      },
    ],
  ];

  test.each(QUIET)('%s', async (_, script) => {
    expect((await compare(script)).notReady).toEqual(none);
  });
});

describe('pages', () => {
  test('a parameter of the last page counts', async () => {
    const pages = [parameters({ 'rds.force_ssl': '1' }, 'next'), parameters({ log_statement: 'all' })];
    const { logged, calls } = await compare({
      'here DescribeDBClusterParameters': (_: unknown, turn: number) => pages[turn],
    });
    expect(logged.Database.findings).toEqual(['parameters differ from the other Region: log_statement']);
    const markers = calls.filter(
      ({ region, operation }) => region === HERE && operation === 'DescribeDBClusterParameters',
    );
    expect(markers.map(({ input }) => input.Marker)).toEqual([undefined, 'next']);
  });
});

describe('a primary Region that does not answer', () => {
  const timeout = awsError('TimeoutError', 'socket hang up');
  const lost = Object.fromEntries(
    Object.keys(READY)
      .filter((key) => key.startsWith('there'))
      .map((key) => [key, timeout]),
  );
  const comparing = names.filter((name) => !['Backups', 'Certificates', 'Files', 'Keys', 'Tables'].includes(name));

  test('is told as such, and makes nothing here unready', async () => {
    const { notReady, cannotCompare, logged } = await compare(lost);
    expect(notReady).toEqual(none);
    expect(cannotCompare).toBe(comparing.length);
    expect(logged.Database.cannotCompare).toBe('TimeoutError: socket hang up');
  });

  test('does not hide what is wrong here', async () => {
    const here = {
      'here DescribeDBClusters': cluster(HERE, { Status: 'stopped' }),
      'here GetServiceQuota': { Quota: { Value: 1 } },
      'here DescribeServices': { services: [] },
      'here DescribeImages': ({ Filters }: { Filters?: unknown }) =>
        Filters ? { Images: [] } : awsError('ImageNotFoundException'),
      'here GetBucketReplication': awsError('ReplicationConfigurationNotFoundError'),
    };
    const { notReady } = await compare({ ...lost, ...here });
    expect(notReady).toEqual({ ...none, Database: 1, Documents: 1, Quotas: 1, Capacity: 1, Images: 3 });
  });

  test('is one that cannot be found by name as well, which is no answer that something is missing', async () => {
    const offline = Object.assign(new Error('getaddrinfo ENOTFOUND rds.us-east-1.amazonaws.com'), {
      code: 'ENOTFOUND',
    });
    const { notReady, cannotCompare } = await compare({ 'there DescribeDBClusters': offline });
    expect(notReady.Database).toBe(0);
    expect(cannotCompare).toBe(1);
  });

  test('is one that refuses: a right that was taken away is no parity', async () => {
    const { cannotCompare, logged } = await compare({ 'there DescribeDBClusters': awsError('AccessDenied', 'no') });
    expect(cannotCompare).toBe(1);
    expect(logged.Database.cannotCompare).toBe('AccessDenied: no');
  });

  test('is let go of while it hangs, and metrics are put in time', async () => {
    const hanging = Object.fromEntries(Object.keys(lost).map((key) => [key, () => new Promise(() => undefined)]));
    const { notReady, cannotCompare, logged } = await compare(hanging, CHECKS, {
      within: (millis, work) => within(millis / 1000, work),
    });
    expect(notReady).toEqual(none);
    expect(cannotCompare).toBe(comparing.length);
    expect(logged.Secrets.cannotCompare).toMatch(/^NoAnswerInTime/);
  });
});

describe('a check that cannot ask its own Region', () => {
  test('is silent, so that its alarm hears it, and the others go on', async () => {
    const { notReady, logged } = await compare({ 'here DescribeDBClusters': awsError('ThrottlingException') });
    expect(Object.keys(notReady).sort()).toEqual(names.filter((name) => name !== 'Database'));
    expect(logged.Database).toEqual({ check: 'Database', failed: 'ThrottlingException: ThrottlingException' });
  });

  test('whose metrics nobody takes fails, so that it is run again', async () => {
    await expect(compare({ 'here PutMetricData': awsError('InternalServiceFault') })).rejects.toThrow(
      'InternalServiceFault',
    );
  });
});

describe('a copy that has no instances on purpose', () => {
  const checks = { Database: { ...CHECKS.Database, headless: true } };
  const member = (region: string, SynchronizationStatus?: string) => ({
    DBClusterArn: `arn:aws:rds:${region}:1:cluster:ehr-${region}`,
    SynchronizationStatus,
  });
  const members = (...GlobalClusterMembers: object[]) => ({ GlobalClusters: [{ GlobalClusterMembers }] });
  const headless: Script = {
    'here DescribeDBClusters': cluster(HERE, { DBClusterMembers: [] }),
    'here DescribeGlobalClusters': members(member(THERE), member(HERE, 'connected')),
  };

  test('is ready without any while Aurora says that it is connected', async () => {
    const { notReady, calls } = await compare(headless, checks);
    expect(notReady).toEqual({ Database: 0 });
    const asked = calls.filter(({ operation }) => operation === 'DescribeGlobalClusters');
    expect(asked).toEqual([
      expect.objectContaining({ region: HERE, input: { GlobalClusterIdentifier: 'ehr-global' } }),
    ]);
  });

  test.each<[string, Script, RegExp]>([
    [
      'another state of replication',
      { 'here DescribeGlobalClusters': members(member(THERE), member(HERE, 'pending-resync')) },
      /replication to ehr-us-west-2 is pending-resync/,
    ],
    [
      'a state that Aurora does not tell',
      { 'here DescribeGlobalClusters': members(member(THERE), member(HERE)) },
      /replication to ehr-us-west-2 is unknown/,
    ],
    [
      'a cluster that has left the global database',
      { 'here DescribeGlobalClusters': members(member(THERE)) },
      /is no member of the global database any more/,
    ],
    [
      'no global database',
      { 'here DescribeGlobalClusters': awsError('GlobalClusterNotFoundFault') },
      /is no member of the global database any more/,
    ],
    [
      'a lower ceiling',
      {
        'here DescribeDBClusters': cluster(HERE, {
          DBClusterMembers: [],
          ServerlessV2ScalingConfiguration: { MinCapacity: 8, MaxCapacity: 16 },
        }),
      },
      /maximumACU is 16, and 64/,
    ],
  ])('is not ready with %s', async (_, fault, finding) => {
    const { logged } = await compare({ ...headless, ...fault }, checks);
    expect(logged.Database.findings).toEqual([expect.stringMatching(finding)]);
  });
});

describe('a database on Amazon RDS', () => {
  const wanted = { kind: 'instance', here: 'lab-us-west-2', there: 'lab-us-east-1', serving: false };
  const checks = { Database: wanted };
  const same = {
    'here DescribeDBInstances': instance(),
    'there DescribeDBInstances': instance(),
    'here DescribeDBParameters': parameters({ log_statement: 'ddl' }),
    'there DescribeDBParameters': parameters({ log_statement: 'ddl' }),
  };

  test('is asked for by its name in each Region', async () => {
    const { notReady, calls } = await compare(same, checks);
    expect(notReady).toEqual({ Database: 0 });
    const asked = calls.filter(({ operation }) => operation === 'DescribeDBInstances');
    expect(asked.map(({ region, input }) => [region, input.DBInstanceIdentifier])).toEqual([
      [HERE, 'lab-us-west-2'],
      [THERE, 'lab-us-east-1'],
    ]);
  });

  test.each([
    [
      'another class',
      { DBInstanceClass: 'db.r7g.large' },
      'class is db.r7g.large, and db.r7g.xlarge in the other Region',
    ],
    ['less storage', { AllocatedStorage: 400 }, 'gibibytes is 400, and 500 in the other Region'],
    ['one zone', { MultiAZ: false }, 'MultiAZ is false, and true in the other Region'],
    [
      'a pending restart',
      { DBParameterGroups: [{ DBParameterGroupName: 'p', ParameterApplyStatus: 'pending-reboot' }] },
      'parameters of lab-us-west-2 wait for a restart',
    ],
    [
      'no source any more',
      { ReadReplicaSourceDBInstanceIdentifier: undefined },
      'the database lab-us-west-2 takes writes, and copies nothing, though no users are declared to be here',
    ],
    [
      'replication that failed',
      { StatusInfos: [{ StatusType: 'read replication', Normal: false, Status: 'error' }] },
      'replication to lab-us-west-2 is error',
    ],
  ])('has %s', async (_, fault, finding) => {
    const { logged } = await compare({ ...same, 'here DescribeDBInstances': instance(fault) }, checks);
    expect(logged.Database.findings).toEqual([finding]);
  });

  test('leads once users are here', async () => {
    const serving = { Database: { ...wanted, serving: true } };
    const promoted = instance({ ReadReplicaSourceDBInstanceIdentifier: undefined, StatusInfos: [] });
    expect((await compare({ ...same, 'here DescribeDBInstances': promoted }, serving)).notReady).toEqual({
      Database: 0,
    });
    expect((await compare(same, serving)).logged.Database.findings).toEqual([
      'the database lab-us-west-2 is still a copy, which users here cannot write to',
    ]);
  });

  test('in one zone is as ready as it can be, where it gets a standby with its promotion; it may be no smaller', async () => {
    const bare = { Database: { ...wanted, oneZone: true } };
    const found = async (fault: Record<string, unknown>) =>
      (await compare({ ...same, 'here DescribeDBInstances': instance(fault) }, bare)).logged.Database.findings;
    expect(await found({ MultiAZ: false })).toEqual([]);
    expect(await found({ MultiAZ: false, AllocatedStorage: 400 })).toEqual([
      'gibibytes is 400, and 500 in the other Region',
    ]);
  });
});

describe('a cluster of a global database once users are here', () => {
  const serving = { Database: { ...CHECKS.Database, serving: true } };
  const findings = async (faults: Script) => (await compare(faults, serving)).logged.Database.findings;

  test('writes', async () => {
    expect(await findings({ 'here DescribeGlobalClusters': globalCluster('here') })).toEqual([]);
  });

  test('was forgotten where it only reads', async () => {
    expect(await findings({})).toEqual([
      'the database ehr-us-west-2 is still a copy, which users here cannot write to',
    ]);
  });

  test('has nothing that follows it where it was detached', async () => {
    expect(await findings({ 'here DescribeGlobalClusters': { GlobalClusters: [] } })).toEqual([
      'the cluster ehr-us-west-2 is no member of the global database any more: nothing is replicated',
    ]);
  });

  test('is not asked for its role in the other Region', async () => {
    const { calls } = await compare({}, serving);
    expect(calls.filter(({ operation }) => operation === 'DescribeGlobalClusters').map(({ region }) => region)).toEqual(
      [HERE],
    );
  });
});

describe('documents while the primary Region is lost', () => {
  const lost = { 'there GetBucketVersioning': awsError('TimeoutError') };
  const under = (ReplicaKmsKeyID: string) => ({
    ...lost,
    'here GetBucketReplication': documentsRule('there', {}, { EncryptionConfiguration: { ReplicaKmsKeyID } }),
  });
  const only = { Documents: CHECKS.Documents };

  test.each([ALIAS_ARNS.there, `arn:aws:kms:${THERE}:1:key/some`])('may return under %s', async (key) => {
    expect((await compare(under(key), only)).notReady).toEqual({ Documents: 0 });
  });

  test.each([ALIAS_ARNS.here, `arn:aws:kms:${THERE}:2:key/some`])('not under %s', async (key) => {
    expect((await compare(under(key), only)).notReady).toEqual({ Documents: 1 });
  });
});

test('documents that do not return are not asked for a rule', async () => {
  const { here, there } = CHECKS.Documents;
  const Documents = { here: { ...here, replicaKey: undefined }, there };
  const { notReady, calls } = await compare({ 'here GetBucketReplication': awsError('AccessDenied') }, { Documents });
  expect(notReady).toEqual({ Documents: 0 });
  expect(calls.filter(({ operation }) => operation === 'GetBucketReplication').map(({ region }) => region)).toEqual([
    THERE,
  ]);
});

describe('copies of several stores of one kind', () => {
  const Backups = {
    vault: { name: 'ehr-recovery', locked: false },
    copies: [{ type: 'FSx', stores: 2, seconds: 7200 }],
  };
  const of = (ResourceArn: string, hours: number[]) => recoveryPoints(hours, { ResourceArn }).RecoveryPoints;
  const findings = async (...pages: object[][]) => {
    const answer = (_: unknown, turn: number) => ({
      RecoveryPoints: pages[turn],
      NextToken: turn < pages.length - 1 ? 'more' : undefined,
    });
    const { logged, calls } = await compare({ 'here ListRecoveryPointsByBackupVault': answer }, { Backups });
    return { findings: logged.Backups.findings, calls };
  };

  test('are there of each, on whatever page', async () => {
    const { findings: found, calls } = await findings(of('scans', [1, 3]), of('archive', [1]));
    expect(found).toEqual([]);
    const asked = calls.filter(({ operation }) => operation === 'ListRecoveryPointsByBackupVault');
    expect(asked.map(({ input }) => [input.ByResourceType, input.NextToken])).toEqual([
      ['FSx', undefined],
      ['FSx', 'more'],
    ]);
  });

  test('of one alone do not stand for the other, which no alarm on the vault tells', async () => {
    expect((await findings(of('scans', [1, 2, 3]), of('archive', [5]))).findings).toEqual([
      'no copy of 1 of the 2 stores that AWS Backup calls FSx is newer than 2 hours: the newest is 5 hours old',
    ]);
  });

  test('a vault that was never to be locked need not be', async () => {
    const open = { 'here DescribeBackupVault': { Locked: false }, 'here ListRecoveryPointsByBackupVault': {} };
    expect((await compare(open, { Backups: { ...Backups, copies: [] } })).notReady).toEqual({ Backups: 0 });
  });
});

test('replicated backups of the last page count', async () => {
  const pages = [{ DBInstanceAutomatedBackups: [], Marker: 'next' }, replicatedBackups(5)];
  const answer = (_: unknown, turn: number) => pages[turn];
  const { notReady } = await compare({ 'here DescribeDBInstanceAutomatedBackups': answer });
  expect(notReady.Backups).toBe(0);
});

describe('file shares that the hospital replicates, once users are here', () => {
  const serving = { DeclaredFiles: { ...CHECKS.DeclaredFiles, serving: true } };

  test('can be written to', async () => {
    const broken = { 'here DescribeVolumes': volumes('RW'), 'there DescribeVolumes': volumes('DP') };
    expect((await compare(broken, serving)).notReady).toEqual({ DeclaredFiles: 0 });
  });

  test('were forgotten where they are mirrors still', async () => {
    expect((await compare({}, serving)).logged.DeclaredFiles.findings).toEqual([
      'the file share archive is still a mirror, which users here cannot write to',
    ]);
  });

  test('on Windows have no volume to ask for', async () => {
    const [share] = CHECKS.DeclaredFiles.shares;
    const windows = { ...share, volume: undefined, mirror: false };
    const { notReady, calls } = await compare({}, { DeclaredFiles: { shares: [windows], serving: false } });
    expect(notReady).toEqual({ DeclaredFiles: 0 });
    expect(calls.map(({ operation }) => operation)).not.toContain('DescribeVolumes');
  });

  test('are found on whatever page', async () => {
    const pages = [{ FileSystems: [], NextToken: 'next' }, fileSystems()];
    const of = [{ Volumes: [], NextToken: 'next' }, volumes('DP')];
    const { notReady } = await compare({
      'here DescribeFileSystems': (_: unknown, turn: number) => pages[turn],
      'here DescribeVolumes': (_: unknown, turn: number) => of[turn],
    });
    expect(notReady.DeclaredFiles).toBe(0);
  });
});

test('a table that is being changed follows still', async () => {
  const { notReady } = await compare({ 'here DescribeTable': table('UPDATING', 'UPDATING') });
  expect(notReady.Tables).toBe(0);
});

describe('file shares after a failover', () => {
  const serving = { Files: { shares: [{ name: 'sites', id: 'fs-0a' }], rpoSeconds: 900, serving: true } };

  test('are no copies any more', async () => {
    const ended = { 'here DescribeReplicationConfigurations': awsError('ReplicationNotFound') };
    expect((await compare(ended, serving)).notReady).toEqual({ Files: 0 });
  });

  test('are none either while they are replicated from here, to the Region that serves no more', async () => {
    const fromHere = { 'here DescribeReplicationConfigurations': replication(new Date(NOW), 'ENABLED', 'fs-0a') };
    expect((await compare(fromHere, serving)).notReady).toEqual({ Files: 0 });
  });

  test('were forgotten where they still are', async () => {
    const { logged } = await compare({}, serving);
    expect(logged.Files.findings).toEqual(['the file share sites is still a copy, which users here cannot write to']);
  });
});

describe('a fleet of instances', () => {
  const fleet = { group: 'ehr', running: 2, atPeak: 6, unit: 'instance', reservations: [{ id: 'cr-1', count: 3 }] };
  const group = (states: string[], MaxSize = 12) => ({
    AutoScalingGroups: [{ MaxSize, Instances: states.map((LifecycleState) => ({ LifecycleState })) }],
  });
  const same = {
    'here DescribeAutoScalingGroups': group(['InService', 'InService']),
    'there DescribeAutoScalingGroups': group([]),
    'here DescribeCapacityReservations': {
      CapacityReservations: [{ CapacityReservationId: 'cr-1', TotalInstanceCount: 3 }],
    },
  };
  const findings = async (faults: Script) =>
    (await compare({ ...same, ...faults }, { Capacity: fleet })).logged.Capacity.findings;

  test('is ready with what is declared, running and reserved', async () => {
    expect(await findings({})).toEqual([]);
  });

  test.each<[string, Script, string]>([
    [
      'an instance that is starting',
      { 'here DescribeAutoScalingGroups': group(['InService', 'Pending']) },
      '1 instances run, and 2 are to run before a disaster',
    ],
    ['a group that is gone', { 'here DescribeAutoScalingGroups': { AutoScalingGroups: [] } }, 'there is no ehr'],
    [
      'a group that cannot grow',
      {
        'here DescribeAutoScalingGroups': group(['InService', 'InService'], 5),
        'there DescribeAutoScalingGroups': group([], 5),
      },
      'it may grow to 5 instances, and the peak needs 6',
    ],
    [
      'a reservation that was made smaller',
      {
        'here DescribeCapacityReservations': {
          CapacityReservations: [{ CapacityReservationId: 'cr-1', TotalInstanceCount: 1 }],
        },
      },
      'cr-1 holds 1 instances, and 3 were reserved',
    ],
    [
      'a reservation that ended',
      { 'here DescribeCapacityReservations': { CapacityReservations: [] } },
      'cr-1 holds 0 instances, and 3 were reserved',
    ],
    [
      'a reservation that is forgotten',
      { 'here DescribeCapacityReservations': awsError('InvalidCapacityReservationId.NotFound') },
      'cr-1 holds 0 instances, and 3 were reserved',
    ],
  ])('with %s is not', async (_, faults, finding) => {
    expect(await findings(faults)).toEqual([finding]);
  });
});

describe('an application that runs once and waits', () => {
  test('is ready with nothing running, and does not scale', async () => {
    const Capacity = {
      cluster: 'ehr',
      service: 'ehr',
      scales: false,
      running: 0,
      atPeak: 1,
      unit: 'task',
      reservations: [],
    };
    const { notReady, calls } = await compare(
      { 'here DescribeServices': { services: [{ status: 'ACTIVE', runningCount: 0 }] } },
      { Capacity },
    );
    expect(notReady).toEqual({ Capacity: 0 });
    expect(calls.map(({ operation }) => operation)).not.toContain('DescribeScalableTargets');
  });
});

describe('waiting', () => {
  test('ends with the answer', async () => {
    await expect(within(1000, async () => 'answer')).resolves.toBe('answer');
  });

  test('ends in time, and tells the call to stop', async () => {
    let signal: AbortSignal | undefined;
    const hanging = within(5, (given) => {
      signal = given;
      return new Promise(() => undefined);
    });
    await expect(hanging).rejects.toThrow('no answer within 5 ms');
    expect(signal?.aborted).toBe(true);
  });

  test('passes an error on', async () => {
    await expect(within(1000, () => Promise.reject(awsError('AccessDenied')))).rejects.toThrow('AccessDenied');
  });
});
