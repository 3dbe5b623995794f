import { Duration } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { acknowledge } from '../../core/private/acknowledgements';
import type { DatabaseBindOptions, DatabaseConfig } from '../database-ref';
import { AuroraFoundation } from './aurora-foundation';
import { AuroraGlobalReplication, secretNameOf } from './aurora-global-replication';
import { AuroraMonitoring } from './aurora-monitoring';
import { regionalRecovery } from './aurora-recovery';
import {
  type AuroraSettings,
  BACKUP_RETENTION_DAYS,
  backupWindow,
  clusterMaintenanceWindow,
  instanceLetters,
  instanceMaintenanceWindow,
  MONITORING_INTERVAL_SECONDS,
  promotionTier,
} from './aurora-settings';

/** The first user. Not a name attackers try first. */
const USERNAME = 'ehr_owner';

/** A cluster of its own, in the first Region of its system, with the credentials of every Region. */
export class AuroraCluster {
  public readonly cluster: rds.DatabaseCluster;
  public readonly secret: rds.DatabaseSecret;
  private readonly foundation: AuroraFoundation;

  public constructor(
    private readonly scope: Construct,
    private readonly settings: AuroraSettings,
    private readonly options: DatabaseBindOptions,
  ) {
    this.foundation = new AuroraFoundation(scope, settings, options);
    this.secret = this.makeSecret(this.foundation.key);
    this.cluster = this.makeCluster();
    this.rotateCredentials();
    acknowledge(this.cluster, 'auroraInstanceInBackupPlan');
    if (settings.engine.name === 'aurora-mysql' && !settings.backtrackWindow) {
      acknowledge(this.cluster, 'noBacktrack');
    }
  }

  public describe(global: boolean): DatabaseConfig {
    const { cluster, foundation, settings, options } = this;
    const monitoring = new AuroraMonitoring(this.scope, foundation.clusterIdentifier, settings);
    const replication = new AuroraGlobalReplication(
      this.scope,
      cluster.node.defaultChild as rds.CfnDBCluster,
      this.secret.node.defaultChild as secretsmanager.CfnSecret,
      monitoring,
      settings,
      options,
    );
    if (global) {
      replication.joinGlobalDatabase();
    }
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
      alarms: monitoring.alarms(),
      widgets: monitoring.widgets(),
      recovery: regionalRecovery(settings.capacity),
      replication,
      cluster,
    };
  }

  private makeSecret(encryptionKey: kms.IKey): rds.DatabaseSecret {
    const secret = new rds.DatabaseSecret(this.scope, 'Secret', {
      username: USERNAME,
      secretName: secretNameOf(this.options.systemName),
      encryptionKey,
    });
    secret.applyRemovalPolicy(this.options.dataProtection.removalPolicy);
    return secret;
  }

  private makeCluster(): rds.DatabaseCluster {
    const { foundation, settings, options } = this;
    const [writer, ...readers] = instanceLetters(settings.capacity).map((letter, i) => this.instance(letter, i));
    const cluster = new rds.DatabaseCluster(this.scope, 'Cluster', {
      engine: settings.engine.clusterEngine,
      clusterIdentifier: foundation.clusterIdentifier,
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
      preferredMaintenanceWindow: clusterMaintenanceWindow(settings.quietHour),
      copyTagsToSnapshot: true,
      backtrackWindow: settings.backtrackWindow,
      deletionProtection: options.dataProtection.retained,
      removalPolicy: options.dataProtection.removalPolicy,
    });
    cluster.node.addDependency(...foundation.logGroups);
    if (!options.dataProtection.retained) {
      acknowledge(cluster, 'deletableDatabase');
    }
    return cluster;
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

  /**
   * Every 30 days, in the Region that owns the secret and nowhere else: a replicated secret cannot be written.
   * https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html
   */
  private rotateCredentials(): void {
    new secretsmanager.SecretRotation(this.scope, 'Rotation', {
      application: this.settings.engine.rotation,
      secret: this.cluster.secret ?? this.secret,
      automaticallyAfter: Duration.days(30),
      rotateImmediatelyOnUpdate: false, // or tasks that start meanwhile keep a password that is gone
      target: { connections: this.foundation.connections },
      vpc: this.options.vpc,
      vpcSubnets: this.options.subnets,
    });
  }
}
