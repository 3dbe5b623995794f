import { FailureScope } from '../../../core/failure-scope';
import { type Assembly, entryOf, itemsOf, type Resource, reasonOf, textOf } from '../../model';
import { referrersOf } from '../network/referrers';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

export const publicSubnets = defineRule({
  id: 'RES-ING-005',
  title: 'an internet-facing load balancer stands in subnets that lead to the internet',
  severity: 'error',
  scope: FailureScope.AVAILABILITY_ZONE,
  why: 'the addresses of a subnet without an internet gateway are given to clients and never answer',
  fix: 'move the load balancer to subnets with a route to an internet gateway',
  docs: 'https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html',
  alsoKnownAs: ['TrustedAdvisor:NLB - Internet-facing resource in private subnet'],
  resourceTypes: ['AWS::ElasticLoadBalancingV2::LoadBalancer'],
  evaluate: (balancer, { assembly }) => {
    const scheme = balancer.property('Scheme');
    const open = reasonOf(scheme);
    if (open !== undefined) {
      return undecided(open, 'Properties.Scheme');
    }
    // left out, it faces the internet
    if (textOf(scheme) === 'internal' || textOf(balancer.property('Type')) === 'gateway') {
      return NOT_APPLICABLE;
    }
    const mapped = itemsOf(balancer.property('SubnetMappings')).map((mapping) => entryOf(mapping, 'SubnetId'));
    const subnets = [...itemsOf(balancer.property('Subnets')), ...mapped];
    const leads = subnets.map((subnet) =>
      subnet.kind === 'reference' ? leadsToInternet(subnet.resource, assembly) : undefined,
    );
    const closed = subnets[leads.indexOf(false)];
    if (closed?.kind === 'reference') {
      return failed(`subnet ${closed.resource.path} has no route to an internet gateway`, 'Properties.Subnets');
    }
    return leads.includes(undefined) ? undecided('where a subnet leads is not in the templates') : PASS;
  },
});

/** Undefined where the main route table of the VPC decides, or what the templates do not show. */
function leadsToInternet(subnet: Resource, assembly: Assembly): boolean | undefined {
  const associations = referrersOf(subnet, assembly, 'AWS::EC2::SubnetRouteTableAssociation', 'SubnetId').certain;
  const table = associations[0]?.property('RouteTableId');
  if (table?.kind !== 'reference') {
    return undefined;
  }
  const routes = referrersOf(table.resource, assembly, 'AWS::EC2::Route', 'RouteTableId');
  const gateways = routes.certain.map((route) => route.property('GatewayId'));
  if (
    gateways.some((gateway) => gateway.kind === 'reference' && gateway.resource.type === 'AWS::EC2::InternetGateway')
  ) {
    return true;
  }
  const other = gateways.some(({ kind }) => kind !== 'absent');
  return other || routes.open !== undefined ? undefined : false;
}
