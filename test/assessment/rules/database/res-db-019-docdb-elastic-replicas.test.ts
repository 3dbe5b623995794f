import { docdbElasticReplicas } from '../../../../src/assessment/rules/database/res-db-019-docdb-elastic-replicas';
import { testRule } from '../../../support/rules';

testRule(docdbElasticReplicas, [
  {
    name: 'the default of two',
    verdict: 'pass',
    template: { Resources: { It: { Type: 'AWS::DocDBElastic::Cluster', Properties: {} } } },
  },
  {
    name: 'three',
    verdict: 'pass',
    template: { Resources: { It: { Type: 'AWS::DocDBElastic::Cluster', Properties: { ShardInstanceCount: 3 } } } },
  },
  {
    name: 'one',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::DocDBElastic::Cluster', Properties: { ShardInstanceCount: 1 } } } },
  },
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: {
      Parameters: { Choice: { Type: 'String' } },
      Resources: { It: { Type: 'AWS::DocDBElastic::Cluster', Properties: { ShardInstanceCount: { Ref: 'Choice' } } } },
    },
  },
]);
