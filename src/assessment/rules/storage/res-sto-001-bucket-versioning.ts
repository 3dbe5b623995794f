import { FailureScope } from '../../../core/failure-scope';
import { reasonOf, textOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { purposeOf } from './buckets';

/** A bucket keeps earlier versions of its objects. */
export const bucketVersioning = defineRule({
  id: 'RES-STO-001',
  title: 'a bucket keeps earlier versions of its objects',
  severity: 'error',
  scope: FailureScope.CORRUPTION,
  why: 'without versions an overwritten or deleted document is gone',
  fix: 'set VersioningConfiguration.Status to Enabled',
  docs: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html',
  alsoKnownAs: [
    'SecurityHub:S3.14',
    'Config:S3_BUCKET_VERSIONING_ENABLED',
    'Prowler:s3_bucket_object_versioning',
    'GuardRegistry:S3_BUCKET_VERSIONING_ENABLED',
    'cdk-nag:HIPAA.Security-S3BucketVersioningEnabled',
    'Checkov:CKV_AWS_21',
    'TrustedAdvisor:Amazon S3 Bucket Versioning',
    'ResilienceHub:Amazon Simple Storage Service/Versioning',
    'ControlTower:CT.S3.PR.11',
  ],
  resourceTypes: ['AWS::S3::Bucket'],
  evaluate(bucket, { assembly }) {
    if (purposeOf(bucket, assembly) === 'logs') {
      return NOT_APPLICABLE; // logs are written once
    }
    const status = bucket.property('VersioningConfiguration', 'Status');
    const location = 'Properties.VersioningConfiguration';
    const reason = reasonOf(status);
    if (reason !== undefined) {
      return undecided(reason, location);
    }
    return textOf(status) === 'Enabled' ? PASS : failed('versioning is off', location);
  },
});
