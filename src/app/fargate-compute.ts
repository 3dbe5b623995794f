import { Duration } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { fail, Problems } from '../core/private/fail';
import type { AppSecret } from './app-secret';
import type { AppSetting } from './app-setting';
import type { ComputeBindOptions, ComputeConfig, ICompute } from './compute-ref';
import type { Deployments } from './deployments';
import type { FileMount } from './file-mount';
import { ecsActivation } from './private/ecs-activation';
import { FargateApplication, requireFargateApplication } from './private/fargate-application';
import { FargateTelemetry } from './private/fargate-telemetry';
import { fargateThresholds } from './private/fargate-thresholds';
import { type StableCapacity, stableCapacity, zonesOf } from './private/static-stability';

/** What an application on AWS Fargate is made of, however many tasks of it run. */
export interface FargateApplicationProps {
  /**
   * The container image. Name it by digest, so that every task in every Region runs the same code; a CDK asset already is.
   * A mutable tag gives the warning `cdk-resilient-ehr:mutableImageTag`; a repository in another Region gives
   * `cdk-resilient-ehr:imageInOtherRegion` (see `ReplicatedImage`).
   */
  readonly image: ecs.ContainerImage;
  /**
   * The TCP port the application listens on. Below 1024 needs root. Another one later is an outage: see "Changing a system" in
   * README.md.
   */
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
   * File shares of the system that the application sees as directories, with what is in them when a task is gone. Amazon EFS
   * only. Mounted with TLS, as the task's own role, through the share's access point: whoever the application runs as, files
   * belong to the user of the share.
   *
   * @default - none
   */
  readonly mounts?: FileMount[];
  /**
   * Whether the application can write to its own file system only in `writablePaths` and `mounts`. Turn it off for an image that writes
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
   * The user, and optionally group, that the application runs as. Root takes `acknowledgeRoot`.
   *
   * @default '65532' - the user of distroless images
   */
  readonly user?: string;
  /**
   * Why the image must start as root, for example `the vendor's entry point opens port 443 and then becomes apache`: whoever
   * breaks into it is root in the container. Written into the template. Refused where the user is not root.
   *
   * @default - root is refused
   */
  readonly acknowledgeRoot?: string;
  /**
   * Command to run instead of the image's own.
   *
   * @default - the image's command
   */
  readonly command?: string[];
  /**
   * A command in the container that tells whether it works, where a load balancer cannot: one that reads the body of an answer, for
   * example. Amazon ECS replaces a task whose command fails `retries` times in a row, so make that longer than a failover of the
   * database takes, or every task is replaced when the database moves.
   *
   * @default - the load balancer decides alone
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/healthcheck.html
   */
  readonly containerHealthCheck?: ecs.HealthCheck;
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

/** Properties of an application on AWS Fargate. */
export interface FargateComputeProps extends FargateApplicationProps {
  /**
   * Tasks that carry the busiest hour. More run: enough that those left after the loss of a zone still carry it. With 30
   * over 3 zones, 45 run; over 2 zones, 60.
   */
  readonly peakTasks: number;
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
   * How a new version takes over. All but `rolling` run twice the tasks meanwhile, need one `Ingress.https` and no other ingress, and
   * are refused by `CrossRegionDr`. Changing from `rolling` replaces nothing; going back to it takes a maintenance window: see README.md.
   *
   * @default Deployments.rolling()
   */
  readonly deployments?: Deployments;
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
   * @throws InvalidFileMount when a share is mounted that the system does not have, or that Fargate cannot mount
   */
  public bind(scope: Construct, options: ComputeBindOptions): ComputeConfig {
    const zones = zonesOf(scope, options);
    const capacity = stableCapacity(this.props.peakTasks, zones, options.capacityPercent);
    const maxTasks = this.maxTasks(scope, zones, capacity);
    const application = new FargateApplication(scope, this.props, options, {
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      // off by omission on a service that once had it off: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html
      availabilityZoneRebalancing: ecs.AvailabilityZoneRebalancing.ENABLED,
      ...this.props.deployments?._strategy,
    });
    const migration = this.props.deployments?._migration;
    if (migration) {
      application.migrateWith(migration);
    }
    this.scale(application.service, capacity, maxTasks);
    const telemetry = new FargateTelemetry(scope, 'Telemetry', { service: application.service, capacity });
    return {
      ...application.config(telemetry),
      capacity: { peak: this.props.peakTasks, running: capacity.running, unit: 'task' },
      activation: ecsActivation(scope, {
        systemName: options.systemName,
        units: stableCapacity(this.props.peakTasks, zones, 100).running,
        maxTasks,
        startup: application.startup,
      }),
      recoveryThresholds: fargateThresholds({
        health: options.health,
        startup: application.startup,
        running: capacity.running,
        maxTasks,
        targetCpuUtilizationPercent: this.targetCpuUtilizationPercent,
      }),
    };
  }

  private validate(): void {
    const { peakTasks } = this.props;
    const problems = new Problems(undefined, 'InvalidFargateCompute');
    requireFargateApplication(problems, this.props);
    problems.require(
      Number.isInteger(peakTasks) && peakTasks >= 1,
      `peakTasks must be a whole number above 0, got ${peakTasks}`,
    );
    for (const name of ['targetCpuUtilizationPercent', 'targetMemoryUtilizationPercent'] as const) {
      const percent = this.props[name];
      problems.require(
        percent === undefined || (percent >= 10 && percent <= 90),
        `${name} must be 10 to 90, got ${percent}`,
      );
    }
    problems.throwIfAny();
  }

  private get targetCpuUtilizationPercent(): number {
    return this.props.targetCpuUtilizationPercent ?? 60;
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

  private scale(service: ecs.FargateService, { running }: StableCapacity, maxTasks: number): void {
    const scaling = service.autoScaleTaskCount({ minCapacity: running, maxCapacity: maxTasks });
    scaling.scaleOnCpuUtilization('Cpu', {
      targetUtilizationPercent: this.targetCpuUtilizationPercent,
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
