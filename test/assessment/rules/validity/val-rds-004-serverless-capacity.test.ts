import { serverlessCapacityIsPossible } from '../../../../src/assessment/rules/validity/val-rds-004-serverless-capacity';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({
  Resources: { It: { Type: 'AWS::RDS::DBCluster', Properties } },
});

testRule(serverlessCapacityIsPossible, [
  {
    name: 'from a half to 64',
    verdict: 'pass',
    template: it({ ServerlessV2ScalingConfiguration: { MinCapacity: 0.5, MaxCapacity: 64 } }),
  },
  {
    name: 'no step of a half',
    verdict: 'fail',
    template: it({ ServerlessV2ScalingConfiguration: { MinCapacity: 0.3, MaxCapacity: 64 } }),
  },
  {
    name: 'above 256',
    verdict: 'fail',
    template: it({ ServerlessV2ScalingConfiguration: { MinCapacity: 8, MaxCapacity: 999 } }),
  },
  {
    name: 'a minimum above the maximum',
    verdict: 'fail',
    template: it({ ServerlessV2ScalingConfiguration: { MinCapacity: 8, MaxCapacity: 4 } }),
  },
  {
    name: 'from a parameter',
    verdict: 'unknown',
    template: it({ ServerlessV2ScalingConfiguration: { MinCapacity: 8, MaxCapacity: { Ref: 'Max' } } }),
  },
  { name: 'provisioned', verdict: 'not-applicable', template: it({}) },
]);
