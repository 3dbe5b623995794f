import { failoverPairIsComplete } from '../../../../src/assessment/rules/recovery/res-dr-006-failover-pair';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>, others: Record<string, unknown> = {}) => ({
  Resources: { It: { Type: 'AWS::Route53::RecordSet', Properties }, ...others },
});

testRule(failoverPairIsComplete, [
  {
    name: 'a pair, the primary watched',
    verdict: 'pass',
    template: it(
      { Name: 'ehr.example.org.', Type: 'A', Failover: 'PRIMARY', HealthCheckId: 'x' },
      {
        Other: {
          Type: 'AWS::Route53::RecordSet',
          Properties: { Name: 'EHR.example.org', Type: 'A', Failover: 'SECONDARY' },
        },
      },
    ),
  },
  {
    name: 'an alias that evaluates its target',
    verdict: 'pass',
    template: it(
      { Name: 'ehr.example.org', Type: 'A', Failover: 'PRIMARY', AliasTarget: { EvaluateTargetHealth: true } },
      {
        Other: {
          Type: 'AWS::Route53::RecordSetGroup',
          Properties: { RecordSets: [{ Name: 'ehr.example.org', Type: 'A', Failover: 'SECONDARY' }] },
        },
      },
    ),
  },
  ...['BACKUP_AND_RESTORE', 'PILOT_LIGHT'].map((strategyName) => ({
    name: `no secondary, of a system whose strategy is ${strategyName}`,
    verdict: strategyName === 'PILOT_LIGHT' ? ('fail' as const) : ('not-applicable' as const),
    template: {
      Metadata: { 'cdk-resilient-ehr': { systems: { S: { systemName: 'ehr', strategy: { strategyName } } } } },
      ...it({ Name: 'ehr.example.org', Type: 'A', Failover: 'PRIMARY', HealthCheckId: 'x' }),
    },
  })),
  {
    name: 'no secondary',
    verdict: 'fail',
    template: it({ Name: 'ehr.example.org', Type: 'A', Failover: 'PRIMARY', HealthCheckId: 'x' }),
  },
  {
    name: 'a primary alone that nobody watches: it always answers',
    verdict: 'not-applicable',
    template: it({
      Name: 'ehr.example.org',
      Type: 'A',
      Failover: 'PRIMARY',
      AliasTarget: { EvaluateTargetHealth: true },
    }),
  },
  {
    name: 'a secondary alone',
    verdict: 'fail',
    template: it({ Name: 'ehr.example.org', Type: 'A', Failover: 'SECONDARY' }),
  },
  {
    name: 'a secondary of another type',
    verdict: 'fail',
    template: it(
      { Name: 'ehr.example.org', Type: 'A', Failover: 'PRIMARY', HealthCheckId: 'x' },
      {
        Other: {
          Type: 'AWS::Route53::RecordSet',
          Properties: { Name: 'ehr.example.org', Type: 'AAAA', Failover: 'SECONDARY' },
        },
      },
    ),
  },
  {
    name: 'nobody watches the primary',
    verdict: 'fail',
    template: it(
      { Name: 'ehr.example.org', Type: 'CNAME', Failover: 'PRIMARY' },
      {
        Other: {
          Type: 'AWS::Route53::RecordSet',
          Properties: { Name: 'ehr.example.org', Type: 'CNAME', Failover: 'SECONDARY' },
        },
      },
    ),
  },
  {
    name: 'an alias that ignores its target',
    verdict: 'fail',
    template: it(
      { Name: 'ehr.example.org', Type: 'A', Failover: 'PRIMARY', AliasTarget: { DNSName: 'lb' } },
      {
        Other: {
          Type: 'AWS::Route53::RecordSet',
          Properties: { Name: 'ehr.example.org', Type: 'A', Failover: 'SECONDARY' },
        },
      },
    ),
  },
  {
    name: 'a name from a parameter',
    verdict: 'unknown',
    template: it({ Name: { Ref: 'Name' }, Type: 'A', Failover: 'PRIMARY' }),
  },
  { name: 'no failover', verdict: 'not-applicable', template: it({ Name: 'ehr.example.org', Type: 'A' }) },
]);
