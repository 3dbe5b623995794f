import { type Assembly, entryOf, identityOf, itemsOf, type Resource, textOf, type Value } from '../../model';

interface Pairs {
  /** Source, and the identity of the bucket it is copied to. */
  readonly pairs: readonly (readonly [source: Resource, destination: string])[];
  readonly buckets: ReadonlyMap<string, Resource>;
}

const pairsIn = new WeakMap<Assembly, Pairs>();

/** What a bucket is copied to, or from; undefined for a bucket that is not in these templates. */
export function partnersOf(bucket: Resource, assembly: Assembly): (Resource | undefined)[] {
  let known = pairsIn.get(assembly);
  if (!known) {
    known = readPairs(assembly);
    pairsIn.set(assembly, known);
  }
  const { pairs, buckets } = known;
  return pairs.flatMap(([source, destination]) => {
    const target = buckets.get(destination);
    if (source === bucket) {
      return [target];
    }
    return target === bucket ? [source] : [];
  });
}

function readPairs(assembly: Assembly): Pairs {
  const all = assembly.resourcesOf('AWS::S3::Bucket');
  return {
    pairs: all.flatMap((source) =>
      itemsOf(source.property('ReplicationConfiguration', 'Rules'))
        .filter((rule) => textOf(entryOf(rule, 'Status')) === 'Enabled')
        .map((rule): [Resource, string] => [source, bucketOf(entryOf(entryOf(rule, 'Destination'), 'Bucket')) ?? '']),
    ),
    buckets: new Map(all.map((bucket) => [nameOf(bucket) ?? `@${bucket.id}`, bucket])),
  };
}

/** Its given name, if that can be compared. */
function nameOf(bucket: Resource): string | undefined {
  const name = bucket.property('BucketName');
  return name.kind === 'absent' ? undefined : identityOf(name);
}

/** A bucket by name, ARN or reference, in the form of its given name. */
function bucketOf(value: Value): string | undefined {
  if (value.kind === 'reference') {
    return nameOf(value.resource) ?? `@${value.resource.id}`;
  }
  if (value.kind === 'text' && value.parts.length === 2) {
    const [prefix, bucket] = value.parts;
    if (typeof prefix === 'string' && /^arn:[^:]*:s3:::$/.test(prefix) && typeof bucket === 'object') {
      return bucketOf(bucket);
    }
  }
  return identityOf(value)?.replace(/^(.)arn:[^:]*:s3:::/, '$1');
}
