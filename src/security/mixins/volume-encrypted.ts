import { Mixin } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { IConstruct } from 'constructs';

/** Options of a VolumeEncrypted. */
export interface VolumeEncryptedProps {
  /**
   * What encrypts volumes that have no key of their own. Whoever attaches them needs `kms:CreateGrant` on it.
   *
   * @default - the key of Amazon EBS in the account
   */
  readonly encryptionKey?: kms.IKey;
}

/**
 * A volume is encrypted, and so are its snapshots. Amazon EBS cannot encrypt a volume that exists: apply it before the first deployment.
 * Later, make a snapshot, and from it a volume of another name. Free, but for the key.
 *
 * For `AwsSolutions-EC26` of cdk-nag.
 *
 * @see https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html
 */
export class VolumeEncrypted extends Mixin {
  public constructor(private readonly props: VolumeEncryptedProps = {}) {
    super();
  }

  /** Volumes of Amazon EBS that stand by themselves. */
  public supports(construct: IConstruct): boolean {
    return ec2.CfnVolume.isCfnVolume(construct);
  }

  /** Called by `Mixins.of(scope).apply()`. */
  public applyTo(construct: IConstruct): void {
    if (ec2.CfnVolume.isCfnVolume(construct)) {
      construct.encrypted = true;
      construct.kmsKeyId ??= this.props.encryptionKey?.keyArn;
    }
  }
}
