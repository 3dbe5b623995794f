import { Duration } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as rds from 'aws-cdk-lib/aws-rds';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { acknowledge } from '../../core/private/acknowledgements';
import type { DatabaseProxy } from '../database-proxy';
import type { DatabaseBindOptions, DatabaseConfig } from '../database-ref';
import { AuroraGlobalReplication } from './aurora-global-replication';
import { AuroraMonitoring } from './aurora-monitoring';
import { regionalRecovery } from './aurora-recovery';
import { type AuroraSettings, foundationOf, instanceLetters, promotionTier } from './aurora-settings';
import { databaseSecret, rotateSecret, USERNAME } from './database-credentials';
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
import { requireRecoveryPoint } from './recovery-point';

/** A cluster of its own, in the first Region of its system, with the credentials of every Region. */
export class AuroraCluster {
  public readonly cluster: rds.DatabaseCluster;
  public readonly secret: rds.DatabaseSecret;
  private readonly foundation: DatabaseFoundation;

  public constructor(
    private readonly scope: Construct,
    private readonly settings: AuroraSettings,
    private readonly options: DatabaseBindOptions,
  ) {
    this.foundation = new DatabaseFoundation(scope, foundationOf(settings), options);
    this.secret = databaseSecret(scope, this.foundation.key, options);
    this.cluster = this.makeCluster();
    const { secret = this.secret } = this.cluster;
    rotateSecret(scope, secret, settings.engine.rotation, this.foundation.connections, options);
    notifyOfDatabase(scope, options.notifications, {
      sourceType: 'db-cluster',
      source: this.cluster.clusterIdentifier,
    });
    acknowledge(this.cluster, 'auroraInstanceInBackupPlan');
    if (settings.engine.name === 'aurora-mysql' && !settings.backtrackWindow) {
      acknowledge(this.cluster, 'noBacktrack');
    }
  }

  public describe(global: boolean): DatabaseConfig {
    const { cluster, foundation, settings, options } = this;
    const monitoring = new AuroraMonitoring(this.scope, foundation.identifier, settings);
    const replication = new AuroraGlobalReplication(
      this.scope,
      cluster.node.defaultChild as rds.CfnDBCluster,
      this.secret.node.defaultChild as secretsmanager.CfnSecret,
      foundation,
      monitoring,
      settings,
      options,
    );
    // a cluster cannot be restored into a global database: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbcluster.html#cfn-rds-dbcluster-snapshotidentifier
    if (global && options.restoredFrom === undefined) {
      replication.joinGlobalDatabase();
    }
    const proxy = settings.proxy && this.front(settings.proxy);
    const staysHere = settings.proxy !== undefined && settings.proxy._databaseUsers === undefined;
    return {
      endpoints: {
        writer: cluster.clusterEndpoint.hostname,
        reader: cluster.clusterReadEndpoint.hostname,
        port: String(settings.port),
        databaseName: settings.databaseName,
      },
      credentials: cluster.secret ?? this.secret,
      rotatedSecretName: secretNameOf(options.systemName),
      encryptionKey: foundation.key,
      connections: foundation.connections,
      backupResources: [backup.BackupResource.fromRdsDatabaseCluster(cluster)],
      alarms: [...monitoring.alarms(), ...(proxy?.alarms() ?? [])],
      widgets: [...monitoring.widgets(), ...(proxy?.widgets() ?? [])],
      recovery: regionalRecovery(settings.capacity),
      replication: staysHere ? undefined : replication,
      replicationAlternative: staysHere
        ? 'its proxy takes credentials by their whole ARN, which another Region cannot know; use DatabaseProxy.iam(), or leave out proxy'
        : undefined,
      restoration: { resourceType: 'Aurora', path: cluster.node.path },
      cluster,
      ...proxy?.describe(),
    };
  }

