import { assess } from '../../../src/assessment/judge';
import { FailureScope } from '../../../src/core/failure-scope';
import { assemblyOf, judged, network, ref, resource, stackOf, web } from '../../support/assessment';

type Resources = Record<string, unknown>;
const { CONNECTIVITY } = FailureScope;

const router = (name: string, properties: Resources = {}) => ({
  [`Router${name}`]: resource('AWS::EC2::CustomerGateway', { BgpAsn: 65_000, Type: 'ipsec.1', ...properties }),
});
const tunnel = (name: string, properties: Resources = {}) => ({
  [`Link${name}`]: resource('AWS::EC2::VPNConnection', {
    CustomerGatewayId: ref(`Router${name}`),
    TransitGatewayId: ref('Hub'),
    ...properties,
  }),
});
const vpn = (name: string, properties: Resources = {}, device: Resources = {}) => ({
  ...router(name, device),
  ...tunnel(name, properties),
});
const circuit = (name: string, location: unknown, properties: Resources = {}) => ({
  [`Circuit${name}`]: resource('AWS::DirectConnect::Connection', { Location: location, Bandwidth: '1Gbps' }),
  [`Way${name}`]: resource('AWS::DirectConnect::TransitVirtualInterface', {
    ConnectionId: ref(`Circuit${name}`),
    DirectConnectGatewayId: ref('Shared'),
    ...properties,
  }),
});
const DIRECT = {
  Shared: resource('AWS::DirectConnect::DirectConnectGateway'),
  Association: resource('AWS::DirectConnect::DirectConnectGatewayAssociation', {
    DirectConnectGatewayId: ref('Shared'),
    AssociatedGatewayId: ref('Hub'),
  }),
};
const HUB = { Hub: resource('AWS::EC2::TransitGateway') };

const template = (resources: Resources) => ({
  Parameters: { Router: { Type: 'String' }, Place: { Type: 'String' }, Address: { Type: 'String' } },
  Resources: { ...network(3), ...web(3), ...HUB, ...resources },
});

