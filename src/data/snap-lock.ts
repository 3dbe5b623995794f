import { Duration } from 'aws-cdk-lib';
import type * as fsx from 'aws-cdk-lib/aws-fsx';
import { fail, Problems } from '../core/private/fail';

/** How files of a volume are locked. */
export interface SnapLockOptions {
  /** How long a file stays locked: 1 to 365 whole days, or 1 to 100 whole years of 365 days. */
  readonly retention: Duration;
  /**
   * How long a file must lie unchanged until it is locked, 5 minutes to 10 years. Until then it can be changed and deleted.
   *
   * @default Duration.days(1)
   */
  readonly lockAfter?: Duration;
}

/** What locking files beyond anybody's reach takes. */
export interface IrreversibleSnapLockOptions extends SnapLockOptions {
  /**
   * Why it is right that nobody, neither root nor AWS, can delete a file before its retention ends, nor the volume, nor the
   * file system it is on, nor stop its bill. For example `records law of the state, counsel's note of 2026-03-02`.
   */
  readonly acknowledgeIrreversible: string;
}

/**
 * Whether files of an ONTAP volume become write-once-read-many. A volume keeps SnapLock for good: choosing it, or leaving it,
 * later replaces the volume.
 *
 * @see https://docs.aws.amazon.com/fsx/latest/ONTAPGuide/snaplock.html
 */
export class SnapLock {
  /** No lock. */
  public static none(): SnapLock {
    return new SnapLock(undefined);
  }

  /**
   * Files are locked for a time; an administrator whom privileged delete is switched on for can still delete them.
   *
   * @throws InvalidSnapLock when the times are not those ONTAP takes
   */
  public static enterprise(options: SnapLockOptions): SnapLock {
    return new SnapLock(configuration('ENTERPRISE', options));
  }

  /**
   * Files are locked for a time, and nobody can delete them, whatever happens. The bill cannot be stopped either.
   *
   * @throws InvalidSnapLock when the times are not those ONTAP takes
   * @throws MissingReason when the acknowledgement is empty
   */
  public static compliance(options: IrreversibleSnapLockOptions): SnapLock {
    if (options.acknowledgeIrreversible.trim() === '') {
      fail(
        undefined,
        'MissingReason',
        'acknowledgeIrreversible must say why nobody may ever unlock these files, got an empty string',
      );
    }
    return new SnapLock(configuration('COMPLIANCE', options));
  }

  private constructor(
    /**
     * What the volume is told.
     *
     * @internal
     */
    public readonly _configuration: fsx.CfnVolume.SnaplockConfigurationProperty | undefined,
  ) {}
}

function configuration(snaplockType: string, options: SnapLockOptions): fsx.CfnVolume.SnaplockConfigurationProperty {
  const problems = new Problems(undefined, 'InvalidSnapLock');
  const days = options.retention.toDays({ integral: false });
  const years = days / 365;
  problems.require(
    (Number.isInteger(days) && days >= 1 && days <= 365) || (Number.isInteger(years) && years >= 1 && years <= 100),
    `retention must be 1 to 365 whole days, or 1 to 100 whole years of 365 days, got ${options.retention.toHumanString()}`,
  );
  const minutes = (options.lockAfter ?? Duration.days(1)).toMinutes({ integral: false });
  problems.require(
    Number.isInteger(minutes) && minutes >= 5 && minutes <= 3650 * 24 * 60,
    `lockAfter must be 5 minutes to 3650 days, in whole minutes, got ${options.lockAfter?.toHumanString()}`,
  );
  problems.throwIfAny();
  const retention = days <= 365 ? { type: 'DAYS', value: days } : { type: 'YEARS', value: years };
  return {
    snaplockType,
    autocommitPeriod: autocommit(minutes),
    retentionPeriod: {
      defaultRetention: retention,
      minimumRetention: retention,
      maximumRetention: { type: 'YEARS', value: 100 }, // a client may lock a file for longer, never for less
    },
  };
}

/** In the largest unit it is a whole number of: ONTAP takes 65,535 of each at most. */
function autocommit(minutes: number): fsx.CfnVolume.AutocommitPeriodProperty {
  if (minutes % 1440 === 0) {
    return { type: 'DAYS', value: minutes / 1440 };
  }
  return minutes % 60 === 0 ? { type: 'HOURS', value: minutes / 60 } : { type: 'MINUTES', value: minutes };
}
