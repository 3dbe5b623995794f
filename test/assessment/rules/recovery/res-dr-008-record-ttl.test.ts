import { failoverRecordIsForgottenSoon } from '../../../../src/assessment/rules/recovery/res-dr-008-record-ttl';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({
  Resources: { It: { Type: 'AWS::Route53::RecordSet', Properties } },
});

testRule(failoverRecordIsForgottenSoon, [
  { name: 'a minute', verdict: 'pass', template: it({ SetIdentifier: 'us-east-1', Failover: 'PRIMARY', TTL: '60' }) },
  {
    name: 'half an hour',
    verdict: 'fail',
    template: it({ SetIdentifier: 'us-east-1', Failover: 'PRIMARY', TTL: '1800' }),
  },
  { name: 'from a parameter', verdict: 'unknown', template: it({ HealthCheckId: 'x', TTL: { Ref: 'Ttl' } }) },
  { name: 'an alias', verdict: 'not-applicable', template: it({ Failover: 'PRIMARY', AliasTarget: {} }) },
  { name: 'a plain record', verdict: 'not-applicable', template: it({ TTL: '1800' }) },
]);
