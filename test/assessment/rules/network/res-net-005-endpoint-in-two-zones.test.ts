import { endpointInTwoZones } from '../../../../src/assessment/rules/network/res-net-005-endpoint-in-two-zones';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from './subnets';

const template = (subnets: unknown, type: unknown = 'Interface') =>
  templateOf({ It: resource('AWS::EC2::VPCEndpoint', { VpcEndpointType: type, SubnetIds: subnets }) });

testRule(endpointInTwoZones, [
  { name: 'subnets of two zones', verdict: 'pass', template: template([ref('A'), ref('B')]) },
  { name: 'one subnet', verdict: 'fail', template: template([ref('A')]) },
  { name: 'two subnets of one zone', verdict: 'fail', template: template([ref('A'), ref('AToo')]) },
  { name: 'imported subnets', verdict: 'unknown', template: template(['subnet-1', 'subnet-2']) },
  { name: 'a type that is not decided', verdict: 'unknown', template: template([], ref('P')) },
  { name: 'a gateway endpoint', verdict: 'not-applicable', template: template(undefined, 'Gateway') },
]);
