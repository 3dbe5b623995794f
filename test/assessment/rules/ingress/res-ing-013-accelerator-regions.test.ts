import { acceleratorRegions } from '../../../../src/assessment/rules/ingress/res-ing-013-accelerator-regions';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const group = (EndpointGroupRegion: unknown, ListenerArn: unknown = ref('It')) =>
  resource('AWS::GlobalAccelerator::EndpointGroup', { ListenerArn, EndpointGroupRegion });
const listener = (...groups: ReturnType<typeof group>[]) =>
  templateOf({
    It: resource('AWS::GlobalAccelerator::Listener'),
    ...Object.fromEntries(groups.map((one, index) => [`Group${index}`, one])),
  });

testRule(acceleratorRegions, [
  { name: 'two regions', verdict: 'pass', template: listener(group('us-east-1'), group('us-west-2')) },
  { name: 'one region', verdict: 'fail', template: listener(group('us-east-1')) },
  { name: 'two groups of one region', verdict: 'fail', template: listener(group('us-east-1'), group('us-east-1')) },
  { name: 'no group', verdict: 'fail', template: listener() },
  { name: 'a region that is not decided', verdict: 'unknown', template: listener(group('us-east-1'), group(ref('P'))) },
  {
    name: 'a group of what is not decided',
    verdict: 'unknown',
    template: listener(group('us-east-1'), group('us-west-2', ref('P'))),
  },
  { name: 'care does not depend on it', verdict: 'not-applicable', careDependsOnIt: false, template: listener() },
]);
