import { Mixin } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { IConstruct } from 'constructs';

/**
 * A symmetric key rotates, every year unless its owner says otherwise. Keys that KMS cannot rotate by itself (asymmetric, HMAC, imported material,
 * custom key stores) are left alone. Each of the first two rotations adds to the price of the key: https://aws.amazon.com/kms/pricing/
 *
 * For `KMSBackingKeyRotationEnabled` of the NIST 800-53 r5 pack of cdk-nag, and `AwsSolutions-KMS5`.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
 */
export class KeyRotated extends Mixin {
  /** Keys that KMS can rotate. */
  public supports(construct: IConstruct): boolean {
    return kms.CfnKey.isCfnKey(construct) && isRotatable(construct);
  }

  /** Called by `Mixins.of(scope).apply()`. */
  public applyTo(construct: IConstruct): void {
    if (kms.CfnKey.isCfnKey(construct) && isRotatable(construct)) {
      construct.enableKeyRotation = true;
    }
  }
}

function isRotatable({ keySpec, keyUsage, origin }: kms.CfnKey): boolean {
  return (
    (keySpec ?? 'SYMMETRIC_DEFAULT') === 'SYMMETRIC_DEFAULT' &&
    (keyUsage ?? 'ENCRYPT_DECRYPT') === 'ENCRYPT_DECRYPT' &&
    (origin ?? 'AWS_KMS') === 'AWS_KMS'
  );
}
