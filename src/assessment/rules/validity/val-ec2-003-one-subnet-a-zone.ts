import { entryOf, itemsOf, type Resource, textOf, type Value } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

export const oneSubnetAZone = defineRule({
  id: 'VAL-EC2-003',
  title: 'a load balancer, an interface endpoint or an attachment has one subnet in each zone',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'a second subnet of the same zone is refused',
  fix: 'name one subnet of each zone',
  docs: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html',
  resourceTypes: [
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    'AWS::EC2::VPCEndpoint',
    'AWS::EC2::TransitGatewayVpcAttachment',
    'AWS::EC2::TransitGatewayAttachment',
  ],
  evaluate: (resource) => {
    const subnets = subnetsOf(resource);
    const zones = subnets.map((subnet) =>
      subnet.kind === 'reference' ? textOf(subnet.resource.property('AvailabilityZone')) : undefined,
    );
    const twice = zones.find((zone, index) => zone !== undefined && zones.indexOf(zone) < index);
    if (twice !== undefined) {
      return failed(`two subnets are in ${twice}`, 'Properties');
    }
    return subnets.length > 1 && zones.includes(undefined)
      ? undecided('the zone of a subnet is not decided by these templates', 'Properties')
      : PASS;
  },
});

function subnetsOf(resource: Resource): readonly Value[] {
  const mapped = itemsOf(resource.property('SubnetMappings')).map((mapping) => entryOf(mapping, 'SubnetId'));
  return [...itemsOf(resource.property('Subnets')), ...itemsOf(resource.property('SubnetIds')), ...mapped];
}
