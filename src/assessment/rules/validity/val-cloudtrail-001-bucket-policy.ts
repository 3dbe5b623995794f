import { type Assembly, entryOf, identityOf, itemsOf, type Resource, textOf, type Value } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

const NEEDED = ['s3:GetBucketAcl', 's3:PutObject'];

/** What identifies a bucket: its name if that is given, else the resource. */
function bucketOf(value: Value): string | undefined {
  const resource = value.kind === 'reference' ? value.resource : undefined;
  const name = resource?.property('BucketName');
  return identityOf(name && name.kind !== 'absent' ? name : value);
}

function policiesOf(assembly: Assembly, bucket: string): Resource[] {
  return assembly
    .resourcesOf('AWS::S3::BucketPolicy')
    .filter((policy) => bucketOf(policy.property('Bucket')) === bucket);
}

function actionsForTrails(statement: Value): string[] {
  const principal = entryOf(statement, 'Principal');
  const services = [...itemsOf(principal), ...itemsOf(entryOf(principal, 'Service'))].map(textOf);
  const trusted = services.includes('*') || services.includes('cloudtrail.amazonaws.com');
  return textOf(entryOf(statement, 'Effect')) === 'Allow' && trusted
    ? itemsOf(entryOf(statement, 'Action')).flatMap((action) => textOf(action) ?? [])
    : [];
}

export const trailMayWriteToItsBucket = defineRule({
  id: 'VAL-CLOUDTRAIL-001',
  title: 'the bucket of a trail lets CloudTrail write to it',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'a trail is refused while the policy of its bucket does not let CloudTrail read the ACL and put objects',
  fix: 'add a bucket policy that allows cloudtrail.amazonaws.com s3:GetBucketAcl and s3:PutObject',
  docs: 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html',
  resourceTypes: ['AWS::CloudTrail::Trail'],
  evaluate: (resource, { assembly }) => {
    const value = resource.property('S3BucketName');
    const bucket = bucketOf(value);
    const location = 'Properties.S3BucketName';
    const policies = bucket === undefined ? [] : policiesOf(assembly, bucket);
    if (policies.length === 0) {
      return value.kind === 'reference'
        ? failed('the bucket has no policy', location)
        : undecided('the bucket and its policy are not in these templates', location);
    }
    const documents = policies.map((policy) => policy.property('PolicyDocument', 'Statement'));
    const granted = documents.flatMap(itemsOf).flatMap(actionsForTrails);
    const missing = NEEDED.find((action) => !granted.some((given) => [action, 's3:*', '*'].includes(given)));
    if (missing === undefined) {
      return PASS;
    }
    return documents.some(({ kind }) => kind === 'unknown')
      ? undecided('the bucket policy is set at deployment', location)
      : failed(`the bucket policy does not allow CloudTrail ${missing}`, location);
  },
});
