import { CfnOutput, Duration, type Size, Stack } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as dsql from 'aws-cdk-lib/aws-dsql';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { FailureScope } from '../../core';
import type { DsqlMultiRegion } from '../aurora-dsql-database';
import type { DatabaseBindOptions, DatabaseConfig } from '../database-ref';
import type { StoreRecovery } from '../store-recovery';
import { dataKey } from './data-key';
import { DsqlMonitoring } from './dsql-monitoring';
import { requireAccountAgrees, requireRegionsAgree } from './dsql-peers';
import { DsqlReplication } from './dsql-replication';

/** How a cluster is made, the same in every Region. */
export interface DsqlSettings {
  readonly multiRegion?: DsqlMultiRegion;
  readonly storageQuota: Size;
  /** Where the interface endpoint is. */
  readonly subnets: ec2.SubnetSelection;
}

/** The port of PostgreSQL, which Aurora DSQL does not let anybody choose. */
const PORT = 5432;
/** The only database of a cluster. https://docs.aws.amazon.com/aurora-dsql/latest/userguide/working-with-postgresql-compatibility-unsupported-features.html */
const DATABASE_NAME = 'postgres';
const RESILIENCE = 'https://docs.aws.amazon.com/aurora-dsql/latest/userguide/disaster-recovery-resiliency.html';

/** Whatever IAM allows: https://docs.aws.amazon.com/aurora-dsql/latest/userguide/rbp-examples.html */
const FROM_VPCS_ONLY = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'RefuseConnectionsFromOutsideOfVpcs',
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: ['dsql:DbConnect', 'dsql:DbConnectAdmin'],
      Resource: '*',
      Condition: { Null: { 'aws:SourceVpc': 'true' } },
    },
  ],
};

/**
 * A cluster of Amazon Aurora DSQL, its key, and the endpoint that leads to it.
 *
 * One of two Regions waits for the other: it takes connections only once both templates name both clusters. So it is in a stack of its
 * own, which nothing else is waited for in, and which is there before anything connects.
 */
export class DsqlCluster {
  private readonly key: kms.Key;
  private readonly cluster: dsql.CfnCluster;
  private readonly connections: ec2.Connections;

  public constructor(
    private readonly scope: Construct,
    private readonly settings: DsqlSettings,
    private readonly options: DatabaseBindOptions,
  ) {
    const { multiRegion } = settings;
    const { dataProtection, systemName } = options;
    if (multiRegion) {
      requireAccountAgrees(scope, multiRegion);
      requireRegionsAgree(scope, multiRegion, [Stack.of(scope).region]); // of both: where it is replicated
    }
    const inside = multiRegion ? this.ownStack() : scope;
    this.key = dataKey(inside, 'Key', `Encrypts the database of ${systemName}`, dataProtection);
    this.allowDsql();
    this.cluster = new dsql.CfnCluster(inside, 'Cluster', {
      deletionProtectionEnabled: dataProtection.retained,
      kmsEncryptionKey: this.key.keyArn,
      multiRegionProperties: multiRegion && {
        witnessRegion: multiRegion.witnessRegion,
        clusters: multiRegion.clusterArns,
      },
      policyDocument: JSON.stringify(FROM_VPCS_ONLY),
    });
    this.cluster.applyRemovalPolicy(dataProtection.removalPolicy);
    this.cluster.node.addDependency(this.key); // and its policy, without which it could not be used
    if (multiRegion) {
      new CfnOutput(inside, 'DsqlClusterArn', {
        description: 'What clusterArns must name, beside that of the other Region',
        value: this.cluster.attrResourceArn,
      });
    }
    this.connections = this.connect();
  }

