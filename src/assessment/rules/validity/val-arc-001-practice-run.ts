import { defineRule, failed, PASS, undecided } from '../rule';

export const zonalAutoshiftHasPracticeRun = defineRule({
  id: 'VAL-ARC-001',
  title: 'zonal autoshift has a practice run with exactly one outcome alarm',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'autoshift cannot be enabled without practice runs, and a practice run without an outcome alarm proves nothing',
  fix: 'give PracticeRunConfiguration one outcome alarm, and at most one blocking alarm',
  docs: 'https://docs.aws.amazon.com/r53recovery/latest/dg/arc-zonal-autoshift.html',
  resourceTypes: ['AWS::ARCZonalShift::ZonalAutoshiftConfiguration'],
  evaluate: (resource) => {
    const practice = resource.property('PracticeRunConfiguration');
    if (practice.kind === 'absent') {
      return failed('no practice run', 'Properties.PracticeRunConfiguration');
    }
    const outcome = resource.property('PracticeRunConfiguration', 'OutcomeAlarms');
    const blocking = resource.property('PracticeRunConfiguration', 'BlockingAlarms');
    for (const alarms of [practice, outcome, blocking]) {
      if (alarms.kind === 'unknown') {
        return undecided(alarms.reason, 'Properties.PracticeRunConfiguration');
      }
    }
    const outcomes = outcome.kind === 'list' ? outcome.items.length : 0;
    if (outcomes !== 1) {
      return failed(`${outcomes} outcome alarms`, 'Properties.PracticeRunConfiguration.OutcomeAlarms');
    }
    const blockers = blocking.kind === 'list' ? blocking.items.length : 0;
    return blockers > 1
      ? failed(`${blockers} blocking alarms`, 'Properties.PracticeRunConfiguration.BlockingAlarms')
      : PASS;
  },
});
