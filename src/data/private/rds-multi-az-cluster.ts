import * as backup from 'aws-cdk-lib/aws-backup';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { acknowledge } from '../../core/private/acknowledgements';
import { fail } from '../../core/private/fail';
import type { DatabaseProxy } from '../database-proxy';
import type { DatabaseBindOptions, DatabaseConfig } from '../database-ref';
import type { RdsStorage } from '../rds-storage';
import { databaseSecret, rotateSecret, USERNAME } from './database-credentials';
import { notifyOfDatabase } from './database-events';
import { DatabaseFoundation } from './database-foundation';
import {
  BACKUP_RETENTION_DAYS,
  backupWindow,
  databaseMaintenanceWindow,
  MONITORING_INTERVAL_SECONDS,
} from './database-schedule';
import { secretNameOf } from './physical-names';
import { ProxyFront } from './proxy-front';
import { RdsMonitoring } from './rds-monitoring';
import { rdsRecovery } from './rds-recovery';
import { foundationOf, type RdsSettings } from './rds-settings';

/** A writer and two readable standbys in three zones, one of which confirms every commit. Built from an L1: no L2 makes one. */
export class RdsMultiAzCluster {
  private readonly foundation: DatabaseFoundation;
  private readonly cluster: rds.CfnDBCluster;
  private readonly logs: { readonly [log: string]: string };
  private readonly credentials: secretsmanager.ISecret;

  public constructor(
    private readonly scope: Construct,
    private readonly settings: RdsSettings,
    private readonly options: DatabaseBindOptions,
  ) {
    const { engine } = settings;
    this.logs = withoutAudit(engine.logs);
    this.foundation = new DatabaseFoundation(scope, foundationOf(settings, 'cluster', this.logs), options);
    this.requireThreeZones();
    const secret = databaseSecret(scope, this.foundation.key, options);
    this.cluster = this.makeCluster(secret);
    this.credentials = secret.attach({
      asSecretAttachmentTarget: () => ({
        targetId: this.cluster.ref,
        targetType: secretsmanager.AttachmentTargetType.RDS_DB_CLUSTER,
      }),
    });
    if (engine.rotation) {
      rotateSecret(scope, this.credentials, engine.rotation, this.foundation.connections, options);
    }
    notifyOfDatabase(scope, options.notifications, {
      sourceType: 'db-cluster',
      source: this.cluster.ref,
    });
  }

  public describe(): DatabaseConfig {
    const { foundation, cluster, settings, options } = this;
    const monitoring = new RdsMonitoring(this.scope, 'DBClusterIdentifier', foundation.identifier, settings);
    const proxy = settings.proxy && this.front(settings.proxy);
    return {
      endpoints: {
        writer: cluster.attrEndpointAddress,
        reader: cluster.attrReadEndpointAddress,
        port: String(settings.port),
        databaseName: settings.databaseName,
      },
      credentials: this.credentials,
      rotatedSecretName: secretNameOf(options.systemName),
      encryptionKey: foundation.key,
      connections: foundation.connections,
      backupResources: [backup.BackupResource.fromRdsDatabaseCluster(cluster)],
      alarms: [...monitoring.alarms(), ...(proxy?.alarms() ?? [])],
      widgets: [...monitoring.widgets(), ...(proxy?.widgets() ?? [])],
      recovery: rdsRecovery(true),
      // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/multi-az-db-clusters-concepts.Limitations.html
      replicationAlternative:
        'a Multi-AZ DB cluster has no replica in another Region that this library makes, and its snapshots cannot be copied there; leave out multiAzCluster, or use Aurora',
      multiAzCluster: cluster,
      ...proxy?.describe(),
    };
  }

  private front(proxy: DatabaseProxy): ProxyFront {
    const { foundation, cluster, settings, options } = this;
    return new ProxyFront(this.scope, options, {
      proxy,
      foundation,
      settings,
      target: { clusterIdentifier: cluster.ref },
      resourceId: cluster.attrDbClusterResourceId,
      made: [cluster],
      secret: this.credentials,
      readable: true,
      follows: false,
    });
  }

  private get parameterGroupName(): string {
    return this.foundation.parameterGroup.bindToCluster({}).parameterGroupName;
  }

  /** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/create-multi-az-db-cluster.html */
  private requireThreeZones(): void {
    const { zones } = this.foundation;
    if (zones.length === 2) {
      fail(
        this.scope,
        'TooFewZones',
        `a Multi-AZ DB cluster needs subnets in three Availability Zones, got ${zones.join(' and ')}; leave out multiAzCluster, or give it a third zone`,
      );
    }
  }

  private makeCluster(secret: rds.DatabaseSecret): rds.CfnDBCluster {
    const { foundation, settings, options } = this;
    const { engine, storage } = settings;
    const cluster = new rds.CfnDBCluster(this.scope, 'Cluster', {
      engine: engine.name,
      engineVersion: engine.version,
      dbClusterIdentifier: foundation.identifier,
      dbClusterInstanceClass: `db.${settings.instanceType.toString()}`,
      databaseName: settings.databaseName,
      masterUsername: USERNAME,
      masterUserPassword: secret.secretValueFromJson('password').unsafeUnwrap(), // a reference, resolved at deployment
      port: settings.port,
      storageType: storage.storageType,
      allocatedStorage: storage.size.toGibibytes(),
      iops: storage.iops ?? includedIops(storage),
      storageEncrypted: true,
      kmsKeyId: foundation.key.keyArn,
      dbSubnetGroupName: foundation.subnetGroup.subnetGroupName,
      vpcSecurityGroupIds: [foundation.securityGroup.securityGroupId],
      publiclyAccessible: false,
      dbClusterParameterGroupName: this.parameterGroupName,
      enableIamDatabaseAuthentication: engine.iamAuthentication,
      enableCloudwatchLogsExports: Object.keys(this.logs),
      monitoringInterval: MONITORING_INTERVAL_SECONDS,
      monitoringRoleArn: foundation.monitoringRole.roleArn,
      performanceInsightsEnabled: true,
      performanceInsightsKmsKeyId: foundation.key.keyArn,
      performanceInsightsRetentionPeriod: rds.PerformanceInsightRetention.DEFAULT,
      databaseInsightsMode: rds.DatabaseInsightsMode.STANDARD,
      backupRetentionPeriod: BACKUP_RETENTION_DAYS,
      preferredBackupWindow: backupWindow(settings.quietHour),
      preferredMaintenanceWindow: databaseMaintenanceWindow(settings.quietHour),
      autoMinorVersionUpgrade: true,
      copyTagsToSnapshot: true,
      deletionProtection: options.dataProtection.retained,
    });
    cluster.applyRemovalPolicy(options.dataProtection.removalPolicy);
    cluster.node.addDependency(...foundation.logGroups);
    if (!options.dataProtection.retained) {
      acknowledge(cluster, 'deletableDatabase');
    }
    return cluster;
  }
}

/** MySQL's audit log comes from an option, and a Multi-AZ DB cluster has no options. */
function withoutAudit(logs: { readonly [log: string]: string }): { readonly [log: string]: string } {
  return Object.fromEntries(Object.entries(logs).filter(([log]) => log !== 'audit'));
}

/**
 * Of an instance Amazon RDS refuses the number below 400 GiB; of a Multi-AZ DB cluster it requires one, whatever the size:
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html
 */
function includedIops(storage: RdsStorage): number {
  return storage.size.toGibibytes() < 400 ? 3000 : 12_000;
}
