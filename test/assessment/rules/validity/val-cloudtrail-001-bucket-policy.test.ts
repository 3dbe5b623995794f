import { trailMayWriteToItsBucket } from '../../../../src/assessment/rules/validity/val-cloudtrail-001-bucket-policy';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>, others: Record<string, unknown> = {}) => ({
  Resources: { It: { Type: 'AWS::CloudTrail::Trail', Properties }, ...others },
});

testRule(trailMayWriteToItsBucket, [
  {
    name: 'the policy lets it',
    verdict: 'pass',
    template: it(
      { S3BucketName: { Ref: 'Bucket' } },
      {
        Bucket: { Type: 'AWS::S3::Bucket' },
        Policy: {
          Type: 'AWS::S3::BucketPolicy',
          Properties: {
            Bucket: { Ref: 'Bucket' },
            PolicyDocument: {
              Statement: [
                {
                  Effect: 'Allow',
                  Principal: { Service: 'cloudtrail.amazonaws.com' },
                  Action: ['s3:GetBucketAcl', 's3:PutObject'],
                },
              ],
            },
          },
        },
      },
    ),
  },
  {
    name: 'a bucket by its name',
    verdict: 'pass',
    template: it(
      { S3BucketName: 'trail' },
      {
        Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'trail' } },
        Policy: {
          Type: 'AWS::S3::BucketPolicy',
          Properties: {
            Bucket: { Ref: 'Bucket' },
            PolicyDocument: {
              Statement: { Effect: 'Allow', Principal: { Service: ['cloudtrail.amazonaws.com'] }, Action: 's3:*' },
            },
          },
        },
      },
    ),
  },
  {
    name: 'no policy',
    verdict: 'fail',
    template: it({ S3BucketName: { Ref: 'Bucket' } }, { Bucket: { Type: 'AWS::S3::Bucket' } }),
  },
  {
    name: 'a policy for somebody else',
    verdict: 'fail',
    template: it(
      { S3BucketName: { Ref: 'Bucket' } },
      {
        Bucket: { Type: 'AWS::S3::Bucket' },
        Policy: {
          Type: 'AWS::S3::BucketPolicy',
          Properties: {
            Bucket: { Ref: 'Bucket' },
            PolicyDocument: {
              Statement: [{ Effect: 'Allow', Principal: { Service: 'config.amazonaws.com' }, Action: 's3:*' }],
            },
          },
        },
      },
    ),
  },
  { name: 'a bucket from elsewhere', verdict: 'unknown', template: it({ S3BucketName: 'trail' }) },
  {
    name: 'a policy from elsewhere',
    verdict: 'unknown',
    template: it(
      { S3BucketName: { Ref: 'Bucket' } },
      {
        Bucket: { Type: 'AWS::S3::Bucket' },
        Policy: {
          Type: 'AWS::S3::BucketPolicy',
          Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument: { 'Fn::ImportValue': 'policy' } },
        },
      },
    ),
  },
]);
