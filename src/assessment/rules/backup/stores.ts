import {
  type Assembly,
  booleanOf,
  entryOf,
  itemsOf,
  numberOf,
  type Resource,
  reasonOf,
  textOf,
  type Value,
} from '../../model';
import { globalMembersOf, hasCredentials } from '../database/global-members';
import { purposeOf } from '../storage/buckets';
import { isCopyOfAnotherRegion } from '../storage/replicated-files';

/** Types that hold records which nothing else can rebuild. */
export const STORE_TYPES = [
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::DocDB::DBCluster',
  'AWS::Neptune::DBCluster',
  'AWS::DynamoDB::Table',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DSQL::Cluster',
  'AWS::EFS::FileSystem',
  'AWS::FSx::FileSystem',
  'AWS::EC2::Volume',
  'AWS::S3::Bucket',
];

/** Days before somebody notices a corruption: an intruder stayed for 57 days in the Irish health service. */
export const DWELL_DAYS = { care: 60, other: 14 };

/** The most that AWS keeps of continuous backups: https://docs.aws.amazon.com/aws-backup/latest/devguide/point-in-time-recovery.html */
const CONTINUOUS_DAYS = 35;

/** Whether its records are another's: an instance of a cluster, a read replica, a secondary, a destination of replication. */
export function holdsNothingOfItsOwn(resource: Resource, assembly: Assembly): boolean {
  const given = (property: string) => resource.property(property).kind !== 'absent';
  switch (resource.type) {
    case 'AWS::RDS::DBInstance':
      return given('DBClusterIdentifier') || given('SourceDBInstanceIdentifier') || given('SourceDBClusterIdentifier');
    case 'AWS::RDS::DBCluster':
      return given('ReplicationSourceIdentifier') || isSecondary(resource, assembly);
    case 'AWS::DocDB::DBCluster':
      return given('GlobalClusterIdentifier') && !given('MasterUsername') && !given('SnapshotIdentifier');
    case 'AWS::S3::Bucket':
      return purposeOf(resource, assembly) !== 'records';
    case 'AWS::EFS::FileSystem':
      return isCopyOfAnotherRegion(resource, assembly);
    default:
      return false;
  }
}

function isSecondary(cluster: Resource, assembly: Assembly): boolean {
  const others = globalMembersOf(cluster, assembly).filter((member) => member !== cluster);
  const isFirst = hasCredentials(cluster) || cluster.property('SnapshotIdentifier').kind !== 'absent';
  return !isFirst && others.some(hasCredentials);
}

/** Days that a store keeps backups or versions by itself, or why that is not decided. */
export function ownDays(resource: Resource): number | string {
  switch (resource.type) {
    case 'AWS::DynamoDB::Table':
      return pointInTimeDays(resource.property('PointInTimeRecoverySpecification'));
    case 'AWS::DynamoDB::GlobalTable':
      return pointInTimeDays(entryOf(replicaHere(resource), 'PointInTimeRecoverySpecification'));
    case 'AWS::EFS::FileSystem':
      return textOf(resource.property('BackupPolicy', 'Status')) === 'ENABLED' ? CONTINUOUS_DAYS : 0;
    case 'AWS::FSx::FileSystem':
      return fileSystemDays(resource);
    case 'AWS::S3::Bucket':
      return versionDays(resource);
    case 'AWS::EC2::Volume':
    case 'AWS::DSQL::Cluster':
      return 0;
    default:
      return days(resource.property('BackupRetentionPeriod'), 1);
  }
}

/** Whether a store can be restored to any moment by itself. */
export function hasOwnPointInTime(resource: Resource): boolean {
  const byItself = /^AWS::(RDS|DocDB|Neptune|DynamoDB)::/.test(resource.type);
  return byItself && ownDays(resource) !== 0;
}

function days(value: Value, otherwise: number): number | string {
  return value.kind === 'absent' ? otherwise : (numberOf(value) ?? reasonOf(value) ?? 'no number of days');
}

function pointInTimeDays(specification: Value): number | string {
  const enabled = entryOf(specification, 'PointInTimeRecoveryEnabled');
  const reason = reasonOf(enabled);
  if (reason !== undefined) {
    return reason;
  }
  return booleanOf(enabled) === true ? days(entryOf(specification, 'RecoveryPeriodInDays'), CONTINUOUS_DAYS) : 0;
}

function replicaHere(table: Resource): Value {
  const replicas = itemsOf(table.property('Replicas'));
  const here = replicas.find((replica) => textOf(entryOf(replica, 'Region')) === table.region);
  return here ?? replicas[0] ?? { kind: 'absent' };
}

/** Lustre takes no backups unless told to; the other kinds keep them for 30 days. */
function fileSystemDays(fileSystem: Resource): number | string {
  const kinds = ['WindowsConfiguration', 'OntapConfiguration', 'OpenZFSConfiguration'];
  const kind = kinds.find((name) => fileSystem.property(name).kind !== 'absent');
  return days(fileSystem.property(kind ?? 'LustreConfiguration', 'AutomaticBackupRetentionDays'), kind ? 30 : 0);
}

function versionDays(bucket: Resource): number | string {
  const status = bucket.property('VersioningConfiguration', 'Status');
  if (textOf(status) !== 'Enabled') {
    return reasonOf(status) ?? 0;
  }
  const limits = itemsOf(bucket.property('LifecycleConfiguration', 'Rules'))
    .filter((rule) => textOf(entryOf(rule, 'Status')) !== 'Disabled')
    .map((rule) =>
      days(entryOf(entryOf(rule, 'NoncurrentVersionExpiration'), 'NoncurrentDays'), Number.POSITIVE_INFINITY),
    );
  const undecided = limits.find((limit) => typeof limit === 'string');
  return undecided ?? Math.min(Number.POSITIVE_INFINITY, ...limits.filter((limit) => typeof limit === 'number'));
}
