import { FailureScope } from '../../../core/failure-scope';
import { numberOf, reasonOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { isGiven, RECORD_TYPES, recordsOf } from './records';

const LONGEST = 120;

export const failoverRecordIsForgottenSoon = defineRule({
  id: 'RES-DR-008',
  title: 'records that move traffic are cached for at most two minutes',
  severity: 'warning',
  scope: FailureScope.REGION,
  why: 'clients keep going to what is lost until the TTL has passed, however fast the failover was',
  fix: 'set TTL to 60 seconds',
  docs: 'https://docs.aws.amazon.com/r53recovery/latest/dg/best-practices.region-switch.html',
  alsoKnownAs: ['TrustedAdvisor:Amazon Route 53 High TTL Resource Record Sets'],
  resourceTypes: RECORD_TYPES,
  evaluate: (resource) => {
    const ttls = recordsOf(resource)
      .filter((record) => ['Failover', 'HealthCheckId', 'SetIdentifier'].some((key) => isGiven(record(key))))
      .map((record) => record('TTL'))
      .filter(isGiven);
    const long = ttls.map(numberOf).find((seconds) => seconds !== undefined && seconds > LONGEST);
    if (long !== undefined) {
      return failed(`cached for ${long} s`, 'Properties.TTL');
    }
    const open = ttls.find((ttl) => numberOf(ttl) === undefined);
    if (open) {
      return undecided(reasonOf(open) ?? 'no number', 'Properties.TTL');
    }
    return ttls.length === 0 ? NOT_APPLICABLE : PASS;
  },
});
