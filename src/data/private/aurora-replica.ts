import * as backup from 'aws-cdk-lib/aws-backup';
import * as rds from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import { acknowledge } from '../../core/private/acknowledgements';
import { fail } from '../../core/private/fail';
import type { DatabaseProxy } from '../database-proxy';
import type { DatabaseBindOptions, DatabaseConfig, DatabaseReplicaSource } from '../database-ref';
import { headlessReplica } from './aurora-headless';
import { AuroraMonitoring } from './aurora-monitoring';
import { detachCommand, failoverCall, regionalRecovery, volumeRecovery } from './aurora-recovery';
import { type AuroraSettings, foundationOf, instanceLetters, promotionTier } from './aurora-settings';
import { notifyOfDatabase } from './database-events';
import { DatabaseFoundation } from './database-foundation';
import {
  BACKUP_RETENTION_DAYS,
  backupWindow,
  databaseMaintenanceWindow,
  instanceMaintenanceWindow,
  MONITORING_INTERVAL_SECONDS,
} from './database-schedule';
import { secretNameOf } from './physical-names';
import { ProxyFront } from './proxy-front';
import { ReplicatedSecret } from './replicated-secret';

/**
 * The copy of a cluster in another Region: a member of the same global database, of the same size, which can be promoted.
 * Built from L1s, because the L2 always makes credentials, which a member that joins later must not bring.
 *
 * A headless one has its instances while its Region serves. CloudFormation names them: it keeps those that leave the template where data is kept, so a
 * deployment that forgets who serves takes none away, and the one that corrects it must not collide with them.
 */
export class AuroraReplica {
  private readonly foundation: DatabaseFoundation;
  private readonly cluster: rds.CfnDBCluster;
  private readonly instances: rds.CfnDBInstance[];

  public constructor(
    private readonly scope: Construct,
    private readonly settings: AuroraSettings,
    private readonly options: DatabaseBindOptions,
    private readonly source: DatabaseReplicaSource,
  ) {
    this.foundation = new DatabaseFoundation(scope, foundationOf(settings), options);
    this.cluster = this.makeCluster();
    this.instances = this.isEmpty ? [] : this.makeInstances();
    notifyOfDatabase(scope, options.notifications, {
      sourceType: 'db-cluster',
      source: this.cluster.ref,
    });
  }

  public describe(): DatabaseConfig {
    const { cluster, foundation, settings, source } = this;
    const { systemName } = this.options;
    const { secretName = secretNameOf(systemName) } = source;
    const promoteCall = failoverCall(this.scope, source.globalIdentifier, systemName, source.region);
    const monitoring = new AuroraMonitoring(this.scope, foundation.identifier, settings);
    const proxy = settings.proxy && this.front(settings.proxy);
    // of instances that are not there nothing would be heard
    const [alarms, widgets] = this.isEmpty
      ? [[], [monitoring.lagWidget(source.region)]]
      : [monitoring.alarms(), monitoring.widgets(source.region)];
    return {
      endpoints: {
        writer: cluster.attrEndpointAddress,
        reader: cluster.attrReadEndpointAddress,
        port: String(settings.port),
        databaseName: settings.databaseName,
      },
      credentials: new ReplicatedSecret(this.scope, 'Secret', {
        secretName,
        encryptionKey: source.encryptionKey,
      }),
      rotatedSecretName: secretName,
      encryptionKey: foundation.key,
      connections: foundation.connections,
      backupResources: [backup.BackupResource.fromRdsDatabaseCluster(cluster)],
      alarms: [
        ...alarms,
        ...(settings.enforcedRpo ? [monitoring.stoppedWritesAlarm(source.region, settings.enforcedRpo)] : []),
        ...(proxy?.alarms() ?? []),
      ],
      widgets: [...widgets, ...(proxy?.widgets() ?? [])],
      recovery: this.isEmpty ? volumeRecovery() : regionalRecovery(settings.capacity),
      replicationLag: monitoring.replicationLag(source.region),
      promoteCommand: promoteCall.command,
      promoteCall,
      detachCommand: detachCommand(this.scope, source.globalIdentifier, systemName),
      headless: source.headless ? headlessReplica(this.scope, { settings, foundation, source, systemName }) : undefined,
      replicaCluster: cluster,
      ...proxy?.describe(),
    };
  }

  private get isEmpty(): boolean {
    return this.source.headless === true && this.source.serving !== true;
  }

