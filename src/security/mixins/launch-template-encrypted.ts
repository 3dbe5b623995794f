import { type IResolvable, Mixin, Tokenization } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { IConstruct } from 'constructs';
import { fail } from '../../core/private/fail';

/** Options of a LaunchTemplateEncrypted. */
export interface LaunchTemplateEncryptedProps {
  /**
   * What encrypts volumes that have no key of their own. Whoever launches instances needs `kms:CreateGrant` on it: for an Auto Scaling
   * group its service-linked role, or no instance starts.
   *
   * @default - the key of Amazon EBS in the account
   */
  readonly encryptionKey?: kms.IKey;
}

/**
 * Volumes that a launch template names are encrypted. Those made from a snapshot, as that of the image may be, follow the snapshot and are left alone;
 * so are volumes that only the image names. `accountSettings` of a `SecurityBaseline` encrypts those, too. Instances that run keep what they have
 * until they are replaced. Free, but for the key.
 *
 * For `AwsSolutions-EC26` of cdk-nag.
 *
 * @see https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html
 */
export class LaunchTemplateEncrypted extends Mixin {
  public constructor(private readonly props: LaunchTemplateEncryptedProps = {}) {
    super();
  }

  /** Launch templates. */
  public supports(construct: IConstruct): boolean {
    return ec2.CfnLaunchTemplate.isCfnLaunchTemplate(construct);
  }

  /**
   * Called by `Mixins.of(scope).apply()`.
   *
   * @throws UnreadableLaunchTemplate when its data, or its block devices, are a token
   */
  public applyTo(construct: IConstruct): void {
    if (!ec2.CfnLaunchTemplate.isCfnLaunchTemplate(construct)) {
      return;
    }
    const data = construct.launchTemplateData;
    const devices = isToken(data) ? data : data.blockDeviceMappings;
    if (isToken(data) || isToken(devices) || devices?.some((device) => isToken(device) || isToken(device.ebs))) {
      const what = 'blockDeviceMappings of the launch template are a token, which cannot be added to';
      fail(construct, 'UnreadableLaunchTemplate', `${what}; set encrypted: true there yourself`);
    }
    const blockDeviceMappings = (devices as Device[] | undefined)?.map((device) => this.encrypted(device));
    construct.launchTemplateData = { ...data, blockDeviceMappings };
  }

  private encrypted(device: Device): Device {
    const ebs = device.ebs as Volume | undefined;
    if (!ebs || ebs.snapshotId) {
      return device;
    }
    return { ...device, ebs: { kmsKeyId: this.props.encryptionKey?.keyArn, ...ebs, encrypted: true } };
  }
}

type Device = ec2.CfnLaunchTemplate.BlockDeviceMappingProperty;
type Volume = ec2.CfnLaunchTemplate.EbsProperty;

/** A token, whose properties cannot be read; plain structs may hold tokens. */
function isToken(value: object | undefined): value is IResolvable {
  return Tokenization.isResolvable(value);
}
