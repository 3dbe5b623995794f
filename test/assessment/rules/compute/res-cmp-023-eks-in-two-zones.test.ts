import { eksInTwoZones } from '../../../../src/assessment/rules/compute/res-cmp-023-eks-in-two-zones';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

testRule(eksInTwoZones, [
  {
    name: 'a cluster in two zones',
    verdict: 'pass',
    template: templateOf({
      It: resource('AWS::EKS::Cluster', { ResourcesVpcConfig: { SubnetIds: [ref('A'), ref('B')] } }),
    }),
  },
  {
    name: 'nodes in one zone',
    verdict: 'fail',
    template: templateOf({ It: resource('AWS::EKS::Nodegroup', { Subnets: [ref('A')] }) }),
  },
  {
    name: 'subnets from a parameter',
    verdict: 'unknown',
    template: templateOf({ It: resource('AWS::EKS::Nodegroup', { Subnets: ref('Ps') }) }),
  },
]);
