import { Duration, Stack } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import type * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from '../core/private/acknowledgements';
import { Problems } from '../core/private/fail';
import { ManagedPolicyRole } from '../core/private/managed-policy-role';
import type { ClinicalBackup } from './clinical-backup';
import { notifyOfFailedRestores } from './private/backup-notices';
import type { RestoreTest } from './restore-test';

/** Properties of RestoreTesting. */
export interface RestoreTestingProps {
  /** The system's name: the plan's name is made of it. */
  readonly systemName: string;
  /** The backups whose recovery points are restored. */
  readonly backup: ClinicalBackup;
  /** What is restored; at least one. */
  readonly tests: RestoreTest[];
  /**
   * How often. At most a third of the time for which every recovery point is kept that may be restored, so that a failing test leaves
   * time for two more before the last good one expires.
   *
   * @default Duration.days(7), on Sunday at 05:00 UTC
   */
  readonly every?: Duration;
  /**
   * Who is told when a restore fails, in a test or otherwise. `NotificationTopic` makes one that such messages reach.
   *
   * @default - nobody
   */
  readonly notifications?: sns.ITopic;
  /**
   * Keeps what could not be delivered to `notifications`: `MultiAzClinicalApp.undeliveredEvents` has a queue for it.
   *
   * @default - it is dropped
   */
  readonly deadLetterQueue?: sqs.IQueue;
  /**
   * How long what was restored stays, for somebody or something to look at it, 1 to 168 hours.
   *
   * @default Duration.hours(4)
   */
  readonly validationWindow?: Duration;
}

/** Weekly, every second day or daily: what a cron expression says without a gap at the end of a month. */
const SCHEDULES: Record<number, string> = { 1: 'cron(0 5 ? * * *)', 7: 'cron(0 5 ? * SUN *)' };

/**
 * Restores recovery points again and again, and removes what it restored. Restoring shows that a recovery point opens; that it holds
 * what it should takes a look at it, while `validationWindow` lasts.
 *
 * Charged per restore test and for what is restored while it stays.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html
 */
export class RestoreTesting extends Construct {
  /** The plan. */
  public readonly plan: backup.CfnRestoreTestingPlan;
  /** What it restores. */
  public readonly selections: backup.CfnRestoreTestingSelection[];
  /** The role restores are made under. */
  public readonly role: iam.Role;
  /** Reports restores that fail; there is none without a topic. */
  public readonly failureRule?: events.Rule;

  /** @throws InvalidRestoreTesting naming everything that AWS Backup would refuse, or that leaves too little time */
  public constructor(scope: Construct, id: string, props: RestoreTestingProps) {
    super(scope, id);
    const every = props.every ?? Duration.days(7);
    this.validate(props, every);
    const restoreTestingPlanName = `${props.systemName.replace(/-/g, '_')}_restores`; // no hyphens: the schema lets them pass, AWS Backup does not
    this.role = this.makeRole();
    this.failureRule = props.notifications && notifyOfFailedRestores(this, props.notifications, props.deadLetterQueue);
    this.plan = new backup.CfnRestoreTestingPlan(this, 'Plan', {
      restoreTestingPlanName,
      scheduleExpression: SCHEDULES[every.toDays()],
      scheduleExpressionTimezone: 'UTC',
      startWindowHours: 8,
      recoveryPointSelection: {
        algorithm: 'LATEST_WITHIN_WINDOW',
        includeVaults: [props.backup.vault.backupVaultArn],
        recoveryPointTypes: ['SNAPSHOT', 'CONTINUOUS'],
        selectionWindowDays: Math.max(every.toDays(), 7),
      },
    });
    this.selections = props.tests.map((test) => {
      const selection = new backup.CfnRestoreTestingSelection(this, test.resourceType, {
        restoreTestingPlanName,
        restoreTestingSelectionName: test.selectionName,
        protectedResourceType: test.resourceType,
        protectedResourceArns: [test.resourceArn],
        iamRoleArn: this.role.roleArn,
        restoreMetadataOverrides: test.overrides,
        validationWindowHours: (props.validationWindow ?? Duration.hours(4)).toHours(),
      });
      selection.addResourceDependency(this.plan); // known by name only
      return selection;
    });
  }

  private validate(
    { systemName, backup: backups, tests, validationWindow }: RestoreTestingProps,
    every: Duration,
  ): void {
    const problems = new Problems(this, 'InvalidRestoreTesting');
    const kept = shortestRetention(backups, tests);
    const days = every.toDays({ integral: false });
    problems.require(days in SCHEDULES, `every must be 1 or 7 days, got ${every.toHumanString()}`);
    problems.require(
      3 * days <= kept,
      `recovery points are kept for ${kept} days and tested every ${days}: a test that fails must leave time for two more; ${kept < 3 ? 'keep them for at least 3 days' : `test at least every ${Math.floor(kept / 3)} days`}`,
    );
    problems.require(tests.length > 0, 'a plan that restores nothing succeeds every time, got no tests');
    const types = tests.map(({ resourceType }) => resourceType);
    problems.require(
      new Set(types).size === types.length,
      `a plan has one selection of each resource type, got ${types.join(', ')}; make a second RestoreTesting`,
    );
    problems.require(
      systemName.length <= 41,
      `a plan's name has 50 characters, 9 of them "_restores", got ${systemName}`,
    );
    const hours = validationWindow?.toHours({ integral: false }) ?? 4;
    problems.require(
      Number.isInteger(hours) && hours >= 1 && hours <= 168,
      `validationWindow must be 1 to 168 whole hours, got ${validationWindow?.toHumanString()}`,
    );
    problems.throwIfAny();
  }

  /** https://docs.aws.amazon.com/aws-backup/latest/devguide/iam-service-roles.html */
  private makeRole(): iam.Role {
    const policies = ['service-role/AWSBackupServiceRolePolicyForRestores', 'AWSBackupServiceRolePolicyForS3Restore'];
    const role = new ManagedPolicyRole(this, 'Role', {
      description: 'Lets AWS Backup restore recovery points for a test',
      assumedBy: new iam.ServicePrincipal('backup.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
      managedPolicies: policies.map((name) => iam.ManagedPolicy.fromAwsManagedPolicyName(name)),
    });
    acknowledge(
      role,
      'awsManagedServicePolicy',
      policies.map((name) => `Policy::arn:<AWS::Partition>:iam::aws:policy/${name}`),
    );
    return role;
  }
}

/** Of recovery points that a test may come upon: the newest is taken, whichever rule made it. */
function shortestRetention({ policy, filePolicy }: ClinicalBackup, tests: RestoreTest[]): number {
  const policies = tests.map(({ ofFiles }) => (ofFiles ? (filePolicy ?? policy) : policy));
  return Math.min(...policies.map(({ shortestRetention: kept }) => kept.toDays()));
}
