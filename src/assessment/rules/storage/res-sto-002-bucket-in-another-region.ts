import { FailureScope } from '../../../core/failure-scope';
import { type Assembly, entryOf, type Resource } from '../../model';
import { copiedByBackup } from '../recovery/copied-by-backup';
import { defineRule, failed, NOT_APPLICABLE, PASS, type RuleOutcome, undecided } from '../rule';
import { bucketOf, purposeOf, replicationRulesOf } from './buckets';

/** The records in a bucket are replicated to another Region. */
export const bucketInAnotherRegion = defineRule({
  id: 'RES-STO-002',
  title: 'records in a bucket are replicated to another Region, not only copied there by backups',
  severity: 'warning',
  scope: FailureScope.REGION,
  why: 'copies of backups are hours old, and have to be restored before anybody reads a document or an image',
  fix: 'replicate to a versioned bucket in another Region',
  docs: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html',
  alsoKnownAs: [
    'Config:S3_BUCKET_REPLICATION_ENABLED',
    'GuardRegistry:S3_BUCKET_REPLICATION_ENABLED',
    'cdk-nag:HIPAA.Security-S3BucketReplicationEnabled',
    'TrustedAdvisor:Amazon S3 Bucket Replication Not Enabled',
    'ResilienceHub:Amazon Simple Storage Service/Data replication',
    'SecurityHub:S3.7',
    'Config:S3_BUCKET_CROSS_REGION_REPLICATION_ENABLED',
    'Prowler:s3_bucket_cross_region_replication',
    'Powerpipe-WA-Reliability:s3_bucket_cross_region_replication_enabled',
  ],
  resourceTypes: ['AWS::S3::Bucket'],
  evaluate(bucket, { assembly, careDependsOn }) {
    if (purposeOf(bucket, assembly) !== 'records' || !careDependsOn(bucket)) {
      return NOT_APPLICABLE;
    }
    const location = 'Properties.ReplicationConfiguration';
    const configuration = bucket.property('ReplicationConfiguration');
    const destinations = replicationRulesOf(bucket).map((rule) => entryOf(entryOf(rule, 'Destination'), 'Bucket'));
    const regions = destinations.map((destination) => bucketOf(destination, assembly)?.region);
    if (configuration.kind === 'unknown') {
      return undecided(configuration.reason, location);
    }
    if (bucket.region !== undefined && regions.some((region) => region !== undefined && region !== bucket.region)) {
      return PASS;
    }
    return regions.includes(undefined) || (bucket.region === undefined && regions.length > 0)
      ? undecided('the Region of the destination bucket is not in the templates', location)
      : withoutReplica(bucket, assembly);
  },
});

/** Where there is no copy at all, RES-DR-002 says so. */
function withoutReplica(bucket: Resource, assembly: Assembly): RuleOutcome {
  switch (copiedByBackup(bucket, assembly)) {
    case 'yes':
      return failed('only its backups are copied to another Region', 'Properties.ReplicationConfiguration');
    case 'maybe':
      return undecided('whether its backups are copied is decided by name or tag');
    default:
      return NOT_APPLICABLE;
  }
}
