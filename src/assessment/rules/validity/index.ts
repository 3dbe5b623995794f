import type { Rule } from '../rule';
import { zonalAutoshiftHasPracticeRun } from './val-arc-001-practice-run';
import { practiceRunWindowsAreValid } from './val-arc-002-practice-windows';
import { safetyRuleThresholdCanBeMet } from './val-arc-003-safety-threshold';
import { safetyRuleWaitIsNotNegative } from './val-arc-004-safety-wait';
import { regionSwitchPlanStaysInItsRegions } from './val-arc-005-plan-regions';
import { regionSwitchPlanHasEveryWorkflow } from './val-arc-006-plan-workflows';
import { regionSwitchStepsMatchTheirBlocks } from './val-arc-007-plan-steps';
import { regionSwitchScalesPairs } from './val-arc-008-plan-scaling';
import { regionSwitchPlanIsWithinLimits } from './val-arc-009-plan-limits';
import { vaultLockIsPossible } from './val-bkp-001-vault-lock';
import { restoreTestTypeExists } from './val-bkp-002-restore-test-type';
import { restoreTestsAreNamedAndSelected } from './val-bkp-003-restore-test-names';
import { restoreTestWindowsArePossible } from './val-bkp-004-restore-test-windows';
import { importsAreExported } from './val-cfn-001-import-is-exported';
import { trailMayWriteToItsBucket } from './val-cloudtrail-001-bucket-policy';
import { compositeAlarmNamesAlarms } from './val-cloudwatch-001-composite-alarm';
import { evaluationRangeIsPossible } from './val-cloudwatch-002-evaluation-range';
import { configRuleIdentifierIsWellFormed } from './val-config-001-rule-identifier';
import { directoryHasSubnetsInTwoZones } from './val-ds-001-directory-subnets';
import { distributedClusterHasItsPeer } from './val-dsql-001-peers';
import { globalTableIncludesItsRegion } from './val-dynamodb-001-own-region';
import { strongConsistencyIsWhole } from './val-dynamodb-002-strong-consistency';
import { zoneIsInItsRegion } from './val-ec2-001-zone-exists';
import { addressRangeIsValid } from './val-ec2-002-address-ranges';
import { oneSubnetAZone } from './val-ec2-003-one-subnet-a-zone';
import { mountTargetIsAloneInItsZone } from './val-efs-001-mount-target-per-zone';
import { scheduleCanBeRead } from './val-events-001-schedule';
import { experimentActionsNameTargets } from './val-fis-001-targets-defined';
import { experimentActionIdIsWellFormed } from './val-fis-002-action-id';
import { experimentDurationsAreValid } from './val-fis-003-durations';
import { experimentLogsArrive } from './val-fis-004-log-configuration';
import { fileSystemHasSubnetsForItsZones } from './val-fsx-001-subnets';
import { fileSystemBackupRetentionIsPossible } from './val-fsx-002-backup-retention';
import { policyEffectIsValid } from './val-iam-001-effect';
import { replicaKeyIsInAnotherRegion } from './val-kms-001-replica-region';
import { subnetGroupSpansZones } from './val-rds-001-subnet-group';
import { auroraInstanceHasNoMultiAz } from './val-rds-002-aurora-multi-az';
import { auroraClusterNamesAtMostThreeZones } from './val-rds-003-aurora-zones';
import { serverlessCapacityIsPossible } from './val-rds-004-serverless-capacity';
import { proxyHasAuth } from './val-rds-005-proxy-auth';
import { ttlIsANumber } from './val-route53-001-ttl';
import { replicationIsWhole } from './val-s3-001-replication-is-whole';
import { countsArePossible } from './val-scaling-001-counts';
import { secretReplicaKeyIsInItsRegion } from './val-secrets-001-replica-key-region';
import { canaryRuntimeIsWellFormed } from './val-synthetics-001-runtime';

/** Rules of this family, by id. */
export const validityRules: readonly Rule[] = [
  zonalAutoshiftHasPracticeRun,
  practiceRunWindowsAreValid,
  safetyRuleThresholdCanBeMet,
  safetyRuleWaitIsNotNegative,
  regionSwitchPlanStaysInItsRegions,
  regionSwitchPlanHasEveryWorkflow,
  regionSwitchStepsMatchTheirBlocks,
  regionSwitchScalesPairs,
  regionSwitchPlanIsWithinLimits,
  vaultLockIsPossible,
  restoreTestTypeExists,
  restoreTestsAreNamedAndSelected,
  restoreTestWindowsArePossible,
  importsAreExported,
  trailMayWriteToItsBucket,
  compositeAlarmNamesAlarms,
  evaluationRangeIsPossible,
  configRuleIdentifierIsWellFormed,
  directoryHasSubnetsInTwoZones,
  distributedClusterHasItsPeer,
  globalTableIncludesItsRegion,
  strongConsistencyIsWhole,
  zoneIsInItsRegion,
  addressRangeIsValid,
  oneSubnetAZone,
  mountTargetIsAloneInItsZone,
  scheduleCanBeRead,
  experimentActionsNameTargets,
  experimentActionIdIsWellFormed,
  experimentDurationsAreValid,
  experimentLogsArrive,
  fileSystemHasSubnetsForItsZones,
  fileSystemBackupRetentionIsPossible,
  policyEffectIsValid,
  replicaKeyIsInAnotherRegion,
  subnetGroupSpansZones,
  auroraInstanceHasNoMultiAz,
  auroraClusterNamesAtMostThreeZones,
  serverlessCapacityIsPossible,
  proxyHasAuth,
  ttlIsANumber,
  replicationIsWhole,
  countsArePossible,
  secretReplicaKeyIsInItsRegion,
  canaryRuntimeIsWellFormed,
];
