import { type IResolvable, Mixin, Tokenization } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import { fail } from '../../core/private/fail';

/**
 * Instances of a launch template answer questions about themselves only to who holds a token (IMDSv2), so that a forged request
 * cannot make them give away their role. What still asks without a token fails: look at the metric `MetadataNoToken` first. Instances
 * that run keep what they have until they are replaced. Free.
 *
 * For `EC2IMDSv2Enabled` of the HIPAA Security and NIST 800-53 r5 packs of cdk-nag.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
 */
export class LaunchTemplateImdsV2 extends Mixin {
  /** Launch templates. */
  public supports(construct: IConstruct): boolean {
    return ec2.CfnLaunchTemplate.isCfnLaunchTemplate(construct);
  }

  /**
   * Called by `Mixins.of(scope).apply()`.
   *
   * @throws UnreadableLaunchTemplate when its data, or its metadata options, are a token
   */
  public applyTo(construct: IConstruct): void {
    if (!ec2.CfnLaunchTemplate.isCfnLaunchTemplate(construct)) {
      return;
    }
    const data = construct.launchTemplateData;
    const options = isToken(data) ? data : data.metadataOptions;
    if (isToken(data) || isToken(options)) {
      const what = 'metadataOptions of the launch template are a token, which cannot be added to';
      fail(construct, 'UnreadableLaunchTemplate', `${what}; set httpTokens: 'required' there yourself`);
    }
    construct.launchTemplateData = { ...data, metadataOptions: { ...options, httpTokens: 'required' } };
  }
}

/** A token, whose properties cannot be read; plain structs may hold tokens. */
function isToken(value: object | undefined): value is IResolvable {
  return Tokenization.isResolvable(value);
}
