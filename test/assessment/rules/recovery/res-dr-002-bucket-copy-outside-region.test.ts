import { Assembly, templateFrom } from '../../../../src/assessment/model';
import { bucketIsCopiedOutsideItsRegion } from '../../../../src/assessment/rules/recovery/res-dr-002-bucket-copy-outside-region';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>, others: Record<string, unknown> = {}) => ({
  Resources: { It: { Type: 'AWS::S3::Bucket', Properties }, ...others },
});

/** A plan that copies to a vault in a Region, and what it selects. */
const backup = (selection: Record<string, unknown>, region = 'us-west-2') => ({
  Plan: {
    Type: 'AWS::Backup::BackupPlan',
    Properties: {
      BackupPlan: {
        BackupPlanRule: [
          { CopyActions: [{ DestinationBackupVaultArn: `arn:aws:backup:${region}:111111111111:backup-vault:copies` }] },
        ],
      },
    },
  },
  Selection: {
    Type: 'AWS::Backup::BackupSelection',
    Properties: { BackupPlanId: { Ref: 'Plan' }, BackupSelection: selection },
  },
});

testRule(bucketIsCopiedOutsideItsRegion, [
  {
    name: 'backups are copied',
    verdict: 'pass',
    template: it({}, backup({ Resources: [{ 'Fn::GetAtt': ['It', 'Arn'] }] })),
  },
  { name: 'no copy', verdict: 'fail', template: it({}) },
  {
    name: 'findings of GuardDuty',
    verdict: 'not-applicable',
    template: it(
      {},
      {
        Archive: {
          Type: 'AWS::GuardDuty::PublishingDestination',
          Properties: { DestinationProperties: { DestinationArn: { 'Fn::GetAtt': ['It', 'Arn'] } } },
        },
      },
    ),
  },
  {
    name: 'results of probes',
    verdict: 'not-applicable',
    template: it(
      {},
      {
        Canary: {
          Type: 'AWS::Synthetics::Canary',
          Properties: { ArtifactS3Location: { 'Fn::Join': ['', ['s3://', { Ref: 'It' }, '/ehr-way-in-1']] } },
        },
      },
    ),
  },
  {
    name: 'a replica in the same Region',
    verdict: 'fail',
    template: it(
      {
        ReplicationConfiguration: {
          Rules: [{ Status: 'Enabled', Destination: { Bucket: { 'Fn::GetAtt': ['Copy', 'Arn'] } } }],
        },
      },
      { Copy: { Type: 'AWS::S3::Bucket' } },
    ),
  },
  {
    name: 'a disabled rule',
    verdict: 'fail',
    template: it({
      ReplicationConfiguration: { Rules: [{ Status: 'Disabled', Destination: { Bucket: 'arn:aws:s3:::copy' } }] },
    }),
  },
  {
    name: 'a replica that is not here',
    verdict: 'unknown',
    template: it({
      ReplicationConfiguration: { Rules: [{ Status: 'Enabled', Destination: { Bucket: 'arn:aws:s3:::copy' } }] },
    }),
  },
  {
    name: 'it takes logs',
    verdict: 'not-applicable',
    template: it(
      {},
      {
        Records: {
          Type: 'AWS::S3::Bucket',
          Properties: { LoggingConfiguration: { DestinationBucketName: { Ref: 'It' } } },
        },
      },
    ),
  },
  { name: 'care does not depend on it', verdict: 'not-applicable', template: it({}), careDependsOnIt: false },
]);

/** One stack in each of two Regions. */
function inTwoRegions(east: Record<string, unknown>, west: Record<string, unknown>): Assembly {
  const stack = (region: string, Resources: Record<string, unknown>) => ({
    id: region,
    name: region,
    path: region,
    region,
    template: templateFrom({ Resources } as never, `${region}.template.json`),
  });
  return new Assembly([stack('us-east-1', east), stack('us-west-2', west)]);
}

test('passes for both halves of a pair, by names with holes', () => {
  const name = (region: string) => ({ 'Fn::Sub': `documents-\${AWS::AccountId}-${region}` });
  const bucket = (region: string, rest = {}) => ({
    It: { Type: 'AWS::S3::Bucket', Properties: { BucketName: name(region), ...rest } },
  });
  const Bucket = { 'Fn::Sub': 'arn:aws:s3:::documents-${AWS::AccountId}-us-west-2' };
  const ReplicationConfiguration = { Rules: [{ Status: 'Enabled', Destination: { Bucket } }] };
  const assembly = inTwoRegions(bucket('us-east-1', { ReplicationConfiguration }), bucket('us-west-2'));
  const verdicts = assembly
    .resourcesOf('AWS::S3::Bucket')
    .map((half) => bucketIsCopiedOutsideItsRegion.evaluate(half, { assembly, careDependsOn: () => true }).verdict);
  expect(verdicts).toEqual(['pass', 'pass']);
});
