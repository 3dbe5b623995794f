import { experimentActionIdIsWellFormed } from '../../../../src/assessment/rules/validity/val-fis-002-action-id';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({
  Resources: { It: { Type: 'AWS::FIS::ExperimentTemplate', Properties } },
});

testRule(experimentActionIdIsWellFormed, [
  {
    name: 'a known action',
    verdict: 'pass',
    template: it({ Actions: { Cut: { ActionId: 'aws:network:disrupt-connectivity' } } }),
  },
  { name: 'a name of an API', verdict: 'fail', template: it({ Actions: { Stop: { ActionId: 'ec2:StopInstances' } } }) },
  {
    name: 'an action that may exist',
    verdict: 'unknown',
    template: it({ Actions: { Explode: { ActionId: 'aws:ec2:explode-instances' } } }),
  },
  { name: 'from a parameter', verdict: 'unknown', template: it({ Actions: { Cut: { ActionId: { Ref: 'Action' } } } }) },
]);
