import type { Duration } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Problems } from '../../core/private/fail';
import type { ComputeBindOptions, ComputeConfig } from '../compute-ref';
import type { DatabaseMigration } from '../database-migration';
import type { FargateApplicationProps } from '../fargate-compute';
import type { FileMount } from '../file-mount';
import { AlarmedDeployments } from './alarmed-deployments';
import { requireOneMeaning, requirePorts } from './application-rules';
import { refusedTaskSize } from './fargate-size';
import { DEFAULT_CPU, DEFAULT_MEMORY_MIB, fargateTask } from './fargate-task';
import type { FargateTelemetry } from './fargate-telemetry';
import { LogDestination } from './log-destination';
import { MigrationHook } from './migration-hook';
import { RestartOnRotation, redeployment } from './restart-on-rotation';
import { ServiceTargets } from './service-targets';
import { ShiftedRequests } from './shifted-requests';
import { startupBudget } from './startup-budget';

/** How many tasks run while a deployment replaces them. */
export type FargateDeployment = Required<
  Pick<ecs.FargateServiceProps, 'minHealthyPercent' | 'maxHealthyPercent' | 'availabilityZoneRebalancing'>
> &
  Pick<
    ecs.FargateServiceProps,
    'desiredCount' | 'deploymentStrategy' | 'bakeTime' | 'linearConfiguration' | 'canaryConfiguration'
  >;

/** An application on AWS Fargate, before anybody decides how many tasks of it run. */
export class FargateApplication {
  public readonly service: ecs.FargateService;
  /** How long a new task may take until it answers. */
  public readonly startup: Duration;
  private readonly shifts: boolean;
  private readonly taskDefinition: ecs.FargateTaskDefinition;
  private readonly logGroup: logs.ILogGroup;

  public constructor(
    private readonly scope: Construct,
    private readonly props: FargateApplicationProps,
    private readonly options: ComputeBindOptions,
    deployment: FargateDeployment,
  ) {
    this.shifts = deployment.deploymentStrategy !== undefined;
    this.startup = startupBudget(scope, options, 'a task', 'Amazon ECS');
    this.logGroup = new LogDestination(scope, 'Logs', {
      contents: `the application log of ${options.systemName}`,
      retention: props.logRetention ?? logs.RetentionDays.ONE_YEAR,
      dataProtection: options.dataProtection,
    }).logGroup;
    const cluster = new ecs.Cluster(scope, 'Cluster', {
      clusterName: options.systemName, // explicit: the other Region names it without a reference
      vpc: options.network.vpc,
      containerInsightsV2: ecs.ContainerInsights.ENABLED,
    });
    const task = fargateTask(scope, { ...props, options, logGroup: this.logGroup });
    this.taskDefinition = task.taskDefinition;
    this.service = this.makeService(cluster, deployment);
    this.service.node.addDependency(...task.available);
  }

  /** What there is to say of it, but for its capacity. */
  public config(telemetry: FargateTelemetry): Omit<ComputeConfig, 'capacity'> {
    const { port, additionalPorts = [] } = this.props;
    const targets = new ServiceTargets(this.service, [port, ...additionalPorts], this.shifts);
    return {
      connections: this.service.connections,
      grantPrincipal: this.taskDefinition.taskRole,
      port,
      alarms: [...telemetry.alarms, ...this.restartOnRotation()],
      widgets: telemetry.widgets,
      applicationTarget: targets,
      shiftedRequests: this.shifts ? new ShiftedRequests(this.scope, 'ShiftedRequests', this.service, port) : undefined,
      networkTargets: targets,
      rollback: new AlarmedDeployments(this.service),
      service: this.service,
      logGroup: this.logGroup,
    };
  }

