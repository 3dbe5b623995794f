import { opensearchDataNodes } from '../../../../src/assessment/rules/database/res-db-033-opensearch-data-nodes';
import { testRule } from '../../../support/rules';

testRule(opensearchDataNodes, [
  {
    name: 'three nodes',
    verdict: 'pass',
    template: {
      Resources: {
        It: {
          Type: 'AWS::OpenSearchService::Domain',
          Properties: { ClusterConfig: { InstanceCount: 3, ZoneAwarenessEnabled: true } },
        },
      },
    },
  },
  {
    name: 'the default',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::OpenSearchService::Domain', Properties: {} } } },
  },
  {
    name: 'one zone',
    verdict: 'fail',
    template: {
      Resources: {
        It: { Type: 'AWS::OpenSearchService::Domain', Properties: { ClusterConfig: { InstanceCount: 3 } } },
      },
    },
  },
  {
    name: 'two nodes of the older type',
    verdict: 'fail',
    template: {
      Resources: {
        It: {
          Type: 'AWS::Elasticsearch::Domain',
          Properties: { ElasticsearchClusterConfig: { InstanceCount: 2, ZoneAwarenessEnabled: true } },
        },
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
          Type: 'AWS::OpenSearchService::Domain',
          Properties: { ClusterConfig: { InstanceCount: { Ref: 'Choice' }, ZoneAwarenessEnabled: true } },
        },
      },
    },
  },
]);
