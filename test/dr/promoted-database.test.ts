import { Duration, type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import {
  ClinicalTier,
  type CrossRegionDrProps,
  Database,
  DrStrategy,
  Failover,
  RecoveryReadiness,
  RecoveryReconciliation,
  RecoveryRunbook,
  ResilienceObjectives,
  SqlServerEdition,
} from '../../src';
import { outlookFrom } from '../../src/dr/private/readiness-check';
import { readinessChecks } from '../../src/dr/private/readiness-checks';
import { hospital } from '../support/hospital';
import { SIZE } from '../support/rds';

/**
 * Amazon RDS for SQL Server: its replica knows the passwords of the moment it was made, and has neither standby nor backups, until it is
 * promoted. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/SQLServer.ReadReplicas.html
 */
const accounts = { primaryAccount: '111111111111', recoveryAccount: '111111111111' };
const objectives = ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, {
  biaReference: 'BIA-1',
  region: { rto: Duration.hours(12), rtoReadOnly: Duration.minutes(90), rpo: Duration.minutes(30) },
});
const database = Database.rdsSqlServer({
  ...SIZE,
  instanceType: new ec2.InstanceType('r6i.xlarge'),
  edition: SqlServerEdition.ENTERPRISE,
  acknowledgeLoginsNotReplicated: 'DBA-14: logins are made in both Regions with one SID',
});

const under = (dr: Partial<CrossRegionDrProps> = {}) =>
  hospital({ ...accounts, app: () => ({ objectives, database }), dr: () => dr });

describe('a pilot light on SQL Server', () => {
  const made = under();
  const { stack, recoveryStack, dr } = made;
  const runbook = new RecoveryRunbook(recoveryStack, 'Runbook', { dr, decidedBy: 'the laboratory on duty' });
  new RecoveryReadiness(recoveryStack, 'Readiness', { dr });
  new RecoveryReconciliation(recoveryStack, 'Reconciliation', {
    dr,
    approvers: iam.Role.fromRoleName(recoveryStack, 'Records', 'clinical-records'),
  });
  const recovery = Template.fromStack(recoveryStack);
  const { markdown } = runbook;
  const [failover, rest] = markdown.split('## Reconcile');
  const outputs = Object.entries(recovery.findOutputs('*')).map(([id, { Value }]) => [id, JSON.stringify(Value)]);
  const output = (name: string) => outputs.find(([id]) => id.startsWith(`Dr${name}`))?.[1] ?? '';

  test('is what is derived, because nothing that runs before the promotion is sure to sign in', () => {
    expect(dr.strategy.strategyName).toBe('PILOT_LIGHT');
  });

  test('counts the promotion and the password before anybody can read, and no connections that only read', () => {
    expect(dr.estimate.untilReadable.map(({ description }) => description)).toEqual([
      'Route 53 takes the primary Region for lost',
      'resolvers and clients let go of the old address',
      'somebody decides to write in the recovery Region',
      'Promotion of the read replica hapi-fhir, which restarts it',
      'The password of the replicated secret is given to hapi-fhir',
      'Amazon ECS starts 9 tasks',
    ]);
    expect(dr.estimate.untilWritable).toEqual([]);
    expect(dr.estimate.rto.toSeconds()).toBe(120 + 1800 + 900 + 300 + 510);
    expect(dr.estimate.rtoReadOnly.toSeconds()).toBe(dr.estimate.rto.toSeconds());
  });

  test('has each command as an output of the Region that survives', () => {
    expect(output('PromoteDatabase')).toContain('promote-read-replica --region us-west-2');
    expect(output('SetDatabasePassword')).toMatch(
      /--region us-west-2 --secret-id hapi-fhir\/database .*jq -j \.password \|/,
    );
    expect(output('AddDatabaseStandby')).toContain('--multi-az');
    expect(
      outputs.filter(([id]) => /^Dr(PromoteDatabase|SetDatabasePassword|StartCompute)/.test(id)).join(),
    ).not.toMatch(/us-east-1/);
  });

  test('writes the runbook in the order in which it works: database, password, logins, compute, users, standby', () => {
    const order = [
      'Make the database write here',
      'Give it the password of the system',
      'See to what does not follow: logins, server roles and jobs',
      'DBA-14: logins are made in both Regions with one SID',
      'Make all calls but those for the database at once',
      'Start compute',
      'Send users here',
      'Order, chart and look at a test patient',
      'Give the database a standby',
      'As soon as us-east-1 answers, stop the rotation',
      'Deploy with activeRegion',
    ].map((title) => failover.indexOf(title));
    expect(order).not.toContain(-1);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(failover).not.toMatch(/Wait .* until connections that only read are gone/);
    expect(failover.length).toBeLessThan(8192 - 512);
    expect(rest.length).toBeLessThan(8192 - 512);
  });

  test('has no automation that starts what cannot sign in, or that reads the password', () => {
    recovery.hasResourceProperties('AWS::SSM::Document', {
      Name: 'hapi-fhir-failover',
      Content: { mainSteps: [Match.objectLike({ name: 'StartCompute' }), Match.objectLike({ name: 'SendUsersHere' })] },
    });
    expect(JSON.stringify(recovery.findResources('AWS::SSM::Document'))).not.toMatch(
      /GetSecretValue|MasterUserPassword/,
    );
  });

  test('goes back by a replica, which is given backups, the password and a standby as well', () => {
    expect(rest).toMatch(
      /make a replica in us-east-1[\s\S]*create-db-instance-read-replica --region us-east-1[\s\S]*ReplicaLag of the replica is 0[\s\S]*promote-read-replica --region us-east-1 .* --preferred-backup-window [\s\S]*Give it the password of the system and a standby.*\n *until .* --multi-az [\s\S]*rotate-secret --region us-east-1/,
    );
    Template.fromStack(stack).hasOutput('*', {
      Description: Match.stringLikeRegexp('gives it the password of the secret and a standby'),
      Value: Match.stringLikeRegexp('--secret-id hapi-fhir/database .* && aws rds modify-db-instance .* --multi-az'),
    });
  });

  test('reconciles the former instance, as that of any replica', () => {
    expect(JSON.stringify(Template.fromStack(stack).findResources('AWS::SSM::Document'))).toMatch(/kind\W+instance/);
  });

  test('is not called unready for a standby that its replica cannot have', () => {
    expect(JSON.stringify(recovery.toJSON())).toContain('oneZone');
    const promoted = under({ activeRegion: 'us-west-2' });
    new RecoveryReadiness(promoted.recoveryStack, 'Readiness', { dr: promoted.dr });
    const told = JSON.stringify(Template.fromStack(promoted.recoveryStack).toJSON());
    expect(told).toContain('hapi-fhir-us-east-1');
    expect(told).not.toContain('oneZone'); // and is, once users are there
  });

  test.each([
    ['us-east-1', undefined, undefined],
    ['us-west-2', undefined, true],
    ['us-east-1', 'us-west-2', true], // the replica on the way back, which people make
    ['us-west-2', 'us-west-2', undefined],
  ])('the standby is missed in %s, with users in %s: not, if %s', (region, activeRegion, oneZone) => {
    const checks = readinessChecks(outlookFrom(under({ activeRegion }).dr, region), 30);
    expect(checks.find(({ name }) => name === 'Database')?.wanted.oneZone).toBe(oneZone);
  });

  test('is backed up by AWS Backup from the deployment with activeRegion on, in the vault that was there', () => {
    const selection = (template: Template) =>
      Object.values(template.findResources('AWS::Backup::BackupSelection'))[0].Properties.BackupSelection;
    const before = selection(recovery);
    expect(before.NotResources).toEqual([
      { 'Fn::GetAtt': [expect.stringMatching(/^DrAppDatabaseInstance/), 'DBInstanceArn'] },
    ]);
    expect(before.Resources).toEqual(expect.arrayContaining(before.NotResources));
    const after = selection(Template.fromStack(under({ activeRegion: 'us-west-2' }).recoveryStack));
    expect(after).toMatchObject({ Resources: before.Resources });
    expect(after.NotResources).toBeUndefined();
  });
});

