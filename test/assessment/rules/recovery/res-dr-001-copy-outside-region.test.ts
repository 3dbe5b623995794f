import { storeIsCopiedOutsideItsRegion } from '../../../../src/assessment/rules/recovery/res-dr-001-copy-outside-region';
import { findingsOf, testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>, others: Record<string, unknown> = {}) => ({
  Resources: { It: { Type: 'AWS::DynamoDB::GlobalTable', Properties }, ...others },
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

const dsql = (peers: string[] | { Ref: string }) => ({
  Resources: {
    It: {
      Type: 'AWS::DSQL::Cluster',
      Properties: {
        MultiRegionProperties: {
          WitnessRegion: 'us-east-2',
          Clusters: Array.isArray(peers)
            ? peers.map((region) => `arn:aws:dsql:${region}:111111111111:cluster/${'a'.repeat(26)}`)
            : peers,
        },
      },
    },
  },
});

testRule(storeIsCopiedOutsideItsRegion, [
  {
    name: 'a replica elsewhere',
    verdict: 'pass',
    template: it({ Replicas: [{ Region: 'us-east-1' }, { Region: 'us-west-2' }] }),
  },
  {
    name: 'backups are copied',
    verdict: 'pass',
    template: it({ Replicas: [{ Region: 'us-east-1' }] }, backup({ Resources: [{ 'Fn::GetAtt': ['It', 'Arn'] }] })),
  },
  {
    name: 'everything is backed up and copied',
    verdict: 'pass',
    template: it({ Replicas: [{ Region: 'us-east-1' }] }, backup({ Resources: ['*'] })),
  },
  { name: 'an Aurora DSQL cluster and its peer', verdict: 'pass', template: dsql(['us-east-1', 'us-west-2']) },
  { name: 'an Aurora DSQL cluster alone', verdict: 'fail', template: dsql([]) },
  { name: 'an Aurora DSQL cluster that names itself', verdict: 'fail', template: dsql(['us-east-1']) },
  { name: 'an Aurora DSQL cluster with peers from a parameter', verdict: 'unknown', template: dsql({ Ref: 'Peers' }) },
  { name: 'one Region, no backup', verdict: 'fail', template: it({ Replicas: [{ Region: 'us-east-1' }] }) },
  {
    name: 'backups stay in the Region',
    verdict: 'fail',
    template: it({ Replicas: [{ Region: 'us-east-1' }] }, backup({ Resources: ['*'] }, 'us-east-1')),
  },
  {
    name: 'backups of something else',
    verdict: 'fail',
    template: it({ Replicas: [{ Region: 'us-east-1' }] }, backup({ Resources: [{ Ref: 'Plan' }] })),
  },
  {
    name: 'tags decide what is backed up',
    verdict: 'unknown',
    template: it(
      { Replicas: [{ Region: 'us-east-1' }] },
      backup({ ListOfTags: [{ ConditionKey: 'tier', ConditionValue: '1' }] }),
    ),
  },
  {
    name: 'a Region from a parameter',
    verdict: 'unknown',
    template: it({ Replicas: [{ Region: 'us-east-1' }, { Region: { Ref: 'Other' } }] }),
  },
  {
    name: 'care does not depend on it',
    verdict: 'not-applicable',
    template: it({ Replicas: [{ Region: 'us-east-1' }] }),
    careDependsOnIt: false,
  },
]);

test.each([
  ['AWS::EFS::FileSystem', { ReplicationConfiguration: { Destinations: [{ Region: 'us-west-2' }] } }, 0],
  ['AWS::EFS::FileSystem', { ReplicationConfiguration: { Destinations: [{ AvailabilityZoneName: 'us-east-1b' }] } }, 1],
  ['AWS::DynamoDB::Table', {}, 1],
  ['AWS::FSx::FileSystem', {}, 1],
])('%s with %j: %i fails', (Type, Properties, fails) => {
  const { failed, unknown } = findingsOf({ Resources: { It: { Type, Properties } } }, [storeIsCopiedOutsideItsRegion]);
  expect(failed.length + unknown.length).toBe(fails);
});