  /** Its own, in its own Region. Until this cluster is promoted, nothing answers where it writes: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy-gdb.html */
  private front(proxy: DatabaseProxy): ProxyFront {
    const { cluster, foundation, settings, options, instances } = this;
    if (!proxy._databaseUsers) {
      fail(
        this.scope,
        'ProxyIsRegional',
        'the proxy takes credentials by their whole ARN, which another Region cannot know; use DatabaseProxy.iam(), or leave out proxy',
      );
    }
    return new ProxyFront(this.scope, options, {
      proxy,
      foundation,
      settings,
      target: { clusterIdentifier: cluster.ref },
      resourceId: cluster.attrDbClusterResourceId,
      made: instances,
      readable: settings.capacity.readers > 0,
      follows: true,
    });
  }

  private makeCluster(): rds.CfnDBCluster {
    const { foundation, settings, options, source } = this;
    const { minAcu, maxAcu } = settings.capacity;
    const cluster = new rds.CfnDBCluster(this.scope, 'Cluster', {
      engine: settings.engine.name,
      engineVersion: settings.engine.version,
      globalClusterIdentifier: source.globalIdentifier,
      enableGlobalWriteForwarding: settings.writeForwarding,
      dbClusterIdentifier: foundation.identifier,
      port: settings.port,
      serverlessV2ScalingConfiguration: minAcu === undefined ? undefined : { minCapacity: minAcu, maxCapacity: maxAcu },
      dbSubnetGroupName: foundation.subnetGroup.subnetGroupName,
      vpcSecurityGroupIds: [foundation.securityGroup.securityGroupId],
      dbClusterParameterGroupName: foundation.parameterGroup.bindToCluster({}).parameterGroupName,
      storageEncrypted: true,
      kmsKeyId: foundation.key.keyArn,
      enableIamDatabaseAuthentication: true,
      enableCloudwatchLogsExports: Object.keys(settings.engine.logs),
      performanceInsightsEnabled: true,
      performanceInsightsKmsKeyId: foundation.key.keyArn,
      performanceInsightsRetentionPeriod: rds.PerformanceInsightRetention.DEFAULT,
      databaseInsightsMode: rds.DatabaseInsightsMode.STANDARD,
      backupRetentionPeriod: BACKUP_RETENTION_DAYS,
      preferredBackupWindow: backupWindow(settings.quietHour),
      preferredMaintenanceWindow: databaseMaintenanceWindow(settings.quietHour),
      copyTagsToSnapshot: true,
      deletionProtection: options.dataProtection.retained,
    });
    cluster.applyRemovalPolicy(options.dataProtection.removalPolicy);
    cluster.node.addDependency(...foundation.logGroups);
    if (settings.engine.name === 'aurora-mysql') {
      acknowledge(cluster, 'noBacktrack');
    }
    if (!options.dataProtection.retained) {
      acknowledge(cluster, 'deletableDatabase');
    }
    return cluster;
  }

  private makeInstances(): rds.CfnDBInstance[] {
    const { foundation, settings, options } = this;
    const instances = instanceLetters(settings.capacity).map((letter, i) => {
      const instance = new rds.CfnDBInstance(this.scope, letter, {
        engine: settings.engine.name,
        dbClusterIdentifier: this.cluster.ref,
        dbInstanceIdentifier: this.source.headless ? undefined : foundation.instanceIdentifier(letter),
        dbInstanceClass: settings.capacity.instanceClass,
        availabilityZone: foundation.zoneOf(i),
        promotionTier: promotionTier(i),
        publiclyAccessible: false,
        autoMinorVersionUpgrade: true,
        enablePerformanceInsights: true,
        performanceInsightsKmsKeyId: foundation.key.keyArn,
        performanceInsightsRetentionPeriod: rds.PerformanceInsightRetention.DEFAULT,
        preferredMaintenanceWindow: instanceMaintenanceWindow(settings.quietHour, i),
        monitoringInterval: MONITORING_INTERVAL_SECONDS,
        monitoringRoleArn: foundation.monitoringRole.roleArn,
      });
      instance.applyRemovalPolicy(options.dataProtection.removalPolicy);
      acknowledge(instance, 'auroraInstanceInBackupPlan');
      return instance;
    });
    for (const later of instances.slice(1)) {
      later.addResourceDependency(instances[0]);
    }
    return instances;
  }
}
