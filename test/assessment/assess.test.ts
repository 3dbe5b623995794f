import { type AssessOptions, assess } from '../../src/assessment/judge';
import { FailureScope } from '../../src/core/failure-scope';
import {
  assemblyOf,
  att,
  aurora,
  judged,
  network,
  ref,
  resource,
  stackOf,
  subnets,
  type Where,
  web,
  zone,
} from '../support/assessment';

const {
  COMPONENT,
  AVAILABILITY_ZONE,
  TWO_AVAILABILITY_ZONES,
  REGION,
  CONTROL_PLANE,
  DELETION,
  CORRUPTION,
  ACCOUNT,
  CONNECTIVITY,
} = FailureScope;

type Resources = Record<string, unknown>;

const nat = (...zones: number[]): Resources =>
  Object.fromEntries(
    [0, 1, 2].flatMap((slot) => [
      [`Nat${slot}`, resource('AWS::EC2::NatGateway', { SubnetId: ref(`Subnet${slot}`) })],
      [`Routes${slot}`, resource('AWS::EC2::RouteTable', { VpcId: ref('Vpc') })],
      [
        `Out${slot}`,
        resource('AWS::EC2::Route', { RouteTableId: ref(`Routes${slot}`), NatGatewayId: ref(`Nat${zones[slot]}`) }),
      ],
      [
        `Use${slot}`,
        resource('AWS::EC2::SubnetRouteTableAssociation', {
          SubnetId: ref(`Subnet${slot}`),
          RouteTableId: ref(`Routes${slot}`),
        }),
      ],
    ]),
  );

const instance = (properties: Resources) => ({
  Db: resource('AWS::RDS::DBInstance', {
    DBSubnetGroupName: ref('DatabaseSubnets'),
    VPCSecurityGroups: [att('DataGroup', 'GroupId')],
    ...properties,
  }),
});

const function_ = (SubnetIds: unknown) => ({ Worker: resource('AWS::Lambda::Function', { VpcConfig: { SubnetIds } }) });

const files = (properties: Resources, ...zones: number[]): Resources => ({
  Files: resource('AWS::EFS::FileSystem', properties),
  ...Object.fromEntries(
    zones.map((slot) => [
      `Mount${slot}`,
      resource('AWS::EFS::MountTarget', {
        FileSystemId: ref('Files'),
        SubnetId: ref(`Subnet${slot}`),
        SecurityGroups: [att('DataGroup', 'GroupId')],
      }),
    ]),
  ),
});

