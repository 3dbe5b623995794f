import { lostCopyStopsNoWriting } from '../../../../src/assessment/rules/database/res-db-038-lost-copy-stops-no-writing';
import { testRule } from '../../../support/rules';

const cluster = (group?: string, GlobalClusterIdentifier: string | undefined = 'g') => ({
  Type: 'AWS::RDS::DBCluster',
  Properties: {
    GlobalClusterIdentifier,
    ...(group ? { DBClusterParameterGroupName: { Ref: group } } : {}),
  },
});
const group = (Parameters: object) => ({ Type: 'AWS::RDS::DBClusterParameterGroup', Properties: { Parameters } });
const Bounded = group({ 'rds.global_db_rpo': '60' });

testRule(lostCopyStopsNoWriting, [
  {
    name: 'one of two Regions sets it',
    verdict: 'fail',
    observed: 'while the only copy is lost',
    template: { Resources: { It: cluster('Bounded'), O: cluster(), Bounded } },
  },
  {
    name: 'both set it',
    verdict: 'fail',
    observed: 'set in both Regions',
    template: { Resources: { It: cluster('Bounded'), O: cluster('Bounded'), Bounded } },
  },
  {
    name: 'a third Region has a copy too',
    verdict: 'pass',
    template: { Resources: { It: cluster('Bounded'), O: cluster(), P: cluster(), Bounded } },
  },
  {
    name: 'other parameters only',
    verdict: 'not-applicable',
    template: {
      Resources: { It: cluster('Plain'), O: cluster(), Plain: group({ 'rds.force_ssl': '1' }) },
    },
  },
  {
    name: 'no copy in another Region',
    verdict: 'not-applicable',
    template: { Resources: { It: cluster('Bounded'), Bounded } },
  },
  {
    name: 'a value from elsewhere',
    verdict: 'unknown',
    template: {
      Resources: {
        It: cluster('Imported'),
        O: cluster(),
        Imported: group({ 'rds.global_db_rpo': { 'Fn::ImportValue': 'bound' } }),
      },
    },
  },
]);
