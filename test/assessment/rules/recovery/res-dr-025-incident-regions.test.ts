import { incidentsAreKeptInTwoRegions } from '../../../../src/assessment/rules/recovery/res-dr-025-incident-regions';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({
  Resources: { It: { Type: 'AWS::SSMIncidents::ReplicationSet', Properties } },
});

testRule(incidentsAreKeptInTwoRegions, [
  {
    name: 'two Regions',
    verdict: 'pass',
    template: it({ Regions: [{ RegionName: 'us-east-1' }, { RegionName: 'us-west-2' }] }),
  },
  { name: 'one Region', verdict: 'fail', template: it({ Regions: [{ RegionName: 'us-east-1' }] }) },
  { name: 'imported', verdict: 'unknown', template: it({ Regions: { 'Fn::ImportValue': 'regions' } }) },
]);