describe('losing a zone', () => {
  const table: [name: string, resources: Resources, expected: string][] = [
    ['three zones and a reader', { ...web(3), ...aurora(2) }, 'MEETS'],
    ['one zone', web(1), 'MISSES Alb Service'],
    [
      'a slow health check',
      {
        ...web(3),
        Targets: resource('AWS::ElasticLoadBalancingV2::TargetGroup', {
          HealthCheckIntervalSeconds: 300,
          UnhealthyThresholdCount: 3,
        }),
      },
      'MISSES Targets',
    ],
    ['no reader', { ...web(3), ...aurora(1) }, 'MISSES Database'],
    ['a NAT gateway in each zone', { ...web(3), ...nat(0, 1, 2) }, 'MEETS'],
    ['one NAT gateway', { ...web(3), ...nat(1, 1, 1) }, 'MISSES Nat1'],
    ['NAT gateways in a circle of two zones', { ...web(2), ...nat(1, 0, 2) }, 'MISSES Nat0 Nat1'],
    ['a Multi-AZ instance', { ...web(3), ...instance({ MultiAZ: true }) }, 'MEETS'],
    ['a single-AZ instance', { ...web(3), ...instance({}) }, 'MISSES Db'],
    [
      'a single-AZ instance without backups',
      { ...web(3), ...instance({ BackupRetentionPeriod: 0 }) },
      'NOT_RECOVERABLE Db',
    ],
    ['mount targets in each zone', { ...web(3), ...files({}, 0, 1, 2) }, 'MEETS'],
    ['one mount target', { ...web(3), ...files({}, 0) }, 'MISSES Files'],
    [
      'One Zone files without backups',
      { ...web(3), ...files({ AvailabilityZoneName: zone(0) }, 0) },
      'NOT_RECOVERABLE Files',
    ],
    [
      'One Zone files with daily backups',
      { ...web(3), ...files({ AvailabilityZoneName: zone(0), BackupPolicy: { Status: 'ENABLED' } }, 0) },
      'MISSES Files',
    ],
    ['a function in two subnets', function_(subnets(2)), 'MEETS'],
    ['a function in one subnet', function_(subnets(1)), 'MISSES Worker'],
    ['imported subnets', function_([{ 'Fn::ImportValue': 'a' }, { 'Fn::ImportValue': 'b' }]), 'UNKNOWN Worker'],
    ['a count that a parameter decides', web(3, { DesiredCount: ref('Count') }), 'UNKNOWN Service'],
    ['Multi-AZ that a parameter decides', { ...web(3), ...instance({ MultiAZ: ref('Count') }) }, 'UNKNOWN Db'],
  ];

  test.each(table)('%s', (_name, resources, expected) => {
    const template = { Parameters: { Count: { Type: 'String' } }, Resources: { ...network(3), ...resources } };
    expect(judged(template, AVAILABILITY_ZONE)).toBe(expected);
  });

  test('a reader that a condition may remove is no reader for sure', () => {
    const template = {
      Parameters: { Count: { Type: 'String' } },
      Conditions: { Large: { 'Fn::Equals': [ref('Count'), '2'] } },
      Resources: { ...network(3), ...web(3), ...aurora(2) } as Record<string, Resources>,
    };
    template.Resources.Database1 = { ...template.Resources.Database1, Condition: 'Large' };
    expect(judged(template, AVAILABILITY_ZONE)).toBe('UNKNOWN Database');
  });

  test('what nothing registers with, or leads nowhere, is unknown', () => {
    const { Service, ...rest } = web(3);
    expect(Service).toBeDefined();
    expect(judged({ ...network(3), ...rest }, AVAILABILITY_ZONE)).toBe('UNKNOWN Targets');
    expect(judged({ Api: resource('AWS::ApiGatewayV2::Api') }, AVAILABILITY_ZONE)).toBe('UNKNOWN Api');
  });

  test('the reasons lead from the zone to the entry point', () => {
    const [system] = assess(assemblyOf(stackOf({ ...network(3), ...web(3), ...nat(1, 1, 1) }))).systems;
    expect(system.findings.find(({ scope }) => scope === AVAILABILITY_ZONE)).toMatchObject({
      resource: 'Test/Nat1',
      chain: [
        'zone us-east-1[1] is lost',
        'NAT gateway Test/Nat1 loses everything it runs',
        'ECS service Test/Service loses what runs behind NAT gateway Test/Nat1',
        'target group Test/Targets routes to ECS service Test/Service',
        'load balancer Test/Alb needs target group Test/Targets',
      ],
      fix: 'make one NAT gateway per zone, and route each zone through its own',
    });
  });

  test('an unknown says what would decide it', () => {
    const template = {
      Parameters: { Count: { Type: 'Number' } },
      Resources: { ...network(3), ...web(3, { DesiredCount: ref('Count') }) },
    };
    const [system] = assess(assemblyOf(stackOf(template))).systems;
    expect(system.unknowns.flatMap(({ chain }) => chain)).toContainEqual(
      expect.stringContaining('depends on parameter Count'),
    );
  });

  test('what is left must carry the declared peak', () => {
    const systems = { Test: { systemName: 'ehr', capacity: { peak: 3, unit: 'task' } } };
    const scope = CONTROL_PLANE;
    expect(judged({ ...network(3), ...web(3, { DesiredCount: 3 }) }, scope, { systems: { systems } })).toBe(
      'MISSES Service',
    );
    expect(judged({ ...network(3), ...web(3, { DesiredCount: 5 }) }, scope, { systems: { systems } })).toBe('MEETS');
  });
});

