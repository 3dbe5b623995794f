import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import { FailureScope } from '../../core';
import type { BackupPolicy } from '../../data';
import { databaseIdentifierOf } from '../../data/private/physical-names';
import type { CrossRegionDr } from '../cross-region-dr';
import type { Outlook, ReadinessCheck, ReadRight } from './readiness-check';
import { isRestore, type RestorableStore, storesOf } from './restoration';

/** How many stores of a kind have copies, and how old the newest copy of each may be. */
interface WantedCopies {
  readonly type: string;
  readonly stores: number;
  readonly seconds: number;
}

/**
 * What a system would be made from again: copies in the recovery vault, of each store, and backups that Amazon RDS replicates. The alarm on
 * missing recovery points hears when no copy arrives at all; that one store of several is left out it does not.
 */
export function backupsCheck(outlook: Outlook): ReadinessCheck | undefined {
  const { dr, region, serving } = outlook;
  const { landing, primary } = dr;
  const replicates = primary.database?.backupReplication !== undefined;
  if (region !== dr.recoveryRegion || (!landing.vault && !replicates)) {
    return undefined;
  }
  const expected = !serving; // from a Region that users left nothing comes
  const copies = expected && landing.vault ? wantedCopies(dr) : [];
  return {
    name: 'Backups',
    meaning: 'a store has no copy of a backup here that is new enough, or copies can be deleted',
    wanted: {
      vault: landing.vault && { name: landing.vault.vaultName, locked: isLocked(landing.vault.vault) },
      copies,
      replicated:
        replicates && expected
          ? {
              instance: databaseIdentifierOf(primary.systemName, dr.primaryRegion),
              seconds: dr.primary.objectives.forScope(FailureScope.REGION).rpo.toSeconds(),
            }
          : undefined,
    },
    rights: [
      ...(landing.vault
        ? [
            {
              actions: ['backup:DescribeBackupVault', 'backup:ListRecoveryPointsByBackupVault'],
              resources: [landing.vault.vaultArn],
            },
          ]
        : []),
      ...(replicates ? [replicatedRight(dr)] : []),
    ],
  };
}

/** Amazon RDS makes up the names of backups, and tells of those of other Regions only where all are asked for. */
function replicatedRight(dr: CrossRegionDr): ReadRight {
  const resources = ['auto-backup', 'db'].map((resource) =>
    Stack.of(dr).formatArn({
      service: 'rds',
      region: dr.recoveryRegion,
      resource,
      resourceName: '*',
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    }),
  );
  return { actions: ['rds:DescribeDBInstanceAutomatedBackups'], resources };
}

/** Of what can be restored. Those of one kind share a bound: the strictest of theirs. */
function wantedCopies(dr: CrossRegionDr): WantedCopies[] {
  const byType = new Map<string, RestorableStore[]>();
  for (const store of storesOf(dr.primary)) {
    const type = store.restoration?.resourceType;
    if (type) {
      byType.set(type, [...(byType.get(type) ?? []), store]);
    }
  }
  return [...byType].map(([type, stores]) => ({
    type,
    stores: new Set(stores.map(({ restoration }) => restoration?.path)).size,
    seconds: Math.min(...stores.map((store) => oldest(dr, store))),
  }));
}

/**
 * How old the newest copy may be, in seconds: the RPO for the loss of the account, and of the Region where only copies are left of it; what the
 * plan makes at best, where that is more, of which the synthesis has told.
 */
function oldest({ primary, strategy }: CrossRegionDr, { store }: RestorableStore): number {
  const isFile = store.startsWith('file share');
  const restored = isRestore(strategy) && !(store === 'database' && primary.database?.backupReplication);
  const scopes = [FailureScope.ACCOUNT, ...(restored ? [FailureScope.REGION] : [])];
  const allowed = Math.min(...scopes.map((scope) => primary.objectives.forScope(scope).rpo.toSeconds()));
  const policy: BackupPolicy | undefined = isFile ? primary.backup?.filePolicy : primary.backup?.policy;
  return Math.max(allowed, policy?.copyRecoveryPoint?.toSeconds() ?? 0);
}

function isLocked(vault: backup.BackupVault): boolean {
  const made = vault.node.defaultChild;
  return made instanceof backup.CfnBackupVault && made.lockConfiguration !== undefined;
}
