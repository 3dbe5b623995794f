import type { Duration } from 'aws-cdk-lib';
import { fail, Problems } from '../core/private/fail';

/** What locking a vault beyond anybody's reach takes. */
export interface IrreversibleVaultLockOptions {
  /**
   * How long the lock can still be taken off. At least 3 days, whole days. Afterwards it is permanent.
   *
   * @default Duration.days(3)
   */
  readonly changeableFor?: Duration;
  /**
   * Why it is right that nobody, neither root nor AWS, can delete a backup before its retention ends, or stop its bill. A
   * reason a reader can check, for example `ransomware policy SEC-7, approved by the board on 2026-03-02`.
   */
  readonly acknowledgeIrreversible: string;
}

/** How a vault is locked. */
export enum VaultLockMode {
  /** Not at all. */
  NONE = 'NONE',
  /** Who has the permission can take the lock off. */
  GOVERNANCE = 'GOVERNANCE',
  /** Nobody can, once the grace time is over. */
  COMPLIANCE = 'COMPLIANCE',
}

/**
 * Whether retention in a backup vault can be shortened. A locked vault also refuses, as failed jobs, every backup kept for
 * less or more than its bounds; the bounds are taken from the backup policy.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html
 */
export class VaultLock {
  /** No lock. */
  public static none(): VaultLock {
    return new VaultLock(VaultLockMode.NONE, undefined);
  }

  /** Only who may call `backup:DeleteBackupVaultLockConfiguration` can take the lock off. */
  public static governance(): VaultLock {
    return new VaultLock(VaultLockMode.GOVERNANCE, undefined);
  }

  /**
   * Permanent after a grace time: the vault, its backups and its bill then outlive every change of mind.
   *
   * @throws InvalidVaultLock when changeableFor is not 3 or more whole days
   * @throws MissingReason when the acknowledgement is empty
   */
  public static compliance(options: IrreversibleVaultLockOptions): VaultLock {
    if (options.acknowledgeIrreversible.trim() === '') {
      fail(
        undefined,
        'MissingReason',
        'acknowledgeIrreversible must say why nobody may ever unlock this vault, got an empty string',
      );
    }
    return new VaultLock(VaultLockMode.COMPLIANCE, requireGraceDays(options.changeableFor));
  }

  private constructor(
    /** How the vault is locked. */
    public readonly mode: VaultLockMode,
    /** Days until a compliance lock is permanent. */
    public readonly changeableForDays: number | undefined,
  ) {}
}

/** CloudFormation accepts less than three days; AWS Backup does not. */
function requireGraceDays(changeableFor: Duration | undefined): number {
  if (changeableFor === undefined) {
    return 3;
  }
  const problems = new Problems(undefined, 'InvalidVaultLock');
  const known = !changeableFor.isUnresolved();
  const days = known ? changeableFor.toDays({ integral: false }) : Number.NaN;
  problems.require(
    Number.isInteger(days) && days >= 3,
    `changeableFor must be 3 or more whole days known at synthesis, got ${known ? changeableFor.toHumanString() : 'a token'}`,
  );
  problems.throwIfAny();
  return days;
}
