import { daxMultiAz } from '../../../../src/assessment/rules/database/res-db-024-dax-multi-az';
import { testRule } from '../../../support/rules';

testRule(daxMultiAz, [
  {
    name: 'three nodes',
    verdict: 'pass',
    template: { Resources: { It: { Type: 'AWS::DAX::Cluster', Properties: { ReplicationFactor: 3 } } } },
  },
  {
    name: 'one node',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::DAX::Cluster', Properties: { ReplicationFactor: 1 } } } },
  },
  {
    name: 'three nodes in one zone',
    verdict: 'fail',
    template: {
      Resources: {
        It: {
          Type: 'AWS::DAX::Cluster',
          Properties: { ReplicationFactor: 3, AvailabilityZones: ['us-east-1a', 'us-east-1a', 'us-east-1a'] },
        },
      },
    },
  },
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: {
      Parameters: { Choice: { Type: 'String' } },
      Resources: { It: { Type: 'AWS::DAX::Cluster', Properties: { ReplicationFactor: { Ref: 'Choice' } } } },
    },
  },
]);
