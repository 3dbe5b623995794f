import { FailureScope } from '../../../core/failure-scope';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { purposeOf } from '../storage/buckets';
import { partnersOf } from './bucket-pairs';
import { copiedByBackup } from './copied-by-backup';

export const bucketIsCopiedOutsideItsRegion = defineRule({
  id: 'RES-DR-002',
  title: 'a bucket that care depends on is half of a pair across regions, or its backups are copied',
  severity: 'error',
  scope: FailureScope.REGION,
  why: 'objects of a bucket without a copy elsewhere are out of reach for as long as its Region is',
  fix: 'replicate the bucket to one in another Region, or copy its backups there',
  docs: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html',
  resourceTypes: ['AWS::S3::Bucket'],
  evaluate: (resource, { assembly, careDependsOn }) => {
    if (!careDependsOn(resource) || purposeOf(resource, assembly) === 'logs') {
      return NOT_APPLICABLE;
    }
    if (resource.region === undefined) {
      return undecided('the Region is chosen at deployment');
    }
    const regions = partnersOf(resource, assembly).map((partner) => partner?.region);
    const copied = copiedByBackup(resource, assembly);
    if (copied === 'yes' || regions.some((region) => region !== undefined && region !== resource.region)) {
      return PASS;
    }
    return copied === 'maybe' || regions.includes(undefined)
      ? undecided('the Region of a replica or of backup copies is decided outside of these templates')
      : failed(`nothing keeps a copy outside ${resource.region}`, 'Properties.ReplicationConfiguration');
  },
});
