import { Duration, RemovalPolicy, Size, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { DockerImageAsset, Platform } from 'aws-cdk-lib/aws-ecr-assets';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { ENVIRONMENT, IMAGE_DIRECTORY } from '../hospital-facts';
import { type Cluster, PORT } from './database';
import { allowLogs, newKey } from './keys';
import { APPLICATION } from './network';

export interface ComputeInput {
  readonly systemName: string;
  readonly vpc: ec2.Vpc;
  readonly database: Cluster;
  readonly secret: secretsmanager.ISecret;
  /** Names under which the secret is read. */
  readonly secretArns: string[];
  /** Key of the secret where its own policy cannot let the task in. */
  readonly secretKey?: kms.IKey;
  readonly documents: s3.IBucket;
  readonly documentsKey: kms.IKey;
  /** Tasks that run, and those of them that are needed. */
  readonly running: number;
  readonly needed: number;
}

export function newService(scope: Construct, input: ComputeInput): ecs.FargateService {
  const { systemName, vpc } = input;
  const cluster = new ecs.Cluster(scope, 'Cluster', {
    clusterName: systemName,
    vpc,
    containerInsightsV2: ecs.ContainerInsights.ENABLED,
  });
  const executionRole = newTaskRole(scope, 'ExecutionRole', 'What Amazon ECS may do to start the application');
  const taskDefinition = newTask(scope, input, executionRole);
  const service = new ecs.FargateService(scope, 'Service', {
    cluster,
    serviceName: systemName,
    taskDefinition,
    vpcSubnets: APPLICATION,
    securityGroups: [new ec2.SecurityGroup(scope, 'TaskSecurityGroup', { vpc, description: `Tasks of ${systemName}` })],
    assignPublicIp: false,
    platformVersion: ecs.FargatePlatformVersion.LATEST,
    availabilityZoneRebalancing: ecs.AvailabilityZoneRebalancing.ENABLED,
    minHealthyPercent: 100,
    maxHealthyPercent: 200,
    circuitBreaker: { enable: true, rollback: true },
    healthCheckGracePeriod: Duration.seconds(330),
    enableExecuteCommand: false,
    enableECSManagedTags: true,
    propagateTags: ecs.PropagatedTagSource.SERVICE,
  });
  service.node.addDependency(executionRole);
  service.autoScaleTaskCount({ minCapacity: input.running, maxCapacity: 18 }).scaleOnCpuUtilization('Cpu', {
    targetUtilizationPercent: 60,
    scaleInCooldown: Duration.minutes(5),
    scaleOutCooldown: Duration.minutes(1),
  });
  input.database.connections.allowFrom(service, ec2.Port.tcp(PORT), 'Application');
  return service;
}

function newTaskRole(scope: Construct, id: string, description: string): iam.Role {
  return new iam.Role(scope, id, {
    description,
    assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  });
}

function newTask(scope: Construct, input: ComputeInput, executionRole: iam.Role): ecs.FargateTaskDefinition {
  const { systemName, database, secret } = input;
  const logGroup = newLogGroup(scope, systemName);
  const taskRole = newTaskRole(scope, 'TaskRole', 'What the application may do');
  const image = new DockerImageAsset(scope, 'Image', { directory: IMAGE_DIRECTORY, platform: Platform.LINUX_AMD64 });
  addPolicies(scope, input, executionRole, taskRole, logGroup, image);
  const task = new ecs.FargateTaskDefinition(scope, 'Task', {
    cpu: 1024,
    memoryLimitMiB: 4096,
    taskRole: taskRole.withoutPolicyUpdates(),
    executionRole: executionRole.withoutPolicyUpdates(),
    runtimePlatform: {
      cpuArchitecture: ecs.CpuArchitecture.X86_64,
      operatingSystemFamily: ecs.OperatingSystemFamily.LINUX,
    },
  });
  const container = task.addContainer('App', {
    image: ecs.ContainerImage.fromDockerImageAsset(image),
    user: '65532',
    memoryLimitMiB: 4096,
    portMappings: [{ containerPort: 8080 }],
    environment: {
      SPRING_DATASOURCE_URL: `jdbc:postgresql://${database.writer}:${PORT},${database.reader}:${PORT}/hapi?targetServerType=preferPrimary&sslmode=require`,
      ...ENVIRONMENT,
    },
    secrets: {
      SPRING_DATASOURCE_USERNAME: ecs.Secret.fromSecretsManager(secret, 'username'),
      SPRING_DATASOURCE_PASSWORD: ecs.Secret.fromSecretsManager(secret, 'password'),
    },
    readonlyRootFilesystem: true,
    stopTimeout: Duration.seconds(60),
    linuxParameters: new ecs.LinuxParameters(scope, 'LinuxParameters', { initProcessEnabled: true }),
    logging: ecs.LogDrivers.awsLogs({
      logGroup,
      streamPrefix: systemName,
      mode: ecs.AwsLogDriverMode.NON_BLOCKING,
      maxBufferSize: Size.mebibytes(25),
    }),
  });
  for (const [index, containerPath] of ['/tmp', '/app/target'].entries()) {
    const name = `writable-${index}`;
    task.addVolume({ name });
    container.addMountPoints({ containerPath, sourceVolume: name, readOnly: false });
  }
  return task;
}

function newLogGroup(scope: Construct, systemName: string): logs.LogGroup {
  const encryptionKey = newKey(scope, 'LogKey', `Encrypts the application log of ${systemName}`);
  allowLogs(encryptionKey, '*');
  return new logs.LogGroup(scope, 'Log', {
    encryptionKey,
    retention: logs.RetentionDays.ONE_YEAR,
    removalPolicy: RemovalPolicy.RETAIN,
  });
}

/** Customer-managed policies, as the packs of cdk-nag ask for; what the L2s grant would become inline policies. */
function addPolicies(
  scope: Construct,
  { secretArns, secretKey, documents, documentsKey }: ComputeInput,
  executionRole: iam.Role,
  taskRole: iam.Role,
  logGroup: logs.LogGroup,
  image: DockerImageAsset,
): void {
  const { region, urlSuffix } = Stack.of(scope);
  const allow = (actions: string[], resources: string[], conditions?: Record<string, unknown>) =>
    new iam.PolicyStatement({ actions, resources, conditions });
  const viaSecretsManager = { StringEquals: { 'kms:ViaService': `secretsmanager.${region}.${urlSuffix}` } };
  new iam.ManagedPolicy(scope, 'ExecutionPolicy', {
    roles: [executionRole],
    statements: [
      allow(
        ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'],
        [image.repository.repositoryArn],
      ),
      allow(['ecr:GetAuthorizationToken'], ['*']),
      allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]),
      allow(['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'], secretArns),
      ...(secretKey ? [allow(['kms:Decrypt'], [secretKey.keyArn], viaSecretsManager)] : []),
    ],
  });
  new iam.ManagedPolicy(scope, 'TaskPolicy', {
    roles: [taskRole],
    statements: [
      allow(['s3:ListBucket'], [documents.bucketArn]),
      allow(
        ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'],
        [documents.arnForObjects('*')],
      ),
      allow(['kms:Decrypt', 'kms:GenerateDataKey'], [documentsKey.keyArn]),
    ],
  });
}

