import { Mixin } from 'aws-cdk-lib';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import type { IConstruct } from 'constructs';

/**
 * Nobody can put another image behind a tag that is there, and each image is scanned when it is pushed. Pushing a tag a second time
 * fails, `latest` too, unless the repository excludes tags from immutability already. The basic scan is free; where the registry has
 * enhanced scanning, that of Amazon Inspector decides, and is billed.
 *
 * cdk-nag has no rule for this: ECR.1 and ECR.2 of the AWS Foundational Security Best Practices ask for it.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/ecr-controls.html
 */
export class RepositoryHardened extends Mixin {
  /** Repositories of images. */
  public supports(construct: IConstruct): boolean {
    return ecr.CfnRepository.isCfnRepository(construct);
  }

  /** Called by `Mixins.of(scope).apply()`. */
  public applyTo(construct: IConstruct): void {
    if (!ecr.CfnRepository.isCfnRepository(construct)) {
      return;
    }
    construct.imageScanningConfiguration = { scanOnPush: true };
    if (construct.imageTagMutability !== 'IMMUTABLE_WITH_EXCLUSION') {
      construct.imageTagMutability = 'IMMUTABLE';
      construct.imageTagMutabilityExclusionFilters = undefined; // of tags that stay immutable, where all others were not
    }
  }
}
