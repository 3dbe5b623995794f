import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { allowLogs, newDataKey } from './keys';
import { DATABASE, zones } from './network';

export const PORT = 5433;
const USERNAME = 'ehr_owner';
const VERSION = rds.AuroraPostgresEngineVersion.VER_16_11;
const engine = () => rds.DatabaseClusterEngine.auroraPostgres({ version: VERSION });
const CLUSTER_WINDOWS = { backup: '08:00-09:00', maintenance: 'sun:10:00-sun:10:30' };
const INSTANCES = [
  { letter: 'A', window: 'tue:10:00-tue:10:30' },
  { letter: 'B', window: 'wed:10:00-wed:10:30' },
];

interface Foundation {
  readonly identifier: string;
  readonly key: kms.Key;
  readonly securityGroup: ec2.SecurityGroup;
  readonly connections: ec2.Connections;
  readonly subnetGroup: rds.SubnetGroup;
  readonly parameterGroup: rds.ParameterGroup;
  readonly logGroup: logs.LogGroup;
  readonly monitoringRole: iam.Role;
}

/** What the rest of a system needs to know of its database. */
export interface Cluster {
  readonly identifier: string;
  readonly key: kms.Key;
  readonly connections: ec2.Connections;
  readonly parameterGroup: rds.ParameterGroup;
  readonly writer: string;
  readonly reader: string;
  readonly resource: rds.DatabaseCluster | rds.CfnDBCluster;
}

function foundation(scope: Construct, vpc: ec2.Vpc, systemName: string): Foundation {
  const { region, account } = Stack.of(scope);
  const removalPolicy = RemovalPolicy.RETAIN;
  const description = `Database of ${systemName}`;
  const identifier = `${systemName}-${region}`;
  const key = newDataKey(scope, 'DatabaseKey', `Encrypts the database of ${systemName} and its credentials`);
  const logGroupName = `/aws/rds/cluster/${identifier}/postgresql`;
  allowLogs(key, logGroupName);
  const securityGroup = new ec2.SecurityGroup(scope, 'DatabaseSecurityGroup', {
    vpc,
    description,
    allowAllOutbound: false,
  });
  securityGroup.applyRemovalPolicy(removalPolicy);
  return {
    identifier,
    key,
    securityGroup,
    connections: new ec2.Connections({ securityGroups: [securityGroup], defaultPort: ec2.Port.tcp(PORT) }),
    subnetGroup: new rds.SubnetGroup(scope, 'DatabaseSubnets', {
      vpc,
      vpcSubnets: DATABASE,
      description,
      removalPolicy,
    }),
    parameterGroup: new rds.ParameterGroup(scope, 'DatabaseParameters', {
      engine: engine(),
      description,
      removalPolicy,
      parameters: {
        'rds.force_ssl': '1',
        log_connections: '1',
        log_disconnections: '1',
        log_lock_waits: '1',
        log_statement: 'ddl',
      },
    }),
    logGroup: new logs.LogGroup(scope, 'DatabaseLog', {
      logGroupName,
      encryptionKey: key,
      retention: logs.RetentionDays.ONE_YEAR,
      removalPolicy,
    }),
    monitoringRole: new iam.Role(scope, 'DatabaseMonitoringRole', {
      description: 'Lets Amazon RDS write operating-system metrics to CloudWatch Logs',
      assumedBy: new iam.ServicePrincipal('monitoring.rds.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': account } },
      }),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonRDSEnhancedMonitoringRole')],
    }),
  };
}

/** The cluster that writes: an L2, with credentials that rotate, in a global database. */
export function primaryCluster(scope: Construct, vpc: ec2.Vpc, systemName: string, recoveryRegion: string) {
  const base = foundation(scope, vpc, systemName);
  const secret = new rds.DatabaseSecret(scope, 'DatabaseSecret', {
    username: USERNAME,
    secretName: `${systemName}/database`,
    encryptionKey: base.key,
  });
  secret.applyRemovalPolicy(RemovalPolicy.RETAIN);
  (secret.node.defaultChild as secretsmanager.CfnSecret).replicaRegions = [
    { region: recoveryRegion, kmsKeyId: keyAliasArn(scope, systemName, recoveryRegion) },
  ];
  const cluster = newCluster(scope, vpc, base, secret);
  new secretsmanager.SecretRotation(scope, 'DatabaseRotation', {
    application: secretsmanager.SecretRotationApplication.POSTGRES_ROTATION_SINGLE_USER,
    secret: cluster.secret ?? secret,
    automaticallyAfter: Duration.days(30),
    rotateImmediatelyOnUpdate: false,
    target: { connections: base.connections },
    vpc,
    vpcSubnets: DATABASE,
  });
  const global = new rds.CfnGlobalCluster(scope, 'GlobalDatabase', {
    globalClusterIdentifier: `${systemName}-global`,
    engine: 'aurora-postgresql',
    engineVersion: VERSION.auroraPostgresFullVersion,
    storageEncrypted: true,
    deletionProtection: true,
  });
  global.applyRemovalPolicy(RemovalPolicy.RETAIN);
  const cfnCluster = cluster.node.defaultChild as rds.CfnDBCluster;
  cfnCluster.globalClusterIdentifier = `${systemName}-global`;
  cfnCluster.addResourceDependency(global);
  return {
    ...base,
    writer: cluster.clusterEndpoint.hostname,
    reader: cluster.clusterReadEndpoint.hostname,
    secret: cluster.secret ?? secret,
    resource: cluster,
  };
}

