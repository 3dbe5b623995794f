import { attachmentIsRouted } from '../../../../src/assessment/rules/network/res-net-018-attachment-routed';
import { ref, resource } from '../../../support/assessment';
import { testRule } from '../../../support/rules';

type Resources = Record<string, unknown>;

const OFF = { DefaultRouteTableAssociation: 'disable', DefaultRouteTablePropagation: 'disable' };
const entry = (kind: string, attachment: unknown, properties: Resources = {}, table: unknown = ref('Clinical')) =>
  resource(`AWS::EC2::TransitGateway${kind}`, {
    TransitGatewayAttachmentId: attachment,
    TransitGatewayRouteTableId: table,
    ...properties,
  });
const associated = { Associated: entry('RouteTableAssociation', ref('It')) };
const out = { Out: entry('RouteTablePropagation', ref('Inspection')) };
const back = { Back: entry('RouteTablePropagation', ref('It'), {}, ref('OfHospital')) };

const hub = (properties: Resources, more: Resources = {}, gateway: unknown = ref('Hub')) => ({
  Parameters: { Choice: { Type: 'String' }, Other: { Type: 'String' } },
  Resources: {
    Hub: resource('AWS::EC2::TransitGateway', properties),
    Clinical: resource('AWS::EC2::TransitGatewayRouteTable', { TransitGatewayId: ref('Hub') }),
    OfHospital: resource('AWS::EC2::TransitGatewayRouteTable', { TransitGatewayId: ref('Hub') }),
    It: resource('AWS::EC2::TransitGatewayVpcAttachment', { TransitGatewayId: gateway, VpcId: 'vpc-1' }),
    Inspection: resource('AWS::EC2::TransitGatewayVpcAttachment', { TransitGatewayId: ref('Hub'), VpcId: 'vpc-2' }),
    ...more,
  },
});

testRule(attachmentIsRouted, [
  { name: 'a gateway with the tables of AWS', verdict: 'pass', template: hub({}) },
  {
    name: 'a table, a way out and a way back',
    verdict: 'pass',
    template: hub(OFF, { ...associated, ...out, ...back }),
  },
  {
    name: 'static routes both ways',
    verdict: 'pass',
    template: hub(OFF, {
      ...associated,
      Out: entry('Route', ref('Inspection'), { DestinationCidrBlock: '0.0.0.0/0' }),
      Back: entry('Route', ref('It'), { DestinationCidrBlock: '10.0.0.0/16' }, ref('OfHospital')),
    }),
  },
  { name: 'no table', verdict: 'fail', template: hub(OFF, { ...out, ...back }) },
  { name: 'an empty table', verdict: 'fail', template: hub(OFF, { ...associated, ...back }) },
  {
    name: 'a table that only leads back to itself',
    verdict: 'fail',
    template: hub(OFF, { ...associated, Itself: entry('RouteTablePropagation', ref('It')) }),
  },
  {
    name: 'a table that drops everything',
    verdict: 'fail',
    template: hub(OFF, {
      ...associated,
      ...back,
      Drop: entry('Route', ref('AWS::NoValue'), { DestinationCidrBlock: '0.0.0.0/0', Blackhole: true }),
    }),
  },
  { name: 'no way back', verdict: 'fail', template: hub(OFF, { ...associated, ...out }) },
  {
    name: 'the default table without propagation',
    verdict: 'fail',
    template: hub({ DefaultRouteTablePropagation: 'disable' }, back),
  },
  {
    name: 'an association of an attachment that a parameter names',
    verdict: 'unknown',
    template: hub(OFF, { ...out, ...back, Maybe: entry('RouteTableAssociation', ref('Other')) }),
  },
  {
    name: 'tables that a parameter turns off',
    verdict: 'unknown',
    template: hub({ DefaultRouteTableAssociation: ref('Choice'), DefaultRouteTablePropagation: ref('Choice') }),
  },
  { name: 'a gateway of another stack', verdict: 'not-applicable', template: hub(OFF, {}, ref('Other')) },
]);
