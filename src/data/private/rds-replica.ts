import * as backup from 'aws-cdk-lib/aws-backup';
import * as rds from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import { acknowledge } from '../../core/private/acknowledgements';
import type { DatabaseBindOptions, DatabaseConfig, DatabaseReplicaSource } from '../database-ref';
import { notifyOfDatabase } from './database-events';
import { DatabaseFoundation } from './database-foundation';
import {
  BACKUP_RETENTION_DAYS,
  backupWindow,
  databaseMaintenanceWindow,
  MONITORING_INTERVAL_SECONDS,
} from './database-schedule';
import { secretNameOf } from './physical-names';
import { RdsMonitoring } from './rds-monitoring';
import { optionGroup } from './rds-option-group';
import { passwordCommand, promoteCall, standbyCommand } from './rds-promotion';
import { rdsRecovery } from './rds-recovery';
import { certificateAuthority, foundationOf, type RdsSettings } from './rds-settings';
import { ReplicatedSecret } from './replicated-secret';

/**
 * The copy of an instance in another Region: a read replica of the same size, itself over two zones and backed up, which can be
 * promoted. A bare one, of SQL Server, gets a standby, backups and the password when it is, by commands: its template says nothing of the
 * former two, before or after, so that no deployment takes them away. Built from an L1: the L2 takes its source as a construct, and nothing may refer to the other Region.
 */
export class RdsReplica {
  private readonly foundation: DatabaseFoundation;
  private readonly replica: rds.CfnDBInstance;

  public constructor(
    private readonly scope: Construct,
    private readonly settings: RdsSettings,
    private readonly options: DatabaseBindOptions,
    private readonly source: DatabaseReplicaSource,
  ) {
    this.foundation = new DatabaseFoundation(scope, foundationOf(settings, 'instance'), options);
    this.replica = this.makeReplica();
    notifyOfDatabase(scope, options.notifications, {
      sourceType: 'db-instance',
      source: this.replica.ref,
      parameterGroup: this.parameterGroupName,
    });
  }

  public describe(): DatabaseConfig {
    const { foundation, replica, settings, source, bare } = this;
    const monitoring = new RdsMonitoring(this.scope, 'DBInstanceIdentifier', foundation.identifier, settings);
    const call = promoteCall(this.scope, foundation.identifier, settings.quietHour);
    const { secretName = secretNameOf(this.options.systemName) } = source;
    return {
      endpoints: {
        writer: replica.attrEndpointAddress,
        reader: replica.attrEndpointAddress,
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
      backupResources: [backup.BackupResource.fromRdsDatabaseInstance(replica)],
      backupExclusions: bare && !source.serving ? [replica.attrDbInstanceArn] : undefined,
      alarms: monitoring.alarms(),
      widgets: monitoring.widgets(true),
      recovery: bare ? undefined : rdsRecovery(false),
      replicationLag: monitoring.replicaLag(),
      promoteCommand: call.command,
      ...(bare
        ? {
            passwordCommand: passwordCommand(this.scope, foundation.identifier, secretName),
            standbyCommand: standbyCommand(this.scope, foundation.identifier),
          }
        : { promoteCall: call }), // a document that took the first step alone would start what cannot sign in
      readReplica: replica,
    };
  }

  private get bare(): boolean {
    return this.settings.engine.bareReplica === true;
  }

  private get parameterGroupName(): string {
    return this.foundation.parameterGroup.bindToInstance({}).parameterGroupName;
  }

  private makeReplica(): rds.CfnDBInstance {
    const { foundation, settings, options, source, bare } = this;
    const { engine, storage, extras } = settings;
    const replica = new rds.CfnDBInstance(this.scope, 'Instance', {
      sourceDbInstanceIdentifier: source.globalIdentifier,
      sourceRegion: source.region,
      engine: engine.name, // asked for by AWS where the source is in another Region
      dbInstanceIdentifier: foundation.identifier,
      dbInstanceClass: `db.${settings.instanceType.toString()}`,
      multiAz: bare ? undefined : true,
      port: String(settings.port),
      storageType: storage.storageType,
      iops: storage.iops,
      maxAllocatedStorage: storage._growsTo,
      kmsKeyId: foundation.key.keyArn, // and no storageEncrypted: a replica of an encrypted source is encrypted
      dbSubnetGroupName: foundation.subnetGroup.subnetGroupName,
      vpcSecurityGroups: [foundation.securityGroup.securityGroupId],
      publiclyAccessible: false,
      caCertificateIdentifier: certificateAuthority().toString(),
      dbParameterGroupName: this.parameterGroupName,
      optionGroupName: optionGroup(this.scope, engine, options)?.optionGroupName,
      enableIamDatabaseAuthentication: engine.iamAuthentication,
      enableCloudwatchLogsExports: Object.keys(engine.logs),
      monitoringInterval: MONITORING_INTERVAL_SECONDS,
      monitoringRoleArn: foundation.monitoringRole.roleArn,
      enablePerformanceInsights: true,
      performanceInsightsKmsKeyId: foundation.key.keyArn,
      performanceInsightsRetentionPeriod: rds.PerformanceInsightRetention.DEFAULT,
      databaseInsightsMode: rds.DatabaseInsightsMode.STANDARD,
      // so that it is backed up from the moment it is promoted
      backupRetentionPeriod: bare ? undefined : BACKUP_RETENTION_DAYS,
      preferredBackupWindow: bare ? undefined : backupWindow(settings.quietHour),
      preferredMaintenanceWindow: databaseMaintenanceWindow(settings.quietHour),
      deleteAutomatedBackups: !options.dataProtection.retained,
      autoMinorVersionUpgrade: true,
      copyTagsToSnapshot: true,
      deletionProtection: options.dataProtection.retained,
      domain: extras?.domain,
      domainIamRoleName: extras?.domainRole?.roleName,
    });
    acknowledge(replica, 'encryptedReplica');
    if (bare) {
      acknowledge(replica, 'bareReplica');
    }
    replica.applyRemovalPolicy(options.dataProtection.removalPolicy);
    replica.node.addDependency(...foundation.logGroups);
    if (!options.dataProtection.retained) {
      acknowledge(replica, 'deletableDatabase');
    }
    return replica;
  }
}
