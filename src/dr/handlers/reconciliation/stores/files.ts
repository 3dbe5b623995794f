import { unless } from '../aws';
import { BEGIN_ANEW, Incomplete } from '../refusal';
import type { StoreReport } from '../report';
import type { Store, StoreContext } from '../store';

interface Wanted {
  readonly fileSystemId: string;
  readonly fileSystemArn: string;
  /** Takes the recovery point. */
  readonly vaultName: string;
  readonly roleArn: string;
  readonly keepDays?: number;
}

interface Replication {
  readonly SourceFileSystemId: string;
  readonly Destinations?: { readonly FileSystemId: string }[];
}

/**
 * A file share. What changed here after the last copy is in this file system only, and the way back overwrites it: a recovery point is
 * made first, and people restore from it what they miss. No API of Amazon EFS lists what changed.
 *
 * https://docs.aws.amazon.com/efs/latest/ug/replication-use-cases.html
 */
export const files: Store<Wanted> = {
  async inOrder() {
    // a recovery point may be made at any time; when it is too late for it, prepare says so
  },

  async prepare(context, wanted, before) {
    const jobId = before?.jobId ?? (await backUp(context, wanted));
    if (jobId === undefined) {
      return {
        ready: true,
        found: 'too late: replication in the other direction has begun to overwrite what was here',
      };
    }
    const job = await context.here<{ State: string; RecoveryPointArn?: string; StatusMessage?: string }>(
      'backup',
      'DescribeBackupJob',
      { BackupJobId: jobId },
    );
    if (/^(FAILED|ABORTED|EXPIRED|PARTIAL)$/.test(job.State)) {
      throw new Incomplete(
        `the recovery point of ${wanted.fileSystemId} is ${job.State}: ${job.StatusMessage ?? 'no reason given'}; ${BEGIN_ANEW}`,
      );
    }
    return {
      ready: job.State === 'COMPLETED',
      now: job.State === 'COMPLETED' ? 'compare' : 'a recovery point is made',
      jobId,
      recoveryPoint: job.RecoveryPointArn,
    };
  },

  release: async (_context, _wanted, before): Promise<StoreReport> => ({
    ...before,
    ready: true,
    now: 'its recovery point stays',
  }),
};

async function backUp(context: StoreContext, wanted: Wanted): Promise<string | undefined> {
  if (await isCopy(context, wanted)) {
    return undefined;
  }
  const { BackupJobId } = await context.here<{ BackupJobId: string }>('backup', 'StartBackupJob', {
    BackupVaultName: wanted.vaultName,
    ResourceArn: wanted.fileSystemArn,
    IamRoleArn: wanted.roleArn,
    IdempotencyToken: `${wanted.fileSystemId}-${context.round}`,
    Lifecycle: wanted.keepDays ? { DeleteAfterDays: wanted.keepDays } : undefined,
  });
  return BackupJobId;
}

async function isCopy({ here }: StoreContext, { fileSystemId }: Wanted): Promise<boolean> {
  const asked = here<{ Replications?: Replication[] }>('efs', 'DescribeReplicationConfigurations', {
    FileSystemId: fileSystemId,
  });
  const { Replications = [] } = (await unless(/NotFound/, asked)) ?? {};
  return Replications.some(({ Destinations = [] }) => Destinations.some((each) => each.FileSystemId === fileSystemId));
}
