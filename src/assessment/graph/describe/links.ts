import { Component } from '../component';
import type { Describe, Family } from './describe';
import { onePerZone, unitIn } from './spread';

/** Links to a hospital: what ends them outside of AWS is in `links.ts`. Their AWS side spans zones. */
const link =
  (noun: string): Describe =>
  (resource) =>
    new Component({ resource, noun, role: 'path', mechanism: 'link' });

const transitGateway: Describe = (resource) =>
  new Component({ resource, noun: 'transit gateway', role: 'path', mechanism: 'managed' });

const attachment: Describe = (resource, graph) =>
  new Component({
    resource,
    noun: 'transit gateway attachment',
    role: 'path',
    mechanism: 'attachment',
    units: () =>
      onePerZone(graph.network.places(resource.property('SubnetIds'))).map((place) =>
        unitIn(place, 1, { noun: 'network interface' }),
      ),
  });

/** A plan is carried out in the Region that it activates. */
const regionSwitchPlan: Describe = (resource) =>
  new Component({ resource, noun: 'Region switch plan', role: 'path', mechanism: 'managed', global: true });

export const LINKS: Family = {
  'AWS::EC2::VPNConnection': link('VPN connection'),
  'AWS::DirectConnect::PrivateVirtualInterface': link('virtual interface'),
  'AWS::DirectConnect::TransitVirtualInterface': link('virtual interface'),
  'AWS::ARCRegionSwitch::Plan': regionSwitchPlan,
  'AWS::EC2::TransitGateway': transitGateway,
  'AWS::EC2::TransitGatewayVpcAttachment': attachment,
  'AWS::EC2::TransitGatewayAttachment': attachment,
};
