import { addressHeadroom } from '../../../../src/assessment/rules/network/res-net-013-address-headroom';
import { testRule } from '../../../support/rules';
import { ref, resource, subnet, templateOf } from './subnets';

const group = (size: unknown, subnets: unknown = [ref('X'), ref('Y')]) =>
  templateOf({
    X: subnet(0, { CidrBlock: '10.0.0.0/28' }),
    Y: subnet(1, { CidrBlock: '10.0.0.16/28' }),
    It: resource('AWS::AutoScaling::AutoScalingGroup', { MaxSize: size, VPCZoneIdentifier: subnets }),
  });

testRule(addressHeadroom, [
  { name: 'as many addresses as instances', verdict: 'pass', template: group('22') },
  { name: 'one address too few', verdict: 'fail', template: group(23) },
  { name: 'a size that is not decided', verdict: 'unknown', template: group(ref('P')) },
  { name: 'an imported subnet', verdict: 'unknown', template: group(4, [ref('X'), 'subnet-1']) },
  { name: 'no subnets', verdict: 'not-applicable', template: group(4, ref('AWS::NoValue')) },
]);
