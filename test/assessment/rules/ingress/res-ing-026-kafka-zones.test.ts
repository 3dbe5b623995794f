import { kafkaZones } from '../../../../src/assessment/rules/ingress/res-ing-026-kafka-zones';
import { testRule } from '../../../support/rules';
import { ref, resource, subnet, templateOf } from '../network/subnets';

const it = (properties: Record<string, unknown>) =>
  templateOf({ It: resource('AWS::MSK::Cluster', properties), C: subnet(2) });
const subnets = (ClientSubnets: unknown[]) => ({ BrokerNodeGroupInfo: { ClientSubnets } });

testRule(kafkaZones, [
  { name: 'three zones', verdict: 'pass', template: it(subnets([ref('A'), ref('B'), ref('C')])) },
  { name: 'two zones', verdict: 'fail', template: it(subnets([ref('A'), ref('B')])) },
  {
    name: 'two zones, and care does not depend on it',
    verdict: 'pass',
    careDependsOnIt: false,
    template: it(subnets([ref('A'), ref('B')])),
  },
  { name: 'imported subnets', verdict: 'unknown', template: it(subnets(['s-1', 's-2', 's-3'])) },
]);