describe('a router of the hospital, a circuit or a location fails', () => {
  test.each<[string, Resources, string]>([
    ['one customer gateway', vpn('A'), 'MISSES LinkA'],
    ['two customer gateways', { ...vpn('A'), ...vpn('B') }, 'MEETS'],
    [
      'two connections to one customer gateway',
      { ...vpn('A'), ...tunnel('B', { CustomerGatewayId: ref('RouterA') }) },
      'MISSES LinkA',
    ],
    [
      'two customer gateways at one address',
      { ...vpn('A', {}, { IpAddress: '192.0.2.1' }), ...vpn('B', {}, { IpAddress: '192.0.2.1' }) },
      'MISSES LinkA',
    ],
    [
      'at two gateways of the Region, each with one link',
      { ...vpn('A'), ...vpn('B', { TransitGatewayId: ref('Other') }), Other: HUB.Hub },
      'MISSES LinkA LinkB',
    ],
    [
      'a customer gateway that a parameter names',
      { ...vpn('A'), ...tunnel('B', { CustomerGatewayId: ref('Router') }) },
      'UNKNOWN LinkA LinkB',
    ],
    [
      'two imported customer gateways',
      {
        ...tunnel('A', { CustomerGatewayId: { 'Fn::ImportValue': 'a' } }),
        ...tunnel('B', { CustomerGatewayId: { 'Fn::ImportValue': 'b' } }),
      },
      'UNKNOWN LinkA LinkB',
    ],
    [
      'two customer gateways, at a gateway that routes neither by itself',
      {
        ...vpn('A'),
        ...vpn('B'),
        Hub: resource('AWS::EC2::TransitGateway', { DefaultRouteTablePropagation: 'disable' }),
      },
      'UNKNOWN LinkA LinkB',
    ],
    [
      'two locations, at a gateway that routes neither by itself',
      {
        ...DIRECT,
        ...circuit('A', 'EqDC2'),
        ...circuit('B', 'CSVA1'),
        Hub: resource('AWS::EC2::TransitGateway', { DefaultRouteTableAssociation: 'disable' }),
      },
      'UNKNOWN WayA WayB',
    ],
    ['static routes', { ...vpn('A', { StaticRoutesOnly: true }), ...vpn('B') }, 'MISSES LinkA'],
    ['one circuit', { ...DIRECT, ...circuit('A', 'EqDC2') }, 'MISSES WayA'],
    ['two circuits at one location', { ...DIRECT, ...circuit('A', 'EqDC2'), ...circuit('B', 'EqDC2') }, 'MISSES WayA'],
    ['two locations', { ...DIRECT, ...circuit('A', 'EqDC2'), ...circuit('B', 'CSVA1') }, 'MEETS'],
    [
      'two interfaces on one circuit',
      { ...DIRECT, ...circuit('A', 'EqDC2'), ...circuit('B', 'CSVA1', { ConnectionId: ref('CircuitA') }) },
      'MISSES WayA',
    ],
    [
      'a location that a parameter names',
      { ...DIRECT, ...circuit('A', 'EqDC2'), ...circuit('B', ref('Place')) },
      'UNKNOWN WayA WayB',
    ],
    ['a circuit that a VPN backs up', { ...DIRECT, ...circuit('A', 'EqDC2'), ...vpn('A') }, 'MEETS'],
    [
      'a circuit and a VPN, nobody knows whether to the same gateway',
      { Shared: DIRECT.Shared, ...circuit('A', 'EqDC2'), ...vpn('A') },
      'UNKNOWN LinkA WayA',
    ],
    [
      'private interfaces of a VPN gateway',
      {
        Lag: resource('AWS::DirectConnect::Lag', { Location: 'EqDC2' }),
        Own: resource('AWS::EC2::VPNGateway', { Type: 'ipsec.1' }),
        Private: resource('AWS::DirectConnect::PrivateVirtualInterface', {
          ConnectionId: ref('Lag'),
          VirtualGatewayId: ref('Own'),
        }),
        ...vpn('A', { TransitGatewayId: ref('AWS::NoValue'), VpnGatewayId: ref('Own') }),
      },
      'MEETS',
    ],
  ])('%s', (_name, resources, expected) => {
    expect(judged(template(resources), CONNECTIVITY)).toBe(expected);
  });

  test('what is left is found as fast as the tunnels notice', () => {
    const slow = { VpnTunnelOptionsSpecifications: [{ DPDTimeoutSeconds: 1200 }] };
    expect(judged(template({ ...vpn('A', slow), ...vpn('B') }), CONNECTIVITY)).toBe('MISSES LinkA');
    const [system] = assess(assemblyOf(stackOf(template({ ...vpn('A'), ...vpn('B') })))).systems;
    const [entry] = system.entryPoints;
    expect(entry.scopes.find(({ scope }) => scope === CONNECTIVITY)?.estimate?.rto).toEqual({ seconds: 40, open: [] });
  });

  test('a longer objective waits for what nobody can promise', () => {
    const objectives = { scopes: { CONNECTIVITY: { rtoSeconds: 86_400, rpoSeconds: 0 } } };
    const systems = { systems: { Test: { systemName: 'clinic', objectives } } };
    expect(judged(template(vpn('A')), CONNECTIVITY, { systems })).toBe('UNKNOWN LinkA');
  });

  test('a zone on the side of AWS costs no VPN: its tunnels end in two', () => {
    expect(judged(template(vpn('A')), FailureScope.AVAILABILITY_ZONE)).toBe('MEETS');
  });

  test('links of another Region are no links of this one', () => {
    const there = { Hub: HUB.Hub, ...vpn('A') };
    const here = { ...network(3), ...web(3) };
    expect(judged(here, CONNECTIVITY, {}, there)).toBe('UNKNOWN');
  });

  test('circuits of one Region lead to the Regions that their gateway is associated with', () => {
    const circuits = { Shared: DIRECT.Shared, ...circuit('A', 'EqDC2'), ...circuit('B', 'EqDC2') };
    const away = stackOf({
      ...network(3),
      ...web(3),
      ...HUB,
      Association: resource('AWS::DirectConnect::DirectConnectGatewayAssociation', {
        DirectConnectGatewayId: {
          'Fn::GetStackOutput': { StackName: 'Links', OutputName: 'Shared', Region: 'us-west-2' },
        },
        AssociatedGatewayId: ref('Hub'),
      }),
    });
    const links = stackOf(
      { Resources: circuits, Outputs: { Shared: { Value: ref('Shared') } } },
      { id: 'Links', region: 'us-west-2' },
    );
    const [system] = assess(assemblyOf(away, links)).systems;
    expect(
      system.findings.filter(({ scope }) => scope === CONNECTIVITY).map(({ resource: path, fix }) => [path, fix]),
    ).toEqual([['Links/WayA', 'add a connection at another Direct Connect location, or a VPN that backs it up']]);
  });
});
