import { auroraClusterNamesAtMostThreeZones } from '../../../../src/assessment/rules/validity/val-rds-003-aurora-zones';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({
  Resources: { It: { Type: 'AWS::RDS::DBCluster', Properties } },
});

testRule(auroraClusterNamesAtMostThreeZones, [
  {
    name: 'three zones',
    verdict: 'pass',
    template: it({ Engine: 'aurora-postgresql', AvailabilityZones: ['a', 'b', 'c'] }),
  },
  {
    name: 'four zones',
    verdict: 'fail',
    template: it({ Engine: 'aurora-postgresql', AvailabilityZones: ['a', 'b', 'c', 'd'] }),
  },
  {
    name: 'from a parameter',
    verdict: 'unknown',
    template: it({ Engine: 'aurora-postgresql', AvailabilityZones: { Ref: 'Zones' } }),
  },
  { name: 'the subnet group decides', verdict: 'not-applicable', template: it({ Engine: 'aurora-postgresql' }) },
]);