describe('losing one component', () => {
  const group = (properties: Resources) => ({
    Group: resource('AWS::AutoScaling::AutoScalingGroup', { VPCZoneIdentifier: subnets(3), ...properties }),
  });
  const spot = { CapacityProviderStrategy: [{ CapacityProvider: 'FARGATE_SPOT', Weight: 1 }] };
  const mixed = {
    CapacityProviderStrategy: [...spot.CapacityProviderStrategy, { CapacityProvider: 'FARGATE', Base: 2, Weight: 1 }],
  };

  test.each<[string, Resources, string]>([
    ['three tasks', web(3), 'MEETS'],
    ['one task is replaced in time', web(3, { DesiredCount: 1 }), 'MEETS'],
    ['Spot capacity only', web(3, spot), 'MISSES Service'],
    ['Spot capacity on a base of Fargate', web(3, mixed), 'MEETS'],
    ['one instance is replaced in time', group({ MinSize: 1 }), 'MEETS'],
    ['a writer without reader', { ...web(3), ...aurora(1) }, 'MISSES Database'],
    ['a single-AZ database, whose replacement nobody times', { ...web(3), ...instance({}) }, 'UNKNOWN Db'],
  ])('%s', (_name, resources, expected) => {
    expect(judged({ ...network(3), ...resources }, COMPONENT)).toBe(expected);
  });

  test('while nothing new can start, one task is not enough', () => {
    expect(judged({ ...network(3), ...web(3, { DesiredCount: 1 }) }, CONTROL_PLANE)).toBe('MISSES Service');
    expect(judged({ ...network(3), ...web(3) }, CONTROL_PLANE)).toBe('MEETS');
  });

  test('single points of failure are listed, whatever the objectives', () => {
    const [system] = assess(
      assemblyOf(stackOf({ ...network(3), ...web(3, { DesiredCount: 1 }), ...nat(1, 1, 1) })),
    ).systems;
    expect(system.singlePoints.map(({ resource: path }) => path).sort()).toEqual(['Test/Nat1', 'Test/Service']);
  });
});

describe('losing a Region', () => {
  const declared = {
    systems: { Test: { systemName: 'ehr', bornAs: 'PRIMARY' }, Other1: { systemName: 'ehr', bornAs: 'RECOVERY' } },
  };
  const cluster = (instances: number, secondary: boolean) =>
    aurora(instances, {
      GlobalClusterIdentifier: 'ehr',
      ...(secondary ? { MasterUsername: ref('AWS::NoValue') } : {}),
    });
  const names = (failover: string, healthCheck: boolean) => ({
    Health: resource('AWS::Route53::HealthCheck', { HealthCheckConfig: { RequestInterval: 10, FailureThreshold: 3 } }),
    Name: resource('AWS::Route53::RecordSet', {
      Name: 'ehr.example.org',
      Failover: failover,
      AliasTarget: { DNSName: att('Alb', 'DNSName') },
      ...(healthCheck ? { HealthCheckId: ref('Health') } : {}),
    }),
  });
  const side = (instances: number, secondary: boolean, healthCheck = true) => ({
    ...network(3),
    ...web(3),
    ...cluster(instances, secondary),
    ...names(secondary ? 'SECONDARY' : 'PRIMARY', healthCheck),
  });

  test('a warm standby with a replica and failover by health check', () => {
    expect(judged(side(2, false), REGION, { systems: declared }, side(2, true))).toBe('MEETS');
  });

  test('a secondary cluster without instances takes too long to read from', () => {
    const report = assess(
      assemblyOf(stackOf(side(2, false)), stackOf(side(0, true), { id: 'Other1', region: 'us-west-2' })),
      { systems: declared },
    );
    expect(
      report.systems[0].findings.filter(({ scope }) => scope === REGION).map(({ resource: path }) => path),
    ).toEqual(['Other1/Database']);
  });

  test('the standby is judged for what must hold after the failover', () => {
    const one = { ...side(2, true), ...web(1) };
    const [system] = assess(assemblyOf(stackOf(side(2, false)), stackOf(one, { id: 'Other1', region: 'us-west-2' })), {
      systems: declared,
    }).systems;
    expect(
      system.afterFailover.filter(({ scope }) => scope === AVAILABILITY_ZONE).map(({ resource: path }) => path),
    ).toEqual(['Other1/Alb', 'Other1/Service']);
    expect(system.levels.AVAILABILITY_ZONE).toBe(2);
  });

  test('failover records without a health check move nobody', () => {
    expect(judged(side(2, false, false), REGION, { systems: declared }, side(2, true, false))).toContain('MISSES');
  });

  test('a database without a copy elsewhere is not recoverable', () => {
    expect(judged({ ...network(3), ...web(3), ...aurora(2) }, REGION)).toBe('NOT_RECOVERABLE Database Alb');
  });

  test('two zones at once are survived by three zones, or by leaving the Region', () => {
    const three = { ...network(3), ...web(3), ...aurora(3) };
    expect(judged(three, TWO_AVAILABILITY_ZONES)).toBe('MEETS');
    expect(judged({ ...network(3), ...web(3), ...aurora(2) }, TWO_AVAILABILITY_ZONES)).toBe('MISSES Database');
    expect(judged(side(2, false), TWO_AVAILABILITY_ZONES, { systems: declared }, side(2, true))).toBe('MEETS');
  });

  const bucket = (replication: Resources) => ({
    Api: resource('AWS::ApiGateway::RestApi'),
    Permission: resource('AWS::Lambda::Permission', {
      FunctionName: ref('Handler'),
      SourceArn: { 'Fn::Sub': 'x:${Api}/*' },
    }),
    Handler: resource('AWS::Lambda::Function', { Environment: { Variables: { BUCKET: ref('Bucket') } } }),
    Bucket: resource('AWS::S3::Bucket', {
      BucketName: { 'Fn::Sub': 'records-${AWS::AccountId}' },
      VersioningConfiguration: { Status: 'Enabled' },
      ...replication,
    }),
  });
  const to = (name: unknown, timed: boolean) => ({
    ReplicationConfiguration: {
      Rules: [
        {
          Status: 'Enabled',
          Destination: { Bucket: name, ...(timed ? { ReplicationTime: { Status: 'Enabled' } } : {}) },
        },
      ],
    },
  });
  const copyName = { 'Fn::Sub': 'copy-${AWS::AccountId}' };
  const copy = {
    Copy: resource('AWS::S3::Bucket', { BucketName: copyName, VersioningConfiguration: { Status: 'Enabled' } }),
    Plain: resource('AWS::S3::Bucket', { BucketName: 'plain' }),
  };
  const encrypted = {
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
    },
  };
  const copyArn = { 'Fn::Sub': 'arn:aws:s3:::copy-${AWS::AccountId}' };

  test.each<[string, Resources, string]>([
    ['to a bucket that the other stack names', to(copyArn, false), 'UNKNOWN'],
    ['to a bucket nobody here names', to('arn:aws:s3:::elsewhere', true), 'UNKNOWN'],
    ['to nowhere', {}, 'NOT_RECOVERABLE'],
    ['to a bucket without versions', to('arn:aws:s3:::plain', true), 'NOT_RECOVERABLE'],
    ['without its encrypted objects', { ...to(copyArn, true), ...encrypted }, 'NOT_RECOVERABLE'],
  ])('a bucket is replicated %s', (_name, replication, expected) => {
    const template = bucket(replication);
    const where: Where = { account: undefined };
    const [system] = assess(
      assemblyOf(
        stackOf(template, where),
        stackOf({ ...bucket({}), ...copy }, { ...where, id: 'Other1', region: 'us-west-2' }),
      ),
      { systems: declared },
    ).systems;
    const found = [...system.findings, ...system.unknowns].find(
      ({ scope, resource: path }) => scope === REGION && path === 'Test/Bucket',
    );
    expect(found?.verdict).toBe(expected);
  });
});

