import { FailureScope } from '../../../core/failure-scope';
import { defineRule, failed, PASS, undecided } from '../rule';
import { longestGapDays } from './cadence';
import { daysKept, rulesOf } from './coverage';

/** Recovery points are restored for a test at least three times before they expire. */
export const restoresAreTested = defineRule({
  id: 'RES-BKP-009',
  title: 'recovery points are restored for a test at least three times before they expire',
  severity: 'warning',
  scope: FailureScope.CORRUPTION,
  why: 'a backup that was never restored is a hope, and a test that fails must leave time for the next',
  fix: 'add an AWS::Backup::RestoreTestingPlan that runs weekly',
  docs: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html',
  resourceTypes: ['AWS::Backup::BackupPlan'],
  evaluate(plan, { assembly }) {
    const tests = assembly.resourcesOf('AWS::Backup::RestoreTestingPlan');
    const gaps = tests.map((test) => longestGapDays(test.property('ScheduleExpression')));
    const kept = rulesOf(plan).map(daysKept);
    if (tests.length === 0) {
      return failed('nothing restores its recovery points for a test');
    }
    const [shortest, longest] = [
      Math.min(...gaps.map((gap) => gap ?? Number.POSITIVE_INFINITY)),
      Math.max(...kept.map((days) => days ?? 0)),
    ];
    if (3 * shortest <= longest) {
      return PASS;
    }
    return gaps.includes(undefined) || kept.includes(undefined)
      ? undecided('a schedule or a lifecycle is not decided')
      : failed(`restored every ${shortest} days, kept for ${longest}`);
  },
});
