import { FailureScope } from '../../../core/failure-scope';
import { reasonOf, textOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

export const healthCheckDepth = defineRule({
  id: 'RES-ING-011',
  title: 'a health check asks the application, and takes only success for an answer',
  severity: 'warning',
  scope: FailureScope.COMPONENT,
  why: 'an application that hangs still accepts connections, and one that cannot log anybody in still redirects',
  fix: 'check a health path over http, and accept status 200 only',
  docs: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html',
  resourceTypes: ['AWS::ElasticLoadBalancingV2::TargetGroup'],
  evaluate: (group, { careDependsOn }) => {
    const traffic = group.property('Protocol');
    if (textOf(group.property('TargetType')) === 'lambda' || textOf(traffic) === 'GENEVE') {
      return NOT_APPLICABLE;
    }
    const own = group.property('HealthCheckProtocol');
    // left out, targets of application load balancers are asked over http, others over tcp
    const protocol = textOf(own) ?? (['HTTP', 'HTTPS'].includes(textOf(traffic) ?? '') ? 'HTTP' : 'TCP');
    const codes = group.property('Matcher', 'HttpCode');
    const reason = reasonOf(own) ?? (own.kind === 'absent' ? reasonOf(traffic) : undefined) ?? reasonOf(codes);
    if (reason !== undefined) {
      return undecided(reason);
    }
    if (protocol === 'TCP') {
      if (!careDependsOn(group)) {
        return NOT_APPLICABLE; // that something listens may be enough there
      }
      return failed('it opens a connection only', 'Properties.HealthCheckProtocol');
    }
    // left out, network load balancers accept 200 to 399
    const accepted =
      textOf(codes) ?? (['TCP', 'TLS', 'UDP', 'TCP_UDP'].includes(textOf(traffic) ?? '') ? '200-399' : '200');
    // an error is no success anywhere; a redirect only where care depends on it
    return (careDependsOn(group) ? /[3-5]\d\d/ : /[45]\d\d/).test(accepted)
      ? failed(`it takes status ${accepted} for healthy`, 'Properties.Matcher.HttpCode')
      : PASS;
  },
});