describe('losing data', () => {
  const plan = (rule: Resources = {}, vault: Resources = {}) => ({
    Vault: resource('AWS::Backup::BackupVault', vault),
    Plan: resource('AWS::Backup::BackupPlan', {
      BackupPlan: {
        BackupPlanRule: [
          {
            TargetBackupVault: ref('Vault'),
            ScheduleExpression: 'cron(0 * * * ? *)',
            Lifecycle: { DeleteAfterDays: 90 },
            ...rule,
          },
        ],
      },
    }),
    Selection: resource('AWS::Backup::BackupSelection', {
      BackupPlanId: ref('Plan'),
      BackupSelection: { Resources: ['*'] },
    }),
  });
  const copyTo = (account: string) => ({
    CopyActions: [{ DestinationBackupVaultArn: `arn:aws:backup:us-east-1:${account}:backup-vault:v` }],
  });

  test.each<[scope: FailureScope, name: string, resources: Resources, expected: string]>([
    [DELETION, 'protection refuses', aurora(2, { DeletionProtection: true }), 'MEETS'],
    [
      DELETION,
      'recovery points are left, restoring takes who knows how long',
      { ...aurora(2), ...plan({ EnableContinuousBackup: true }) },
      'UNKNOWN Database',
    ],
    [
      DELETION,
      'automated backups go with the cluster',
      aurora(2, { BackupRetentionPeriod: 35 }),
      'NOT_RECOVERABLE Database',
    ],
    [DELETION, 'a parameter decides', aurora(2, { DeletionProtection: ref('Count') }), 'UNKNOWN Database'],
    [
      CORRUPTION,
      'any moment of ninety days',
      { ...aurora(2, { BackupRetentionPeriod: 35 }), ...plan() },
      'UNKNOWN Database',
    ],
    [
      CORRUPTION,
      'kept for a shorter time than faults go unnoticed',
      aurora(2, { BackupRetentionPeriod: 35 }),
      'NOT_RECOVERABLE Database',
    ],
    [
      CORRUPTION,
      'daily recovery points lose a day',
      { ...files({}, 0, 1, 2), ...plan({ ScheduleExpression: 'cron(0 5 ? * * *)' }) },
      'MISSES Files',
    ],
    [CORRUPTION, 'nothing is kept', files({}, 0, 1, 2), 'NOT_RECOVERABLE Files'],
    [ACCOUNT, 'a copy in another account', { ...aurora(2), ...plan(copyTo('444455556666')) }, 'UNKNOWN Database'],
    [
      ACCOUNT,
      'a copy in the same account',
      { ...aurora(2), ...plan(copyTo('111122223333')) },
      'NOT_RECOVERABLE Database',
    ],
    [
      ACCOUNT,
      'a copy of a Multi-AZ DB cluster, which nobody makes',
      {
        ...aurora(0, { Engine: 'postgres', DBClusterInstanceClass: 'db.m6gd.large' }),
        ...plan(copyTo('444455556666')),
      },
      'NOT_RECOVERABLE Database',
    ],
    [
      ACCOUNT,
      'a vault locked for good',
      { ...aurora(2), ...plan({}, { LockConfiguration: { MinRetentionDays: 35, ChangeableForDays: 3 } }) },
      'UNKNOWN Database',
    ],
    [
      ACCOUNT,
      'a vault lock that can be lifted',
      { ...aurora(2), ...plan({}, { LockConfiguration: { MinRetentionDays: 35 } }) },
      'NOT_RECOVERABLE Database',
    ],
  ])('%s: %s', (scope, _name, resources, expected) => {
    const template = {
      Parameters: { Count: { Type: 'String' } },
      Resources: { ...network(3), ...web(3), ...resources },
    };
    expect(judged(template, scope)).toBe(expected);
  });
});

