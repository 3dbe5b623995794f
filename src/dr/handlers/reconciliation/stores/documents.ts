import { unless } from '../aws';
import { BEGIN_ANEW, Incomplete } from '../refusal';
import type { StoreReport } from '../report';
import type { Store, StoreContext } from '../store';

interface Wanted {
  readonly account: string;
  readonly bucketArn: string;
  readonly bucketName: string;
  /** Takes the lists: keys may name patients. */
  readonly listBucketArn: string;
  readonly keyArn: string;
  readonly roleArn: string;
}

interface Job {
  readonly Status: string;
  readonly ProgressSummary?: {
    readonly TotalNumberOfTasks?: number;
    readonly NumberOfTasksSucceeded?: number;
    readonly NumberOfTasksFailed?: number;
  };
  readonly GeneratedManifestDescriptor?: { readonly Location?: { readonly ObjectArn?: string } };
  readonly FailureReasons?: { readonly FailureReason?: string }[];
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshooting-replication.html */
const NOTHING_FOUND = /found no keys matching/;
const ENDED = /^(Complete|Cancelled|Cancelling|Failed|Failing)$/;

/**
 * Documents that the other Region never received. S3 itself catches up with those that waited for a Region to come back; the rest failed,
 * or were never subject to replication, and only a job of S3 Batch Replication takes them. S3 lists and counts them, however many they are,
 * and the job waits for confirmation.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-status.html
 */
export const documents: Store<Wanted> = {
  async inOrder() {
    // S3 refuses what is too early, and replication never overwrites a version
  },

  async prepare(context, wanted, before) {
    const jobId = before?.jobId ?? (await list(context, wanted));
    if (jobId === undefined) {
      return { ready: true, found: 'no replication rule on this bucket: nothing was to be replicated from here' };
    }
    const job = await describe(context, wanted, `${jobId}`);
    const reasons = (job.FailureReasons ?? []).map(({ FailureReason }) => FailureReason).join('; ');
    if (job.Status === 'Failed' && NOTHING_FOUND.test(reasons)) {
      return { ready: true, jobId, missingThere: 0 };
    }
    if (ENDED.test(job.Status) && job.Status !== 'Complete') {
      throw new Incomplete(
        `the list of documents ended as ${job.Status}: ${reasons || 'no reason given'}; ${BEGIN_ANEW}`,
      );
    }
    const facts = { jobId, missingThere: job.ProgressSummary?.TotalNumberOfTasks, list: listOf(job) };
    const listed = !/^(New|Preparing)$/.test(job.Status);
    return listed ? { ready: true, ...facts } : { ready: false, now: 'S3 lists documents', ...facts };
  },

  async release(context, wanted, before) {
    if (before.jobId === undefined || before.missingThere === 0) {
      return { ...before, ready: true };
    }
    const job = await describe(context, wanted, `${before.jobId}`);
    if (job.Status === 'Suspended') {
      await control(context, 'UpdateJobStatus', wanted, { JobId: before.jobId, RequestedJobStatus: 'Ready' });
      return { ...before, ready: false, now: 'S3 replicates' };
    }
    return ended(before, job);
  },

  notYet: async (_context, _wanted, before) =>
    typeof before.failed === 'number' && before.failed > 0
      ? [`${before.failed} documents could not be replicated; the report beside ${before.list} says why. ${BEGIN_ANEW}`]
      : [],
};

function ended(before: StoreReport, job: Job): StoreReport {
  if (!ENDED.test(job.Status)) {
    return { ...before, ready: false, now: `S3 replicates: the job is ${job.Status}` };
  }
  if (job.Status !== 'Complete') {
    throw new Incomplete(`the replication of documents ended as ${job.Status}; ${BEGIN_ANEW}`);
  }
  const { NumberOfTasksSucceeded: replicated = 0, NumberOfTasksFailed: failed = 0 } = job.ProgressSummary ?? {};
  return { ...before, ready: true, now: 'done', replicated, failed };
}

/** Let S3 list what has no copy there. The token is of this round, so that a second call makes no second job. */
async function list(context: StoreContext, wanted: Wanted): Promise<string | undefined> {
  const rule = context.here('s3', 'GetBucketReplication', { Bucket: wanted.bucketName });
  if (!(await unless(/^ReplicationConfigurationNotFoundError$/, rule))) {
    return undefined;
  }
  const { JobId } = await control<{ JobId: string }>(context, 'CreateJob', wanted, {
    ClientRequestToken: `${wanted.bucketName}-${context.round}`.slice(-64),
    ConfirmationRequired: true, // a person does
    Description: `Documents that ${context.otherRegion} never received`,
    Operation: { S3ReplicateObject: {} },
    Priority: 10,
    RoleArn: wanted.roleArn,
    ManifestGenerator: {
      S3JobManifestGenerator: {
        SourceBucket: wanted.bucketArn,
        ExpectedBucketOwner: wanted.account,
        EnableManifestOutput: true,
        ManifestOutputLocation: {
          Bucket: wanted.listBucketArn,
          ManifestPrefix: context.round,
          ManifestFormat: 'S3InventoryReport_CSV_20211130',
          ManifestEncryption: { SSEKMS: { KeyId: wanted.keyArn } },
          ExpectedManifestBucketOwner: wanted.account,
        },
        Filter: { EligibleForReplication: true, ObjectReplicationStatuses: ['NONE', 'FAILED'] },
      },
    },
    Report: {
      Enabled: true,
      Bucket: wanted.listBucketArn,
      Prefix: context.round,
      Format: 'Report_CSV_20180820',
      ReportScope: 'FailedTasksOnly',
    },
  });
  return JobId;
}

async function describe(context: StoreContext, wanted: Wanted, JobId: string): Promise<Job> {
  return (await control<{ Job: Job }>(context, 'DescribeJob', wanted, { JobId })).Job;
}

function control<Answer>(
  { here }: StoreContext,
  operation: string,
  { account }: Wanted,
  input: object,
): Promise<Answer> {
  return here<Answer>('s3-control', operation, { AccountId: account, ...input });
}

/** Where the list is; its name holds no key of a document. */
function listOf({ GeneratedManifestDescriptor }: Job): string | undefined {
  return GeneratedManifestDescriptor?.Location?.ObjectArn;
}
