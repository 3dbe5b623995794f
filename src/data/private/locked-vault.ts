import { Duration } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { DataProtection } from '../../core';
import { type VaultLock, VaultLockMode } from '../vault-lock';

/** What a vault is made of. */
export interface LockedVaultProps {
  readonly name: string;
  readonly encryptionKey: kms.IKey;
  readonly dataProtection: DataProtection;
  readonly lock: VaultLock;
  readonly denyDeletion: boolean;
  /** Who else may do what. */
  readonly accessPolicy?: iam.PolicyDocument;
  /** The shortest and the longest retention that must be let in. */
  readonly shortest: Duration;
  readonly longest: Duration;
}

/** A vault whose lock lets in exactly what its policy makes. */
export function lockedVault(scope: Construct, id: string, props: LockedVaultProps): backup.BackupVault {
  return new backup.BackupVault(scope, id, {
    backupVaultName: props.name,
    encryptionKey: props.encryptionKey,
    removalPolicy: props.dataProtection._removalPolicyOfNamed,
    accessPolicy: props.accessPolicy,
    blockRecoveryPointDeletion: props.denyDeletion,
    lockConfiguration: lockConfiguration(props),
  });
}

function lockConfiguration(props: LockedVaultProps): backup.LockConfiguration | undefined {
  if (props.lock.mode === VaultLockMode.NONE) {
    return undefined;
  }
  const min = props.shortest.toDays();
  const { changeableForDays } = props.lock;
  return {
    minRetention: Duration.days(min),
    maxRetention: Duration.days(Math.max(props.longest.toDays(), min + 1)), // must exceed the least
    changeableFor: changeableForDays === undefined ? undefined : Duration.days(changeableForDays),
  };
}
