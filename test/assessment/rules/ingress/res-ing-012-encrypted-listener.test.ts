import { encryptedListener } from '../../../../src/assessment/rules/ingress/res-ing-012-encrypted-listener';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const it = (properties: Record<string, unknown>) =>
  templateOf({ It: resource('AWS::ElasticLoadBalancingV2::Listener', properties) });
const cache = (policy: unknown, other: unknown) =>
  templateOf({
    It: resource('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        DefaultCacheBehavior: { ViewerProtocolPolicy: policy },
        CacheBehaviors: [{ ViewerProtocolPolicy: other }],
      },
    }),
  });

testRule(encryptedListener, [
  { name: 'https', verdict: 'pass', template: it({ Protocol: 'HTTPS' }) },
  { name: 'tls', verdict: 'pass', template: it({ Protocol: 'TLS' }) },
  {
    name: 'http that redirects',
    verdict: 'pass',
    template: it({ Protocol: 'HTTP', DefaultActions: [{ Type: 'redirect' }] }),
  },
  {
    name: 'http that serves',
    verdict: 'fail',
    template: it({ Protocol: 'HTTP', DefaultActions: [{ Type: 'forward' }] }),
  },
  { name: 'tcp that is passed on', verdict: 'unknown', template: it({ Protocol: 'TCP' }) },
  { name: 'a parameter decides', verdict: 'unknown', template: it({ Protocol: ref('P') }) },
  {
    name: 'actions that are not decided',
    verdict: 'unknown',
    template: it({ Protocol: 'HTTP', DefaultActions: ref('Ps') }),
  },
  { name: 'a distribution that redirects', verdict: 'pass', template: cache('redirect-to-https', 'https-only') },
  {
    name: 'a distribution with one path in plain http',
    verdict: 'fail',
    template: cache('redirect-to-https', 'allow-all'),
  },
  { name: 'a distribution that a parameter decides', verdict: 'unknown', template: cache(ref('P'), 'https-only') },
]);