  private makeService(cluster: ecs.ICluster, deployment: FargateDeployment): ecs.FargateService {
    const { systemName, network } = this.options;
    const securityGroup = new ec2.SecurityGroup(this.scope, 'SecurityGroup', {
      vpc: network.vpc,
      description: `Tasks of ${systemName}`,
    });
    const service = new ecs.FargateService(this.scope, 'Service', {
      cluster,
      serviceName: systemName, // explicit: the other Region names it without a reference
      taskDefinition: this.taskDefinition,
      vpcSubnets: network.applicationSubnets,
      securityGroups: [securityGroup],
      assignPublicIp: false,
      platformVersion: ecs.FargatePlatformVersion.LATEST,
      ...deployment,
      circuitBreaker: { enable: true, rollback: true },
      healthCheckGracePeriod: this.startup,
      enableExecuteCommand: false,
      enableECSManagedTags: true,
      propagateTags: ecs.PropagatedTagSource.SERVICE,
    });
    // CDK waits for what the application may do, not for what starting it takes
    service.node.addDependency(this.taskDefinition.obtainExecutionRole());
    return service;
  }

  /** Change the schema of the database before a new version starts. */
  public migrateWith(migration: DatabaseMigration): void {
    const { systemName, network } = this.options;
    new MigrationHook(this.scope, 'Migration', {
      systemName,
      migration,
      service: this.service,
      subnets: network.vpc.selectSubnets(network.applicationSubnets).subnets,
      logGroup: this.logGroup,
    });
  }

  private restartOnRotation() {
    const { database, deadLetterQueue, notifications } = this.options;
    const secretName = database?.rotatedSecretName;
    const given = Object.values(this.props.secrets ?? {}).some((secret) => secret._isDatabaseCredential);
    if (!secretName || !given) {
      return [];
    }
    const replacement = redeployment(this.service);
    const restart = new RestartOnRotation(this.scope, 'RestartOnRotation', {
      secretName,
      replacement,
      deadLetterQueue,
      notifications,
    });
    return [restart.alarm];
  }
}

/** Note every mistake in what an application on AWS Fargate is made of. */
export function requireFargateApplication(problems: Problems, props: FargateApplicationProps): void {
  const { port, additionalPorts = [], stopTimeout, writablePaths = [], mounts = [] } = props;
  requirePorts(problems, port, additionalPorts);
  const size = refusedTaskSize(props.cpu ?? DEFAULT_CPU, props.memoryLimitMiB ?? DEFAULT_MEMORY_MIB);
  problems.require(size === undefined, size ?? '');
  requireUser(problems, props);
  if (stopTimeout && !stopTimeout.isUnresolved()) {
    const seconds = stopTimeout.toSeconds();
    problems.require(seconds >= 30 && seconds <= 120, `stopTimeout must be 30 to 120 seconds, got ${seconds}`);
  }
  requirePaths(problems, writablePaths, mounts);
  requireOneMeaning(problems, props.environment, props.secrets);
}

/** Not root, unless somebody says why. */
function requireUser(problems: Problems, { user, acknowledgeRoot }: FargateApplicationProps): void {
  const isRoot = /^(root|0)(:|$)/.test(user ?? '');
  problems.require(
    !isRoot || acknowledgeRoot !== undefined,
    `user must not be root, got "${user}"; build the image so that another user can run it, or say in acknowledgeRoot why that cannot be`,
  );
  problems.require(
    acknowledgeRoot === undefined || (isRoot && acknowledgeRoot.trim() !== ''),
    isRoot
      ? 'acknowledgeRoot must say why the image must start as root, got an empty string'
      : `acknowledgeRoot is given, but user is "${user ?? '65532'}", who is not root; leave it out`,
  );
}

/** Each path once, and where something can be mounted. */
function requirePaths(problems: Problems, writablePaths: string[], mounts: FileMount[]): void {
  for (const path of writablePaths) {
    problems.require(/^\/[^/]/.test(path), `a writable path must be absolute and not the root, got "${path}"`);
  }
  for (const { containerPath } of mounts) {
    problems.require(
      /^\/[^/]/.test(containerPath),
      `containerPath of a mount must be absolute and not the root, got "${containerPath}"`,
    );
  }
  const paths = [...writablePaths, ...mounts.map(({ containerPath }) => containerPath)];
  const twice = paths.filter((path, index) => paths.indexOf(path) !== index);
  problems.require(twice.length === 0, `${twice.join(', ')} is mounted twice; give each path once`);
}
