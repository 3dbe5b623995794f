import { balancerHasListener } from '../../../../src/assessment/rules/ingress/res-ing-004-balancer-has-listener';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const balancer = (owner: unknown) =>
  templateOf({
    It: resource('AWS::ElasticLoadBalancingV2::LoadBalancer'),
    Listener: resource('AWS::ElasticLoadBalancingV2::Listener', { LoadBalancerArn: owner }),
  });

testRule(balancerHasListener, [
  { name: 'a listener', verdict: 'pass', template: balancer(ref('It')) },
  { name: 'a listener of another', verdict: 'fail', template: balancer('arn') },
  { name: 'a listener of what is not decided', verdict: 'unknown', template: balancer(ref('P')) },
]);
