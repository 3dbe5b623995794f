import { experimentDurationsAreValid } from '../../../../src/assessment/rules/validity/val-fis-003-durations';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({
  Resources: { It: { Type: 'AWS::FIS::ExperimentTemplate', Properties } },
});

testRule(experimentDurationsAreValid, [
  {
    name: 'two minutes and half an hour',
    verdict: 'pass',
    template: it({
      Actions: { Cut: { Parameters: { duration: 'PT2M', startInstancesAfterDuration: 'PT30M', scope: 'all' } } },
    }),
  },
  { name: 'not ISO 8601', verdict: 'fail', template: it({ Actions: { Cut: { Parameters: { duration: '5m' } } } }) },
  {
    name: 'nothing but the start',
    verdict: 'fail',
    template: it({ Actions: { Cut: { Parameters: { duration: 'PT' } } } }),
  },
  { name: 'a day', verdict: 'fail', template: it({ Actions: { Cut: { Parameters: { duration: 'P1D' } } } }) },
  {
    name: 'from a parameter',
    verdict: 'unknown',
    template: it({ Actions: { Cut: { Parameters: { duration: { Ref: 'Time' } } } } }),
  },
]);
