import type { Rule } from '../rule';
import { vpcInTwoZones } from './res-net-001-vpc-in-two-zones';
import { zoneNames } from './res-net-002-zone-names';
import { natInTwoZones } from './res-net-003-nat-in-two-zones';
import { natInOwnZone } from './res-net-004-nat-in-own-zone';
import { endpointInTwoZones } from './res-net-005-endpoint-in-two-zones';
import { inspectionInOwnZone } from './res-net-006-inspection-in-own-zone';
import { endpointsForDependencies } from './res-net-007-endpoints-for-dependencies';
import { directConnectLocations } from './res-net-008-direct-connect-locations';
import { virtualInterfaces } from './res-net-009-virtual-interfaces';
import { firewallInTwoZones } from './res-net-010-firewall-in-two-zones';
import { firewallProtection } from './res-net-011-firewall-protection';
import { resolverInTwoZones } from './res-net-012-resolver-in-two-zones';
import { addressHeadroom } from './res-net-013-address-headroom';
import { vpnCustomerGateways } from './res-net-014-vpn-customer-gateways';
import { attachmentInTwoZones } from './res-net-015-attachment-in-two-zones';
import { vpcInSecondRegion } from './res-net-016-second-region';
import { attachedWhereRouted } from './res-net-017-attached-where-routed';
import { attachmentIsRouted } from './res-net-018-attachment-routed';

/** Rules of this family, by id. */
export const networkRules: readonly Rule[] = [
  vpcInTwoZones,
  zoneNames,
  natInTwoZones,
  natInOwnZone,
  endpointInTwoZones,
  inspectionInOwnZone,
  endpointsForDependencies,
  directConnectLocations,
  virtualInterfaces,
  firewallInTwoZones,
  firewallProtection,
  resolverInTwoZones,
  addressHeadroom,
  vpnCustomerGateways,
  attachmentInTwoZones,
  vpcInSecondRegion,
  attachedWhereRouted,
  attachmentIsRouted,
];
