import { Duration } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { fail, Problems } from '../core/private/fail';
import { warn } from '../core/private/warnings';
import type { AppSecret } from './app-secret';
import type { AppSetting } from './app-setting';
import type { ComputeBindOptions, ComputeConfig, ICompute } from './compute-ref';
import { AlarmedDeployments } from './private/alarmed-deployments';
import { refusedTaskSize } from './private/fargate-size';
import { DEFAULT_CPU, DEFAULT_MEMORY_MIB, fargateTask } from './private/fargate-task';
import { FargateTelemetry } from './private/fargate-telemetry';
import { LogDestination } from './private/log-destination';
import { RestartOnRotation } from './private/restart-on-rotation';
import { ServiceTargets } from './private/service-targets';
import { ASSUMED_ZONES, type StableCapacity, stableCapacity } from './private/static-stability';

/** Properties of an application on AWS Fargate. */
export interface FargateComputeProps {
  /**
   * The container image. Name it by digest, so that every task in every Region runs the same code; a CDK asset already is.
   * A mutable tag gives the warning `cdk-resilient-ehr:mutableImageTag`; a repository in another Region gives
   * `cdk-resilient-ehr:imageInOtherRegion` (see `ReplicatedImage`).
   */
  readonly image: ecs.ContainerImage;
  /** The TCP port the application listens on. Below 1024 needs root, which it does not get. */
  readonly port: number;
  /**
   * More TCP ports it listens on, for example one for each HL7 feed. Where an ingress leads to them, each takes one of the five
   * target groups that Amazon ECS registers a service with.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/register-multiple-targetgroups.html
   */
  readonly additionalPorts?: number[];
  /**
   * Tasks that carry the busiest hour. More run: enough that those left after the loss of a zone still carry it. With 30
   * over 3 zones, 45 run; over 2 zones, 60.
   */
  readonly peakTasks: number;
  /**
   * CPU units of a task; 1024 are one vCPU.
   *
   * @default 1024
   */
  readonly cpu?: number;
  /**
   * Memory of a task in MiB: one of the sizes Fargate offers for `cpu`.
   *
   * @default 2048
   */
  readonly memoryLimitMiB?: number;
  /**
   * Processor architecture that the image is built for.
   *
   * @default ecs.CpuArchitecture.X86_64
   */
  readonly cpuArchitecture?: ecs.CpuArchitecture;
  /**
   * Environment variables.
   *
   * @default - none
   */
  readonly environment?: { [name: string]: AppSetting };
  /**
   * Environment variables with secret values.
   *
   * @default - none
   */
  readonly secrets?: { [name: string]: AppSecret };
  /**
   * Directories the application may write to, gone with the task. The rest of the file system is read-only. AWS Fargate
   * gives each to root, who alone may write to it, unless the image declares the same path as a `VOLUME`: then it keeps the
   * owner and the content it has in the image. README.md shows how.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bind-mounts.html
   */
  readonly writablePaths?: string[];
  /**
   * Whether the application can write to its own file system only in `writablePaths`. Turn it off for an image that writes
   * elsewhere and cannot be changed: an intruder can then change what runs, and Control Tower's CT.ECS.PR.6 finds it.
   *
   * @default true
   */
  readonly readonlyRootFilesystem?: boolean;
  /**
   * Let GuardDuty Runtime Monitoring start its agent beside the application: the right to pull its image. Whether it does is up to
   * GuardDuty (`SecurityBaseline`). The agent takes a share of the task's CPU and memory.
   *
   * @default true
   */
  readonly runtimeMonitoring?: boolean;
  /**
   * The user, and optionally group, that the application runs as. Not root.
   *
   * @default '65532' - the user of distroless images
   */
  readonly user?: string;
  /**
   * Command to run instead of the image's own.
   *
   * @default - the image's command
   */
  readonly command?: string[];
  /**
   * The most tasks that scaling may start. At least the tasks that run all the time.
   *
   * @default - twice the tasks that run all the time at full capacity
   */
  readonly maxTasks?: number;
  /**
   * Average CPU utilisation, in percent, that scaling aims at.
   *
   * @default 60
   */
  readonly targetCpuUtilizationPercent?: number;
  /**
   * Average memory utilisation, in percent, that scaling aims at. Useless for a runtime that keeps what it once took, such
   * as a Java virtual machine.
   *
   * @default - memory does not scale the application
   */
  readonly targetMemoryUtilizationPercent?: number;
  /**
   * How long a task may finish its work after it was told to stop, 30 to 120 seconds.
   *
   * @default Duration.seconds(60)
   */
  readonly stopTimeout?: Duration;
  /**
   * How long to keep the application's log.
   *
   * @default logs.RetentionDays.ONE_YEAR
   */
  readonly logRetention?: logs.RetentionDays;
}

