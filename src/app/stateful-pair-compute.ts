import { Duration, type Size, Token } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { FailureScope, type HealthProfile, ProbeProtocol } from '../core';
import { fail, Problems } from '../core/private/fail';
import type { StoreRecovery } from '../data';
import type { ComputeBindOptions, ComputeConfig, ICompute } from './compute-ref';
import type { InstanceApplicationProps } from './ec2-fleet-compute';
import { requireInstanceApplication } from './private/instance-application';
import { MemberPair } from './private/member-pair';
import { PairTargets } from './private/pair-targets';
import { PairTelemetry } from './private/pair-telemetry';

/**
 * A data volume of each member: encrypted, io2, and kept when its member, or the stack, is removed. It is attached while the
 * instance boots for the first time: commands that need it wait for its device.
 */
export interface DataVolume {
  /** The name to attach it under, `/dev/sdf` to `/dev/sdp`. */
  readonly deviceName: string;
  /** Its size, 4 GiB to 64 TiB. */
  readonly size: Size;
  /** Its I/O operations per second, 100 to 256000, and at most 1000 for each GiB. */
  readonly iops: number;
}

/** What decides which member is the primary when the two cannot see each other. */
export interface ArbiterOptions {
  /** The TCP port it listens on. */
  readonly port: number;
  /**
   * Its instance type.
   *
   * @default - t3.small, or t4g.small where the members have Graviton processors
   */
  readonly instanceType?: ec2.InstanceType;
  /**
   * Its image.
   *
   * @default - the members' image
   */
  readonly machineImage?: ec2.IMachineImage;
  /**
   * Commands that run once, at its first boot.
   *
   * @default - none
   */
  readonly startCommands?: string[];
}

/**
 * What the engine promises when its primary is lost. Nothing here replicates data: that is the engine's, and so are these
 * figures. They are shown with the source you give.
 */
export interface EngineFailover {
  /** From the loss of the primary until the other member has taken over. */
  readonly time: Duration;
  /**
   * How much it may lose, counted in time.
   *
   * @default Duration.seconds(0) - the mirror is synchronous
   */
  readonly recoveryPoint?: Duration;
  /** Where the figures come from: a page of the vendor, or the date of an exercise. */
  readonly source: string;
}

/** Fixed addresses, each in the range of its member's subnet. */
export interface PairAddresses {
  /** Of the first member, in the first zone. */
  readonly first: string;
  /** Of the second member, in the second zone. */
  readonly second: string;
  /** Of the arbiter, in the third zone. */
  readonly arbiter: string;
}

/** Values of the tag `PatchGroup`, all different, so that a `PatchManagement` for each patches one on its night. */
export interface PairPatchGroups {
  /** Of the first member. */
  readonly first: string;
  /** Of the second member. */
  readonly second: string;
  /** Of the arbiter. */
  readonly arbiter: string;
}

/** Properties of a pair. */
export interface StatefulPairComputeProps extends InstanceApplicationProps {
  /** The instance type of the members: of both, because either is the primary one day. Changing it stops the first, and then the second. */
  readonly instanceType: ec2.InstanceType;
  /**
   * The type of the second member, to change one member at a deployment: this one first, `instanceType` when the mirror has
   * caught up.
   *
   * @default - instanceType
   */
  readonly secondInstanceType?: ec2.InstanceType;
  /** The data volumes of each member; at least one. Add new ones at the end: another order is refused by the deployment. */
  readonly dataVolumes: DataVolume[];
  /** TCP ports on which the members reach each other. */
  readonly memberPorts: number[];
  /** The arbiter. */
  readonly arbiter: ArbiterOptions;
  /** What the engine promises. */
  readonly failover: EngineFailover;
  /**
   * Fixed addresses. For good: another one takes another instance, which a deployment is refused.
   *
   * @default - addresses of the subnets, which stay as long as the network interfaces do
   */
  readonly addresses?: PairAddresses;
  /**
   * Tag the instances with these groups, and let AWS Systems Manager scan and patch them in place, because a new image cannot be given to
   * a member. Nothing is patched until a `PatchManagement` says when.
   *
   * @default - not by AWS Systems Manager
   */
  readonly patchGroups?: PairPatchGroups;
}

/**
 * Two data members in two zones and an arbiter in a third, for engines that replicate by themselves and have one primary:
 * InterSystems IRIS mirrors, and others of that kind. Made by `Compute.statefulPair`.
 *
 * Load balancers send to whoever answers the probe, so the probe must be one that only the primary answers. Nothing replaces
 * a member: Amazon EC2 recovers one whose hardware fails, with its address and disks, and people do the rest. A change
 * that takes another instance (image, root volume, its device, an address) is refused by the deployment, which rolls back: the former one still
 * holds the network interface.
 *
 * Restored in another Region, each data volume is made from a snapshot. Start commands run there as at any first boot: they must not
 * format a volume that has a file system. Blocks arrive from the snapshot when they are first read, which is slow.
 *
 * Settings and start commands are read at the first boot only. CloudFormation stops and starts first one member and then the
 * other when they change, does not wait for the mirror to catch up in between, and nothing reads the change: leave them as they are.
 */