describe('more than a pilot light on SQL Server', () => {
  test.each([DrStrategy.warmStandby(), DrStrategy.hotStandby()])('is refused (%#)', (strategy) => {
    expect(() => under({ strategy })).toThrow(
      /STANDBY would run the application on a copy of the database that does not learn of a changed password.*nobody signs in after the first rotation; use DrStrategy.pilotLight\(\).*\[InvalidCrossRegionDr/,
    );
  });

  test('is not derived either, where objectives ask for it', () => {
    const hurried = ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, { biaReference: 'BIA-1' });
    expect(() => hospital({ ...accounts, app: () => ({ objectives: hurried, database }) })).toThrow(
      /Of those that cost less, PILOT_LIGHT does not: until users can read takes 1 hour 30 seconds, rtoReadOnly allows 1 hour;/,
    );
  });

  test('a plan of ARC Region switch, which would promote it and start what cannot sign in, is refused', () => {
    const dr = (stack: Stack) => ({
      failover: Failover.regionSwitch({ approvers: iam.Role.fromRoleName(stack, 'Leads', 'leads') }),
    });
    expect(() => hospital({ ...accounts, app: () => ({ objectives, database }), dr })).toThrow(
      /password of the secret, which no block of the plan gives it; use Failover.dns\(\)/,
    );
  });
});

test('without an acknowledgement SQL Server follows nowhere, and the error says what would', () => {
  const standard = Database.rdsSqlServer(SIZE);
  expect(() => hospital({ ...accounts, app: () => ({ objectives, database: standard }) })).toThrow(
    /the database cannot be replicated to another Region: a read replica of SQL Server takes Enterprise Edition.*acknowledgeLoginsNotReplicated/,
  );
});
