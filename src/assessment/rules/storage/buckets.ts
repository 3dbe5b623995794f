import {
  type Assembly,
  entryOf,
  identityOf,
  itemsOf,
  type Resource,
  referencesIn,
  textOf,
  type Value,
} from '../../model';

/** What a bucket is for, as far as others use it. `records` where nothing says otherwise. */
export type BucketPurpose = 'records' | 'logs' | 'replica';

interface Index {
  readonly byName: Map<string, Resource>;
  readonly purposes: Map<Resource, BucketPurpose>;
}

/** Where services are told to write logs, trails, findings, reports, results of probes and snapshots of configuration. */
const LOG_TARGETS: Readonly<Record<string, readonly string[]>> = {
  'AWS::S3::Bucket': ['LoggingConfiguration', 'DestinationBucketName'],
  'AWS::Backup::ReportPlan': ['ReportDeliveryChannel', 'S3BucketName'],
  'AWS::CloudTrail::Trail': ['S3BucketName'],
  'AWS::Config::DeliveryChannel': ['S3BucketName'],
  'AWS::GuardDuty::PublishingDestination': ['DestinationProperties', 'DestinationArn'],
  'AWS::EC2::FlowLog': ['LogDestination'],
  'AWS::CloudFront::Distribution': ['DistributionConfig', 'Logging', 'Bucket'],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ['LoadBalancerAttributes'],
  'AWS::Synthetics::Canary': ['ArtifactS3Location'],
};

const indexes = new WeakMap<Assembly, Index>();

/** Replicas are protected by their source, and logs are not what care is delivered from. */
export function purposeOf(bucket: Resource, assembly: Assembly): BucketPurpose {
  return indexOf(assembly).purposes.get(bucket) ?? 'records';
}

/** The bucket behind a name or an ARN, in whichever Region. */
export function bucketOf(nameOrArn: Value, assembly: Assembly): Resource | undefined {
  return resolve(nameOrArn, indexOf(assembly).byName);
}

/** The rules by which a bucket is replicated now. */
export function replicationRulesOf(bucket: Resource): readonly Value[] {
  return itemsOf(bucket.property('ReplicationConfiguration', 'Rules')).filter(
    (rule) => textOf(entryOf(rule, 'Status')) !== 'Disabled',
  );
}

/** Buckets of other Regions that a bucket is replicated to, and that replicate back. */
export function mirrorsOf(bucket: Resource, assembly: Assembly): Resource[] {
  return destinationsOf(bucket, assembly).filter(
    (other) => other.region !== bucket.region && destinationsOf(other, assembly).includes(bucket),
  );
}

function destinationsOf(bucket: Resource, assembly: Assembly): Resource[] {
  return replicationRulesOf(bucket).flatMap(
    (rule) => bucketOf(entryOf(entryOf(rule, 'Destination'), 'Bucket'), assembly) ?? [],
  );
}

function indexOf(assembly: Assembly): Index {
  let index = indexes.get(assembly);
  if (!index) {
    const byName = indexNames(assembly);
    index = { byName, purposes: indexPurposes(assembly, byName) };
    indexes.set(assembly, index);
  }
  return index;
}

function indexNames(assembly: Assembly): Map<string, Resource> {
  const byName = new Map<string, Resource>();
  for (const bucket of assembly.resourcesOf('AWS::S3::Bucket')) {
    const name = bareName(bucket.property('BucketName'));
    if (name !== undefined) {
      byName.set(name, bucket);
    }
  }
  return byName;
}

function indexPurposes(assembly: Assembly, byName: Map<string, Resource>): Map<Resource, BucketPurpose> {
  const purposes = new Map<Resource, BucketPurpose>();
  const note = (target: Value, purpose: BucketPurpose) => {
    const bucket = resolve(target, byName);
    const mirrors = bucket && purpose === 'replica' && replicationRulesOf(bucket).length > 0;
    if (bucket && !mirrors) {
      purposes.set(bucket, purpose); // what is replicated both ways holds records on both sides
    }
  };
  for (const [type, path] of Object.entries(LOG_TARGETS)) {
    for (const resource of assembly.resourcesOf(type)) {
      note(resource.property(...path), 'logs');
    }
  }
  for (const bucket of assembly.resourcesOf('AWS::S3::Bucket')) {
    for (const rule of replicationRulesOf(bucket)) {
      note(entryOf(entryOf(rule, 'Destination'), 'Bucket'), 'replica');
    }
  }
  return purposes;
}

function resolve(nameOrArn: Value, byName: Map<string, Resource>): Resource | undefined {
  const reference = referencesIn(nameOrArn).find(({ resource }) => resource.type === 'AWS::S3::Bucket');
  const name = bareName(nameOrArn);
  return reference?.resource ?? (name === undefined ? undefined : byName.get(name));
}

/** A name that is equal for equal buckets, though it may hold an account that only deployment knows. */
function bareName(nameOrArn: Value): string | undefined {
  const identity = nameOrArn.kind === 'known' || nameOrArn.kind === 'text' ? identityOf(nameOrArn) : undefined;
  return identity?.replace(/^[=~]/, '').replace(/^.*:s3:::/, '');
}
