import { Duration, type Size } from 'aws-cdk-lib';
import type * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { fail, Problems } from '../core/private/fail';
import type { AppSecret } from './app-secret';
import type { AppSetting } from './app-setting';
import type { ComputeBindOptions, ComputeConfig, ICompute } from './compute-ref';
import { fleetActivation } from './private/fleet-activation';
import { FleetTelemetry } from './private/fleet-telemetry';
import { fleetThresholds } from './private/fleet-thresholds';
import { GroupTargets } from './private/group-targets';
import { InstanceApplication, requireInstanceApplication } from './private/instance-application';
import { RestartOnRotation } from './private/restart-on-rotation';
import { AlarmedRefresh, instanceRefresh, scalingGroup } from './private/scaling-group';
import { startupBudget } from './private/startup-budget';
import { type StableCapacity, stableCapacity, zonesOf } from './private/static-stability';

/** What an application on Amazon EC2 instances is made of, however many of them run. */
export interface InstanceApplicationProps {
  /**
   * The image, Linux or Windows. Name it by id for each Region (`ec2.MachineImage.genericLinux`), or by a parameter with a
   * version (`ec2.MachineImage.fromSsmParameter('/images/ehr:7')`). One that can come to mean other code gives the warning
   * `cdk-resilient-ehr:mutableMachineImage`. It must contain the Systems Manager agent, or nobody can get in.
   */
  readonly machineImage: ec2.IMachineImage;
  /** The TCP port the application listens on. Another one later is an outage: see "Changing a system" in README.md. */
  readonly port: number;
  /**
   * More TCP ports it listens on.
   *
   * @default - none
   */
  readonly additionalPorts?: number[];
  /**
   * Settings, which the application finds in `/etc/<systemName>/settings.env`, readable by a shell and by systemd's
   * `EnvironmentFile`, or as machine-wide environment variables on Windows. A change replaces the instances of a fleet. A file
   * share is mounted by the image, from `{files.archive.path}`; the instances may mount each that the system has.
   *
   * @default - `LOG_GROUP_NAME` only
   */
  readonly environment?: { [name: string]: AppSetting };
  /**
   * Secrets the application may read. Their values are in no template and in no user data: the setting `<NAME>_FROM` holds
   * where to read each, in the form of Amazon ECS (`arn:…:secret:name-suffix:field::`), and the instance may read it.
   *
   * @default - none
   */
  readonly secrets?: { [name: string]: AppSecret };
  /**
   * Commands that run once, at first boot, after the settings are in place: by bash as root, or by PowerShell as
   * Administrator. Starting is what recovery takes: install into the image instead, and only start here. Never a secret.
   *
   * @default - none
   */
  readonly startCommands?: string[];
  /**
   * The root device of the image. A wrong name adds a second disk, and leaves the root as the image says.
   *
   * @default - `/dev/sda1` for Windows, otherwise `/dev/xvda`, which is Amazon Linux's; Ubuntu and Red Hat have `/dev/sda1`
   */
  readonly rootDeviceName?: string;
  /**
   * Size of the root volume, an encrypted gp3.
   *
   * @default Size.gibibytes(50) for Windows, otherwise Size.gibibytes(30)
   */
  readonly rootVolumeSize?: Size;
  /**
   * Over how many networks the answers of the instance metadata service reach: 1, or 2 where the application runs in a
   * container on the instance.
   *
   * @default 1
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-existing-instances.html
   */
  readonly metadataHopLimit?: number;
  /**
   * How long to keep what the application logs to the group that is made for it.
   *
   * @default logs.RetentionDays.ONE_YEAR
   */
  readonly logRetention?: logs.RetentionDays;
}

/** Capacity that is held for a fleet, and paid for, whether it runs or not. */
export interface ReservedCapacity {
  /**
   * The platform of the image, as Amazon EC2 calls it, for example `Red Hat Enterprise Linux` or `Windows with SQL Server`.
   *
   * @default - `Linux/UNIX` or `Windows`, as the image says
   * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateCapacityReservation.html
   */
  readonly instancePlatform?: string;
}

