import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { fail } from '../../core/private/fail';
import { knownToDiffer } from './regional-arn';

/** Notices when a definition that names what exists in one Region only is bound in another as well. */
export class OneRegion {
  private region?: string;

  /** @param regional what the definition names that no other Region has */
  public require(scope: Construct, regional: string[]): void {
    const { region } = Stack.of(scope);
    if (regional.length > 0 && knownToDiffer(this.region, region)) {
      fail(
        scope,
        'IngressIsRegional',
        `${regional.join(', ')} exist in ${this.region} only, but the same ingress is bound in ${region} as well; give CrossRegionDr recovery: { ingress } with what exists there`,
      );
    }
    this.region = region;
  }
}
