import { FailureScope } from '../../../core/failure-scope';
import { transitGap } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

export const attachmentIsRouted = defineRule({
  id: 'RES-NET-018',
  title: 'a transit gateway has routes from and to a vpc that is attached to it',
  severity: 'error',
  scope: FailureScope.CONNECTIVITY,
  why: 'a gateway without default route tables drops what comes from an attachment that no table is associated with, and knows no way back',
  fix: 'associate a route table with the attachment, give that table routes or propagations, and propagate the attachment to the tables of the other ends',
  docs: 'https://docs.aws.amazon.com/vpc/latest/tgw/tgw-route-tables.html',
  resourceTypes: ['AWS::EC2::TransitGatewayVpcAttachment', 'AWS::EC2::TransitGatewayAttachment'],
  evaluate: (attachment, { assembly }) => {
    if (attachment.property('TransitGatewayId').kind !== 'reference') {
      return NOT_APPLICABLE; // its routes are where the gateway is
    }
    const gap = transitGap(attachment, assembly);
    if (!gap) {
      return PASS;
    }
    return gap.certain ? failed(gap.reason) : undecided(gap.reason);
  },
});