export class StatefulPairCompute implements ICompute {
  /** @throws InvalidStatefulPair naming every mistake in the properties */
  public constructor(private readonly props: StatefulPairComputeProps) {
    const problems = new Problems(undefined, 'InvalidStatefulPair');
    requireInstanceApplication(problems, props);
    for (const port of [...props.memberPorts, props.arbiter.port]) {
      problems.require(
        Number.isInteger(port) && port >= 1 && port <= 65535,
        `a port of memberPorts or arbiter must be 1 to 65535, got ${port}`,
      );
    }
    problems.require(
      props.memberPorts.length > 0,
      'memberPorts is empty, so the members could not replicate; name their ports',
    );
    problems.require(props.dataVolumes.length > 0, 'dataVolumes is empty; data on the root volume is gone with it');
    problems.require(props.failover.source.trim() !== '', 'failover must name the source of its figures');
    const { first, second, arbiter } = props.patchGroups ?? {};
    const groups = props.patchGroups ? [first, second, arbiter] : [];
    problems.require(
      new Set(groups).size === groups.length,
      `patchGroups must differ, or members are patched in the same night, got ${groups.join(', ')}`,
    );
    requireDataVolumes(problems, props.dataVolumes);
    problems.throwIfAny();
  }

  /**
   * Called by the system; do not call this yourself.
   *
   * @throws TooFewZones when the application subnets are not known to be in three zones
   * @throws RoleUnknown when the health profile cannot tell the primary from the other member
   * @throws NoPartialPair when less than all of it is asked for
   */
  public bind(scope: Construct, options: ComputeBindOptions): ComputeConfig {
    const { health, capacityPercent } = options;
    if (health.protocol === ProbeProtocol.TCP) {
      fail(
        scope,
        'RoleUnknown',
        'a TCP probe cannot tell the primary from the other member, which listens as well; use HealthProfile.http with a path that only the primary answers, such as /csp/bin/mirror_status.cxw',
      );
    }
    if (capacityPercent !== 100) {
      fail(scope, 'NoPartialPair', `a pair runs as a whole, got a capacityPercent of ${capacityPercent}`);
    }
    const pair = new MemberPair(scope, this.props, options);
    const { role, securityGroup, logGroup } = pair.application;
    const telemetry = new PairTelemetry(scope, 'Telemetry', { pair });
    const targets = new PairTargets(pair, telemetry, [this.props.port, ...(this.props.additionalPorts ?? [])]);
    return {
      connections: securityGroup.connections,
      grantPrincipal: role,
      port: this.props.port,
      capacity: { peak: 1, running: 2, unit: 'instance' },
      alarms: telemetry.alarms,
      widgets: telemetry.widgets,
      applicationTarget: targets,
      networkTargets: targets,
      passiveTargets: 1,
      supporting: [pair.arbiter],
      recovery: this.recovery(health),
      backupResources: pair.backupResources,
      backupKey: pair.application.volumeKey,
      disks: pair.disks,
      logGroup,
    };
  }

  /** The engine decides; the load balancer then has to see it. It starts to look away from the former primary meanwhile. */
  private recovery(health: HealthProfile): StoreRecovery[] {
    const { time, recoveryPoint, source } = this.props.failover;
    const probes = health.interval.toSeconds() * health.healthyThreshold;
    return [FailureScope.COMPONENT, FailureScope.AVAILABILITY_ZONE].map((failure) => ({
      scope: failure,
      mechanism: `The engine fails over in ${time.toSeconds()} s, and ${probes} s of probes find the new primary`,
      recoveryTime: Duration.seconds(time.toSeconds() + probes),
      recoveryPoint: recoveryPoint ?? Duration.seconds(0),
      source: `declared: ${source}`,
    }));
  }
}

/** https://docs.aws.amazon.com/ebs/latest/userguide/provisioned-iops.html */
function requireDataVolumes(problems: Problems, volumes: DataVolume[]): void {
  for (const [index, { deviceName, size, iops }] of volumes.entries()) {
    problems.require(
      /^\/dev\/sd[f-p]$/.test(deviceName),
      `the name of a data volume must be /dev/sdf to /dev/sdp, got "${deviceName}"`,
    );
    problems.require(
      volumes.findIndex((volume) => volume.deviceName === deviceName) === index,
      `two data volumes are called ${deviceName}`,
    );
    if (Token.isUnresolved(iops) || size.isUnresolved()) {
      continue;
    }
    const gibibytes = size.toGibibytes();
    problems.require(
      gibibytes >= 4 && gibibytes <= 65536,
      `the size of ${deviceName} must be 4 GiB to 64 TiB, got ${gibibytes} GiB`,
    );
    const most = Math.min(256_000, gibibytes * 1000);
    problems.require(
      Number.isInteger(iops) && iops >= 100 && iops <= most,
      `iops of ${deviceName} must be 100 to ${most}, got ${iops}`,
    );
  }
}
