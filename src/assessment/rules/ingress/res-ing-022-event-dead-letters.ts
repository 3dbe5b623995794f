import { FailureScope } from '../../../core/failure-scope';
import { entryOf, itemsOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

export const eventDeadLetters = defineRule({
  id: 'RES-ING-022',
  title: 'events that a rule cannot deliver are kept',
  severity: 'warning',
  scope: FailureScope.COMPONENT,
  why: 'an event that its target refuses, or does not take for a day, is dropped without a trace',
  fix: 'add a DeadLetterConfig to each target',
  docs: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html',
  alsoKnownAs: ['cdk-nag:EventBusDLQ'],
  resourceTypes: ['AWS::Events::Rule'],
  evaluate: (rule) => {
    const targets = rule.property('Targets');
    if (targets.kind === 'unknown') {
      return undecided(targets.reason, 'Properties.Targets');
    }
    const without = itemsOf(targets).filter((target) => entryOf(target, 'DeadLetterConfig').kind === 'absent');
    return itemsOf(targets).length === 0
      ? NOT_APPLICABLE
      : without.length === 0
        ? PASS
        : failed('events that are not delivered are dropped', 'Properties.Targets');
  },
});
