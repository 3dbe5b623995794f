import { FailureScope } from '../../../core/failure-scope';
import { defineRule } from '../rule';
import { needsZones, zonesOfSubnets } from './zones';

export const attachmentInTwoZones = defineRule({
  id: 'RES-NET-015',
  title: 'a transit gateway is attached to a vpc in at least two zones',
  severity: 'error',
  scope: FailureScope.AVAILABILITY_ZONE,
  why: 'the vpc is cut off from the hospital and other networks when the only attached zone fails',
  fix: 'name a subnet of each zone in the attachment',
  docs: 'https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html',
  resourceTypes: ['AWS::EC2::TransitGatewayAttachment', 'AWS::EC2::TransitGatewayVpcAttachment'],
  evaluate: (attachment) =>
    needsZones(zonesOfSubnets(attachment.property('SubnetIds')), 2, 'it is attached in', 'Properties.SubnetIds'),
});
