import { Duration } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { FailureScope } from '../../core';
import { acknowledge } from '../../core/private/acknowledgements';
import type { CacheBindOptions, CacheConfig } from '../cache-ref';
import type { StoreRecovery } from '../store-recovery';
import { allowLogGroup, dataKey } from './data-key';
import { backupWindow, databaseMaintenanceWindow } from './database-schedule';
import { placeInstances } from './instance-placement';
import { cacheCopyIdentifierOf } from './physical-names';
import { detachCommand, promoteCall, ValkeyGlobalDatastore } from './valkey-global-datastore';
import { ValkeyMonitoring } from './valkey-monitoring';

/** What a cache is, whichever Region it runs in. */
export interface ValkeySettings {
  readonly nodeType: string;
  /** The primary and its replicas. */
  readonly nodes: number;
  readonly engineVersion: string;
  readonly port: number;
  readonly quietHour: number;
  readonly slowLog: boolean;
  /** Whether it is the first member of a global datastore, which a copy in another Region joins. */
  readonly globalDatastore: boolean;
}

/** Days that snapshots are kept. AWS Config and the HIPAA Security pack ask for 15. */
const SNAPSHOT_RETENTION_DAYS = 15;

/** A replication group over several zones, from an L1: no stable L2 makes one. */
export class ValkeyReplicationGroup {
  private readonly key: kms.Key;
  private readonly securityGroup: ec2.SecurityGroup;
  private readonly secret: secretsmanager.Secret;
  private readonly group: elasticache.CfnReplicationGroup;
  private readonly groupId: string;

  public constructor(
    private readonly scope: Construct,
    private readonly settings: ValkeySettings,
    private readonly options: CacheBindOptions,
  ) {
    const { systemName, vpc, dataProtection, replicaOf } = options;
    this.groupId = replicaOf ? cacheCopyIdentifierOf(systemName) : systemName;
    this.key = dataKey(scope, 'Key', `Encrypts the cache of ${systemName} and its credentials`, dataProtection);
    this.securityGroup = new ec2.SecurityGroup(scope, 'SecurityGroup', {
      vpc,
      description: `Cache of ${systemName}`,
      allowAllOutbound: false,
    });
    this.secret = this.makeSecret();
    this.group = this.makeGroup();
  }

  public describe(): CacheConfig {
    const { group, settings } = this;
    const monitoring = new ValkeyMonitoring(this.scope, this.groupId, settings.nodes);
    return {
      endpoints: {
        primary: group.attrPrimaryEndPointAddress,
        reader: group.attrReaderEndPointAddress,
        port: String(settings.port),
      },
      credentials: this.secret,
      encryptionKey: this.key,
      connections: new ec2.Connections({
        securityGroups: [this.securityGroup],
        defaultPort: ec2.Port.tcp(settings.port),
      }),
      alarms: monitoring.alarms(),
      widgets: monitoring.widgets(),
      recovery: recovery(),
      replicationGroup: group,
      ...this.acrossRegions(monitoring),
    };
  }

  /** What a member of a global datastore has to say beside. */
  private acrossRegions(monitoring: ValkeyMonitoring): Partial<CacheConfig> {
    const { scope, group, groupId, settings, options } = this;
    const replicationLag = monitoring.lagBehindOtherRegion();
    if (options.replicaOf) {
      return {
        replicationLag,
        promoteCall: promoteCall(scope, options.replicaOf, groupId),
        detachCommand: detachCommand(scope, options.replicaOf, groupId),
      };
    }
    return settings.globalDatastore
      ? { replication: new ValkeyGlobalDatastore(scope, options.systemName, groupId, group, replicationLag) }
      : {};
  }

  /** https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html: 16 to 128 characters, and few signs */
  private makeSecret(): secretsmanager.Secret {
    const secret = new secretsmanager.Secret(this.scope, 'Secret', {
      secretName: `${this.options.systemName}/cache`,
      description: `Password of the cache of ${this.options.systemName}`,
      encryptionKey: this.key,
      generateSecretString: {
        secretStringTemplate: '{}',
        generateStringKey: 'password',
        passwordLength: 64,
        excludePunctuation: true,
      },
    });
    secret.applyRemovalPolicy(this.options.dataProtection._removalPolicyOfNamed);
    acknowledge(secret, 'cachePassword');
    return secret;
  }

