import { auroraInstanceHasNoMultiAz } from '../../../../src/assessment/rules/validity/val-rds-002-aurora-multi-az';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({
  Resources: { It: { Type: 'AWS::RDS::DBInstance', Properties } },
});

testRule(auroraInstanceHasNoMultiAz, [
  { name: 'no word of it', verdict: 'pass', template: it({ Engine: 'aurora-postgresql' }) },
  { name: 'MultiAZ on Aurora', verdict: 'fail', template: it({ Engine: 'aurora-mysql', MultiAZ: true }) },
  {
    name: 'from a parameter',
    verdict: 'unknown',
    template: it({ Engine: 'aurora-mysql', MultiAZ: { Ref: 'MultiAz' } }),
  },
  { name: 'another engine', verdict: 'not-applicable', template: it({ Engine: 'postgres', MultiAZ: true }) },
]);
