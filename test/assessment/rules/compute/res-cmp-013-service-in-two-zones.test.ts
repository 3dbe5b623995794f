import { serviceInTwoZones } from '../../../../src/assessment/rules/compute/res-cmp-013-service-in-two-zones';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const it = (properties: Record<string, unknown>) => templateOf({ It: resource('AWS::ECS::Service', properties) });
const subnets = (Subnets: unknown[]) => ({ NetworkConfiguration: { AwsvpcConfiguration: { Subnets } } });

testRule(serviceInTwoZones, [
  { name: 'subnets of two zones', verdict: 'pass', template: it(subnets([ref('A'), ref('B')])) },
  { name: 'one subnet', verdict: 'fail', template: it(subnets([ref('A')])) },
  { name: 'imported subnets', verdict: 'unknown', template: it(subnets(['subnet-1', 'subnet-2'])) },
  { name: 'tasks in the network of their instances', verdict: 'unknown', template: it({ LaunchType: 'EC2' }) },
  { name: 'tasks on own hardware', verdict: 'not-applicable', template: it({ LaunchType: 'EXTERNAL' }) },
]);
