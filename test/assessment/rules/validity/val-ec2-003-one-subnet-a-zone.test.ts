import { oneSubnetAZone } from '../../../../src/assessment/rules/validity/val-ec2-003-one-subnet-a-zone';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const balancer = (properties: Record<string, unknown>) =>
  templateOf({ It: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', properties) });
const endpoint = (SubnetIds: unknown) => templateOf({ It: resource('AWS::EC2::VPCEndpoint', { SubnetIds }) });
const mapped = (...names: string[]) => ({ SubnetMappings: names.map((name) => ({ SubnetId: ref(name) })) });

testRule(oneSubnetAZone, [
  { name: 'two zones', verdict: 'pass', template: balancer({ Subnets: [ref('A'), ref('B')] }) },
  { name: 'two zones by mapping', verdict: 'pass', template: balancer(mapped('A', 'B')) },
  { name: 'a gateway endpoint', verdict: 'pass', template: templateOf({ It: resource('AWS::EC2::VPCEndpoint', {}) }) },
  { name: 'two subnets of one zone', verdict: 'fail', template: balancer({ Subnets: [ref('A'), ref('AToo')] }) },
  { name: 'the same by mapping', verdict: 'fail', template: balancer(mapped('A', 'AToo', 'B')) },
  { name: 'an endpoint twice in a zone', verdict: 'fail', template: endpoint([ref('A'), ref('AToo')]) },
  { name: 'subnets by id', verdict: 'unknown', template: endpoint(['subnet-1', 'subnet-2']) },
]);
