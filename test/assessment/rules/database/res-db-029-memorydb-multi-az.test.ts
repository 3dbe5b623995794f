import { memorydbMultiAz } from '../../../../src/assessment/rules/database/res-db-029-memorydb-multi-az';
import { testRule } from '../../../support/rules';

testRule(memorydbMultiAz, [
  {
    name: 'the default of one',
    verdict: 'pass',
    template: { Resources: { It: { Type: 'AWS::MemoryDB::Cluster', Properties: {} } } },
  },
  {
    name: 'none',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::MemoryDB::Cluster', Properties: { NumReplicasPerShard: 0 } } } },
  },
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: {
      Parameters: { Choice: { Type: 'String' } },
      Resources: { It: { Type: 'AWS::MemoryDB::Cluster', Properties: { NumReplicasPerShard: { Ref: 'Choice' } } } },
    },
  },
]);