/** Properties of a fleet on Amazon EC2. */
export interface Ec2FleetComputeProps extends InstanceApplicationProps {
  /** The instance type. Not a burstable one for a load that lasts. */
  readonly instanceType: ec2.InstanceType;
  /**
   * Types to start where `instanceType` is sold out, in the order to try them, each as large: when a zone is lost, everybody
   * asks for the same. Of the same processor architecture, and such as your vendor certifies.
   *
   * @default - a launch that finds none of `instanceType` fails, and is tried again
   */
  readonly alternativeInstanceTypes?: ec2.InstanceType[];
  /**
   * Instances that carry the busiest hour. More run: enough that those left after the loss of a zone still carry it. With
   * 30 over 3 zones, 45 run; over 2 zones, 60.
   */
  readonly peakInstances: number;
  /**
   * The most instances that scaling may start. At least those that run all the time.
   *
   * @default - twice the instances that run all the time at full capacity
   */
  readonly maxInstances?: number;
  /**
   * Average CPU utilisation, in percent, that scaling aims at.
   *
   * @default 60
   */
  readonly targetCpuUtilizationPercent?: number;
  /**
   * Replace each instance after this time, 1 to 365 days.
   *
   * @default - as long as it is healthy
   */
  readonly maxInstanceLifetime?: Duration;
  /**
   * Instances that have booted once and wait, so that scaling finds them sooner. They are no part of the capacity that
   * survives a zone, and cost their disks, or more if they run.
   *
   * @default - none
   */
  readonly warmPool?: autoscaling.WarmPoolOptions;
  /**
   * Hold the full capacity in every zone, also in a standby Region, so that launches do not fail when everybody launches.
   * Costs as much as the instances would.
   *
   * @default - launches take what Amazon EC2 has
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-capacity-reservations.html
   */
  readonly reservedCapacity?: ReservedCapacity;
  /**
   * Replace the instances, a third at a time, when the database's credentials they may read have been rotated. Turn it off
   * for an application that reads them again by itself when the database refuses them.
   *
   * @default true
   */
  readonly replaceOnRotation?: boolean;
}

/**
 * An application on Amazon EC2 instances that needs no change when a zone is lost. Made by `Compute.ec2Fleet`.
 *
 * The Auto Scaling group has no desired capacity, on purpose: a template that names one resets what scaling, or a failover,
 * has changed. Nobody can log in over the network: there is no key pair, and Session Manager is the way in.
 */
export class Ec2FleetCompute implements ICompute {
  /** @throws InvalidEc2Fleet naming every mistake in the properties */
  public constructor(private readonly props: Ec2FleetComputeProps) {
    const { peakInstances, targetCpuUtilizationPercent: cpu, maxInstanceLifetime: lifetime } = props;
    const problems = new Problems(undefined, 'InvalidEc2Fleet');
    requireInstanceApplication(problems, props);
    problems.require(
      Number.isInteger(peakInstances) && peakInstances >= 1,
      `peakInstances must be a whole number above 0, got ${peakInstances}`,
    );
    problems.require(
      cpu === undefined || (cpu >= 10 && cpu <= 90),
      `targetCpuUtilizationPercent must be 10 to 90, got ${cpu}`,
    );
    if (lifetime && !lifetime.isUnresolved()) {
      const days = lifetime.toDays({ integral: false });
      problems.require(days >= 1 && days <= 365, `maxInstanceLifetime must be 1 to 365 days, got ${days}`);
    }
    for (const alternative of props.alternativeInstanceTypes ?? []) {
      problems.require(
        alternative.architecture === props.instanceType.architecture,
        `${alternative} has another processor architecture than ${props.instanceType}, so the image does not start on it`,
      );
    }
    problems.require(
      !props.reservedCapacity || !props.alternativeInstanceTypes,
      'reservedCapacity holds one instance type; leave it out, or alternativeInstanceTypes',
    );
    problems.require(
      // https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutWarmPool.html
      !props.warmPool || !props.alternativeInstanceTypes,
      'a group of several instance types cannot have a warm pool; leave out warmPool, or alternativeInstanceTypes',
    );
    problems.throwIfAny();
  }

