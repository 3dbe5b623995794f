import { Token } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { fail } from '../../core/private/fail';
import type { StoreRestoration } from '../../data';
import { PatchManagement } from '../../security';
import type { ComputeBindOptions } from '../compute-ref';
import type { StatefulPairComputeProps } from '../stateful-pair-compute';
import { InstanceApplication, rootVolumeOf } from './instance-application';
import { instanceRole } from './instance-role';
import { instanceStart } from './instance-start';
import { pinnedImage } from './machine-image';
import { PairInstance } from './pair-instance';
import { threeSubnets } from './three-subnets';

/** Two members and an arbiter, each in its zone, behind a network interface of its own. */
export class MemberPair {
  public readonly application: InstanceApplication;
  public readonly first: PairInstance;
  public readonly second: PairInstance;
  public readonly arbiter: PairInstance;

  public constructor(
    scope: Construct,
    private readonly props: StatefulPairComputeProps,
    private readonly options: ComputeBindOptions,
  ) {
    const { systemName, network } = options;
    const subnets = threeSubnets(scope, network);
    this.application = new InstanceApplication(scope, props, options);
    const { securityGroup } = this.application;
    const arbiterGroup = new ec2.SecurityGroup(scope, 'ArbiterSecurityGroup', {
      vpc: network.vpc,
      description: `Arbiter of ${systemName}`,
    });
    const place = (id: string, index: number, group: ec2.ISecurityGroup, description: string, address?: string) =>
      new PairInstance(scope, id, { subnet: subnets[index], securityGroup: group, description, address });
    this.first = place('First', 0, securityGroup, `First member of ${systemName}`, props.addresses?.first);
    this.second = place('Second', 1, securityGroup, `Second member of ${systemName}`, props.addresses?.second);
    this.arbiter = place('Arbiter', 2, arbiterGroup, `Arbiter of ${systemName}`, props.addresses?.arbiter);

    this.connect(arbiterGroup);
    this.letBePatched(this.application.role);
    this.launchArbiter();
    this.launchMember(this.first, 'first', props.instanceType);
    this.launchMember(this.second, 'second', props.secondInstanceType ?? props.instanceType);
    // CloudFormation changes them one after the other, never both members at once
    this.first.instance.node.addDependency(this.arbiter.instance);
    this.second.instance.node.addDependency(this.first.instance);
  }

  /** Whole instances, because AWS Backup takes all volumes of an instance at the same moment. */
  public get backupResources(): backup.BackupResource[] {
    return [this.first, this.second].map(({ instanceArn }) => backup.BackupResource.fromArn(instanceArn));
  }

  /** Each data volume of each member, as `first /dev/sdf`: the image that AWS Backup copies has a snapshot of it. */
  public get disks(): { [name: string]: StoreRestoration } {
    const members = { first: this.first, second: this.second };
    const disks = Object.entries(members).flatMap(([role, { volumePaths }]) =>
      Object.entries(volumePaths).map(([device, path]) => [`${role} ${device}`, { resourceType: 'EC2', path }]),
    );
    return Object.fromEntries(disks);
  }

  /** Members find each other, and both find the arbiter. Nobody else is let in here. */
  private connect(arbiterGroup: ec2.SecurityGroup): void {
    const { securityGroup: members } = this.application;
    for (const port of this.props.memberPorts) {
      members.addIngressRule(members, ec2.Port.tcp(port), 'The other member');
    }
    arbiterGroup.addIngressRule(members, ec2.Port.tcp(this.props.arbiter.port), 'Members');
  }

  private letBePatched(role: iam.Role): void {
    if (this.props.patchGroups) {
      PatchManagement.allow(role);
    }
  }

  private launchMember(member: PairInstance, role: 'first' | 'second', instanceType: ec2.InstanceType): void {
    const { application, props, options } = this;
    member.launch({
      image: application.image,
      instanceType,
      role: application.role,
      available: application.available,
      userData: application.userData({ PAIR_ROLE: role, ...this.addresses }),
      rootVolume: application.rootVolume,
      encryptionKey: application.volumeKey,
      metadataHopLimit: application.metadataHopLimit,
      dataVolumes: props.dataVolumes,
      snapshots: this.snapshotsOf(member, role),
      dataProtection: options.dataProtection,
      patchGroup: props.patchGroups?.[role],
    });
  }

  /** It reads no secrets, so it has a role of its own. */
  private launchArbiter(): void {
    const { application, props, options } = this;
    const { machineImage, instanceType, startCommands } = props.arbiter;
    const image = machineImage ? pinnedImage(this.arbiter, machineImage) : application.image;
    const { systemName, dataProtection } = options;
    const settings = { LOG_GROUP_NAME: application.logGroup.logGroupName, PAIR_ROLE: 'arbiter', ...this.addresses };
    const role = instanceRole(this.arbiter, { systemName, logGroup: application.logGroup });
    this.letBePatched(role);
    this.arbiter.launch({
      image,
      instanceType: instanceType ?? smallOf(props.instanceType),
      role,
      available: [role],
      userData: instanceStart({ systemName, image, settings, startCommands }),
      rootVolume: machineImage ? rootVolumeOf(image, {}) : application.rootVolume,
      encryptionKey: application.volumeKey,
      metadataHopLimit: 1,
      dataVolumes: [],
      dataProtection,
      patchGroup: props.patchGroups?.arbiter,
    });
  }

  private snapshotsOf(member: PairInstance, role: string): { [deviceName: string]: string } | undefined {
    const { restoredDisks } = this.options;
    const snapshots = this.props.dataVolumes.flatMap(({ deviceName }) => {
      const snapshot = restoredDisks?.[`${role} ${deviceName}`];
      return snapshot === undefined ? [] : [[deviceName, requireSnapshot(member, snapshot)]];
    });
    return restoredDisks && Object.fromEntries(snapshots);
  }

  private get addresses(): Record<string, string> {
    return {
      FIRST_MEMBER_ADDRESS: this.first.address,
      SECOND_MEMBER_ADDRESS: this.second.address,
      ARBITER_ADDRESS: this.arbiter.address,
    };
  }
}

/** An id tells no Region: one of another is noticed by Amazon EC2. */
function requireSnapshot(scope: Construct, id: string): string {
  if (!Token.isUnresolved(id) && !/^snap-[0-9a-f]{8,17}$/.test(id)) {
    fail(
      scope,
      'NotASnapshot',
      `a disk is restored from a snapshot of this Region, such as snap-0123456789abcdef0, got "${id}"; take it from the image that was copied here`,
    );
  }
  return id;
}

/** Enough for a heartbeat, with the processors that the image is made for. */
function smallOf({ architecture }: ec2.InstanceType): ec2.InstanceType {
  return new ec2.InstanceType(architecture === ec2.InstanceArchitecture.ARM_64 ? 't4g.small' : 't3.small');
}
