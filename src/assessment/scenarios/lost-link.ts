import { booleanOf, textOf } from '../model';
import { assertion, broken, holds, type Observation, type Scenario, unsure } from './scenario';
import type { Scene } from './scene';

const VPN = 'AWS::EC2::VPNConnection';
const DIRECT_CONNECT = [
  'AWS::DirectConnect::Connection',
  'AWS::DirectConnect::Lag',
  'AWS::DirectConnect::PrivateVirtualInterface',
  'AWS::DirectConnect::TransitVirtualInterface',
  'AWS::DirectConnect::DirectConnectGatewayAssociation',
];
const LINK_METRICS = ['AWS/VPN', 'AWS/DX', 'CloudWatchSynthetics'];

export const lostLink: Scenario = {
  id: 'R11',
  title: 'Direct Connect in Tokyo, September 2021',
  happened:
    'Devices between the Direct Connect locations and the Region failed for 6 hours; a second circuit did not help, a VPN did.',
  when: ['linkLoss'],
  source: 'https://aws.amazon.com/message/17908/',
  play: (scene) => [
    assertion('each site has a second way that is no circuit', [secondWay(scene)]),
    assertion('traffic takes the second way by itself', [automatic(scene)]),
    assertion('the second way carries the clinical minimum', [
      unsure('declare what the clinical minimum is, and measure a tunnel: 1.25 Gbit/s each at best'),
    ]),
    assertion('an alarm watches the path', [watched(scene)]),
  ],
};

const NO_LINK = unsure('give the templates of the links to the hospital: none is defined here');

function secondWay({ graph: { assembly } }: Scene): Observation {
  const [circuits, tunnels] = [assembly.resourcesOf(...DIRECT_CONNECT), assembly.resourcesOf(VPN)];
  if (circuits.length === 0 && tunnels.length === 0) {
    return NO_LINK;
  }
  return tunnels.length === 0
    ? broken('every way is a circuit of Direct Connect', ...circuits)
    : holds('a VPN over the internet', ...tunnels);
}

function automatic({ graph: { assembly } }: Scene): Observation {
  const tunnels = assembly.resourcesOf(VPN);
  const fixed = tunnels.find((tunnel) => booleanOf(tunnel.property('StaticRoutesOnly')) === true);
  if (fixed) {
    return broken(`${fixed.path} has static routes, which do not move`, fixed);
  }
  if (tunnels.length > 0) {
    return holds('BGP moves traffic', ...tunnels);
  }
  const circuits = assembly.resourcesOf(...DIRECT_CONNECT);
  return circuits.length > 0 ? broken('there is no second way', ...circuits) : NO_LINK;
}

function watched({ graph: { assembly } }: Scene): Observation {
  const links = assembly.resourcesOf(VPN, ...DIRECT_CONNECT);
  if (links.length === 0) {
    return NO_LINK;
  }
  const alarm = assembly
    .resourcesOf('AWS::CloudWatch::Alarm')
    .find((candidate) => LINK_METRICS.includes(textOf(candidate.property('Namespace')) ?? ''));
  return alarm ? holds('an alarm on the links', alarm) : broken('no alarm is set on any link', ...links);
}
