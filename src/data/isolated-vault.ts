import { ArnFormat, Duration, Stack, Token } from 'aws-cdk-lib';
import type * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { DataProtection } from '../core';
import { Problems } from '../core/private/fail';
import type { BackupPolicy } from './backup-policy';
import { dataKey } from './private/data-key';
import { lockedVault } from './private/locked-vault';
import { LONGEST_BACKUP_SYSTEM_NAME, requireSystemName } from './private/physical-names';
import { VaultLock } from './vault-lock';

/** Properties of an IsolatedVault. */
export interface IsolatedVaultProps {
  /** The system's name; the vault is called `<systemName>-isolated`. */
  readonly systemName: string;
  /** The accounts that may copy into the vault, and do nothing else with it: twelve digits each. */
  readonly sourceAccounts: string[];
  /**
   * The policy whose snapshots are copied here. Its retentions bound the lock: a copy kept for less or more is refused.
   *
   * @default - the lock lets in any retention
   */
  readonly policy?: BackupPolicy;
  /**
   * The customer key that encrypts the copies, of this account: whoever holds a source account must not be able to destroy it.
   *
   * @default - a new key with rotation
   */
  readonly encryptionKey?: kms.IKey;
  /**
   * Whether retention can be shortened.
   *
   * @default VaultLock.governance(), or VaultLock.none() where data may be destroyed with the stack
   */
  readonly vaultLock?: VaultLock;
  /**
   * What becomes of the vault when it is removed. A vault that holds recovery points cannot be deleted.
   *
   * @default DataProtection.retain()
   */
  readonly dataProtection?: DataProtection;
}

/**
 * The destination account's half of copies into another account: a vault that the account of the system copies into and cannot
 * delete from. Deploy it, in a stack of that account, before the system calls `copyTo(IsolatedVault.arnIn(…))`.
 *
 * Both accounts must be in one organization, whose management account has switched cross-account backup on, and nobody should
 * administer one from the other. Storage is charged there, a full copy of an Aurora cluster each time.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/create-cross-account-backup.html
 */
export class IsolatedVault extends Construct {
  /** Name of a system's isolated vault. */
  public static nameFor(systemName: string): string {
    return `${systemName}-isolated`;
  }

  /**
   * ARN of a system's isolated vault in another account: what `ClinicalBackup.copyTo` takes.
   *
   * @param scope a construct in the partition of the vault
   */
  public static arnIn(scope: Construct, systemName: string, account: string, region: string): string {
    return Stack.of(scope).formatArn({
      service: 'backup',
      account,
      region,
      resource: 'backup-vault',
      resourceName: IsolatedVault.nameFor(systemName),
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  /** The vault. */
  public readonly vault: backup.BackupVault;
  /** ARN of the vault, made of names. */
  public readonly vaultArn: string;
  /** The key that encrypts the copies. */
  public readonly encryptionKey: kms.IKey;

  /**
   * @throws InvalidSystemName when a vault name cannot be made of the system's name
   * @throws InvalidIsolatedVault when no other account may copy, or one is this one
   */
  public constructor(scope: Construct, id: string, props: IsolatedVaultProps) {
    super(scope, id);
    const { systemName, policy } = props;
    requireSystemName(this, systemName, LONGEST_BACKUP_SYSTEM_NAME);
    this.validate(props);
    const { account, region } = Stack.of(this);
    const dataProtection = props.dataProtection ?? DataProtection.retain();
    this.vaultArn = IsolatedVault.arnIn(this, systemName, account, region);
    this.encryptionKey =
      props.encryptionKey ??
      dataKey(this, 'Key', `Encrypts copies of ${systemName} from other accounts`, dataProtection);
    const retentions = (policy?.snapshotRules ?? []).map((rule) => rule.retention.toDays());
    this.vault = lockedVault(this, 'Vault', {
      name: IsolatedVault.nameFor(systemName),
      encryptionKey: this.encryptionKey,
      dataProtection,
      lock: props.vaultLock ?? (dataProtection.retained ? VaultLock.governance() : VaultLock.none()),
      denyDeletion: dataProtection.retained,
      accessPolicy: copyingFrom(props.sourceAccounts),
      shortest: Duration.days(retentions.length > 0 ? Math.min(...retentions) : 1),
      longest: Duration.days(retentions.length > 0 ? Math.max(...retentions) : 36_500),
    });
  }

  private validate({ sourceAccounts, policy }: IsolatedVaultProps): void {
    const { account } = Stack.of(this);
    const problems = new Problems(this, 'InvalidIsolatedVault');
    problems.require(sourceAccounts.length > 0, 'nobody may copy into the vault, got no sourceAccounts');
    for (const source of sourceAccounts) {
      problems.require(
        Token.isUnresolved(source) || /^\d{12}$/.test(source),
        `a source account is twelve digits, got "${source}"`,
      );
      problems.require(
        Token.isUnresolved(account) || source !== account,
        `the vault is in the source account ${source}, where it protects from nothing that happens to the account; create it in a stack of another one`,
      );
    }
    problems.require(
      policy === undefined || policy.snapshotRules.length > 0,
      'continuous backups are not copied, and the policy has no other rule; add a snapshot rule',
    );
    problems.throwIfAny();
  }
}

function copyingFrom(accounts: string[]): iam.PolicyDocument {
  return new iam.PolicyDocument({
    statements: [
      new iam.PolicyStatement({
        actions: ['backup:CopyIntoBackupVault'],
        principals: accounts.map((account) => new iam.AccountPrincipal(account)),
        resources: ['*'], // in a vault's policy: this vault
      }),
    ],
  });
}
