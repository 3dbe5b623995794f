import { Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { BackupResource } from 'aws-cdk-lib/aws-backup';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import {
  Cache,
  ClinicalTier,
  Compute,
  type CrossRegionDrProps,
  Database,
  DocumentStore,
  DrStrategy,
  Failover,
  FileShare,
  type ICompute,
  Ingress,
  type ITableStore,
  RecoveryReadiness,
  RecoveryRunbook,
  ResilienceObjectives,
  TableStore,
} from '../../src';
import { type HospitalOptions, hospital } from '../support/hospital';

/** A table and nothing else. */
function bookings(dr: Partial<CrossRegionDrProps> = {}, more: ReturnType<NonNullable<HospitalOptions['app']>> = {}) {
  return hospital({
    app: () => ({
      database: undefined,
      documents: undefined,
      compute: Compute.fargate({
        image: ContainerImage.fromRegistry(`bookings@sha256:${'0'.repeat(64)}`),
        port: 8080,
        peakTasks: 6,
      }),
      tables: { bookings: TableStore.dynamoDb({ partitionKey: { name: 'slot', type: AttributeType.STRING } }) },
      ...more,
    }),
    dr: () => ({ strategy: DrStrategy.activeActive(), ...dr }),
  });
}

describe('two Regions that both serve', () => {
  const { stack, recoveryStack, dr } = bookings();
  const [primary, recovery] = [stack, recoveryStack].map((side) => Template.fromStack(side));

  test.each([
    ['us-east-1', primary, 'us-west-2'],
    ['us-west-2', recovery, 'us-east-1'],
  ])('users near %s are sent there, unless its check or the latch in the other Region says no', (here, side, there) => {
    const [record] = Object.values(side.findResources('AWS::Route53::RecordSet'));
    expect(record.Properties).toMatchObject({ Region: here, SetIdentifier: here, HealthCheckId: expect.anything() });
    expect(record.Properties).not.toHaveProperty('Failover');
    side.hasResourceProperties('AWS::Route53::HealthCheck', {
      HealthCheckConfig: {
        Type: 'CLOUDWATCH_METRIC',
        AlarmIdentifier: { Name: 'hapi-fhir-failed-over', Region: there },
      },
    });
    side.hasResourceProperties('AWS::Route53::HealthCheck', {
      HealthCheckConfig: { Type: 'CALCULATED', HealthThreshold: 2 },
    });
  });

  test('each carries the whole peak', () => {
    for (const side of [primary, recovery]) {
      side.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 9 });
    }
  });

  test('nothing is decided or promoted', () => {
    expect(dr.estimate.untilWritable).toEqual([]);
    expect(dr.estimate.rto.toSeconds()).toBe(120);
    expect(dr.estimate.rpo.toSeconds()).toBe(10);
  });

  test('each is emptied by one command that asks the other, and filled by one', () => {
    expect(dr.failover.leaveCommand).toMatch(/--region us-west-2 .*--value 1$/);
    expect(dr.departure?.leaveCommand).toMatch(/--region us-east-1 .*--value 1$/);
    expect(dr.departure?.returnCommand).toMatch(/--region us-east-1 .*--value 0$/);
  });
});

test('commands are outputs of the Region that they send users to, or let in again', () => {
  const { stack, recoveryStack } = bookings();
  const outputsOf = (side: typeof stack) =>
    Object.entries(Template.fromStack(side).findOutputs('*')).map(([id, { Value }]) => [id, JSON.stringify(Value)]);
  for (const [side, region] of [
    [stack, 'us-east-1'],
    [recoveryStack, 'us-west-2'],
  ] as const) {
    const outputs = outputsOf(side);
    const one = (id: RegExp) => outputs.filter(([name]) => id.test(name)).map(([, command]) => command);
    expect(one(/SendUsersHere/)).toEqual([expect.stringMatching(`--region ${region} .*--value 1`)]);
    expect(one(/LetUsersReturn/)).toEqual([expect.stringMatching(`--region ${region} .*--value 0`)]);
    expect(one(/ReclaimUsers/)).toEqual([expect.stringMatching(/update-health-check.*--disabled/)]);
    expect(one(/Promote|Demote|StartCompute/)).toEqual([]);
  }
});

