import { FailureScope } from '../../../core/failure-scope';
import { entryOf, itemsOf, reasonOf, textOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

export const experimentStopsByAlarm = defineRule({
  id: 'RES-DR-023',
  title: 'an alarm stops an experiment that goes wrong',
  severity: 'warning',
  scope: FailureScope.AVAILABILITY_ZONE,
  why: 'an experiment without a stop condition goes on while patients are affected',
  fix: 'add a stop condition with source aws:cloudwatch:alarm',
  docs: 'https://docs.aws.amazon.com/fis/latest/userguide/az-availability-scenario.html',
  resourceTypes: ['AWS::FIS::ExperimentTemplate'],
  evaluate: (resource) => {
    const conditions = resource.property('StopConditions');
    const sources = itemsOf(conditions).map((condition) => entryOf(condition, 'Source'));
    if (sources.some((source) => textOf(source) === 'aws:cloudwatch:alarm')) {
      return PASS;
    }
    const open = [conditions, ...sources].find(({ kind }) => kind === 'unknown');
    return open
      ? undecided(reasonOf(open) ?? 'set at deployment', 'Properties.StopConditions')
      : failed('no alarm among the stop conditions', 'Properties.StopConditions');
  },
});
