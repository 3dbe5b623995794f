import { opensearchDedicatedMasters } from '../../../../src/assessment/rules/database/res-db-034-opensearch-dedicated-masters';
import { testRule } from '../../../support/rules';

testRule(opensearchDedicatedMasters, [
  {
    name: 'three',
    verdict: 'pass',
    template: {
      Resources: {
        It: {
          Type: 'AWS::OpenSearchService::Domain',
          Properties: { ClusterConfig: { DedicatedMasterEnabled: true, DedicatedMasterCount: 3 } },
        },
      },
    },
  },
  {
    name: 'none',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::OpenSearchService::Domain', Properties: {} } } },
  },
  {
    name: 'one',
    verdict: 'fail',
    template: {
      Resources: {
        It: {
          Type: 'AWS::OpenSearchService::Domain',
          Properties: { ClusterConfig: { DedicatedMasterEnabled: true, DedicatedMasterCount: 1 } },
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
          Properties: { ClusterConfig: { DedicatedMasterEnabled: true, DedicatedMasterCount: { Ref: 'Choice' } } },
        },
      },
    },
  },
]);
