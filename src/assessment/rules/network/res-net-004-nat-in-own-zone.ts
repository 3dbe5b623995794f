import { FailureScope } from '../../../core/failure-scope';
import { reasonOf, textOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { referrersOf } from './referrers';
import { zoneOf } from './zones';

export const natInOwnZone = defineRule({
  id: 'RES-NET-004',
  title: 'subnets reach a nat gateway in their own zone',
  severity: 'error',
  scope: FailureScope.AVAILABILITY_ZONE,
  why: 'a subnet whose nat gateway stands in another zone loses its way out with that zone, though its own zone is well',
  fix: 'give each zone a nat gateway, and route its subnets there',
  docs: 'https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html',
  alsoKnownAs: ['TrustedAdvisor:NAT Gateway AZ Independence'],
  resourceTypes: ['AWS::EC2::Route'],
  evaluate: (route, { assembly }) => {
    const gateway = route.property('NatGatewayId');
    const table = route.property('RouteTableId');
    if (gateway.kind === 'absent') {
      return NOT_APPLICABLE;
    }
    if (gateway.kind !== 'reference' || table.kind !== 'reference') {
      return undecided(
        reasonOf(gateway.kind === 'reference' ? table : gateway) ?? 'its nat gateway is not in the templates',
      );
    }
    if (textOf(gateway.resource.property('AvailabilityMode')) === 'regional') {
      return PASS;
    }
    const home = zoneOf(gateway.resource.property('SubnetId'));
    const users = referrersOf(
      table.resource,
      assembly,
      'AWS::EC2::SubnetRouteTableAssociation',
      'RouteTableId',
    ).certain;
    const zones = users.map((association) => association.property('SubnetId')).map(zoneOf);
    const other = zones.find((zone) => textOf(zone) !== textOf(home));
    if (textOf(home) !== undefined && other && textOf(other) !== undefined) {
      return failed(`a subnet in ${textOf(other)} uses the nat gateway in ${textOf(home)}`, 'Properties.NatGatewayId');
    }
    const reason = [home, ...zones].map(reasonOf).find(Boolean);
    return users.length === 0 ? NOT_APPLICABLE : reason === undefined ? PASS : undecided(reason);
  },
});
