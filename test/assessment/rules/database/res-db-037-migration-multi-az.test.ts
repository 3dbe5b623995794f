import { migrationMultiAz } from '../../../../src/assessment/rules/database/res-db-037-migration-multi-az';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({
  Parameters: { Choice: { Type: 'String' } },
  Resources: { It: { Type: 'AWS::DMS::ReplicationInstance', Properties } },
});

testRule(migrationMultiAz, [
  { name: 'a standby', verdict: 'pass', template: it({ MultiAZ: true }) },
  { name: 'one zone', verdict: 'fail', template: it({ MultiAZ: false }) },
  { name: 'nothing said', verdict: 'fail', template: it({}) },
  { name: 'a parameter', verdict: 'unknown', template: it({ MultiAZ: { Ref: 'Choice' } }) },
  { name: 'care does not depend on it', verdict: 'not-applicable', template: it({}), careDependsOnIt: false },
]);
