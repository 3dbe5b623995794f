import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { Problems } from '../core/private/fail';
import type { BackupPolicy } from './backup-policy';
import { LONGEST_BACKUP_SYSTEM_NAME, requireSystemName } from './private/physical-names';

/** Properties of an AirGappedVault. None can be changed later: another value is another vault, beside one that nobody can delete. */
export interface AirGappedVaultProps {
  /** The system's name; the vault is called `<systemName>-air-gap`. */
  readonly systemName: string;
  /** The policy whose snapshots are copied here. Its retentions bound the lock: at least 7 days. */
  readonly policy: BackupPolicy;
  /**
   * A customer key that encrypts the vault. Whoever destroys it destroys what is in the vault.
   *
   * @default - a key that AWS owns, which no account can destroy
   */
  readonly encryptionKey?: kms.IKey;
  /**
   * Why it is right that nobody, neither root nor AWS, can delete a recovery point before its retention ends, or stop its bill. A
   * reason a reader can check, for example `ransomware policy SEC-7, approved by the board on 2026-03-02`.
   */
  readonly acknowledgeIrreversible: string;
}

/** https://docs.aws.amazon.com/aws-backup/latest/devguide/logicallyairgappedvault.html */
const LEAST_DAYS = 7;

/**
 * A logically air-gapped vault: locked in compliance mode from its first day, in storage that AWS isolates from the account. Copies
 * go there by `ClinicalBackup.copyTo(vault.vaultArn)`, and can be shared with an account that restores them.
 *
 * There is no way back. The vault, what is in it and its bill outlive the stack, the account's administrators and every change of
 * mind. Unencrypted Aurora clusters, and those under a key of AWS, cannot be copied into it; those of this library can.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/logicallyairgappedvault.html
 */
export class AirGappedVault extends Construct {
  /** Name of a system's air-gapped vault. */
  public static nameFor(systemName: string): string {
    return `${systemName}-air-gap`;
  }

  /** ARN of the vault, made of names. */
  public readonly vaultArn: string;
  /** The vault. An L1: there is no L2. */
  public readonly vault: backup.CfnLogicallyAirGappedBackupVault;

  /**
   * @throws InvalidSystemName when a vault name cannot be made of the system's name
   * @throws InvalidAirGappedVault when the acknowledgement is empty, a retention is below 7 days, or nothing is copied
   */
  public constructor(scope: Construct, id: string, props: AirGappedVaultProps) {
    super(scope, id);
    const { systemName, policy } = props;
    requireSystemName(this, systemName, LONGEST_BACKUP_SYSTEM_NAME);
    const days = policy.snapshotRules.map(({ retention }) => retention.toDays());
    const problems = new Problems(this, 'InvalidAirGappedVault');
    problems.require(
      props.acknowledgeIrreversible.trim() !== '',
      'acknowledgeIrreversible must say why nobody may ever empty this vault, got an empty string',
    );
    problems.require(days.length > 0, 'continuous backups are not copied, and the policy has no other rule; add one');
    problems.require(
      days.every((each) => each >= LEAST_DAYS),
      `an air-gapped vault keeps recovery points for at least ${LEAST_DAYS} days, got ${days.join(', ')}`,
    );
    problems.throwIfAny();
    const least = Math.min(...days);
    this.vault = new backup.CfnLogicallyAirGappedBackupVault(this, 'Vault', {
      backupVaultName: AirGappedVault.nameFor(systemName),
      minRetentionDays: least,
      maxRetentionDays: Math.max(...days, least + 1),
      encryptionKeyArn: props.encryptionKey?.keyArn,
    });
    // never deleted by a stack once it was made: AWS Backup refuses while a recovery point is left, and a deletion that fails rolls a
    // stack back. A first deployment that fails takes it along, empty, and leaves no name taken.
    this.vault.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    this.vaultArn = Stack.of(this).formatArn({
      service: 'backup',
      resource: 'backup-vault',
      resourceName: AirGappedVault.nameFor(systemName),
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }
}
