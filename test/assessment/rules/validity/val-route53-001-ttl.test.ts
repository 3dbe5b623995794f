import { ttlIsANumber } from '../../../../src/assessment/rules/validity/val-route53-001-ttl';
import { findingsOf, testRule } from '../../../support/rules';

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

test('records of a group count too', () => {
  const failsOf = (Properties: Record<string, unknown>) =>
    findingsOf({ Resources: { It: { Type: 'AWS::Route53::RecordSetGroup', Properties } } }, [ttlIsANumber]).failed
      .length;
  expect([
    failsOf({ RecordSets: [{ TTL: '60' }, {}] }),
    failsOf({ RecordSets: [{ TTL: '60' }, { TTL: '1m' }] }),
  ]).toEqual([0, 1]);
});
