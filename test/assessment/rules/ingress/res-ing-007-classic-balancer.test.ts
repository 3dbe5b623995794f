import { classicBalancerInTwoZones } from '../../../../src/assessment/rules/ingress/res-ing-007-classic-balancer';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const it = (properties: Record<string, unknown>) =>
  templateOf({ It: resource('AWS::ElasticLoadBalancing::LoadBalancer', properties) });

testRule(classicBalancerInTwoZones, [
  { name: 'subnets of two zones', verdict: 'pass', template: it({ Subnets: [ref('A'), ref('B')] }) },
  { name: 'one subnet', verdict: 'fail', template: it({ Subnets: [ref('A')] }) },
  { name: 'one zone', verdict: 'fail', template: it({ AvailabilityZones: ['us-east-1a'] }) },
  { name: 'imported subnets', verdict: 'unknown', template: it({ Subnets: ['subnet-1', 'subnet-2'] }) },
]);
