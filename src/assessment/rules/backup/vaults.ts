import { type Assembly, entryOf, identityOf, itemsOf, numberOf, type Resource, type Value } from '../../model';

/** Where a vault is, as far as its ARN says. */
export interface VaultPlace {
  readonly region?: string;
  readonly account?: string;
}

/** Stands for the account that stacks without an environment go to. */
const OWN_ACCOUNT = 'own';

/** The destinations to which a rule copies. */
export function copiesOf(rule: Value): readonly Value[] {
  return itemsOf(entryOf(rule, 'CopyActions')).map((action) => entryOf(action, 'DestinationBackupVaultArn'));
}

/** The Region and account of a vault, from its resource or from its ARN. */
export function placeOf(vault: Value): VaultPlace {
  if (vault.kind === 'reference') {
    const { region, account } = vault.resource.stack;
    return { region, account: account ?? OWN_ACCOUNT };
  }
  const parts = vault.kind === 'text' ? vault.parts : vault.kind === 'known' ? [String(vault.value)] : [];
  const text = parts.map((part) => {
    if (typeof part === 'string') {
      return part;
    }
    return part.kind === 'unknown' && part.symbol === 'AWS::AccountId' ? OWN_ACCOUNT : '?';
  });
  const [, , , region, account] = text.join('').split(':');
  const decided = (field?: string) => (field === undefined || field === '' || field.includes('?') ? undefined : field);
  return { region: decided(region), account: decided(account) };
}

/** The vault behind a name or an ARN, where the templates define it. */
export function vaultOf(nameOrArn: Value, assembly: Assembly): Resource | undefined {
  if (nameOrArn.kind === 'reference') {
    return nameOrArn.resource;
  }
  const name = bareName(nameOrArn);
  const { region } = placeOf(nameOrArn);
  return assembly
    .resourcesOf('AWS::Backup::BackupVault', 'AWS::Backup::LogicallyAirGappedBackupVault')
    .find((vault) => {
      const own = bareName(vault.property('BackupVaultName'));
      return own !== undefined && own === name && vault.region === region;
    });
}

/** What follows `backup-vault:`, equal for equal vaults though only deployment may know it. */
function bareName(nameOrArn: Value): string | undefined {
  const isText = nameOrArn.kind === 'known' || nameOrArn.kind === 'text';
  return isText
    ? identityOf(nameOrArn)
        ?.replace(/^[=~]/, '')
        .replace(/^.*:backup-vault:/, '')
    : undefined;
}

/** The account of a plan, in the same words. */
export function accountOf({ stack }: Resource): string {
  return stack.account ?? OWN_ACCOUNT;
}

/** Whether not even the root of the account deletes from it: air-gapped, or locked past its days of grace. */
export function isLockedForGood(vault: Resource): boolean {
  const grace = vault.property('LockConfiguration', 'ChangeableForDays');
  return vault.type === 'AWS::Backup::LogicallyAirGappedBackupVault' || numberOf(grace) !== undefined;
}