  /**
   * Called by the system; do not call this yourself.
   *
   * @throws MissingStartupBudget when care depends on the system and nobody measured how long an instance takes to start
   * @throws InvalidCapacity when `maxInstances` is below what runs all the time
   */
  public bind(scope: Construct, options: ComputeBindOptions): ComputeConfig {
    const zones = zonesOf(scope, options);
    const full = stableCapacity(this.props.peakInstances, zones, 100);
    const capacity = stableCapacity(this.props.peakInstances, zones, options.capacityPercent);
    const maxInstances = this.maxInstances(scope, zones, full);
    const startup = startupBudget(scope, options, 'an instance', 'Amazon EC2 Auto Scaling');
    const application = new InstanceApplication(scope, this.props, options);
    const group = scalingGroup(scope, { ...this.props, options, application, startup, capacity, full, maxInstances });
    const targetCpuUtilizationPercent = this.props.targetCpuUtilizationPercent ?? 60;
    group.scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: targetCpuUtilizationPercent });
    if (this.props.warmPool) {
      group.addWarmPool(this.props.warmPool);
    }
    const telemetry = new FleetTelemetry(scope, 'Telemetry', { group, capacity });
    const targets = new GroupTargets(group, [this.props.port, ...(this.props.additionalPorts ?? [])]);
    return {
      connections: group.connections,
      grantPrincipal: application.role,
      port: this.props.port,
      capacity: { peak: this.props.peakInstances, running: capacity.running, unit: 'instance' },
      alarms: [...telemetry.alarms, ...this.replaceOnRotation(scope, group, options)],
      widgets: telemetry.widgets,
      recoveryThresholds: fleetThresholds({
        health: options.health,
        startup,
        maxInstances,
        targetCpuUtilizationPercent,
      }),
      zonalShift: {
        // the ARN of the L2 has a wildcard in it
        resourceArn: (group.node.defaultChild as autoscaling.CfnAutoScalingGroup).attrAutoScalingGroupArn,
        settlesIn: Duration.seconds(0), // no client is there: it only stops replacing in the zone
      },
      applicationTarget: targets,
      networkTargets: targets,
      activation: fleetActivation(scope, {
        systemName: options.systemName,
        units: full.running,
        maxInstances,
        startup,
        reserved: this.props.reservedCapacity !== undefined,
      }),
      rollback: new AlarmedRefresh(group),
      autoScalingGroup: group,
      logGroup: application.logGroup,
    };
  }

  /** Room to grow is the same in a standby Region: it must take the full load after a failover. */
  private maxInstances(scope: Construct, zones: number, { running }: StableCapacity): number {
    const maxInstances = this.props.maxInstances ?? 2 * running;
    if (maxInstances < running) {
      fail(
        scope,
        'InvalidCapacity',
        `maxInstances is ${maxInstances}, but surviving the loss of one of ${zones} zones with ${this.props.peakInstances} instances takes ${running} that run all the time; raise maxInstances or lower peakInstances`,
      );
    }
    return maxInstances;
  }

  private replaceOnRotation(scope: Construct, group: autoscaling.AutoScalingGroup, options: ComputeBindOptions) {
    const { database, deadLetterQueue, notifications } = options;
    const given = Object.values(this.props.secrets ?? {}).some((secret) => secret._isDatabaseCredential);
    if (!database?.rotatedSecretName || !given || this.props.replaceOnRotation === false) {
      return [];
    }
    const { rotatedSecretName: secretName } = database;
    const replacement = instanceRefresh(group);
    const restart = { secretName, replacement, deadLetterQueue, notifications };
    return [new RestartOnRotation(scope, 'RestartOnRotation', restart).alarm];
  }
}
