import type { Rule } from '../rule';
import { balancerInTwoZones } from './res-ing-001-balancer-in-two-zones';
import { balancerDeletionProtection } from './res-ing-002-balancer-deletion-protection';
import { crossZone } from './res-ing-003-cross-zone';
import { balancerHasListener } from './res-ing-004-balancer-has-listener';
import { publicSubnets } from './res-ing-005-public-subnets';
import { healthCheckPort } from './res-ing-006-health-check-port';
import { classicBalancerInTwoZones } from './res-ing-007-classic-balancer';
import { classicCrossZone } from './res-ing-008-classic-cross-zone';
import { classicDraining } from './res-ing-009-classic-draining';
import { detectionTime } from './res-ing-010-detection-time';
import { healthCheckDepth } from './res-ing-011-health-check-depth';
import { encryptedListener } from './res-ing-012-encrypted-listener';
import { acceleratorRegions } from './res-ing-013-accelerator-regions';
import { shield } from './res-ing-014-shield';
import { originFailover } from './res-ing-015-origin-failover';
import { privateApi } from './res-ing-016-private-api';
import { throttling } from './res-ing-017-throttling';
import { traced } from './res-ing-018-traced';
import { deadLetterQueue } from './res-ing-019-dead-letter-queue';
import { topicSubscription } from './res-ing-020-topic-subscription';
import { deliveryStatus } from './res-ing-021-delivery-status';
import { eventDeadLetters } from './res-ing-022-event-dead-letters';
import { eventReplication } from './res-ing-023-event-replication';
import { brokerInTwoZones } from './res-ing-024-broker-in-two-zones';
import { brokerUpgrades } from './res-ing-025-broker-upgrades';
import { kafkaZones } from './res-ing-026-kafka-zones';
import { messagesOutliveAnOutage } from './res-ing-027-messages-outlive-an-outage';
import { streamOutlivesAnOutage } from './res-ing-028-stream-outlives-an-outage';

/** Rules of this family, by id. */
export const ingressRules: readonly Rule[] = [
  balancerInTwoZones,
  balancerDeletionProtection,
  crossZone,
  balancerHasListener,
  publicSubnets,
  healthCheckPort,
  classicBalancerInTwoZones,
  classicCrossZone,
  classicDraining,
  detectionTime,
  healthCheckDepth,
  encryptedListener,
  acceleratorRegions,
  shield,
  originFailover,
  privateApi,
  throttling,
  traced,
  deadLetterQueue,
  topicSubscription,
  deliveryStatus,
  eventDeadLetters,
  eventReplication,
  brokerInTwoZones,
  brokerUpgrades,
  kafkaZones,
  messagesOutliveAnOutage,
  streamOutlivesAnOutage,
];
