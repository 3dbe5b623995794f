import { FailureScope } from '../../../core/failure-scope';
import { numberOf, reasonOf, textOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

const LOCATION = 'Properties.HealthCheckConfig';
/** Checks that watch an endpoint themselves. */
const PROBES = ['HTTP', 'HTTPS', 'HTTP_STR_MATCH', 'HTTPS_STR_MATCH', 'TCP'];
const LONGEST = 60;

export const healthCheckNoticesWithinAMinute = defineRule({
  id: 'RES-DR-009',
  title: 'a health check notices within a minute',
  severity: 'warning',
  scope: FailureScope.REGION,
  why: 'the time to detect is part of every recovery time; the defaults, three checks 30 seconds apart, take 90 seconds',
  fix: 'set RequestInterval to 10 and FailureThreshold to 3; a changed interval replaces the health check',
  docs: 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html',
  resourceTypes: ['AWS::Route53::HealthCheck'],
  evaluate: (resource) => {
    const type = resource.property('HealthCheckConfig', 'Type');
    if (type.kind !== 'unknown' && !PROBES.includes(textOf(type) ?? '')) {
      return NOT_APPLICABLE;
    }
    const interval = resource.property('HealthCheckConfig', 'RequestInterval');
    const threshold = resource.property('HealthCheckConfig', 'FailureThreshold');
    const [seconds, times] = [
      interval.kind === 'absent' ? 30 : numberOf(interval),
      threshold.kind === 'absent' ? 3 : numberOf(threshold),
    ];
    if (type.kind === 'unknown' || seconds === undefined || times === undefined) {
      const reason = [type, interval, threshold].map(reasonOf).find((text) => text !== undefined);
      return undecided(reason ?? 'no number', LOCATION);
    }
    return seconds * times > LONGEST ? failed(`${times} checks, ${seconds} s apart`, LOCATION) : PASS;
  },
});