/**
 * An application on AWS Fargate that needs no change when a zone is lost. Made by `Compute.fargate`.
 *
 * The service has no desired count, on purpose: a template that names one resets a service that scaling, or a failover,
 * has changed. Amazon ECS then starts the first deployment with one task, which has the empty database for itself to
 * create its schema in, and scaling lifts the service to its minimum right after.
 */
export class FargateCompute implements ICompute {
  public constructor(private readonly props: FargateComputeProps) {
    this.validate();
  }

  /**
   * Called by the system; do not call this yourself.
   *
   * @throws MissingStartupBudget when care depends on the system and nobody measured how long a task takes to start
   * @throws InvalidCapacity when `maxTasks` is below what runs all the time
   */
  public bind(scope: Construct, options: ComputeBindOptions): ComputeConfig {
    const zones = this.zones(scope, options);
    const capacity = stableCapacity(this.props.peakTasks, zones, options.capacityPercent);
    const maxTasks = this.maxTasks(scope, zones, capacity);
    const startup = startupBudget(scope, options);
    const log = new LogDestination(scope, 'Logs', {
      contents: `the application log of ${options.systemName}`,
      retention: this.props.logRetention ?? logs.RetentionDays.ONE_YEAR,
      dataProtection: options.dataProtection,
    });
    const cluster = new ecs.Cluster(scope, 'Cluster', {
      clusterName: options.systemName, // explicit: the other Region names it without a reference
      vpc: options.network.vpc,
      containerInsightsV2: ecs.ContainerInsights.ENABLED,
    });
    const taskDefinition = fargateTask(scope, { ...this.props, options, logGroup: log.logGroup });
    const service = this.service(scope, options, cluster, taskDefinition, startup);
    this.scale(service, capacity, maxTasks);
    const telemetry = new FargateTelemetry(scope, 'Telemetry', { service, capacity });
    const restart = this.restartOnRotation(scope, service, options);
    const targets = new ServiceTargets(service, [this.props.port, ...(this.props.additionalPorts ?? [])]);
    return {
      connections: service.connections,
      grantPrincipal: taskDefinition.taskRole,
      port: this.props.port,
      capacity: { peak: this.props.peakTasks, running: capacity.running, unit: 'task' },
      alarms: [...telemetry.alarms, ...restart],
      widgets: telemetry.widgets,
      applicationTarget: targets,
      networkTargets: targets,
      rollback: new AlarmedDeployments(service),
      service,
      logGroup: log.logGroup,
    };
  }

  private validate(): void {
    const { port, additionalPorts = [], peakTasks, user, stopTimeout, writablePaths } = this.props;
    const problems = new Problems(undefined, 'InvalidFargateCompute');
    const isPort = (value: number) => isWhole(value) && value >= 1 && value <= 65535;
    problems.require(isPort(port), `port must be 1 to 65535, got ${port}`);
    for (const [index, additional] of additionalPorts.entries()) {
      problems.require(isPort(additional), `a port of additionalPorts must be 1 to 65535, got ${additional}`);
      problems.require(
        additional !== port && additionalPorts.indexOf(additional) === index,
        `port ${additional} is named twice; name each port once, in port or in additionalPorts`,
      );
    }
    problems.require(
      isWhole(peakTasks) && peakTasks >= 1,
      `peakTasks must be a whole number above 0, got ${peakTasks}`,
    );
    const size = refusedTaskSize(this.props.cpu ?? DEFAULT_CPU, this.props.memoryLimitMiB ?? DEFAULT_MEMORY_MIB);
    problems.require(size === undefined, size ?? '');
    problems.require(
      !/^(root|0)(:|$)/.test(user ?? ''),
      `user must not be root, got "${user}"; build the image so that another user can run it`,
    );
    if (stopTimeout && !stopTimeout.isUnresolved()) {
      const seconds = stopTimeout.toSeconds();
      problems.require(seconds >= 30 && seconds <= 120, `stopTimeout must be 30 to 120 seconds, got ${seconds}`);
    }
    for (const path of writablePaths ?? []) {
      problems.require(/^\/[^/]/.test(path), `a writable path must be absolute and not the root, got "${path}"`);
    }
    for (const name of ['targetCpuUtilizationPercent', 'targetMemoryUtilizationPercent'] as const) {
      const percent = this.props[name];
      problems.require(
        percent === undefined || (percent >= 10 && percent <= 90),
        `${name} must be 10 to 90, got ${percent}`,
      );
    }
    const names = Object.keys(this.props.environment ?? {}).filter((name) => name in (this.props.secrets ?? {}));
    problems.require(names.length === 0, `${names.join(', ')} cannot be both a setting and a secret`);
    problems.throwIfAny();
  }

