import { eventDeadLetters } from '../../../../src/assessment/rules/ingress/res-ing-022-event-dead-letters';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const it = (properties: Record<string, unknown>) => templateOf({ It: resource('AWS::Events::Rule', properties) });

testRule(eventDeadLetters, [
  { name: 'every target', verdict: 'pass', template: it({ Targets: [{ Arn: 'a', DeadLetterConfig: { Arn: 'b' } }] }) },
  {
    name: 'a target without',
    verdict: 'fail',
    template: it({ Targets: [{ Arn: 'a', DeadLetterConfig: { Arn: 'b' } }, { Arn: 'c' }] }),
  },
  { name: 'targets that are not decided', verdict: 'unknown', template: it({ Targets: ref('Ps') }) },
  { name: 'no target', verdict: 'not-applicable', template: it({}) },
]);
