import { Assembly, templateFrom } from '../../../../src/assessment/model';
import { storeIsCopiedOutsideItsRegion } from '../../../../src/assessment/rules/recovery/res-dr-001-copy-outside-region';
import { testRule } from '../../../support/rules';

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

test.each([
  ['passes for both members of a global database', 'g', 'g', 'pass'],
  ['is unknown when the other member is not here', 'g', 'h', 'unknown'],
])('%s', (_, east, west, verdict) => {
  const cluster = (GlobalClusterIdentifier: string) => ({
    It: { Type: 'AWS::RDS::DBCluster', Properties: { GlobalClusterIdentifier } },
  });
  const assembly = inTwoRegions(cluster(east), cluster(west));
  for (const member of assembly.resourcesOf('AWS::RDS::DBCluster')) {
    expect(storeIsCopiedOutsideItsRegion.evaluate(member, { assembly, careDependsOn: () => true }).verdict).toBe(
      verdict,
    );
  }
});

test('passes with a read replica in another Region, and leaves the replica alone', () => {
  const source = {
    It: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'postgres', DBInstanceIdentifier: 'ehr' } },
  };
  const SourceDBInstanceIdentifier = 'arn:aws:rds:us-east-1:111111111111:db:ehr';
  const assembly = inTwoRegions(source, {
    Replica: { Type: 'AWS::RDS::DBInstance', Properties: { SourceDBInstanceIdentifier } },
  });
  const verdicts = assembly
    .resourcesOf('AWS::RDS::DBInstance')
    .map((db) => storeIsCopiedOutsideItsRegion.evaluate(db, { assembly, careDependsOn: () => true }).verdict);
  expect(verdicts).toEqual(['pass', 'not-applicable']);
});
