import type { Rule } from '../rule';
import { storeIsCopiedOutsideItsRegion } from './res-dr-001-copy-outside-region';
import { bucketIsCopiedOutsideItsRegion } from './res-dr-002-bucket-copy-outside-region';
import { computeStartsFromItsOwnRegion } from './res-dr-003-starts-in-own-region';
import { secretIsReplicated } from './res-dr-004-secret-replica';
import { secretReplicaHasCustomerKey } from './res-dr-005-secret-replica-key';
import { failoverPairIsComplete } from './res-dr-006-failover-pair';
import { healthCheckOfRecordExists } from './res-dr-007-health-check-exists';
import { failoverRecordIsForgottenSoon } from './res-dr-008-record-ttl';
import { healthCheckNoticesWithinAMinute } from './res-dr-009-health-check-speed';
import { noValueIsTiedAcrossRegions } from './res-dr-010-cross-region-export';
import { nothingWaitsForCustomResource } from './res-dr-011-custom-resource-value';
import { deploymentDoesNotResetCount } from './res-dr-012-desired-count';
import { globalClusterNamesNoSource } from './res-dr-013-global-source-cluster';
import { globalMemberHasInstances } from './res-dr-014-global-member-has-instances';
import { planEndsWithinItsObjective } from './res-dr-015-plan-time';
import { planAsksAPersonFirst } from './res-dr-016-plan-approval';
import { planIsTriggeredFromWhatSurvives } from './res-dr-017-plan-trigger-alarm';
import { routingControlIsGuarded } from './res-dr-018-routing-safety-rule';
import { encryptedObjectsAreReplicated } from './res-dr-019-replication-encrypted';
import { everyObjectIsReplicated } from './res-dr-020-replication-every-object';
import { imagesAreReplicated } from './res-dr-021-image-replication';
import { systemRunsInASecondRegion } from './res-dr-022-second-region';
import { experimentStopsByAlarm } from './res-dr-023-experiment-stop';
import { trailRecordsEveryRegion } from './res-dr-024-trail-every-region';
import { incidentsAreKeptInTwoRegions } from './res-dr-025-incident-regions';
import { hostedZoneCanBeChangedInADisaster } from './res-dr-026-zone-accelerated-recovery';
import { loadBalancerTakesZonalShift } from './res-dr-027-zonal-shift';
import { planAsksNothingOfLostRegion } from './res-dr-028-plan-asks-nothing-of-lost-region';
import { planAimsAtTheObjective } from './res-dr-029-plan-objective';
import { planMovesRecordsWithItsHealthChecks } from './res-dr-030-plan-records';
import { scalingGoesOnWithPartOfTheCapacity } from './res-dr-031-scaling-goes-on';
import { healthCanBeTold } from './res-dr-032-health-can-be-told';
import { addressHasARecord } from './res-dr-033-address-has-a-record';

/** Rules of this family, by id. */
export const recoveryRules: readonly Rule[] = [
  storeIsCopiedOutsideItsRegion,
  bucketIsCopiedOutsideItsRegion,
  computeStartsFromItsOwnRegion,
  secretIsReplicated,
  secretReplicaHasCustomerKey,
  failoverPairIsComplete,
  healthCheckOfRecordExists,
  failoverRecordIsForgottenSoon,
  healthCheckNoticesWithinAMinute,
  noValueIsTiedAcrossRegions,
  nothingWaitsForCustomResource,
  deploymentDoesNotResetCount,
  globalClusterNamesNoSource,
  globalMemberHasInstances,
  planEndsWithinItsObjective,
  planAsksAPersonFirst,
  planIsTriggeredFromWhatSurvives,
  routingControlIsGuarded,
  encryptedObjectsAreReplicated,
  everyObjectIsReplicated,
  imagesAreReplicated,
  systemRunsInASecondRegion,
  experimentStopsByAlarm,
  trailRecordsEveryRegion,
  incidentsAreKeptInTwoRegions,
  hostedZoneCanBeChangedInADisaster,
  loadBalancerTakesZonalShift,
  planAsksNothingOfLostRegion,
  planAimsAtTheObjective,
  planMovesRecordsWithItsHealthChecks,
  scalingGoesOnWithPartOfTheCapacity,
  healthCanBeTold,
  addressHasARecord,
];
