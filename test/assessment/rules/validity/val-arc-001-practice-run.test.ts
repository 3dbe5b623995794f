import { zonalAutoshiftHasPracticeRun } from '../../../../src/assessment/rules/validity/val-arc-001-practice-run';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({
  Resources: { It: { Type: 'AWS::ARCZonalShift::ZonalAutoshiftConfiguration', Properties } },
});

testRule(zonalAutoshiftHasPracticeRun, [
  {
    name: 'one outcome alarm',
    verdict: 'pass',
    template: it({ PracticeRunConfiguration: { OutcomeAlarms: [{ Type: 'CLOUDWATCH', AlarmIdentifier: 'a' }] } }),
  },
  { name: 'no practice run', verdict: 'fail', template: it({ ZonalAutoshiftStatus: 'ENABLED' }) },
  { name: 'no outcome alarm', verdict: 'fail', template: it({ PracticeRunConfiguration: { BlockingAlarms: [] } }) },
  {
    name: 'two blocking alarms',
    verdict: 'fail',
    template: it({ PracticeRunConfiguration: { OutcomeAlarms: [{}], BlockingAlarms: [{}, {}] } }),
  },
  {
    name: 'alarms are imported',
    verdict: 'unknown',
    template: it({ PracticeRunConfiguration: { OutcomeAlarms: { 'Fn::ImportValue': 'alarms' } } }),
  },
]);
