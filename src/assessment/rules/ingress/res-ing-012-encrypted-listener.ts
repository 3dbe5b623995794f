import { FailureScope } from '../../../core/failure-scope';
import { entryOf, itemsOf, type Resource, reasonOf, textOf, type Value } from '../../model';
import { defineRule, failed, PASS, type RuleOutcome, undecided } from '../rule';

export const encryptedListener = defineRule({
  id: 'RES-ING-012',
  title: 'records are asked for over encrypted connections only',
  severity: 'error',
  scope: FailureScope.ACCOUNT,
  why: 'whoever listens on the way reads records, and the session that opens all others',
  fix: 'listen with HTTPS or TLS, and let plain http only redirect',
  docs: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html',
  resourceTypes: ['AWS::ElasticLoadBalancingV2::Listener', 'AWS::CloudFront::Distribution'],
  evaluate: (resource) =>
    resource.type === 'AWS::CloudFront::Distribution' ? ofCache(resource) : ofListener(resource),
});

function ofListener(listener: Resource): RuleOutcome {
  const protocol = textOf(listener.property('Protocol'));
  switch (protocol) {
    case 'HTTPS':
    case 'TLS':
      return PASS;
    case 'HTTP': {
      const actions = listener.property('DefaultActions');
      const types = itemsOf(actions).map((action) => textOf(entryOf(action, 'Type')));
      return types.every((type) => type === 'redirect' || type === 'fixed-response')
        ? PASS
        : actions.kind === 'unknown'
          ? undecided(actions.reason, 'Properties.DefaultActions')
          : failed('it serves plain http', 'Properties.Protocol');
    }
    default:
      return undecided(
        reasonOf(listener.property('Protocol')) ??
          `it passes ${protocol ?? 'traffic'} on: its target encrypts, or does not`,
        'Properties.Protocol',
      );
  }
}

function ofCache(distribution: Resource): RuleOutcome {
  const path = ['DistributionConfig', 'DefaultCacheBehavior', 'ViewerProtocolPolicy'];
  const others = itemsOf(distribution.property('DistributionConfig', 'CacheBehaviors'));
  const policies: Value[] = [
    distribution.property(...path),
    ...others.map((behavior) => entryOf(behavior, 'ViewerProtocolPolicy')),
  ];
  if (policies.some((policy) => textOf(policy) === 'allow-all')) {
    return failed('it serves plain http', `Properties.${path.join('.')}`);
  }
  const reason = policies.map(reasonOf).find(Boolean);
  return reason === undefined ? PASS : undecided(reason, `Properties.${path.join('.')}`);
}