  private front(proxy: DatabaseProxy): ProxyFront {
    const { cluster, foundation, settings, options, secret } = this;
    return new ProxyFront(this.scope, options, {
      proxy,
      foundation,
      settings,
      target: { clusterIdentifier: cluster.clusterIdentifier },
      resourceId: cluster.clusterResourceIdentifier,
      made: [cluster],
      secret: cluster.secret ?? secret,
      readable: settings.capacity.readers > 0,
      follows: false,
    });
  }

  private makeCluster(): rds.DatabaseCluster {
    const { foundation, settings, options } = this;
    const [writer, ...readers] = instanceLetters(settings.capacity).map((letter, i) => this.instance(letter, i));
    const cluster = new rds.DatabaseCluster(this.scope, 'Cluster', {
      engine: settings.engine.clusterEngine,
      clusterIdentifier: foundation.identifier,
      defaultDatabaseName: settings.databaseName,
      credentials: rds.Credentials.fromSecret(this.secret, USERNAME),
      port: settings.port,
      writer,
      readers,
      serverlessV2MinCapacity: settings.capacity.minAcu,
      serverlessV2MaxCapacity: settings.capacity.maxAcu,
      vpc: options.vpc,
      subnetGroup: foundation.subnetGroup,
      vpcSubnets: options.subnets,
      securityGroups: [foundation.securityGroup],
      parameterGroup: foundation.parameterGroup,
      storageEncryptionKey: foundation.key,
      iamAuthentication: true,
      cloudwatchLogsExports: Object.keys(settings.engine.logs),
      monitoringInterval: Duration.seconds(MONITORING_INTERVAL_SECONDS),
      monitoringRole: foundation.monitoringRole,
      enablePerformanceInsights: true,
      performanceInsightEncryptionKey: foundation.key,
      databaseInsightsMode: rds.DatabaseInsightsMode.STANDARD,
      backup: {
        retention: Duration.days(BACKUP_RETENTION_DAYS),
        preferredWindow: backupWindow(settings.quietHour),
      },
      preferredMaintenanceWindow: databaseMaintenanceWindow(settings.quietHour),
      copyTagsToSnapshot: true,
      backtrackWindow: settings.backtrackWindow,
      deletionProtection: options.dataProtection.retained,
      removalPolicy: options.dataProtection.removalPolicy,
    });
    cluster.node.addDependency(...foundation.logGroups);
    if (options.restoredFrom !== undefined) {
      this.restore(cluster, options.restoredFrom);
    }
    if (!options.dataProtection.retained) {
      acknowledge(cluster, 'deletableDatabase');
    }
    return cluster;
  }

  /** What the snapshot decides is left out; the password is changed to the one of the secret once the cluster is there. */
  private restore(cluster: rds.DatabaseCluster, recoveryPointArn: string): void {
    requireRecoveryPoint(this.scope, 'Aurora', recoveryPointArn, this.options.restoreTime);
    const resource = cluster.node.defaultChild as rds.CfnDBCluster;
    resource.snapshotIdentifier = recoveryPointArn;
    resource.masterUsername = undefined;
    resource.databaseName = undefined;
    resource.storageEncrypted = undefined;
    acknowledge(cluster, 'encryptedSnapshot');
  }

  private instance(letter: string, index: number): rds.IClusterInstance {
    const { foundation, settings } = this;
    const common = {
      instanceIdentifier: foundation.instanceIdentifier(letter),
      availabilityZone: foundation.zoneOf(index),
      publiclyAccessible: false,
      autoMinorVersionUpgrade: true,
      enablePerformanceInsights: true, // as the cluster says, or CDK warns that they differ
      performanceInsightEncryptionKey: foundation.key,
      preferredMaintenanceWindow: instanceMaintenanceWindow(settings.quietHour, index),
    };
    const { instanceType } = settings.capacity;
    return instanceType
      ? rds.ClusterInstance.provisioned(letter, { ...common, instanceType, promotionTier: promotionTier(index) })
      : rds.ClusterInstance.serverlessV2(letter, { ...common, scaleWithWriter: index > 0 });
  }
}
