import { FailureScope } from '../../../core/failure-scope';
import { needsZones, zonesOfSubnets } from '../network/zones';
import { defineRule } from '../rule';

export const eksInTwoZones = defineRule({
  id: 'RES-CMP-023',
  title: 'a kubernetes cluster and its nodes cover at least two zones',
  severity: 'error',
  scope: FailureScope.AVAILABILITY_ZONE,
  why: 'pods of a lost zone have nowhere to go',
  fix: 'name subnets of two zones or more',
  docs: 'https://docs.aws.amazon.com/eks/latest/userguide/disaster-recovery-resiliency.html',
  alsoKnownAs: ['ResilienceHub:Amazon Elastic Kubernetes Service/Multi-AZ deployment'],
  resourceTypes: ['AWS::EKS::Cluster', 'AWS::EKS::Nodegroup'],
  evaluate: (resource) => {
    const path = resource.type === 'AWS::EKS::Cluster' ? ['ResourcesVpcConfig', 'SubnetIds'] : ['Subnets'];
    return needsZones(zonesOfSubnets(resource.property(...path)), 2, 'it covers', `Properties.${path.join('.')}`);
  },
});
