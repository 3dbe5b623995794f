import { vpcInTwoZones } from '../../../../src/assessment/rules/network/res-net-001-vpc-in-two-zones';
import { testRule } from '../../../support/rules';
import { ref, resource, subnet, templateOf } from './subnets';

const vpc = resource('AWS::EC2::VPC');
const mine = { VpcId: ref('It') };

testRule(vpcInTwoZones, [
  {
    name: 'subnets in two zones',
    verdict: 'pass',
    template: templateOf({ It: vpc, X: subnet(0, mine), Y: subnet(1, mine) }),
  },
  {
    name: 'subnets in one zone',
    verdict: 'fail',
    template: templateOf({ It: vpc, X: subnet(0, mine), Y: subnet(0, mine) }),
  },
  { name: 'no subnets here', verdict: 'not-applicable', template: templateOf({ It: vpc }) },
  {
    name: 'zones that AWS chooses',
    verdict: 'unknown',
    template: templateOf({ It: vpc, X: resource('AWS::EC2::Subnet', mine), Y: resource('AWS::EC2::Subnet', mine) }),
  },
  {
    name: 'a subnet of an undecided vpc',
    verdict: 'unknown',
    template: templateOf({ It: vpc, X: subnet(0, mine), Y: subnet(1, { VpcId: ref('P') }) }),
  },
]);
