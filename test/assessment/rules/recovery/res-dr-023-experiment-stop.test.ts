import { experimentStopsByAlarm } from '../../../../src/assessment/rules/recovery/res-dr-023-experiment-stop';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({
  Resources: { It: { Type: 'AWS::FIS::ExperimentTemplate', Properties } },
});

testRule(experimentStopsByAlarm, [
  {
    name: 'an alarm',
    verdict: 'pass',
    template: it({ StopConditions: [{ Source: 'aws:cloudwatch:alarm', Value: 'arn' }] }),
  },
  { name: 'none', verdict: 'fail', template: it({ StopConditions: [{ Source: 'none' }] }) },
  { name: 'imported', verdict: 'unknown', template: it({ StopConditions: { 'Fn::ImportValue': 'conditions' } }) },
]);