test.each<[string, Resources, string]>([
  ['versions that stay', {}, 'UNKNOWN'],
  [
    'versions that expire before anybody misses them',
    { LifecycleConfiguration: { Rules: [{ Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 30 } }] } },
    'NOT_RECOVERABLE',
  ],
  [
    'a disabled rule',
    {
      LifecycleConfiguration: { Rules: [{ Status: 'Disabled', NoncurrentVersionExpiration: { NoncurrentDays: 30 } }] },
    },
    'UNKNOWN',
  ],
])('corrupted objects come back from %s', (_name, properties, expected) => {
  const template = {
    Worker: resource('AWS::Lambda::Function', { Environment: { Variables: { BUCKET: ref('Bucket') } } }),
    Bucket: resource('AWS::S3::Bucket', { VersioningConfiguration: { Status: 'Enabled' }, ...properties }),
  };
  expect(judged(template, CORRUPTION)).toBe(`${expected} Bucket`);
});

test('no store in sight is unknown, not safe', () => {
  expect(judged({ ...network(3), ...web(3) }, CORRUPTION)).toBe('UNKNOWN Alb');
});

test('a store that its stack deletes along needs a policy that keeps it', () => {
  const keep = {
    Tables: resource('AWS::DynamoDB::Table', {}, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' }),
  };
  const fixes = (table: Resources) => {
    const Service = resource('AWS::Lambda::Function', { Environment: { Variables: { TABLE: ref('Tables') } } });
    return assess(assemblyOf(stackOf({ Service, ...table }))).systems[0].findings.map(({ fix }) => fix);
  };
  const policy = 'set DeletionPolicy and UpdateReplacePolicy to Retain';
  expect(fixes({ Tables: resource('AWS::DynamoDB::Table') })).toContain(policy);
  expect(fixes(keep)).not.toContain(policy);
});

test('a standby without its primary is judged by itself', () => {
  const systems = { Test: { systemName: 'ehr', bornAs: 'RECOVERY' } };
  const [system] = assess(assemblyOf(stackOf({ ...network(1), ...web(1) })), { systems: { systems } }).systems;
  expect(system.entryPoints.map(({ standby }) => standby)).toEqual([false]);
  expect(system.findings.length).toBeGreaterThan(0);
});

test('a restore time that somebody measured decides', () => {
  const template = { ...network(3), ...web(3), ...aurora(2, { BackupRetentionPeriod: 35 }) };
  const objectives = { scopes: { CORRUPTION: { rtoSeconds: 7200, rpoSeconds: 900 } } };
  const verdict = (seconds?: number) => {
    const measuredRestoreSeconds: Record<string, number> = seconds === undefined ? {} : { 'Test/Database': seconds };
    const system = { systemName: 'ehr', tier: 'OPERATIONAL', objectives, measuredRestoreSeconds };
    return judged(template, CORRUPTION, { systems: { systems: { Test: system } } });
  };
  expect(verdict()).toBe('UNKNOWN Database');
  expect(verdict(1800)).toBe('MEETS');
  expect(verdict(7200)).toBe('MISSES Database');
});

describe('a Region made from copies of backups', () => {
  const vault = 'arn:aws:backup:us-west-2:111122223333:backup-vault:copies';
  const backups = {
    Vault: resource('AWS::Backup::BackupVault', { BackupVaultName: 'own' }),
    Plan: resource('AWS::Backup::BackupPlan', {
      BackupPlan: {
        BackupPlanName: 'plan',
        BackupPlanRule: [
          {
            RuleName: 'Every6Hours',
            TargetBackupVault: ref('Vault'),
            ScheduleExpression: 'cron(0 5,11,17,23 ? * * *)',
            CopyActions: [{ DestinationBackupVaultArn: vault }],
          },
        ],
      },
    }),
    Selection: resource('AWS::Backup::BackupSelection', {
      BackupPlanId: ref('Plan'),
      BackupSelection: { SelectionName: 'all', IamRoleArn: 'arn:aws:iam::111122223333:role/x', Resources: ['*'] },
    }),
  };
  const verdict = (measured: Record<string, unknown>) => {
    const scopes = { REGION: { rtoSeconds: 8 * 3600, rpoSeconds: 8 * 3600 } };
    const system = { systemName: 'ehr', tier: 'OPERATIONAL', objectives: { scopes }, ...measured };
    const template = { ...network(3), ...web(3), ...aurora(2, { BackupRetentionPeriod: 35 }), ...backups };
    return judged(template, REGION, { systems: { systems: { Test: system } } }).split(' ')[0];
  };
  const restore = { measuredRestoreSeconds: { 'Test/Database': 3 * 3600 } };
  const all = { ...restore, measuredRebuildSeconds: 5400, measuredCopySeconds: 3600 };

  test.each<[string, Record<string, unknown>, string]>([
    ['nothing measured', {}, 'UNKNOWN'],
    ['the restore measured, and neither deployment nor copy', restore, 'UNKNOWN'],
    ['all but the copy measured', { ...all, measuredCopySeconds: undefined }, 'UNKNOWN'],
    ['all measured', all, 'MEETS'],
    ['copies that arrive late', { ...all, measuredCopySeconds: 3 * 3600 }, 'MISSES'],
    ['a deployment that takes long', { ...all, measuredRebuildSeconds: 6 * 3600 }, 'MISSES'],
  ])('%s', (_, measured, expected) => {
    expect(verdict(measured)).toBe(expected);
  });

  /** Of an instance whose automated backups Amazon RDS sends to a Region. */
  const replicated = (region: unknown, rpoSeconds: number) => {
    const scopes = { REGION: { rtoSeconds: 8 * 3600, rpoSeconds } };
    const system = { systemName: 'ehr', tier: 'OPERATIONAL', objectives: { scopes }, ...restore };
    const Database = resource('AWS::RDS::DBInstance', {
      Engine: 'sqlserver-se',
      MultiAZ: true,
      BackupRetentionPeriod: 35,
      AutomaticBackupReplicationRegion: region,
      DBSubnetGroupName: ref('DatabaseSubnets'),
      VPCSecurityGroups: [att('DataGroup', 'GroupId')],
    });
    const systems = { systems: { Test: { ...system, measuredRebuildSeconds: 5400 } } };
    return judged({ ...network(3), ...web(3), Database }, REGION, { systems });
  };

  test('backups that follow by themselves are half an hour behind, and no copy has to be measured', () => {
    expect(replicated('us-west-2', 1800)).toBe('MEETS');
    expect(replicated('us-west-2', 1799)).toBe('MISSES Database');
  });

  test('backups that stay at home are lost with it, and of a Region given at deployment nothing is known', () => {
    expect(replicated('us-east-1', 1800)).toBe('NOT_RECOVERABLE Database');
    expect(replicated(ref('Elsewhere'), 1800)).toBe('UNKNOWN Database');
  });
});

describe('a copy in another Region that the hospital declares', () => {
  const copy = { means: 'SnapMirror', source: 'EX-12', recoveryPointSeconds: 600, promotionSeconds: 900 };
  const design = { ...network(3), ...aurora(2) };
  const declaring = (said: Record<string, unknown>): AssessOptions => {
    const scopes = { REGION: { rtoSeconds: 8 * 3600, rpoSeconds: 3600 } };
    const system = { systemName: 'ehr', tier: 'OPERATIONAL', objectives: { scopes }, ...said };
    return { systems: { systems: { Test: system } } };
  };
  const verdict = (said: Record<string, unknown>) => judged(design, REGION, declaring(said)).split(' ')[0];

  test('leaves both figures open, how old it is and how long it takes', () => {
    const options = declaring({ declaredCopies: { 'Test/Database': copy } });
    const [system] = assess(assemblyOf(stackOf(design)), options).systems;
    const estimate = system.entryPoints[0].scopes.find(({ scope }) => scope === REGION)?.estimate;
    const word = ['SnapMirror is declared (EX-12), and no template shows it'];
    expect([estimate?.rto.open, estimate?.rpo.open]).toEqual([word, word]);
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['none', {}, 'NOT_RECOVERABLE'],
    ['of something else', { Other: copy }, 'NOT_RECOVERABLE'],
    ['said in part', { 'Test/Database': { ...copy, source: undefined } }, 'NOT_RECOVERABLE'],
    ['that would meet the objectives: somebody’s word proves nothing', { 'Test/Database': copy }, 'UNKNOWN'],
    ['of what it is made in', { Test: copy }, 'UNKNOWN'],
    ['that is too far behind', { 'Test/Database': { ...copy, recoveryPointSeconds: 7200 } }, 'MISSES'],
    ['that takes too long', { 'Test/Database': { ...copy, promotionSeconds: 9 * 3600 } }, 'MISSES'],
  ])('%s', (_, copies, expected) => {
    expect(verdict({ declaredCopies: copies })).toBe(expected);
  });
});

describe('losing the link to the hospital', () => {
  const link = (name: string, rest: Resources = {}) => ({
    [`Router${name}`]: resource('AWS::EC2::CustomerGateway'),
    [`Link${name}`]: resource('AWS::EC2::VPNConnection', { CustomerGatewayId: ref(`Router${name}`), ...rest }),
  });
  test.each<[string, Resources, string]>([
    ['no link here', {}, 'UNKNOWN'],
    ['one router', link('A'), 'MISSES LinkA'],
    ['two routers with static routes', { ...link('A'), ...link('B', { StaticRoutesOnly: true }) }, 'MISSES LinkB'],
    ['two routers with BGP', { ...link('A'), ...link('B') }, 'MEETS'],
  ])('%s', (_name, resources, expected) => {
    expect(judged({ ...network(3), ...web(3), ...resources }, CONNECTIVITY)).toBe(expected);
  });
});

describe('good designs with traps raise no finding when a zone is lost', () => {
  const training = {
    systems: {
      Test: {
        systemName: 'training',
        tier: 'NON_PRODUCTION',
        objectives: {
          source: 'LIBRARY_DEFAULT',
          scopes: { AVAILABILITY_ZONE: { rtoSeconds: 86_400, rpoSeconds: 86_400 } },
        },
      },
    },
  };
  test.each<[string, Resources, AssessOptions]>([
    ['one NAT gateway by choice, for training', { ...web(3), ...nat(1, 1, 1) }, { systems: training }],
    [
      'a database engine from a mapping',
      { ...web(3), ...aurora(2, { Engine: { 'Fn::FindInMap': ['Engines', 'prod', 'Name'] } }) },
      {},
    ],
    [
      'a condition that turns Multi-AZ on',
      { ...web(3), ...instance({ MultiAZ: { 'Fn::If': ['IsProd', true, false] } }) },
      {},
    ],
    ['zones imported from elsewhere', function_([{ 'Fn::ImportValue': 'a' }]), {}],
  ])('%s', (_name, resources, options) => {
    const template = {
      Parameters: { Env: { Type: 'String', Default: 'prod' } },
      Conditions: { IsProd: { 'Fn::Equals': [ref('Env'), 'prod'] } },
      Mappings: { Engines: { prod: { Name: 'aurora-postgresql' } } },
      Resources: { ...network(3), ...resources },
    };
    const [system] = assess(assemblyOf(stackOf(template)), options).systems;
    expect(system.findings.filter(({ scope }) => scope === AVAILABILITY_ZONE)).toEqual([]);
  });
});

test('a template proves at most level 2 of 4', () => {
  const [system] = assess(assemblyOf(stackOf({ ...network(3), ...web(3), ...aurora(2) }))).systems;
  expect(system.levels).toMatchObject({ AVAILABILITY_ZONE: 2, REGION: 0, CONNECTIVITY: 1 });
});

test('systems that templates declare keep their objectives; entries nobody declared are judged by the default', () => {
  const Metadata = {
    'cdk-resilient-ehr': {
      schemaVersion: 1,
      systems: {
        'Test/Alb': {
          systemName: 'fhir',
          bornAs: 'PRIMARY',
          tier: 'OPERATIONAL',
          objectives: {
            source: 'BUSINESS_IMPACT_ANALYSIS',
            scopes: { AVAILABILITY_ZONE: { rtoSeconds: 3600, rpoSeconds: 900 } },
          },
          entryPoints: [{ address: 'fhir.example.org', protocol: 'HTTPS', port: 443, path: 'Test/Alb' }],
        },
      },
    },
  };
  const Resources = {
    ...network(1),
    ...web(1),
    Other: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', { Subnets: subnets(1) }),
  };
  const { systems } = assess(assemblyOf(stackOf({ Metadata, Resources })));
  expect(systems.map(({ name, declared, objectives }) => [name, declared, objectives.source])).toEqual([
    ['fhir', true, 'BUSINESS_IMPACT_ANALYSIS'],
    ['everything else', false, 'JUDGE_DEFAULT'],
  ]);
  expect(systems[0].entryPoints[0].name).toBe('HTTPS fhir.example.org:443 (Test/Alb)');
  expect(systems[0].entryPoints[0].scopes.find(({ scope }) => scope === AVAILABILITY_ZONE)?.verdict).toBe('MEETS');
});

test('functions that only custom resources call are no entry points', () => {
  const handler = resource('AWS::Lambda::Function', { Environment: { Variables: { TABLE: ref('Records') } } });
  const USER_ON_EVENT_FUNCTION_ARN = att('Seeder', 'Arn');
  const stack = stackOf({
    Records: resource('AWS::DynamoDB::Table'),
    Worker: handler,
    Seeder: handler,
    Seed: resource('Custom::Seed', { ServiceToken: att('Framework', 'Arn') }),
    Framework: resource('AWS::Lambda::Function', { Environment: { Variables: { USER_ON_EVENT_FUNCTION_ARN } } }),
  });
  expect(assess(assemblyOf(stack)).systems[0].entryPoints.map(({ name }) => name)).toEqual(['Test/Worker']);
});

test.each<[string, unknown]>([
  [
    'metadata of another shape',
    {
      Metadata: { 'cdk-resilient-ehr': { systems: { a: 1, b: { entryPoints: [3], objectives: [] } } } },
      Resources: {},
    },
  ],
  ['resources of another shape', { Resources: { C: { Type: 5 }, D: { Type: 'AWS::ECS::Service', Properties: [] } } }],
  [
    'properties of another shape',
    { Resources: { A: { Type: 'AWS::ECS::Service', Properties: { NetworkConfiguration: 'x', DesiredCount: {} } } } },
  ],
  [
    'intrinsics of another shape',
    { Resources: { A: { Type: 'AWS::EFS::FileSystem', Properties: { AvailabilityZoneName: { 'Fn::Select': 'x' } } } } },
  ],
])('anything that parses is judged: %s', (_name, template) => {
  expect(() => assess(assemblyOf(stackOf(template as Resources)))).not.toThrow();
});

test.each([1, null, 'x', []])('a resource that is no object is refused, by name: %j', (resourceOfThatName) => {
  expect(() => stackOf({ Resources: { A: resourceOfThatName } })).toThrow(/its resource A is no object/);
});
