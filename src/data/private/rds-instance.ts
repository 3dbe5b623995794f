import { Duration, Fn } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { acknowledge } from '../../core/private/acknowledgements';
import type { DatabaseProxy } from '../database-proxy';
import type { DatabaseBindOptions, DatabaseConfig } from '../database-ref';
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
import { RdsBackupReplication } from './rds-backup-replication';
import { RdsMonitoring } from './rds-monitoring';
import { optionGroup } from './rds-option-group';
import { rdsRecovery } from './rds-recovery';
import { RdsReplication } from './rds-replication';
import { certificateAuthority, foundationOf, type RdsSettings } from './rds-settings';
import { isReplicatedBackup, requireRecoveryPoint } from './recovery-point';

/** A DB instance with a standby in another zone, which nobody reads from, in the first Region of its system. */
export class RdsInstance {
  private readonly foundation: DatabaseFoundation;
  private readonly secret?: rds.DatabaseSecret;
  private readonly instance: rds.DatabaseInstance;

  public constructor(
    private readonly scope: Construct,
    private readonly settings: RdsSettings,
    private readonly options: DatabaseBindOptions,
  ) {
    const { engine } = settings;
    this.foundation = new DatabaseFoundation(scope, foundationOf(settings, 'instance'), options);
    this.secret = engine.rotation && databaseSecret(scope, this.foundation.key, options);
    this.instance = this.makeInstance();
    if (engine.rotation) {
      const secret = this.instance.secret as secretsmanager.ISecret;
      rotateSecret(scope, secret, engine.rotation, this.foundation.connections, options);
    }
    notifyOfDatabase(scope, options.notifications, {
      sourceType: 'db-instance',
      source: this.instance.instanceIdentifier,
      parameterGroup: this.foundation.parameterGroup.bindToInstance({}).parameterGroupName,
    });
  }

  public describe(): DatabaseConfig {
    const { foundation, instance, settings, options, secret } = this;
    const monitoring = new RdsMonitoring(this.scope, 'DBInstanceIdentifier', foundation.identifier, settings);
    const host = instance.dbInstanceEndpointAddress;
    const proxy = settings.proxy && this.front(settings.proxy);
    return {
      endpoints: {
        writer: host,
        reader: host, // the standby is not readable
        port: String(settings.port),
        databaseName: settings.databaseName,
      },
      ...this.credentials(),
      encryptionKey: foundation.key,
      connections: foundation.connections,
      backupResources: [backup.BackupResource.fromRdsDatabaseInstance(instance)],
      alarms: [...monitoring.alarms(), ...(proxy?.alarms() ?? [])],
      widgets: [...monitoring.widgets(), ...(proxy?.widgets() ?? [])],
      recovery: rdsRecovery(false),
      replication:
        secret === undefined || proxy
          ? undefined
          : new RdsReplication(
              this.scope,
              foundation.identifier,
              settings,
              secret.node.defaultChild as secretsmanager.CfnSecret,
              options,
            ),
      replicationAlternative: settings.replicationAlternative,
      backupReplication: settings.replicateBackups
        ? new RdsBackupReplication(this.scope, options.systemName, instance.node.defaultChild as rds.CfnDBInstance)
        : undefined,
      restoration: { resourceType: 'RDS', path: instance.node.path },
      licences: settings.licences,
      instance,
      ...proxy?.describe(),
    };
  }

  private front(proxy: DatabaseProxy): ProxyFront {
    const { foundation, instance, settings, options, secret } = this;
    return new ProxyFront(this.scope, options, {
      proxy,
      foundation,
      settings,
      target: { instanceIdentifier: instance.instanceIdentifier },
      resourceId: (instance.node.defaultChild as rds.CfnDBInstance).attrDbiResourceId,
      made: [instance],
      secret: instance.secret ?? secret,
      readable: false,
      follows: false,
    });
  }

  /** Of ours, known by name in every Region; or of Amazon RDS's, whose name is in its ARN: `rds!db-`, a UUID, six characters. */
  private credentials(): Pick<DatabaseConfig, 'credentials' | 'rotatedSecretName'> {
    if (this.secret) {
      return {
        credentials: this.instance.secret ?? this.secret,
        rotatedSecretName: secretNameOf(this.options.systemName),
      };
    }
    const arn = (this.instance.node.defaultChild as rds.CfnDBInstance).attrMasterUserSecretSecretArn;
    const parts = Fn.split('-', Fn.select(6, Fn.split(':', arn)), 7);
    return {
      credentials: secretsmanager.Secret.fromSecretAttributes(this.scope, 'ManagedSecret', {
        secretCompleteArn: arn,
        encryptionKey: this.foundation.key,
      }),
      rotatedSecretName: Fn.join('-', parts.slice(0, 6)),
    };
  }

