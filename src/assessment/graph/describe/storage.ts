import {
  entryOf,
  itemsOf,
  numberOf,
  type Resource,
  reasonOf,
  textOf,
  textsIn,
  type Unknown,
  unknown,
  type Value,
} from '../../model';
import { Component } from '../component';
import type { BackupSeries, DataTraits, Replica } from '../data-traits';
import type { Graph } from '../graph';
import { bucketOf } from '../named-bucket';
import { isOn } from './compute';
import type { Describe, Family } from './describe';
import { isKept } from './kept';

/** Buckets and tables: AWS spreads them over the zones of a Region by itself. */
function regionalStore(noun: string, traits: (resource: Resource, graph: Graph) => DataTraits): Describe {
  return (resource, graph) =>
    new Component({ resource, noun, role: 'store', mechanism: 'managed', data: () => traits(resource, graph) });
}

function bucketTraits(resource: Resource, graph: Graph): DataTraits {
  return {
    // S3 refuses to delete a bucket that is not empty; what is inside is a matter of versions
    deletionProtection: 'absent',
    keptByStack: isKept(resource),
    versionDays: isVersioned(resource) ? versionDays(resource) : undefined,
    own: [],
    backups: graph.backupPlans.seriesOf(resource),
    replicas: itemsOf(resource.property('ReplicationConfiguration', 'Rules')).flatMap((rule) =>
      bucketReplica(rule, resource, graph),
    ),
  };
}

function bucketReplica(rule: Value, resource: Resource, graph: Graph): Replica[] {
  if (textOf(entryOf(rule, 'Status')) !== 'Enabled') {
    return [];
  }
  const destination = entryOf(rule, 'Destination');
  if (!replicatesEncrypted(rule, resource) || !isVersioned(resource)) {
    return [];
  }
  const timed = textOf(entryOf(entryOf(destination, 'ReplicationTime'), 'Status')) === 'Enabled';
  const bucket = bucketOf(entryOf(destination, 'Bucket'), graph);
  if (bucket && !isVersioned(bucket)) {
    return [];
  }
  return [
    {
      region: bucket?.region ?? unknown('the Region of the destination bucket is not in the templates'),
      component: bucket && graph.component(bucket),
      kind: timed ? 's3 with time control' : 's3',
      resource,
    },
  ];
}

/** S3 replicates between versioned buckets only: https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html */
function isVersioned(bucket: Resource): boolean {
  return textOf(bucket.property('VersioningConfiguration', 'Status')) === 'Enabled';
}

/** Lifecycle rules may expire versions long before anybody misses them. */
function versionDays(bucket: Resource): number | Unknown {
  const rules = itemsOf(bucket.property('LifecycleConfiguration', 'Rules')).filter(
    (rule) => textOf(entryOf(rule, 'Status')) !== 'Disabled',
  );
  const limits = rules.flatMap((rule) => {
    const days = entryOf(entryOf(rule, 'NoncurrentVersionExpiration'), 'NoncurrentDays');
    const older = days.kind === 'absent' ? entryOf(rule, 'NoncurrentVersionExpirationInDays') : days;
    return older.kind === 'absent' ? [] : [numberOf(older) ?? unknown(reasonOf(older) ?? 'no number of days')];
  });
  const undecided = limits.find((limit): limit is Unknown => typeof limit === 'object');
  return undecided ?? Math.min(Number.POSITIVE_INFINITY, ...limits.filter((limit) => typeof limit === 'number'));
}

/** Objects under a KMS key are left out unless the rule asks for them. */
function replicatesEncrypted(rule: Value, bucket: Resource): boolean {
  const encryption = bucket.property('BucketEncryption', 'ServerSideEncryptionConfiguration');
  const underKey = textsIn(encryption).some((text) => text.startsWith('aws:kms'));
  const included = entryOf(entryOf(entryOf(rule, 'SourceSelectionCriteria'), 'SseKmsEncryptedObjects'), 'Status');
  return !underKey || textOf(included) === 'Enabled';
}

