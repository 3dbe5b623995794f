import { FailureScope } from '../../../core/failure-scope';
import { entryOf, itemsOf, type Reference, reasonOf, textOf, unknown, type Value } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { referrersOf } from './referrers';
import { zoneOf } from './zones';

export const inspectionInOwnZone = defineRule({
  id: 'RES-NET-006',
  title: 'subnets reach a firewall or gateway load balancer endpoint in their own zone',
  severity: 'error',
  scope: FailureScope.AVAILABILITY_ZONE,
  why: 'a subnet whose traffic is inspected in another zone is cut off when that zone fails',
  fix: 'give each zone an endpoint, and route its subnets there',
  docs: 'https://docs.aws.amazon.com/network-firewall/latest/developerguide/arch-two-zone-igw.html',
  alsoKnownAs: [
    'TrustedAdvisor:GWLB - endpoint AZ independence',
    'TrustedAdvisor:Network Firewall endpoint AZ Independence',
  ],
  resourceTypes: ['AWS::EC2::Route'],
  evaluate: (route, { assembly }) => {
    const endpoint = route.property('VpcEndpointId');
    const table = route.property('RouteTableId');
    if (endpoint.kind === 'absent') {
      return NOT_APPLICABLE;
    }
    const home = endpoint.kind === 'reference' ? homeOf(endpoint) : endpoint;
    if (textOf(home) === undefined || endpoint.kind !== 'reference' || table.kind !== 'reference') {
      return undecided(reasonOf(home) ?? reasonOf(table) ?? 'its endpoint is not in the templates');
    }
    const users = referrersOf(
      table.resource,
      assembly,
      'AWS::EC2::SubnetRouteTableAssociation',
      'RouteTableId',
    ).certain;
    const zones = users.map((association) => association.property('SubnetId')).map(zoneOf);
    const other = zones.map(textOf).find((zone) => zone !== undefined && zone !== textOf(home));
    if (other !== undefined) {
      return failed(`a subnet in ${other} uses the endpoint in ${textOf(home)}`, 'Properties.VpcEndpointId');
    }
    const reason = zones.map(reasonOf).find(Boolean);
    return users.length === 0 ? NOT_APPLICABLE : reason === undefined ? PASS : undecided(reason);
  },
});

/** Where an endpoint stands. The endpoints of a firewall are listed in no stated order. */
function homeOf({ resource }: Reference): Value {
  switch (resource.type) {
    case 'AWS::EC2::VPCEndpoint':
      return zoneOf(itemsOf(resource.property('SubnetIds'))[0] ?? unknown('its endpoint has no subnet'));
    case 'AWS::NetworkFirewall::VpcEndpointAssociation':
      return zoneOf(entryOf(resource.property('SubnetMapping'), 'SubnetId'));
    default:
      return unknown(`which endpoint of ${resource.path} it uses is known at deployment`);
  }
}
