import { instanceNotAlone } from '../../../../src/assessment/rules/compute/res-cmp-009-instance-not-alone';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const behind = (subnetOfPeer: unknown) =>
  templateOf({
    It: resource('AWS::EC2::Instance', { SubnetId: ref('A') }),
    Peer: resource('AWS::EC2::Instance', { SubnetId: subnetOfPeer }),
    Targets: resource('AWS::ElasticLoadBalancingV2::TargetGroup', {
      Targets: [{ Id: ref('It') }, { Id: ref('Peer') }],
    }),
  });

testRule(instanceNotAlone, [
  { name: 'a peer in another zone', verdict: 'pass', template: behind(ref('B')) },
  { name: 'a peer in the same zone', verdict: 'fail', template: behind(ref('AToo')) },
  {
    name: 'alone',
    verdict: 'fail',
    template: templateOf({ It: resource('AWS::EC2::Instance', { SubnetId: ref('A') }) }),
  },
  { name: 'a peer in an imported subnet', verdict: 'unknown', template: behind('subnet-1') },
  {
    name: 'care does not depend on it',
    verdict: 'not-applicable',
    careDependsOnIt: false,
    template: templateOf({ It: resource('AWS::EC2::Instance') }),
  },
]);
