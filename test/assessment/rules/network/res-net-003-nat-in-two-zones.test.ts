import { natInTwoZones } from '../../../../src/assessment/rules/network/res-net-003-nat-in-two-zones';
import { testRule } from '../../../support/rules';
import { ref, resource, subnet, templateOf } from './subnets';

const network = {
  It: resource('AWS::EC2::VPC'),
  X: subnet(0, { VpcId: ref('It') }),
  Y: subnet(1, { VpcId: ref('It') }),
};
const nat = (home: unknown) => resource('AWS::EC2::NatGateway', { SubnetId: home });

testRule(natInTwoZones, [
  {
    name: 'one in each zone',
    verdict: 'pass',
    template: templateOf({ ...network, N: nat(ref('X')), M: nat(ref('Y')) }),
  },
  { name: 'one for all', verdict: 'fail', template: templateOf({ ...network, N: nat(ref('X')) }) },
  {
    name: 'two in one zone',
    verdict: 'fail',
    template: templateOf({ ...network, N: nat(ref('X')), M: nat(ref('X')) }),
  },
  {
    name: 'a regional gateway',
    verdict: 'pass',
    template: templateOf({
      ...network,
      N: resource('AWS::EC2::NatGateway', { AvailabilityMode: 'regional', VpcId: ref('It') }),
    }),
  },
  { name: 'none', verdict: 'not-applicable', template: templateOf(network) },
  {
    name: 'another in an undecided subnet',
    verdict: 'unknown',
    template: templateOf({ ...network, N: nat(ref('X')), M: nat(ref('P')) }),
  },
]);