  public describe(): DatabaseConfig {
    const { cluster, scope, options, settings } = this;
    const monitoring = new DsqlMonitoring(scope, cluster.attrIdentifier, settings.storageQuota);
    const writer = cluster.attrVpcEndpoint;
    const replication =
      settings.multiRegion && !options.replicaOf
        ? new DsqlReplication(scope, settings.multiRegion, Stack.of(cluster).stackName)
        : undefined;
    return {
      endpoints: { writer, reader: writer, port: String(PORT), databaseName: DATABASE_NAME },
      encryptionKey: this.key,
      connections: this.connections,
      iamConnectArns: [cluster.attrResourceArn],
      iamConnectAction: 'dsql:DbConnect',
      iamAdministerAction: 'dsql:DbConnectAdmin',
      backupResources: [backup.BackupResource.fromArn(cluster.attrResourceArn)],
      onlySnapshots: true,
      alarms: monitoring.alarms(),
      widgets: monitoring.widgets(),
      recovery: regionalRecovery(),
      replication,
      replicationAlternative: settings.multiRegion
        ? 'AWS Backup restores a recovery point of Amazon Aurora DSQL to a new cluster only, which no template takes over; keep the data live in both Regions, for example with DrStrategy.activeActive()'
        : 'a cluster of Amazon Aurora DSQL in one Region stays there; give Database.auroraDsql() a multiRegion before there is data',
      dsqlCluster: cluster,
    };
  }

  /** Named after the one around it, in whose Region it is; `<stack>-Database`. */
  private ownStack(): Stack {
    const { account, region, stackName } = Stack.of(this.scope);
    return new Stack(this.scope, 'Stack', {
      stackName: `${stackName}-Database`,
      description: `The cluster of ${this.options.systemName} in ${region}; deployed beside that of the other Region, before what connects to it`,
      env: { account, region },
    });
  }

  /**
   * The service uses the key in its own name. The id of the cluster is not known before the key is.
   * https://docs.aws.amazon.com/aurora-dsql/latest/userguide/data-encryption.html
   */
  private allowDsql(): void {
    const principals = [new iam.ServicePrincipal('dsql.amazonaws.com')];
    const clusters = Stack.of(this.key).formatArn({ service: 'dsql', resource: 'cluster', resourceName: '*' });
    this.key.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'LetAuroraDsqlEncrypt',
        principals,
        actions: ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:Encrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'],
        resources: ['*'], // in a key policy: this key
        conditions: { StringLike: { 'aws:SourceArn': clusters, 'kms:EncryptionContext:aws:dsql:ClusterId': '*' } },
      }),
    );
    this.key.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'LetAuroraDsqlDescribe',
        principals,
        actions: ['kms:DescribeKey'],
        resources: ['*'],
        conditions: { StringLike: { 'aws:SourceArn': clusters } },
      }),
    );
  }

  /** With private DNS the cluster's own private name leads here. https://docs.aws.amazon.com/aurora-dsql/latest/userguide/privatelink-managing-clusters.html */
  private connect(): ec2.Connections {
    const { vpc, systemName } = this.options;
    const securityGroup = new ec2.SecurityGroup(this.scope, 'SecurityGroup', {
      vpc,
      description: `Endpoint of the database of ${systemName}`,
      allowAllOutbound: false,
    });
    new ec2.InterfaceVpcEndpoint(this.scope, 'Endpoint', {
      vpc,
      service: new ec2.InterfaceVpcEndpointService(this.cluster.attrVpcEndpointServiceName, PORT),
      subnets: this.settings.subnets,
      securityGroups: [securityGroup],
      privateDnsEnabled: true,
      open: false,
    });
    return new ec2.Connections({ securityGroups: [securityGroup], defaultPort: ec2.Port.tcp(PORT) });
  }
}

/** A write is in three zones before it is answered. Clients connect again, which takes no longer than a probe. */
function regionalRecovery(): StoreRecovery[] {
  const none = Duration.seconds(0);
  return [FailureScope.COMPONENT, FailureScope.AVAILABILITY_ZONE].map((scope) => ({
    scope,
    mechanism: 'Aurora DSQL goes on in the other zones',
    recoveryTime: none,
    recoveryPoint: none,
    source: RESILIENCE,
  }));
}
