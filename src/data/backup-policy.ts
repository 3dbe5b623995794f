import { Duration } from 'aws-cdk-lib';
import { FailureScope, type ResilienceObjectives } from '../core';
import { Problems } from '../core/private/fail';
import { validateRules } from './private/backup-rules';

/** One schedule of a backup plan. */
export interface BackupRule {
  /** Name, unique in the policy: letters, digits, `-`, `_` and `.`, at most 50. */
  readonly name: string;
  /** When backups start, in UTC, as an AWS Backup cron expression, for example `cron(0 5 ? * * *)`. */
  readonly schedule: string;
  /** How often that is: the data a restore from this rule can lose. Snapshots at most hourly. */
  readonly every: Duration;
  /** How long each backup is kept. Whole days; a continuous one at most 35. */
  readonly retention: Duration;
  /**
   * Restore to any moment of the retention (5 minutes ago at the latest for Aurora, 15 for Amazon S3) instead of to a
   * snapshot. At most one rule of a policy. Not copied: a copy of it is a snapshot.
   *
   * @default false
   */
  readonly continuous?: boolean;
  /**
   * How long AWS Backup may wait before it starts. At least an hour.
   *
   * @default Duration.hours(1)
   */
  readonly startWindow?: Duration;
  /**
   * How long a backup may take, counted from its schedule. More than `startWindow`.
   *
   * @default Duration.hours(12)
   */
  readonly completionWindow?: Duration;
}

/** Intervals that divide a day, longest first. */
const SNAPSHOT_HOURS = [24, 12, 6, 4, 1];

/** Time a copy to another Region is given, beside its start window. Judgement: it grows with the data. */
const COPY_TIME = Duration.hours(1);

/** When, how often and for how long everything is backed up. */
export class BackupPolicy {
  /**
   * Retention assumed to outlast an intruder before anybody notices, 60 days. Systems that care depends on must keep
   * backups at least as long. The attackers of Ireland's HSE were inside for 57 days (PwC, Conti cyber attack on the HSE,
   * 2021).
   */
  public static readonly DWELL_TIME = Duration.days(60);

  /**
   * What the objectives ask for. Continuous backup unless a day of loss is allowed after deletion and corruption; snapshots
   * as often as the objective for ACCOUNT demands of their copies, at least daily.
   *
   * @throws ObjectivesBeyondBackup when an objective for DELETION or CORRUPTION is below 15 minutes, which no restore meets
   */
  public static forObjectives(objectives: ResilienceObjectives): BackupPolicy {
    const restored = [FailureScope.DELETION, FailureScope.CORRUPTION].map((scope) => ({
      scope,
      rpo: objectives.forScope(scope).rpo,
    }));
    const problems = new Problems(undefined, 'ObjectivesBeyondBackup');
    for (const { scope, rpo } of restored) {
      problems.require(
        rpo.toMinutes({ integral: false }) >= 15,
        `no restore loses less than 15 minutes (Amazon S3; Aurora 5), but the RPO for ${scope} is ${rpo.toHumanString()}; ${statedFor(scope, '15 minutes')}`,
      );
    }
    problems.throwIfAny();
    const continuous = restored.some(({ rpo }) => rpo.toHours({ integral: false }) < 24);
    const every = snapshotHours(objectives.forScope(FailureScope.ACCOUNT).rpo);
    if (!continuous && every === 24 && !objectives.careDependsOnIt) {
      return BackupPolicy.daily35Days();
    }
    return new BackupPolicy([...(continuous ? [continuousRule()] : []), snapshotRule(every, Duration.days(90))]);
  }

  /**
   * What the objectives ask for of file shares, of which AWS Backup can only take snapshots: as often as the objectives for
   * DELETION and CORRUPTION demand, kept for a week, beside those the objective for ACCOUNT demands, kept for 90 days. Each
   * may start an hour late, so what a restore loses is the interval and an hour.
   *
   * Frequent ones are not kept longer because Amazon FSx keeps 500 backups of an account and Region unless its quota is raised.
   *
   * @throws ObjectivesBeyondBackup when an objective for DELETION or CORRUPTION is below 2 hours, which no restore of files meets
   * @see https://docs.aws.amazon.com/fsx/latest/WindowsGuide/limits.html
   */
  public static forFiles(objectives: ResilienceObjectives): BackupPolicy {
    const restored = [FailureScope.DELETION, FailureScope.CORRUPTION].map((scope) => ({
      scope,
      hours: objectives.forScope(scope).rpo.toHours({ integral: false }),
    }));
    const problems = new Problems(undefined, 'ObjectivesBeyondBackup');
    for (const { scope, hours } of restored) {
      problems.require(
        hours >= 2,
        `AWS Backup takes snapshots of files, disks and Aurora DSQL hourly at most and may start an hour late, so no restore of these loses less than 2 hours, but the RPO for ${scope} is ${Duration.minutes(Math.round(hours * 60)).toHumanString()}; ${statedFor(scope, '2 hours')}, or keep what must not be lost in a database that is restored to a moment, such as Database.auroraPostgres(), or in Amazon S3`,
      );
    }
    problems.throwIfAny();
    const most = Math.min(...restored.map(({ hours }) => hours));
    const every = SNAPSHOT_HOURS.find((hours) => hours + 1 <= most) ?? 1;
    const copied = snapshotHours(objectives.forScope(FailureScope.ACCOUNT).rpo);
    const kept = snapshotRule(copied, Duration.days(objectives.careDependsOnIt || copied < 24 ? 90 : 35));
    return new BackupPolicy(every < copied ? [frequentRule(every), kept] : [kept]);
  }