describe('the runbook', () => {
  const { dr, recoveryStack } = bookings();
  const { markdown } = new RecoveryRunbook(recoveryStack, 'Runbook', { dr, decidedBy: 'the officer on duty' });

  test('promotes nothing, deploys nothing, and says how to keep users out of either Region', () => {
    expect(markdown).not.toMatch(/promote-|cdk deploy|activeRegion/i);
    expect(markdown).toMatch(/--region us-west-2 .*--value 1/);
    expect(markdown).toMatch(/--region us-east-1 .*--value 1/);
  });

  test('has items compared that both Regions wrote, unless none can be late', () => {
    expect(markdown).toMatch(/had not sent on yet, 10 seconds at most/);
    expect(markdown).toMatch(/Compare items of the tables bookings that both Regions wrote/);
    const partitionKey = { name: 'slot', type: AttributeType.STRING };
    const strong = bookings(
      {},
      { tables: { bookings: TableStore.dynamoDb({ partitionKey, witnessRegion: 'us-east-2' }) } },
    );
    const other = new RecoveryRunbook(strong.recoveryStack, 'Runbook', { dr: strong.dr, decidedBy: 'the officer' });
    expect(other.markdown).not.toMatch(/Compare items|had not sent on yet/);
    expect(other.markdown).toMatch(/No write that was answered is missing/);
    expect(strong.dr.estimate.rpo.toSeconds()).toBe(0);
  });
});

const aDay = { rto: Duration.days(1), rpo: Duration.days(1) };
/** Such that files can be restored within them. */
const objectives = ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, {
  biaReference: 'BIA-1',
  deletion: aDay,
  corruption: aDay,
});

describe('fails', () => {
  test('with file shares, and with tables that cannot have a replica', () => {
    const alone: ITableStore = {
      bind: (scope, options) => {
        const partitionKey = { name: 'slot', type: AttributeType.STRING };
        const { replication, ...config } = TableStore.dynamoDb({ partitionKey }).bind(scope, options);
        return config;
      },
    };
    const more = { objectives, files: { scans: FileShare.efs() }, tables: { slots: alone } };
    expect(() => bookings({}, more)).toThrow(
      /the file shares scans take writes in one Region.*the tables slots take writes in one Region/,
    );
  });

  test('with data on disks of its own', () => {
    const fargate = Compute.fargate({
      image: ContainerImage.fromRegistry(`bookings@sha256:${'0'.repeat(64)}`),
      port: 8080,
      peakTasks: 6,
    });
    const backupResources = [BackupResource.fromArn('arn:aws:ec2:us-east-1:111111111111:volume/vol-1')];
    const compute: ICompute = { bind: (scope, options) => ({ ...fargate.bind(scope, options), backupResources }) };
    expect(() => bookings({}, { objectives, compute })).toThrow(/the compute keeps data on disks of its own/);
  });

  test('when a Region could not carry the peak, or users would not find it by the same name', () => {
    const compute = Compute.fargate({
      image: ContainerImage.fromRegistry(`bookings@sha256:${'0'.repeat(64)}`),
      port: 8080,
      peakTasks: 2,
    });
    expect(() => bookings({ recovery: { compute } })).toThrow(
      /each Region must carry the whole peak, got a peak of 2 task\(s\) in us-west-2 and of 6 in the primary Region.*ActiveActiveNotPossible/,
    );
    const certificate = Certificate.fromCertificateArn(
      new Stack(),
      'Certificate',
      'arn:aws:acm:us-west-2:111111111111:certificate/1',
    );
    const ingress = [Ingress.https({ domainName: 'west.example.org', certificate })];
    expect(() => bookings({ recovery: { ingress } })).toThrow(/users must find the same names in both Regions/);
  });

  test('with a database', () => {
    expect(() => hospital({ dr: () => ({ strategy: DrStrategy.activeActive() }) })).toThrow(
      /the database takes writes in one Region/,
    );
  });

  test('with a cache', () => {
    const more = { documents: DocumentStore.s3(), cache: Cache.valkey({ nodeType: 'cache.t4g.medium' }) };
    expect(() => bookings({}, more)).toThrow(/the cache of a Region is not told/);
  });

  test('when the failover serves one Region', () => {
    const [decisionTime, redirectionTime] = [Duration.minutes(5), Duration.minutes(5)];
    const failover = Failover.manual({ decisionTime, redirectionTime, procedure: 'RUN-1' });
    expect(() => bookings({ failover })).toThrow(/ActiveActiveNotRouted/);
  });
});

