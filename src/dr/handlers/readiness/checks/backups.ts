import { orAbsent } from '../absent';
import type { Aws } from '../aws';
import type { Check } from '../check';

const HOUR = 3600 * 1000;
const MINUTE = 60 * 1000;

interface Wanted {
  /** Where copies land; none where nothing is copied. */
  readonly vault?: { readonly name: string; readonly locked: boolean };
  /** Stores by what AWS Backup calls them, and how old the newest copy of each may be. */
  readonly copies: readonly WantedCopies[];
  /** A DB instance of the other Region whose own backups are replicated to this one. */
  readonly replicated?: { readonly instance: string; readonly seconds: number };
}

interface WantedCopies {
  readonly type: string;
  readonly stores: number;
  readonly seconds: number;
}

interface Facts {
  /** Null where there is no such vault. */
  readonly vault?: { readonly locked: boolean } | null;
  /** Of each type, when the newest whole copy of each store was backed up, in milliseconds: the newest first. */
  readonly newest: readonly number[][];
  readonly replicated?: ReplicatedBackups;
}

interface ReplicatedBackups {
  readonly status?: string;
  readonly latest?: number;
}

interface VaultAnswer {
  readonly Locked?: boolean;
}

interface PointsAnswer {
  readonly RecoveryPoints?: readonly RecoveryPoint[];
  readonly NextToken?: string;
}

interface RecoveryPoint {
  readonly ResourceArn?: string;
  readonly Status?: string;
  readonly CreationDate?: Date;
}

interface BackupsAnswer {
  readonly DBInstanceAutomatedBackups?: readonly {
    readonly DBInstanceIdentifier?: string;
    readonly Status?: string;
    readonly RestoreWindow?: { readonly LatestTime?: Date };
  }[];
  readonly Marker?: string;
}

/** What the system would be made from again is here, and new enough. */
export const backups: Check<Wanted, Facts> = {
  compares: false, // copies are here or not, whether the other Region answers or not

  async read(aws, { vault, copies, replicated }) {
    return {
      vault: vault && (await readVault(aws, vault.name)),
      newest: vault ? await Promise.all(copies.map(({ type }) => newestOf(aws, vault.name, type))) : [],
      replicated: replicated && (await readReplicated(aws, replicated.instance)),
    };
  },

  judge: (wanted, here, _there, { now }) => [
    ...judgeVault(wanted, here.vault),
    ...(here.vault === null ? [] : wanted.copies.flatMap((each, i) => judgeCopies(each, here.newest[i], now))),
    ...judgeReplicated(wanted, here.replicated, now),
  ],
};

async function readVault(aws: Aws, BackupVaultName: string): Promise<Facts['vault']> {
  const answer = await orAbsent(aws<VaultAnswer>('backup', 'DescribeBackupVault', { BackupVaultName }));
  return answer && { locked: answer.Locked === true };
}

/**
 * A copy keeps the time its backup was made, so that its age is what would be lost.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/recov-point-create-a-copy.html
 */
async function newestOf(aws: Aws, BackupVaultName: string, ByResourceType: string): Promise<number[]> {
  const newest = new Map<string, number>();
  let NextToken: string | undefined;
  do {
    const asked = { BackupVaultName, ByResourceType, NextToken };
    const page = await orAbsent(aws<PointsAnswer>('backup', 'ListRecoveryPointsByBackupVault', asked));
    for (const { ResourceArn = '', Status, CreationDate } of page?.RecoveryPoints ?? []) {
      if (Status === 'COMPLETED' && CreationDate) {
        newest.set(ResourceArn, Math.max(newest.get(ResourceArn) ?? 0, CreationDate.getTime()));
      }
    }
    NextToken = page?.NextToken;
  } while (NextToken);
  return [...newest.values()].sort((a, b) => b - a);
}

/** Asked of all, page by page: by its name Amazon RDS finds only an instance of this Region. */
async function readReplicated(aws: Aws, instance: string): Promise<ReplicatedBackups> {
  let Marker: string | undefined;
  do {
    const page: BackupsAnswer = await aws<BackupsAnswer>('rds', 'DescribeDBInstanceAutomatedBackups', { Marker });
    const found = page.DBInstanceAutomatedBackups?.find((each) => each.DBInstanceIdentifier === instance);
    if (found) {
      return { status: found.Status, latest: found.RestoreWindow?.LatestTime?.getTime() };
    }
    Marker = page.Marker;
  } while (Marker);
  return {};
}

function judgeVault({ vault: wanted }: Wanted, vault: Facts['vault']): string[] {
  if (!wanted) {
    return [];
  }
  if (!vault) {
    return [`there is no vault ${wanted.name}`];
  }
  return wanted.locked && !vault.locked ? [`the vault ${wanted.name} is locked no more: copies can be deleted`] : [];
}

/** Names of stores are made up by AWS, so they are counted. */
function judgeCopies({ type, stores, seconds }: WantedCopies, newest: number[], now: number): string[] {
  const fresh = newest.filter((time) => now - time <= seconds * 1000).length;
  if (fresh >= stores) {
    return [];
  }
  const last = newest[fresh]; // the newest of those that are too old
  const age = last === undefined ? 'there is none' : `the newest is ${Math.floor((now - last) / HOUR)} hours old`;
  const which =
    stores === 1
      ? `the store that AWS Backup calls ${type}`
      : `${stores - fresh} of the ${stores} stores that AWS Backup calls ${type}`;
  return [`no copy of ${which} is newer than ${Math.floor(seconds / 3600)} hours: ${age}`];
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/AutomatedBackups.Replicating.Describe.html */
function judgeReplicated({ replicated: wanted }: Wanted, found: ReplicatedBackups | undefined, now: number): string[] {
  if (!wanted) {
    return [];
  }
  const { status, latest } = found ?? {};
  const what = `backups of ${wanted.instance}`;
  if (status !== 'replicating') {
    return [`replication of ${what} is ${status ?? 'missing'}`];
  }
  if (latest === undefined) {
    return [`${what} restore to no moment yet`];
  }
  const minutes = Math.floor((now - latest) / MINUTE);
  return minutes * 60 <= wanted.seconds ? [] : [`${what} restore to a moment ${minutes} minutes ago at best`];
}