  /** Restore to any moment of 35 days, and daily snapshots kept for 90 days, which are copied where copies are asked for. */
  public static continuous35DaysDaily90Days(): BackupPolicy {
    return new BackupPolicy([continuousRule(), snapshotRule(24, Duration.days(90))]);
  }

  /** Daily snapshots kept for 35 days. Up to a day is lost; too short for systems that care depends on. */
  public static daily35Days(): BackupPolicy {
    return new BackupPolicy([snapshotRule(24, Duration.days(35))]);
  }

  /**
   * Your own rules.
   *
   * @throws InvalidBackupPolicy naming everything that is wrong
   */
  public static custom(rules: BackupRule[]): BackupPolicy {
    validateRules(rules);
    return new BackupPolicy(rules);
  }

  private constructor(
    /** The rules. */
    public readonly rules: BackupRule[],
  ) {}

  /** This policy, and a snapshot on the first day of every month kept for seven years. */
  public withMonthly7Years(): BackupPolicy {
    return BackupPolicy.custom([
      ...this.rules,
      {
        name: 'Monthly',
        schedule: 'cron(0 3 1 * ? *)',
        every: Duration.days(31),
        retention: Duration.days(2557),
      },
    ]);
  }

  /** The shortest time any backup is kept. */
  public get shortestRetention(): Duration {
    return byDays(this.rules)[0].retention;
  }

  /** The longest time any backup is kept. */
  public get longestRetention(): Duration {
    return byDays(this.rules)[this.rules.length - 1].retention;
  }

  /** The rules whose backups are copied where copies are asked for: all but the continuous one. */
  public get snapshotRules(): BackupRule[] {
    return this.rules.filter((rule) => !rule.continuous);
  }

  /** What a restore from the most frequent rule can lose: its interval, and for a snapshot the time it may start late. */
  public get restoreRecoveryPoint(): Duration {
    const minutes = this.rules.map(
      (rule) => rule.every.toMinutes() + (rule.continuous ? 0 : (rule.startWindow ?? Duration.hours(1)).toMinutes()),
    );
    return Duration.minutes(Math.min(...minutes));
  }

  /**
   * The most that is lost when only the copies are left: the interval of the most frequent snapshot, its start window, and
   * an hour to copy (judgement: it grows with the data; AWS Backup copies Aurora in full every time).
   */
  public get copyRecoveryPoint(): Duration | undefined {
    const hours = this.snapshotRules.map((rule) =>
      [rule.every, rule.startWindow ?? Duration.hours(1), COPY_TIME]
        .map((d) => d.toHours({ integral: false }))
        .reduce((sum, h) => sum + h),
    );
    return hours.length === 0 ? undefined : Duration.minutes(Math.ceil(Math.min(...hours) * 60));
  }
}

function continuousRule(): BackupRule {
  return {
    name: 'Continuous',
    schedule: 'cron(0 4 ? * * *)',
    every: Duration.minutes(15),
    retention: Duration.days(35),
    continuous: true,
  };
}

/** At half past, so that it does not meet the others. */
function frequentRule(hours: number): BackupRule {
  const at = Array.from({ length: 24 / hours }, (_, i) => i * hours);
  return {
    name: hours === 1 ? 'Hourly' : `FilesEvery${hours}Hours`,
    schedule: `cron(30 ${hours === 1 ? '*' : at.join(',')} ? * * *)`,
    every: Duration.hours(hours),
    retention: Duration.days(7),
  };
}

/** At 05:00 UTC, and from there at equal distances. */
function snapshotRule(hours: number, retention: Duration): BackupRule {
  const at = Array.from({ length: 24 / hours }, (_, i) => (5 + i * hours) % 24).sort((a, b) => a - b);
  return {
    name: hours === 24 ? 'Daily' : `Every${hours}Hours`,
    schedule: `cron(0 ${at.join(',')} ? * * *)`,
    every: Duration.hours(hours),
    retention,
  };
}

/** How a user says that more may be lost. */
function statedFor(scope: FailureScope, least: string): string {
  return `if the business-impact analysis allows it, state ${scope.toLowerCase()}: { rto, rpo } in ResilienceObjectives.forTier with an rpo of ${least} or more`;
}

/** The longest interval whose copies still meet the objective; hourly where none does. */
function snapshotHours(rpo: Duration): number {
  const allowed = rpo.toHours({ integral: false }) - 2; // start window and copy
  return SNAPSHOT_HOURS.find((hours) => hours <= allowed) ?? 1;
}

function byDays(rules: BackupRule[]): BackupRule[] {
  return [...rules].sort((a, b) => a.retention.toDays() - b.retention.toDays());
}
