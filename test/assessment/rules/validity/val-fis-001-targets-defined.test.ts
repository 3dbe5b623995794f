import { experimentActionsNameTargets } from '../../../../src/assessment/rules/validity/val-fis-001-targets-defined';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({
  Resources: { It: { Type: 'AWS::FIS::ExperimentTemplate', Properties } },
});

testRule(experimentActionsNameTargets, [
  {
    name: 'defined',
    verdict: 'pass',
    template: it({
      Targets: { Subnet: {} },
      Actions: { Wait: {}, Cut: { Targets: { Subnets: 'Subnet' }, StartAfter: ['Wait'] } },
    }),
  },
  {
    name: 'an undefined target',
    verdict: 'fail',
    template: it({ Targets: { Subnet: {} }, Actions: { Cut: { Targets: { Subnets: 'Subnets' } } } }),
  },
  {
    name: 'after an undefined action',
    verdict: 'fail',
    template: it({ Targets: {}, Actions: { Cut: { StartAfter: ['Wait'] } } }),
  },
  { name: 'after itself', verdict: 'fail', template: it({ Actions: { Cut: { StartAfter: ['Cut'] } } }) },
  {
    name: 'imported targets',
    verdict: 'unknown',
    template: it({ Targets: { 'Fn::ImportValue': 't' }, Actions: { Cut: { Targets: { Subnets: 'Subnet' } } } }),
  },
]);
