import { FailureScope } from '../../../core/failure-scope';
import { itemsOf, numberOf, reasonOf, textOf, type Unknown } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

const THRESHOLD = 'Properties.HealthCheckConfig.HealthThreshold';

export const healthCanBeTold = defineRule({
  id: 'RES-DR-032',
  title: 'a calculated health check can be healthy, and unhealthy',
  severity: 'error',
  scope: FailureScope.REGION,
  why: 'a threshold above the number of its health checks is never met, one of 0 always: users stay on one side whatever happens',
  fix: 'set HealthThreshold between 1 and the number of health checks',
  docs: 'https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html',
  resourceTypes: ['AWS::Route53::HealthCheck'],
  evaluate: (check) => {
    const read = (property: string) => check.property('HealthCheckConfig', property);
    if (textOf(read('Type')) !== 'CALCULATED') {
      return NOT_APPLICABLE;
    }
    const [children, threshold] = [read('ChildHealthChecks'), read('HealthThreshold')];
    const least = numberOf(threshold);
    const reason = reasonOf(threshold) ?? (children.kind === 'unknown' ? children.reason : undefined);
    if (reason !== undefined || least === undefined) {
      return undecided(reason ?? 'its threshold is not given', THRESHOLD);
    }
    const items = itemsOf(children);
    const most = items.length;
    if (least > most) {
      return failed(`it asks for ${least} of ${most} health checks, and is never healthy`, THRESHOLD);
    }
    const open = items.find((item): item is Unknown => item.kind === 'unknown');
    if (open && least > items.filter((item) => item.kind !== 'unknown').length) {
      return undecided(open.reason, 'Properties.HealthCheckConfig.ChildHealthChecks');
    }
    return least < 1 ? failed('it asks for none of its health checks, and is always healthy', THRESHOLD) : PASS;
  },
});