  private makeGroup(): elasticache.CfnReplicationGroup {
    const { settings, options } = this;
    const subnets = new elasticache.CfnSubnetGroup(this.scope, 'Subnets', {
      description: `Cache of ${options.systemName}`,
      subnetIds: options.vpc.selectSubnets(placeInstances(this.scope, options.vpc, options.subnets).subnets).subnetIds,
    });
    const engineLog = this.logTo('engine-log', 'EngineLog');
    const logGroups = settings.slowLog ? [engineLog, this.logTo('slow-log', 'SlowLog')] : [engineLog];
    const group = new elasticache.CfnReplicationGroup(this.scope, 'ReplicationGroup', {
      replicationGroupId: this.groupId,
      replicationGroupDescription: `Cache of ${options.systemName}`,
      ...this.engine(),
      numCacheClusters: settings.nodes,
      port: settings.port,
      cacheSubnetGroupName: subnets.ref,
      securityGroupIds: [this.securityGroup.securityGroupId],
      kmsKeyId: this.key.keyArn,
      authToken: this.secret.secretValueFromJson('password').unsafeUnwrap(), // a reference, resolved at deployment
      snapshotRetentionLimit: SNAPSHOT_RETENTION_DAYS,
      snapshotWindow: backupWindow(settings.quietHour),
      preferredMaintenanceWindow: maintenanceHour(settings.quietHour),
      logDeliveryConfigurations: logGroups.map(({ logType, logGroup }) => ({
        logType,
        logFormat: 'json',
        destinationType: 'cloudwatch-logs',
        destinationDetails: { cloudWatchLogsDetails: { logGroup: logGroup.logGroupName } },
      })),
    });
    group.node.addDependency(...logGroups.map(({ logGroup }) => logGroup));
    if (options.replicaOf) {
      acknowledge(group, 'cacheCopy');
    }
    return group;
  }

  /**
   * A copy takes all this from the primary of its global datastore, and must not be given it. Members take no minor versions by themselves, which
   * ElastiCache would turn off anyway.
   *
   * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastores-CLI.html and .../Redis-Global-Datastores-Getting-Started.html
   */
  private engine(): Partial<elasticache.CfnReplicationGroupProps> {
    const { settings, options } = this;
    return options.replicaOf
      ? { globalReplicationGroupId: options.replicaOf.globalDatastoreId }
      : {
          engine: 'valkey',
          engineVersion: settings.engineVersion,
          cacheNodeType: settings.nodeType,
          automaticFailoverEnabled: true,
          multiAzEnabled: true,
          atRestEncryptionEnabled: true,
          transitEncryptionEnabled: true,
          transitEncryptionMode: 'required',
          autoMinorVersionUpgrade: !settings.globalDatastore,
        };
  }

  private logTo(logType: string, id: string): { readonly logType: string; readonly logGroup: logs.LogGroup } {
    const { systemName, dataProtection } = this.options;
    const logGroupName = `/aws/elasticache/${systemName}/${logType}`;
    allowLogGroup(this.key, this.scope, logGroupName);
    const logGroup = new logs.LogGroup(this.scope, id, {
      logGroupName,
      encryptionKey: this.key,
      retention: logs.RetentionDays.ONE_YEAR,
      removalPolicy: dataProtection._removalPolicyOfNamed,
    });
    return { logType, logGroup };
  }
}

/** ElastiCache wants an hour, where Amazon RDS takes half of one. */
function maintenanceHour(quietHour: number): string {
  const [start] = databaseMaintenanceWindow(quietHour).split('-');
  const [day, hour] = start.split(':');
  const end = (Number(hour) + 1) % 24;
  return `${start}-${end === 0 ? 'mon' : day}:${String(end).padStart(2, '0')}:00`;
}

/** Nothing that counts is lost, because a cache holds no record alone. */
function recovery(): StoreRecovery[] {
  return [FailureScope.COMPONENT, FailureScope.AVAILABILITY_ZONE].map((scope) => ({
    scope,
    mechanism: 'ElastiCache makes a replica the primary; its last writes may be gone, records are kept elsewhere',
    recoveryTime: Duration.seconds(30),
    recoveryPoint: Duration.seconds(0),
    source:
      'judgement: a budget of 30 seconds for what https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html calls a few seconds',
  }));
}
