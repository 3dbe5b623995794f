import { BackupPlans } from '../../../src/assessment/graph/backup-plans';
import { Assembly, templateFrom } from '../../../src/assessment/model';

const HERE = { account: '111111111111', region: 'us-east-1' };

/** Where copies of a resource go, by a plan that copies to a vault in a Region of an account. */
function copiesOf(type: string, properties: object, region: string, account: string): unknown[] {
  const resources = {
    It: { Type: type, Properties: properties },
    Plan: {
      Type: 'AWS::Backup::BackupPlan',
      Properties: {
        BackupPlan: {
          BackupPlanRule: [
            {
              TargetBackupVault: 'v',
              ScheduleExpression: 'cron(0 5 ? * * *)',
              CopyActions: [{ DestinationBackupVaultArn: `arn:aws:backup:${region}:${account}:backup-vault:copies` }],
            },
          ],
        },
      },
    },
    Selection: {
      Type: 'AWS::Backup::BackupSelection',
      Properties: { BackupPlanId: { Ref: 'Plan' }, BackupSelection: { Resources: ['*'] } },
    },
  };
  const template = templateFrom({ Resources: resources } as never, 'S.template.json');
  const assembly = new Assembly([{ id: 'S', name: 'S', path: 'S', ...HERE, template }]);
  const [it] = assembly.resourcesOf(type);
  return new BackupPlans(assembly)
    .seriesOf(it)
    .flatMap(({ copies }) => copies.map((copy) => [copy.region, copy.account]));
}

const CLUSTER = 'AWS::RDS::DBCluster';
const NOBODY_KNOWS = expect.objectContaining({ kind: 'unknown', reason: expect.stringMatching(/in one step/) });

test.each<[string, string, object, string, string, unknown[]]>([
  [
    'a database into another Region',
    CLUSTER,
    { Engine: 'aurora-mysql' },
    'us-west-2',
    HERE.account,
    [['us-west-2', HERE.account]],
  ],
  [
    'a database into another account',
    CLUSTER,
    { Engine: 'aurora-mysql' },
    HERE.region,
    '222222222222',
    [[HERE.region, '222222222222']],
  ],
  [
    'a database into both at once: nobody knows',
    CLUSTER,
    {},
    'us-west-2',
    '222222222222',
    [[NOBODY_KNOWS, NOBODY_KNOWS]],
  ],
  ['an instance likewise', 'AWS::RDS::DBInstance', {}, 'us-west-2', '222222222222', [[NOBODY_KNOWS, NOBODY_KNOWS]]],
  ['a bucket into both at once', 'AWS::S3::Bucket', {}, 'us-west-2', '222222222222', [['us-west-2', '222222222222']]],
  ['a Multi-AZ DB cluster: never', CLUSTER, { DBClusterInstanceClass: 'db.m6gd.large' }, 'us-west-2', HERE.account, []],
])('%s', (_, type, properties, region, account, expected) => {
  expect(copiesOf(type, properties, region, account)).toEqual(expected);
});
