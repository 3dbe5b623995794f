import { FailureScope } from '../../../core/failure-scope';
import { identityOf, type Resource, reasonOf, textOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { referrersOf } from './referrers';
import { zoneOf, zonesOfSubnets } from './zones';

export const attachedWhereRouted = defineRule({
  id: 'RES-NET-017',
  title: 'a transit gateway is attached in every zone whose subnets are routed to it',
  severity: 'error',
  scope: FailureScope.AVAILABILITY_ZONE,
  why: 'traffic of a zone without a subnet of the attachment is dropped, and with the attached zones everything is',
  fix: 'name a subnet of each zone in the attachment',
  docs: 'https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html',
  resourceTypes: ['AWS::EC2::Route'],
  evaluate: (route, { assembly }) => {
    const gateway = identityOf(route.property('TransitGatewayId'));
    const table = route.property('RouteTableId');
    if (route.property('TransitGatewayId').kind === 'absent' || table.kind !== 'reference') {
      return NOT_APPLICABLE;
    }
    const users = referrersOf(table.resource, assembly, 'AWS::EC2::SubnetRouteTableAssociation', 'RouteTableId');
    const subnets = users.certain.map((association) => association.property('SubnetId'));
    const vpc = identityOf(table.resource.property('VpcId'));
    const attachments = assembly
      .resourcesOf('AWS::EC2::TransitGatewayVpcAttachment', 'AWS::EC2::TransitGatewayAttachment')
      .filter((attachment) => isFor(attachment, vpc, gateway));
    if (subnets.length === 0) {
      return NOT_APPLICABLE;
    }
    if (attachments.length === 0) {
      return undecided('the attachment of its vpc is not in the templates', 'Properties.TransitGatewayId');
    }
    const attached = zonesOfSubnets(...attachments.map((attachment) => attachment.property('SubnetIds')));
    const zones = subnets.map(zoneOf);
    const missing = zones.map(textOf).find((zone) => zone !== undefined && !attached.known.has(zone));
    if (missing !== undefined && attached.undecided === 0) {
      return failed(`nothing of the attachment is in ${missing}`, 'Properties.TransitGatewayId');
    }
    const reason =
      attached.undecided > 0 && missing !== undefined ? attached.reason : zones.map(reasonOf).find(Boolean);
    return reason === undefined ? PASS : undecided(reason, 'Properties.TransitGatewayId');
  },
});

function isFor(attachment: Resource, vpc: string | undefined, gateway: string | undefined): boolean {
  const [itsVpc, itsGateway] = ['VpcId', 'TransitGatewayId'].map((name) => identityOf(attachment.property(name)));
  return vpc !== undefined && itsVpc === vpc && (itsGateway === gateway || gateway === undefined);
}