function pointInTime(resource: Resource, specification: Value): BackupSeries[] {
  const on = isOn(entryOf(specification, 'PointInTimeRecoveryEnabled'));
  const days = numberOf(entryOf(specification, 'RecoveryPeriodInDays')) ?? 35;
  return on === false
    ? []
    : [
        {
          resource,
          ageSeconds: 300,
          retentionDays: on === true ? days : on,
          locked: false,
          copies: [],
        },
      ];
}

function tableTraits(resource: Resource, graph: Graph): DataTraits {
  return {
    deletionProtection: isOn(resource.property('DeletionProtectionEnabled')),
    keptByStack: isKept(resource),
    own: pointInTime(resource, resource.property('PointInTimeRecoverySpecification')),
    backups: graph.backupPlans.seriesOf(resource),
    replicas: [],
  };
}

function globalTableTraits(resource: Resource, graph: Graph): DataTraits {
  const replicas = itemsOf(resource.property('Replicas'));
  const here = replicas.find((replica) => textOf(entryOf(replica, 'Region')) === resource.region) ?? replicas[0];
  const own = here ?? { kind: 'absent' };
  const isStrong = textOf(resource.property('MultiRegionConsistency')) === 'STRONG';
  return {
    deletionProtection: isOn(entryOf(own, 'DeletionProtectionEnabled')),
    keptByStack: isKept(resource),
    own: pointInTime(resource, entryOf(own, 'PointInTimeRecoverySpecification')),
    backups: graph.backupPlans.seriesOf(resource),
    replicas: replicas
      .filter((replica) => replica !== here)
      .map((replica) => ({
        region: textOf(entryOf(replica, 'Region')) ?? unknown(reasonOf(entryOf(replica, 'Region')) ?? 'no Region'),
        kind: isStrong ? 'dynamodb global with strong consistency' : 'dynamodb global',
        resource,
      })),
  };
}

/** A member of a set of two clusters that both take writes; by itself it waits for the other. */
function distributedTraits(resource: Resource, graph: Graph): DataTraits {
  return {
    deletionProtection: isOn(resource.property('DeletionProtectionEnabled')),
    keptByStack: isKept(resource),
    own: [],
    backups: graph.backupPlans.seriesOf(resource),
    replicas: dsqlPeers(resource, graph),
  };
}

/** Both name both: https://docs.aws.amazon.com/aurora-dsql/latest/userguide/mr-cluster-setup.html */
function dsqlPeers(resource: Resource, graph: Graph): Replica[] {
  const named = (cluster: Resource) => cluster.property('MultiRegionProperties', 'Clusters');
  const list = named(resource);
  const found = (region: string | Unknown, component?: Component): Replica[] => [
    { region, component, kind: 'dsql peer', resource: component?.resource ?? resource },
  ];
  if (list.kind === 'unknown') {
    return found(unknown(list.reason));
  }
  if (resource.property('MultiRegionProperties', 'WitnessRegion').kind === 'absent') {
    return []; // two alone agree on nothing
  }
  const others = graph.assembly
    .resourcesOf(resource.type)
    .filter(({ region }) => region !== undefined && region !== resource.region);
  return itemsOf(list).flatMap((arn) => {
    const region = textOf(arn)?.split(':')[3];
    if (region === resource.region) {
      return [];
    }
    if (region === undefined) {
      return found(unknown(reasonOf(arn) ?? 'no ARN'));
    }
    const candidates = others.filter((other) => other.region === region);
    const peer = candidates.find((other) => {
      const known = itemsOf(named(other)).map(textOf);
      return itemsOf(list).every((each) => known.includes(textOf(each)));
    });
    return candidates.length > 0 && !peer
      ? found(unknown(`the cluster in ${region} does not name both`))
      : found(region, peer && graph.component(peer));
  });
}

export const STORAGE: Family = {
  'AWS::S3::Bucket': regionalStore('bucket', bucketTraits),
  'AWS::DynamoDB::Table': regionalStore('table', tableTraits),
  'AWS::DynamoDB::GlobalTable': regionalStore('global table', globalTableTraits),
  'AWS::DSQL::Cluster': regionalStore('Aurora DSQL cluster', distributedTraits),
};