function runningTasks(service: ecs.FargateService): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: 'ECS/ContainerInsights',
    metricName: 'RunningTaskCount',
    dimensionsMap: { ClusterName: service.cluster.clusterName, ServiceName: service.serviceName },
    statistic: 'Minimum',
    period: Duration.minutes(1),
  });
}

export function serviceAlarms(scope: Construct, service: ecs.FargateService, needed: number): cloudwatch.Alarm[] {
  const minute = { period: Duration.minutes(1) };
  const high = (id: string, metric: cloudwatch.Metric, threshold: number, alarmDescription: string) =>
    metric.createAlarm(scope, `Tasks${id}Alarm`, {
      alarmDescription,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold,
      evaluationPeriods: 5,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
  return [
    runningTasks(service).createAlarm(scope, 'TooFewTasksAlarm', {
      alarmDescription: `Fewer than the ${needed} tasks that carry the declared peak are running`,
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      threshold: needed,
      evaluationPeriods: 3,
      treatMissingData: cloudwatch.TreatMissingData.BREACHING,
    }),
    high('Cpu', service.metricCpuUtilization(minute), 85, 'Tasks are short of CPU although scaling had its time'),
    high('Memory', service.metricMemoryUtilization(minute), 90, 'Tasks are close to being stopped for lack of memory'),
  ];
}

export function serviceWidgets(service: ecs.FargateService, needed: number): cloudwatch.IWidget[] {
  const minute = { period: Duration.minutes(1) };
  return [
    new cloudwatch.GraphWidget({
      title: 'Running tasks',
      width: 12,
      left: [runningTasks(service).with({ label: 'running' })],
      leftYAxis: { min: 0 },
      leftAnnotations: [{ value: needed, label: 'carries the declared peak' }],
    }),
    new cloudwatch.GraphWidget({
      title: 'CPU and memory',
      width: 12,
      left: [
        service.metricCpuUtilization({ ...minute, label: 'CPU %' }),
        service.metricMemoryUtilization({ ...minute, label: 'memory %' }),
      ],
      leftYAxis: { min: 0, max: 100 },
    }),
  ];
}
