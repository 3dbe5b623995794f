import { ttlIsANumber } from '../../../../src/assessment/rules/validity/val-route53-001-ttl';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({
  Resources: { It: { Type: 'AWS::Route53::RecordSet', Properties } },
});

testRule(ttlIsANumber, [
  { name: 'a minute', verdict: 'pass', template: it({ TTL: '60' }) },
  { name: 'soon', verdict: 'fail', template: it({ TTL: 'soon' }) },
  { name: 'a negative number', verdict: 'fail', template: it({ TTL: -1 }) },
  { name: 'from a parameter', verdict: 'unknown', template: it({ TTL: { Ref: 'Ttl' } }) },
  { name: 'an alias', verdict: 'not-applicable', template: it({ AliasTarget: {} }) },
]);
