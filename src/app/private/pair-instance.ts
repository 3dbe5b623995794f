import { Fn, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct, type IDependable } from 'constructs';
import type { DataProtection } from '../../core';
import { acknowledge } from '../../core/private/acknowledgements';
import type { DataVolume } from '../stateful-pair-compute';
import type { RootVolume } from './instance-application';

/** Where an instance of a pair is, before it is there. */
export interface PairPlaceProps {
  readonly subnet: ec2.ISubnet;
  readonly securityGroup: ec2.ISecurityGroup;
  /** What it is for, as people read it. */
  readonly description: string;
  /** Its address; one of the subnet if left out. */
  readonly address?: string;
}

/** What runs there. */
export interface PairInstanceProps {
  readonly image: ec2.MachineImageConfig;
  readonly instanceType: ec2.InstanceType;
  readonly role: iam.IRole;
  /** What must exist before it starts. */
  readonly available: IDependable[];
  readonly userData: ec2.UserData;
  readonly rootVolume: RootVolume;
  readonly encryptionKey: kms.IKey;
  readonly metadataHopLimit: number;
  readonly dataVolumes: DataVolume[];
  /** Snapshots that they are made from, by the name of the device. */
  readonly snapshots?: { readonly [deviceName: string]: string };
  readonly dataProtection: DataProtection;
  /** The value of its tag `PatchGroup`. */
  readonly patchGroup?: string;
}

/**
 * One instance of a pair. Its network interface and data volumes are resources of their own, which outlive it: whoever takes
 * its place finds its address and its data.
 */
export class PairInstance extends Construct {
  public readonly networkInterface: ec2.CfnNetworkInterface;
  /** Construct paths of its data volumes, by the name of the device. */
  public readonly volumePaths: { [deviceName: string]: string } = {};
  private readonly subnet: ec2.ISubnet;
  private launched?: ec2.CfnInstance;

  public constructor(scope: Construct, id: string, props: PairPlaceProps) {
    super(scope, id);
    this.subnet = props.subnet;
    this.networkInterface = new ec2.CfnNetworkInterface(this, 'NetworkInterface', {
      subnetId: props.subnet.subnetId,
      groupSet: [props.securityGroup.securityGroupId],
      description: props.description,
      privateIpAddress: props.address,
    });
  }

  /** The address it has as long as its network interface exists. */
  public get address(): string {
    return this.networkInterface.attrPrimaryPrivateIpAddress;
  }

  /** The instance, once it has been launched. */
  public get instance(): ec2.CfnInstance {
    if (!this.launched) {
      throw new Error(`${this.node.path} was not launched`);
    }
    return this.launched;
  }

  /** ARN of the instance, with which AWS Backup takes its volumes at the same moment. */
  public get instanceArn(): string {
    return Stack.of(this).formatArn({ service: 'ec2', resource: 'instance', resourceName: this.instance.ref });
  }

  /** Put an instance there. */
  public launch(props: PairInstanceProps): void {
    const profile = new iam.CfnInstanceProfile(this, 'Profile', { roles: [props.role.roleName] });
    const instance = new ec2.CfnInstance(this, 'Instance', {
      imageId: props.image.imageId,
      instanceType: props.instanceType.toString(),
      iamInstanceProfile: profile.ref,
      networkInterfaces: [{ deviceIndex: '0', networkInterfaceId: this.networkInterface.ref }],
      blockDeviceMappings: [
        {
          deviceName: props.rootVolume.deviceName,
          ebs: {
            volumeType: 'gp3',
            volumeSize: props.rootVolume.gibibytes,
            encrypted: true,
            kmsKeyId: props.encryptionKey.keyArn,
            deleteOnTermination: true, // data is on volumes of its own
          },
        },
      ],
      metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: props.metadataHopLimit },
      monitoring: true,
      ebsOptimized: true,
      disableApiTermination: props.dataProtection.retained,
      instanceInitiatedShutdownBehavior: 'stop',
      userData: Fn.base64(props.userData.render()),
      tags: [
        { key: 'Name', value: this.node.path },
        ...(props.patchGroup ? [{ key: 'PatchGroup', value: props.patchGroup }] : []),
      ],
    });
    instance.node.addDependency(...props.available);
    acknowledge(instance, 'instanceBehindNetworkInterface');
    acknowledge(instance, 'imageById');
    if (!props.dataProtection.retained) {
      acknowledge(instance, 'deletableDatabase');
    }
    this.launched = instance;
    for (const [index, volume] of props.dataVolumes.entries()) {
      this.attach(index + 1, volume, props);
    }
  }

  private attach(number: number, { deviceName, size, iops }: DataVolume, props: PairInstanceProps): void {
    const volume = new ec2.CfnVolume(this, `Volume${number}`, {
      availabilityZone: this.subnet.availabilityZone,
      volumeType: 'io2',
      size: size.toGibibytes(),
      snapshotId: props.snapshots?.[deviceName],
      iops,
      encrypted: true,
      kmsKeyId: props.encryptionKey.keyArn,
      tags: [{ key: 'Name', value: `${this.node.path} ${deviceName}` }],
    });
    volume.applyRemovalPolicy(props.dataProtection.removalPolicy);
    this.volumePaths[deviceName] = volume.node.path;
    acknowledge(volume, 'volumeInInstanceBackup');
    new ec2.CfnVolumeAttachment(this, `Attachment${number}`, {
      device: deviceName,
      instanceId: this.instance.ref,
      volumeId: volume.ref,
    });
  }
}