  private makeInstance(): rds.DatabaseInstance {
    const { foundation, settings, options, secret } = this;
    const { engine, storage, extras } = settings;
    const instance = new rds.DatabaseInstance(this.scope, 'Instance', {
      engine: engine.instanceEngine,
      instanceIdentifier: foundation.identifier,
      instanceType: settings.instanceType,
      multiAz: true,
      databaseName: settings.makesDatabase ? settings.databaseName : undefined,
      credentials: secret
        ? rds.Credentials.fromSecret(secret, USERNAME)
        : rds.Credentials.fromUsername(USERNAME, { encryptionKey: foundation.key }),
      manageMasterUserPassword: secret ? undefined : true,
      port: settings.port,
      storageType: storage.storageType as rds.StorageType,
      allocatedStorage: storage.size.toGibibytes(),
      maxAllocatedStorage: storage._growsTo,
      iops: storage.iops,
      storageEncryptionKey: foundation.key,
      vpc: options.vpc,
      vpcSubnets: options.subnets,
      subnetGroup: foundation.subnetGroup,
      securityGroups: [foundation.securityGroup],
      publiclyAccessible: false,
      caCertificate: certificateAuthority(),
      parameterGroup: foundation.parameterGroup,
      optionGroup: optionGroup(this.scope, engine, options),
      iamAuthentication: engine.iamAuthentication,
      cloudwatchLogsExports: Object.keys(engine.logs),
      monitoringInterval: Duration.seconds(MONITORING_INTERVAL_SECONDS),
      monitoringRole: foundation.monitoringRole,
      enablePerformanceInsights: true,
      performanceInsightEncryptionKey: foundation.key,
      databaseInsightsMode: rds.DatabaseInsightsMode.STANDARD,
      backupRetention: Duration.days(BACKUP_RETENTION_DAYS),
      preferredBackupWindow: backupWindow(settings.quietHour),
      preferredMaintenanceWindow: databaseMaintenanceWindow(settings.quietHour),
      deleteAutomatedBackups: !options.dataProtection.retained,
      autoMinorVersionUpgrade: true,
      copyTagsToSnapshot: true,
      deletionProtection: options.dataProtection.retained,
      removalPolicy: options.dataProtection.removalPolicy,
      ...extras,
    });
    instance.node.addDependency(...foundation.logGroups);
    if (options.restoredFrom !== undefined) {
      this.restore(instance, options.restoredFrom);
    }
    if (!options.dataProtection.retained) {
      acknowledge(instance, 'deletableDatabase');
    }
    return instance;
  }

  /**
   * What the recovery point decides, or Amazon RDS refuses beside it, is left out: users, key, character set, and the size, which may have
   * grown. The password is changed to the one of the secret once the instance is there. Replicated backups restore to a time, a snapshot to its own.
   *
   * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbinstance.html#cfn-rds-dbinstance-sourcedbinstanceautomatedbackupsarn
   * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbinstance.html#cfn-rds-dbinstance-dbsnapshotidentifier
   */
  private restore(instance: rds.DatabaseInstance, recoveryPointArn: string): void {
    const { restoreTime } = this.options;
    requireRecoveryPoint(this.scope, 'RDS', recoveryPointArn, restoreTime);
    const resource = instance.node.defaultChild as rds.CfnDBInstance;
    if (isReplicatedBackup(recoveryPointArn, restoreTime)) {
      resource.sourceDbInstanceAutomatedBackupsArn = recoveryPointArn;
      resource.restoreTime = restoreTime;
      resource.useLatestRestorableTime = restoreTime === undefined ? true : undefined;
    } else {
      resource.dbSnapshotIdentifier = recoveryPointArn;
    }
    resource.masterUsername = undefined;
    resource.dbName = undefined;
    resource.characterSetName = undefined;
    resource.timezone = undefined;
    resource.allocatedStorage = undefined;
    resource.storageEncrypted = undefined;
    resource.kmsKeyId = undefined;
    acknowledge(instance, 'encryptedSnapshot');
  }
}
