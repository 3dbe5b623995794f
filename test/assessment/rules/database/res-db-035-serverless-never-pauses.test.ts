import { serverlessNeverPauses } from '../../../../src/assessment/rules/database/res-db-035-serverless-never-pauses';
import { testRule } from '../../../support/rules';

testRule(serverlessNeverPauses, [
  {
    name: 'half a unit',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: { ServerlessV2ScalingConfiguration: { MinCapacity: 0.5 } } },
      },
    },
  },
  {
    name: 'Neptune',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::Neptune::DBCluster', Properties: { ServerlessScalingConfiguration: { MinCapacity: 1 } } },
      },
    },
  },
  {
    name: 'zero',
    verdict: 'fail',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: { ServerlessV2ScalingConfiguration: { MinCapacity: 0 } } },
      },
    },
  },
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: {
      Parameters: { Choice: { Type: 'String' } },
      Resources: {
        It: {
          Type: 'AWS::RDS::DBCluster',
          Properties: { ServerlessV2ScalingConfiguration: { MinCapacity: { Ref: 'Choice' } } },
        },
      },
    },
  },
  {
    name: 'not serverless',
    verdict: 'not-applicable',
    template: { Resources: { It: { Type: 'AWS::RDS::DBCluster', Properties: {} } } },
  },
  {
    name: 'care does not depend on it',
    verdict: 'not-applicable',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: { ServerlessV2ScalingConfiguration: { MinCapacity: 0 } } },
      },
    },
    careDependsOnIt: false,
  },
]);
