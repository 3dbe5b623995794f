import { within } from '../../src/dr/handlers/readiness/within';
import {
  awsError,
  CHECKS,
  cluster,
  compare,
  dsqlCluster,
  HERE,
  instance,
  NOW,
  parameter,
  parameters,
  READY,
  replication,
  type Script,
  secret,
  THERE,
  table,
} from '../support/readiness';

const MINUTE = 60 * 1000;
const names = Object.keys(CHECKS).sort();
const none = Object.fromEntries(names.map((name) => [name, 0]));

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
    expect([...operations].filter((operation) => !/^(Describe|Get)/.test(operation))).toEqual([]);
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
        'here DescribeImages': ({ repositoryName }: { repositoryName: string }) =>
          repositoryName === 'ehr' ? awsError('ImageNotFoundException') : READY['here DescribeImages'],
      },
      /there is no image ehr@sha256:a/,
    ],
    [
      'Images',
      'no repository',
      { 'here DescribeImages': awsError('RepositoryNotFoundException') },
      /there is no image/,
    ],
    [
      'Images',
      'a tag that means another image',
      { 'there DescribeImages': { imageDetails: [{ imageDigest: 'sha256:b' }] } },
      /sidecar:stable is sha256:a, and sha256:b/,
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
  const comparing = names.filter((name) => !['Certificates', 'Files', 'Tables'].includes(name));

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
      'here DescribeImages': awsError('ImageNotFoundException'),
    };
    const { notReady } = await compare({ ...lost, ...here });
    expect(notReady).toEqual({ ...none, Database: 1, Quotas: 1, Capacity: 1, Images: 2 });
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
  const checks = { Database: { ...CHECKS.Database, headlessIn: 'ehr-global' } };
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
      /replication to ehr-us-west-2 is pending-resync, not connected/,
    ],
    [
      'a cluster that has left the global database',
      { 'here DescribeGlobalClusters': members(member(THERE)) },
      /replication to ehr-us-west-2 is none/,
    ],
    [
      'no global database',
      { 'here DescribeGlobalClusters': awsError('GlobalClusterNotFoundFault') },
      /replication to ehr-us-west-2 is none/,
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
  const checks = { Database: { kind: 'instance', here: 'lab-us-west-2', there: 'lab-us-east-1' } };
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
  ])('has %s', async (_, fault, finding) => {
    const { logged } = await compare({ ...same, 'here DescribeDBInstances': instance(fault) }, checks);
    expect(logged.Database.findings).toEqual([finding]);
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
