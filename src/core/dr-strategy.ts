import type { Duration } from 'aws-cdk-lib';
import { fail } from './private/fail';

/**
 * The disaster-recovery strategies of the AWS Well-Architected Framework (REL13-BP02), by AWS Resilience Hub's names, from
 * the cheapest and slowest to the dearest and fastest.
 */
export enum DrStrategyName {
  BACKUP_AND_RESTORE = 'BACKUP_AND_RESTORE',
  PILOT_LIGHT = 'PILOT_LIGHT',
  WARM_STANDBY = 'WARM_STANDBY',
  HOT_STANDBY = 'HOT_STANDBY',
  ACTIVE_ACTIVE = 'ACTIVE_ACTIVE',
}

/** Options of a pilot light. */
export interface PilotLightOptions {
  /**
   * Keep the database in the recovery Region without instances, what AWS calls a headless cluster: its storage follows, and instances, the dearest
   * part of a pilot light, are paid for once it serves. Aurora global databases only. Never derived, because of what it costs in a disaster: a command
   * makes an instance before anything else, with the control plane of the recovery Region, of capacity that nobody reserved; nobody
   * can read there before, not even to see that the copy is whole; and whether AWS measures the lag of such a copy is not documented. Give it from the
   * second deployment on: a new Amazon ECS service starts a task, which needs a database to connect to. See README.md of dr for the steps.
   *
   * @default false
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-attach.console.headless.html
   */
  readonly headlessDatabase?: boolean;
  /**
   * How long it takes until an instance of the headless database is there. Part of the RTO; measure it in an exercise.
   *
   * @default Duration.minutes(10) - less than that, AWS says, where it has capacity
   */
  readonly databaseStartTime?: Duration;
}

/** Options of a warm standby. */
export interface WarmStandbyOptions {
  /**
   * Capacity that runs in the recovery Region all the time, as a share of the declared peak, 1 to 99.
   *
   * @default 50
   */
  readonly capacityPercent?: number;
}

/** How much of a system runs in the recovery Region before a disaster. */
export class DrStrategy {
  /** Only copies of the data wait; everything else is deployed after the disaster. RTO of hours to a day. */
  public static backupAndRestore(): DrStrategy {
    return new DrStrategy(DrStrategyName.BACKUP_AND_RESTORE, 0);
  }

  /** Data is replicated live; compute is defined and off. It cannot serve without an action. RTO of tens of minutes. */
  public static pilotLight(options: PilotLightOptions = {}): DrStrategy {
    const { headlessDatabase = false, databaseStartTime } = options;
    if (databaseStartTime && !headlessDatabase) {
      fail(
        undefined,
        'InvalidDrStrategy',
        `databaseStartTime is of a headless database, got ${databaseStartTime.toHumanString()} without headlessDatabase; leave it out, or give both`,
      );
    }
    return new DrStrategy(DrStrategyName.PILOT_LIGHT, 0, headlessDatabase, databaseStartTime);
  }

  /** A smaller copy runs and can serve at once, up to its capacity. RTO of minutes. */
  public static warmStandby(options: WarmStandbyOptions = {}): DrStrategy {
    const percent = options.capacityPercent ?? 50;
    if (!(percent >= 1 && percent <= 99)) {
      fail(
        undefined,
        'InvalidDrStrategy',
        `capacityPercent of a warm standby must be 1 to 99, got ${percent}; use pilotLight() for none and hotStandby() for all`,
      );
    }
    return new DrStrategy(DrStrategyName.WARM_STANDBY, percent);
  }

  /** A copy of full size runs and waits. RTO of minutes. */
  public static hotStandby(): DrStrategy {
    return new DrStrategy(DrStrategyName.HOT_STANDBY, 100);
  }

  /**
   * Both Regions serve all the time, each with the capacity for the whole peak. Needs stores that take writes in both, which are tables and Aurora DSQL:
   * `CrossRegionDr` refuses every other. Costs twice the compute, and never follows from objectives: a standby meets the same ones.
   */
  public static activeActive(): DrStrategy {
    return new DrStrategy(DrStrategyName.ACTIVE_ACTIVE, 100);
  }

  private constructor(
    /** The strategy. */
    public readonly strategyName: DrStrategyName,
    /** Capacity that runs in the recovery Region all the time, as a share of the declared peak. */
    public readonly capacityPercent: number,
    /** Whether the database in the recovery Region has no instances before a disaster. */
    public readonly headlessDatabase: boolean = false,
    /** How long it takes until an instance of a headless database is there, where somebody said so. */
    public readonly databaseStartTime?: Duration,
  ) {}
}
