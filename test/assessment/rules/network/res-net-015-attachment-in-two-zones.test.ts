import { attachmentInTwoZones } from '../../../../src/assessment/rules/network/res-net-015-attachment-in-two-zones';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from './subnets';

const attachment = (subnets: unknown) =>
  templateOf({ It: resource('AWS::EC2::TransitGatewayAttachment', { SubnetIds: subnets }) });

testRule(attachmentInTwoZones, [
  { name: 'subnets of two zones', verdict: 'pass', template: attachment([ref('A'), ref('B')]) },
  { name: 'one subnet', verdict: 'fail', template: attachment([ref('A')]) },
  { name: 'subnets from a parameter', verdict: 'unknown', template: attachment(ref('Ps')) },
]);