describe('a database on Aurora DSQL', () => {
  const clusterArns = ['us-east-1', 'us-west-2'].map(
    (region, side) => `arn:aws:dsql:${region}:111111111111:cluster/${'ab'[side].repeat(26)}`,
  );
  const rare = { rto: Duration.days(1), rpo: Duration.days(1) };
  const databaseOf = (multiRegion: object, more: Partial<CrossRegionDrProps> = {}) =>
    bookings(more, {
      tables: {},
      database: Database.auroraDsql({ multiRegion: { witnessRegion: 'us-east-2', ...multiRegion } }),
      objectives: ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, {
        biaReference: 'BIA-1',
        deletion: rare,
        corruption: rare,
      }),
    });
  const { stack, recoveryStack, dr, app } = databaseOf({ clusterArns });
  const runbook = new RecoveryRunbook(recoveryStack, 'Runbook', { dr, decidedBy: 'the officer on duty' });
  new RecoveryReadiness(recoveryStack, 'Readiness', { dr });
  const assembly = app.synth();

  test('has both clusters asked whether they are there and know each other', () => {
    const text = JSON.stringify(Template.fromStack(recoveryStack).toJSON());
    expect(text).toContain(
      `\\"DistributedDatabase\\":{\\"here\\":\\"${'b'.repeat(26)}\\",\\"there\\":\\"${'a'.repeat(26)}`,
    );
    expect(text).toContain(`"Action":"dsql:GetCluster","Effect":"Allow","Resource":${JSON.stringify(clusterArns)}`);
  });

  test('serves from both Regions, loses no write that was answered, and promotes nothing', () => {
    expect(dr.estimate.rpo.toSeconds()).toBe(0);
    expect(dr.estimate.untilWritable).toEqual([]);
    expect(dr.replicationLagAlarm).toBeUndefined();
  });

  test('lets each side connect to the cluster of its own Region, without a secret', () => {
    for (const side of [stack, recoveryStack]) {
      const template = Template.fromStack(side);
      template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
        PolicyDocument: {
          Statement: Match.arrayWith([
            Match.objectLike({
              Action: 'dsql:DbConnect',
              Resource: { 'Fn::ImportValue': Match.stringLikeRegexp(`^${side.stackName}-Database:`) },
            }),
          ]),
        },
      });
      expect(JSON.stringify(template.toJSON())).not.toMatch(/DbConnectAdmin|database\/password|rds-db:connect/);
    }
  });

  test('is backed up by snapshots in both Regions', () => {
    for (const side of [stack, recoveryStack]) {
      const plans = Object.values(Template.fromStack(side).findResources('AWS::Backup::BackupPlan'));
      expect(plans.map(({ Properties }) => Properties.BackupPlan.BackupPlanName)).toEqual(['hapi-fhir-files']);
      expect(JSON.stringify(plans)).not.toContain('EnableContinuousBackup":true');
    }
    const sooner = ResilienceObjectives.forTier(ClinicalTier.LIFE_CRITICAL, { biaReference: 'BIA-1' }); // than any snapshot
    expect(() => bookings({}, { tables: {}, database: Database.auroraDsql(), objectives: sooner })).toThrow(
      /Aurora DSQL hourly at most .* no restore of these loses less than 2 hours/,
    );
  });

  test('keeps the clusters in stacks that wait for no other, before those that connect', () => {
    const [here, there] = [stack, recoveryStack].map(({ stackName }) =>
      assembly.getStackByName(`${stackName}-Database`),
    );
    for (const cluster of [here, there]) {
      expect(cluster.dependencies.filter(({ id }) => !id.endsWith('.assets'))).toEqual([]);
    }
    expect(assembly.getStackByName(stack.stackName).dependencies).toContain(here);
    expect(assembly.getStackByName(recoveryStack.stackName).dependencies).toContain(there);
  });

  test('has a runbook that lets the clusters be, and compares nothing', () => {
    const { markdown } = runbook;
    expect(markdown).toMatch(/No write that was answered is missing/);
    expect(markdown).toMatch(/Change neither cluster of the database/);
    expect(markdown).not.toMatch(/owns the tables|Compare|promote-/);
  });

  test('is claimed to survive once both clusters know each other', () => {
    const claimed = ({ template }: { template: { Metadata?: object } }) => JSON.stringify(template.Metadata ?? {});
    expect(claimed(assembly.getStackByName(stack.stackName))).toMatch(/"pairedRegion":"us-west-2"/);
    const before = databaseOf({}).app.synth();
    expect(claimed(before.getStackByName(stack.stackName))).not.toMatch(/"pairedRegion":"us-west-2"/);
  });

  test('stops deployments of all but the clusters before they know each other, and says what to type', () => {
    const before = databaseOf({}).app.synth();
    const errorsOf = (name: string) =>
      before
        .getStackByName(name)
        .messages.filter(({ level }) => level === 'error')
        .map(({ entry }) => String(entry.data));
    for (const { stackName } of [stack, recoveryStack]) {
      expect(errorsOf(`${stackName}-Database`)).toEqual([]);
      expect(errorsOf(stackName)).toEqual([
        expect.stringMatching(/cdk deploy --concurrency 2 '[^']*Database\/Stack' '[^']*Database\/Stack'.*clusterArns/),
      ]);
    }
    expect(() => databaseOf({}, { activeRegion: 'us-west-2' })).toThrow(/do not know each other; name both/);
  });

  test('may wait in a smaller Region, and needs no promotion there either', () => {
    const warm = databaseOf({ clusterArns }, { strategy: DrStrategy.warmStandby({ capacityPercent: 50 }) });
    expect(warm.dr.estimate.rpo.toSeconds()).toBe(0);
    expect(warm.dr.estimate.untilWritable.map(({ description }) => description).join()).not.toMatch(
      /lets go|failover/i,
    );
    const { markdown } = new RecoveryRunbook(warm.recoveryStack, 'Runbook', { dr: warm.dr, decidedBy: 'the officer' });
    expect(markdown).toMatch(/No write that was answered is lost/);
    expect(markdown).not.toMatch(/Make the database write|make a replica|connections that only read|Compare/);
  });

  test('has the same clusters whichever Region is active', () => {
    const strategy = DrStrategy.warmStandby({ capacityPercent: 50 });
    const served = databaseOf({ clusterArns }, { strategy, activeRegion: 'us-west-2' });
    new RecoveryReadiness(served.recoveryStack, 'Readiness', { dr: served.dr }); // as above: it asks for the key of the cluster
    const after = served.app.synth();
    for (const { stackName } of [stack, recoveryStack]) {
      const [then, now] = [after, assembly].map((each) => each.getStackByName(`${stackName}-Database`).template);
      expect(then).toEqual(now);
    }
  });

  test('is not restored from copies, because no template takes a restored cluster over', () => {
    const strategy = DrStrategy.backupAndRestore();
    const measuredRestore = { restoreTime: Duration.hours(2), source: 'a restore test' };
    expect(() => databaseOf({ clusterArns }, { strategy, measuredRestore })).toThrow(/to a new cluster only/);
  });
});
