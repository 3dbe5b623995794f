import type { Rule } from '../rule';
import { groupInTwoZones } from './res-cmp-001-group-in-two-zones';
import { groupHealthCheck } from './res-cmp-002-group-health-check';
import { groupInstanceTypes } from './res-cmp-003-group-instance-types';
import { groupLaunchTemplate } from './res-cmp-004-group-launch-template';
import { notSpotOnly } from './res-cmp-005-not-spot-only';
import { spotRebalance } from './res-cmp-006-spot-rebalance';
import { groupWarmUp } from './res-cmp-007-group-warm-up';
import { groupNotifications } from './res-cmp-008-group-notifications';
import { instanceNotAlone } from './res-cmp-009-instance-not-alone';
import { instanceTermination } from './res-cmp-010-instance-termination';
import { detailedMonitoring } from './res-cmp-011-detailed-monitoring';
import { ebsOptimized } from './res-cmp-012-ebs-optimized';
import { serviceInTwoZones } from './res-cmp-013-service-in-two-zones';
import { tasksSpread } from './res-cmp-014-tasks-spread';
import { containerInsights } from './res-cmp-015-container-insights';
import { logsDoNotBlock } from './res-cmp-016-logs-do-not-block';
import { memoryLimit } from './res-cmp-017-memory-limit';
import { serviceNotSpotOnly } from './res-cmp-018-service-not-spot-only';
import { enoughRuns } from './res-cmp-019-enough-runs';
import { gracePeriod } from './res-cmp-020-grace-period';
import { imageDigest } from './res-cmp-021-image-digest';
import { startWithoutInternet } from './res-cmp-022-start-without-internet';
import { eksInTwoZones } from './res-cmp-023-eks-in-two-zones';
import { eksDeletionProtection } from './res-cmp-024-eks-deletion-protection';
import { nodesCanGrow } from './res-cmp-025-nodes-can-grow';
import { failedInvocations } from './res-cmp-026-failed-invocations';
import { failedRecords } from './res-cmp-027-failed-records';
import { visibilityTimeout } from './res-cmp-028-visibility-timeout';
import { functionInTwoZones } from './res-cmp-029-function-in-two-zones';
import { concurrencyLimit } from './res-cmp-030-concurrency-limit';
import { runtimeSupported } from './res-cmp-031-runtime-supported';
import { alarmActs } from './res-cmp-032-alarm-acts';
import { imagesKept } from './res-cmp-033-images-kept';
import { alarmInTime } from './res-cmp-034-alarm-in-time';
import { alarmCanSound } from './res-cmp-035-alarm-can-sound';
import { silenceIsHeard } from './res-cmp-036-silence-is-heard';
import { everyLossIsHeard } from './res-cmp-037-every-loss-is-heard';
import { canaryInTwoZones } from './res-cmp-038-canary-in-two-zones';
import { failedReleaseIsUndone } from './res-cmp-039-failed-release-is-undone';

/** Rules of this family, by id. */
export const computeRules: readonly Rule[] = [
  groupInTwoZones,
  groupHealthCheck,
  groupInstanceTypes,
  groupLaunchTemplate,
  notSpotOnly,
  spotRebalance,
  groupWarmUp,
  groupNotifications,
  instanceNotAlone,
  instanceTermination,
  detailedMonitoring,
  ebsOptimized,
  serviceInTwoZones,
  tasksSpread,
  containerInsights,
  logsDoNotBlock,
  memoryLimit,
  serviceNotSpotOnly,
  enoughRuns,
  gracePeriod,
  imageDigest,
  startWithoutInternet,
  eksInTwoZones,
  eksDeletionProtection,
  nodesCanGrow,
  failedInvocations,
  failedRecords,
  visibilityTimeout,
  functionInTwoZones,
  concurrencyLimit,
  runtimeSupported,
  alarmActs,
  imagesKept,
  alarmInTime,
  alarmCanSound,
  silenceIsHeard,
  everyLossIsHeard,
  canaryInTwoZones,
  failedReleaseIsUndone,
];
