import { orAbsent } from '../absent';
import type { Aws } from '../aws';
import type { Check, Side } from '../check';
import { isUsable, type KeyState, readKey } from '../key-state';

/** A bucket of documents, and where it replicates to. */
interface WantedBucket {
  readonly bucket: string;
  /** Alias of its key, where the other Region knows the key by one. */
  readonly keyAlias?: string;
  /** ARN of the alias of the key under which its replicas are written; none where nothing is replicated from it. */
  readonly replicaKey?: string;
}

type Wanted = Record<Side, WantedBucket>;

/** A bucket; null where there is none. */
type Facts = {
  readonly versioning?: string;
  /** Its retention by default, as text; undefined without Object Lock. */
  readonly lock?: string;
  readonly rules: readonly Rule[];
  readonly key?: KeyState | null;
} | null;

interface Rule {
  readonly Status?: string;
  readonly Prefix?: string;
  readonly Filter?: { readonly Prefix?: string; readonly Tag?: unknown; readonly And?: unknown };
  readonly SourceSelectionCriteria?: { readonly SseKmsEncryptedObjects?: { readonly Status?: string } };
  readonly Destination?: {
    readonly Bucket?: string;
    readonly EncryptionConfiguration?: { readonly ReplicaKmsKeyID?: string };
    readonly ReplicationTime?: { readonly Status?: string };
  };
}

interface VersioningAnswer {
  readonly Status?: string;
}

interface LockAnswer {
  readonly ObjectLockConfiguration?: { readonly Rule?: { readonly DefaultRetention?: object } };
}

interface ReplicationAnswer {
  readonly ReplicationConfiguration?: { readonly Rules?: readonly Rule[] };
}

/** Documents are replicated as declared, into a bucket that can take them. */
export const documents: Check<Wanted, Facts> = {
  compares: true,

  read: (aws, wanted, side) => readBucket(aws, wanted[side]),

  judge(wanted, here, there) {
    const where = 'in the other Region';
    return [
      ...faultsOf(wanted.here, here, wanted.there, there),
      ...(there === undefined
        ? []
        : faultsOf(wanted.there, there, wanted.here, here).map((each) => `${each} ${where}`)),
      ...(here && there && here.lock !== there.lock
        ? [`object lock of ${wanted.here.bucket} is ${here.lock ?? 'off'}, and ${there.lock ?? 'off'} ${where}`]
        : []),
    ];
  },
};

async function readBucket(aws: Aws, { bucket: Bucket, keyAlias, replicaKey }: WantedBucket): Promise<Facts> {
  const versioning = await orAbsent(aws<VersioningAnswer>('s3', 'GetBucketVersioning', { Bucket }));
  if (versioning === null) {
    return null;
  }
  const [lock, replication, key] = await Promise.all([
    orAbsent(aws<LockAnswer>('s3', 'GetObjectLockConfiguration', { Bucket })),
    replicaKey ? orAbsent(aws<ReplicationAnswer>('s3', 'GetBucketReplication', { Bucket })) : undefined,
    keyAlias ? readKey(aws, keyAlias) : undefined,
  ]);
  const configuration = lock?.ObjectLockConfiguration;
  return {
    versioning: versioning.Status,
    lock: configuration && asText(configuration.Rule?.DefaultRetention ?? {}),
    rules: replication?.ReplicationConfiguration?.Rules ?? [],
    key,
  };
}

/** For example `Days 3650, Mode COMPLIANCE`. */
function asText(retention: object): string {
  const words = Object.entries(retention).sort(([a], [b]) => a.localeCompare(b));
  return words.map(([name, value]) => `${name} ${value}`).join(', ') || 'without a retention by default';
}

function faultsOf(wanted: WantedBucket, facts: Facts, otherWanted: WantedBucket, other: Facts | undefined): string[] {
  const { bucket, keyAlias, replicaKey } = wanted;
  if (facts === null) {
    return [`there is no bucket ${bucket}`];
  }
  return [
    ...(facts.versioning === 'Enabled'
      ? []
      : [`the bucket ${bucket} keeps no versions, and nothing is replicated into it`]),
    ...(keyAlias && !isUsable(facts.key)
      ? [`the key ${keyAlias} of ${bucket} is ${facts.key?.state ?? 'missing'}`]
      : []),
    ...(replicaKey ? ruleFaults(bucket, otherWanted.bucket, facts.rules, [replicaKey, other?.key?.arn]) : []),
  ];
}

/**
 * What a rule lacks that takes every document in time. Its key may be told as the alias that it was given, or as the key behind that.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html
 */
function ruleFaults(from: string, to: string, rules: readonly Rule[], keys: (string | undefined)[]): string[] {
  const rule = rules.find(({ Destination }) => Destination?.Bucket?.endsWith(`:::${to}`));
  if (!rule) {
    return [`no rule replicates ${from} to ${to}`];
  }
  const { Status, Prefix, Filter, SourceSelectionCriteria, Destination } = rule;
  const { ReplicaKmsKeyID: key } = Destination?.EncryptionConfiguration ?? {};
  const { Status: timed } = Destination?.ReplicationTime ?? {}; // 15 minutes, always
  const faults = [
    ...(Status === 'Enabled' ? [] : [`is ${Status}`]),
    ...(Prefix || Filter?.Prefix || Filter?.Tag || Filter?.And ? ['takes a part of the documents only'] : []),
    ...(SourceSelectionCriteria?.SseKmsEncryptedObjects?.Status === 'Enabled' ? [] : ['leaves out what is encrypted']),
    ...(timed === 'Enabled' ? [] : ['has no time control']),
    ...(keys.includes(key) || (keys[1] === undefined && isKeyOf(keys[0], key))
      ? []
      : [`encrypts under ${key ?? 'no customer key'}`]),
  ];
  return faults.map((fault) => `the rule that replicates ${from} to ${to} ${fault}`);
}

/** While the other Region does not say which key its alias means, any key of that Region and account may be it. */
function isKeyOf(alias: string | undefined, key: string | undefined): boolean {
  return key?.startsWith(alias?.replace(/:alias\/.*$/, ':key/') ?? '?') ?? false;
}