  private zones(scope: Construct, { network }: ComputeBindOptions): number {
    if (network.zoneCount === undefined) {
      warn(
        scope,
        'unknownZones',
        `the number of Availability Zones is only known at deployment, so capacity is computed for ${ASSUMED_ZONES}, which takes the most tasks; declare the zones of the network to run fewer`,
      );
    }
    return network.zoneCount ?? ASSUMED_ZONES;
  }

  /** Room to grow is the same in a standby Region: it must take the full load after a failover. */
  private maxTasks(scope: Construct, zones: number, capacity: StableCapacity): number {
    const full = stableCapacity(this.props.peakTasks, zones, 100).running;
    const maxTasks = this.props.maxTasks ?? 2 * full;
    if (maxTasks < full) {
      fail(
        scope,
        'InvalidCapacity',
        `maxTasks is ${maxTasks}, but surviving the loss of one of ${zones} zones with ${this.props.peakTasks} tasks takes ${full} that run all the time; raise maxTasks or lower peakTasks`,
      );
    }
    return Math.max(maxTasks, capacity.running);
  }

  private service(
    scope: Construct,
    options: ComputeBindOptions,
    cluster: ecs.ICluster,
    taskDefinition: ecs.FargateTaskDefinition,
    startup: Duration,
  ): ecs.FargateService {
    const { vpc, applicationSubnets } = options.network;
    const securityGroup = new ec2.SecurityGroup(scope, 'SecurityGroup', {
      vpc,
      description: `Tasks of ${options.systemName}`,
    });
    const service = new ecs.FargateService(scope, 'Service', {
      cluster,
      serviceName: options.systemName, // explicit: the other Region names it without a reference
      taskDefinition,
      vpcSubnets: applicationSubnets,
      securityGroups: [securityGroup],
      assignPublicIp: false,
      platformVersion: ecs.FargatePlatformVersion.LATEST,
      // off by omission on a service that once had it off: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html
      availabilityZoneRebalancing: ecs.AvailabilityZoneRebalancing.ENABLED,
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      circuitBreaker: { enable: true, rollback: true },
      healthCheckGracePeriod: startup,
      enableExecuteCommand: false,
      enableECSManagedTags: true,
      propagateTags: ecs.PropagatedTagSource.SERVICE,
    });
    // CDK waits for what the application may do, not for what starting it takes
    service.node.addDependency(taskDefinition.obtainExecutionRole());
    return service;
  }

  private restartOnRotation(
    scope: Construct,
    service: ecs.FargateService,
    { database }: ComputeBindOptions,
  ): cloudwatch.Alarm[] {
    const given = Object.values(this.props.secrets ?? {}).some((secret) => secret._isDatabaseCredential);
    if (!database?.rotatedSecretName || !given) {
      return [];
    }
    const { rotatedSecretName: secretName } = database;
    return [new RestartOnRotation(scope, 'RestartOnRotation', { secretName, service }).alarm];
  }

  private scale(service: ecs.FargateService, { running }: StableCapacity, maxTasks: number): void {
    const scaling = service.autoScaleTaskCount({ minCapacity: running, maxCapacity: maxTasks });
    scaling.scaleOnCpuUtilization('Cpu', {
      targetUtilizationPercent: this.props.targetCpuUtilizationPercent ?? 60,
      scaleInCooldown: Duration.minutes(5),
      scaleOutCooldown: Duration.minutes(1),
    });
    if (this.props.targetMemoryUtilizationPercent !== undefined) {
      scaling.scaleOnMemoryUtilization('Memory', {
        targetUtilizationPercent: this.props.targetMemoryUtilizationPercent,
        scaleInCooldown: Duration.minutes(5),
        scaleOutCooldown: Duration.minutes(1),
      });
    }
  }
}

/** Time in which failed probes do not replace a new task. */
function startupBudget(scope: Construct, { health, objectives }: ComputeBindOptions): Duration {
  if (!health.startup && objectives.careDependsOnIt) {
    fail(
      scope,
      'MissingStartupBudget',
      `health.startup is not set, but a ${objectives.tier} system must know how long a task may take to start: too short, and Amazon ECS replaces tasks that are still starting, for ever; measure the first boot with an empty database and set HealthProfile startup`,
    );
  }
  return health.startup ?? Duration.seconds(60);
}

function isWhole(value: number): boolean {
  return Number.isInteger(value);
}
