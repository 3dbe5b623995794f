import type { Rule } from '../rule';
import { rdsInstanceMultiAz } from './res-db-001-rds-instance-multi-az';
import { clusterInstancesInTwoZones } from './res-db-002-cluster-instances-in-two-zones';
import { clusterReadersSpread } from './res-db-003-cluster-readers-spread';
import { clusterSameAccessibility } from './res-db-004-cluster-same-accessibility';
import { rdsInstanceBackups } from './res-db-005-rds-instance-backups';
import { clusterBackupRetention } from './res-db-006-cluster-backup-retention';
import { auroraMysqlBacktrack } from './res-db-007-aurora-mysql-backtrack';
import { databaseDeletionProtection } from './res-db-008-database-deletion-protection';
import { dynamodbDeletionProtection } from './res-db-009-dynamodb-deletion-protection';
import { rdsMinorUpgrades } from './res-db-010-rds-minor-upgrades';
import { rdsEnhancedMonitoring } from './res-db-011-rds-enhanced-monitoring';
import { rdsStorageAutoscaling } from './res-db-012-rds-storage-autoscaling';
import { copyTagsToSnapshots } from './res-db-013-copy-tags-to-snapshots';
import { rdsEventSubscription } from './res-db-014-rds-event-subscription';
import { rdsDurableParameters } from './res-db-015-rds-durable-parameters';
import { rdsConnectionHeadroom } from './res-db-016-rds-connection-headroom';
import { rdsLogOutput } from './res-db-017-rds-log-output';
import { rdsStorageAlarm } from './res-db-018-rds-storage-alarm';
import { docdbElasticReplicas } from './res-db-019-docdb-elastic-replicas';
import { dynamodbPointInTimeRecovery } from './res-db-020-dynamodb-point-in-time-recovery';
import { dynamodbScalesWithDemand } from './res-db-021-dynamodb-scales-with-demand';
import { dynamodbThroughputUnderLimit } from './res-db-022-dynamodb-throughput-under-limit';
import { dynamodbGlobalTable } from './res-db-023-dynamodb-global-table';
import { daxMultiAz } from './res-db-024-dax-multi-az';
import { elasticacheMultiAz } from './res-db-025-elasticache-multi-az';
import { elasticacheBackups } from './res-db-026-elasticache-backups';
import { elasticacheMinorUpgrades } from './res-db-027-elasticache-minor-upgrades';
import { elasticacheGlobalDatastore } from './res-db-028-elasticache-global-datastore';
import { memorydbMultiAz } from './res-db-029-memorydb-multi-az';
import { redshiftMultiAz } from './res-db-030-redshift-multi-az';
import { redshiftSnapshots } from './res-db-031-redshift-snapshots';
import { redshiftMaintenance } from './res-db-032-redshift-maintenance';
import { opensearchDataNodes } from './res-db-033-opensearch-data-nodes';
import { opensearchDedicatedMasters } from './res-db-034-opensearch-dedicated-masters';
import { serverlessNeverPauses } from './res-db-035-serverless-never-pauses';
import { engineVersionSupported } from './res-db-036-engine-version-supported';
import { migrationMultiAz } from './res-db-037-migration-multi-az';
import { lostCopyStopsNoWriting } from './res-db-038-lost-copy-stops-no-writing';
import { globalSecondaryCredentials } from './val-db-001-global-secondary-credentials';
import { globalSameEngine } from './val-db-002-global-same-engine';
import { globalInstanceClass } from './val-db-003-global-instance-class';
import { globalSecondaryKey } from './val-db-004-global-secondary-key';
import { globalManagedPassword } from './val-db-005-global-managed-password';
import { forwardingForwards } from './val-db-006-forwarding-forwards';

/** Rules of this family, by id. */
export const databaseRules: readonly Rule[] = [
  rdsInstanceMultiAz,
  clusterInstancesInTwoZones,
  clusterReadersSpread,
  clusterSameAccessibility,
  rdsInstanceBackups,
  clusterBackupRetention,
  auroraMysqlBacktrack,
  databaseDeletionProtection,
  dynamodbDeletionProtection,
  rdsMinorUpgrades,
  rdsEnhancedMonitoring,
  rdsStorageAutoscaling,
  copyTagsToSnapshots,
  rdsEventSubscription,
  rdsDurableParameters,
  rdsConnectionHeadroom,
  rdsLogOutput,
  rdsStorageAlarm,
  docdbElasticReplicas,
  dynamodbPointInTimeRecovery,
  dynamodbScalesWithDemand,
  dynamodbThroughputUnderLimit,
  dynamodbGlobalTable,
  daxMultiAz,
  elasticacheMultiAz,
  elasticacheBackups,
  elasticacheMinorUpgrades,
  elasticacheGlobalDatastore,
  memorydbMultiAz,
  redshiftMultiAz,
  redshiftSnapshots,
  redshiftMaintenance,
  opensearchDataNodes,
  opensearchDedicatedMasters,
  serverlessNeverPauses,
  engineVersionSupported,
  migrationMultiAz,
  lostCopyStopsNoWriting,
  globalSecondaryCredentials,
  globalSameEngine,
  globalInstanceClass,
  globalSecondaryKey,
  globalManagedPassword,
  forwardingForwards,
];
