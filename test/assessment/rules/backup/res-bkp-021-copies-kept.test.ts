import { copiesKept } from '../../../../src/assessment/rules/backup/res-bkp-021-copies-kept';
import { testRule } from '../../../support/rules';

const plan = (...CopyActions: Record<string, unknown>[]) => ({
  Parameters: { P: { Type: 'Number' } },
  Resources: {
    It: {
      Type: 'AWS::Backup::BackupPlan',
      Properties: { BackupPlan: { BackupPlanName: 'p', BackupPlanRule: [{ RuleName: 'r', CopyActions }] } },
    },
  },
});
const copy = (DeleteAfterDays?: unknown) => ({
  DestinationBackupVaultArn: 'arn:aws:backup:us-west-2:111122223333:backup-vault:v',
  ...(DeleteAfterDays === undefined ? {} : { Lifecycle: { DeleteAfterDays } }),
});

testRule(copiesKept, [
  { name: 'a week', verdict: 'pass', template: plan(copy(7)) },
  { name: 'for ever', verdict: 'pass', template: plan(copy()) },
  { name: 'six days', verdict: 'fail', template: plan(copy(6)) },
  { name: 'one of two for a day', verdict: 'fail', template: plan(copy(35), copy(1)) },
  { name: 'a parameter decides', verdict: 'unknown', template: plan(copy({ Ref: 'P' })) },
  { name: 'no copies', verdict: 'not-applicable', template: plan() },
]);