function newCluster(scope: Construct, vpc: ec2.Vpc, base: Foundation, secret: rds.DatabaseSecret) {
  const [writer, ...readers] = INSTANCES.map(({ letter, window }, index) =>
    rds.ClusterInstance.serverlessV2(letter, {
      instanceIdentifier: `${base.identifier}-${letter.toLowerCase()}`,
      availabilityZone: zones()[index],
      publiclyAccessible: false,
      autoMinorVersionUpgrade: true,
      enablePerformanceInsights: true,
      performanceInsightEncryptionKey: base.key,
      preferredMaintenanceWindow: window,
      scaleWithWriter: index > 0,
    }),
  );
  const cluster = new rds.DatabaseCluster(scope, 'Database', {
    engine: engine(),
    clusterIdentifier: base.identifier,
    defaultDatabaseName: 'hapi',
    credentials: rds.Credentials.fromSecret(secret, USERNAME),
    port: PORT,
    writer,
    readers,
    serverlessV2MinCapacity: 8,
    serverlessV2MaxCapacity: 32,
    vpc,
    subnetGroup: base.subnetGroup,
    vpcSubnets: DATABASE,
    securityGroups: [base.securityGroup],
    parameterGroup: base.parameterGroup,
    storageEncryptionKey: base.key,
    iamAuthentication: true,
    cloudwatchLogsExports: ['postgresql'],
    monitoringInterval: Duration.seconds(60),
    monitoringRole: base.monitoringRole,
    enablePerformanceInsights: true,
    performanceInsightEncryptionKey: base.key,
    databaseInsightsMode: rds.DatabaseInsightsMode.STANDARD,
    backup: { retention: Duration.days(35), preferredWindow: CLUSTER_WINDOWS.backup },
    preferredMaintenanceWindow: CLUSTER_WINDOWS.maintenance,
    copyTagsToSnapshot: true,
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  cluster.node.addDependency(base.logGroup);
  return cluster;
}

/** The cluster that follows: L1s, because the L2 always makes credentials. */
export function replicaCluster(scope: Construct, vpc: ec2.Vpc, systemName: string): Cluster {
  const base = foundation(scope, vpc, systemName);
  const cluster = new rds.CfnDBCluster(scope, 'Database', {
    engine: 'aurora-postgresql',
    engineVersion: VERSION.auroraPostgresFullVersion,
    globalClusterIdentifier: `${systemName}-global`,
    dbClusterIdentifier: base.identifier,
    port: PORT,
    serverlessV2ScalingConfiguration: { minCapacity: 8, maxCapacity: 32 },
    dbSubnetGroupName: base.subnetGroup.subnetGroupName,
    vpcSecurityGroupIds: [base.securityGroup.securityGroupId],
    dbClusterParameterGroupName: base.parameterGroup.bindToCluster({}).parameterGroupName,
    storageEncrypted: true,
    kmsKeyId: base.key.keyArn,
    enableIamDatabaseAuthentication: true,
    enableCloudwatchLogsExports: ['postgresql'],
    performanceInsightsEnabled: true,
    performanceInsightsKmsKeyId: base.key.keyArn,
    performanceInsightsRetentionPeriod: 7,
    databaseInsightsMode: 'standard',
    backupRetentionPeriod: 35,
    preferredBackupWindow: CLUSTER_WINDOWS.backup,
    preferredMaintenanceWindow: CLUSTER_WINDOWS.maintenance,
    copyTagsToSnapshot: true,
    deletionProtection: true,
  });
  cluster.applyRemovalPolicy(RemovalPolicy.RETAIN);
  cluster.node.addDependency(base.logGroup);
  const [first, second] = INSTANCES.map(({ letter, window }, index) => {
    const instance = new rds.CfnDBInstance(scope, `Database${letter}`, {
      engine: 'aurora-postgresql',
      dbClusterIdentifier: cluster.ref,
      dbInstanceIdentifier: `${base.identifier}-${letter.toLowerCase()}`,
      dbInstanceClass: 'db.serverless',
      availabilityZone: zones()[index],
      promotionTier: index,
      publiclyAccessible: false,
      autoMinorVersionUpgrade: true,
      enablePerformanceInsights: true,
      performanceInsightsKmsKeyId: base.key.keyArn,
      performanceInsightsRetentionPeriod: 7,
      preferredMaintenanceWindow: window,
      monitoringInterval: 60,
      monitoringRoleArn: base.monitoringRole.roleArn,
    });
    instance.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return instance;
  });
  second.addResourceDependency(first);
  return { ...base, writer: cluster.attrEndpointAddress, reader: cluster.attrReadEndpointAddress, resource: cluster };
}

export function keyAliasArn(scope: Construct, systemName: string, region: string): string {
  const { partition, account } = Stack.of(scope);
  return `arn:${partition}:kms:${region}:${account}:alias/${systemName}-recovery`;
}
