import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { fail } from '../core/private/fail';

/**
 * A security standard of Security Hub CSPM: a set of controls it checks resources against. There is none for HIPAA; NIST
 * 800-53 r5 is the closest, and neither makes anything compliant.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/standards-reference.html
 */
export class SecurityStandard {
  /** AWS Foundational Security Best Practices v1.0.0. */
  public static readonly AWS_FOUNDATIONAL_1_0_0 = new SecurityStandard(
    'aws-foundational-security-best-practices/v/1.0.0',
  );
  /** CIS AWS Foundations Benchmark v5.0.0. */
  public static readonly CIS_5_0_0 = new SecurityStandard('cis-aws-foundations-benchmark/v/5.0.0');
  /** CIS AWS Foundations Benchmark v3.0.0. */
  public static readonly CIS_3_0_0 = new SecurityStandard('cis-aws-foundations-benchmark/v/3.0.0');
  /** NIST SP 800-53 Revision 5. */
  public static readonly NIST_800_53_R5 = new SecurityStandard('nist-800-53/v/5.0.0');
  /** NIST SP 800-171 Revision 2. */
  public static readonly NIST_800_171_R2 = new SecurityStandard('nist-800-171/v/2.0.0');
  /** PCI DSS v4.0.1. */
  public static readonly PCI_DSS_4_0_1 = new SecurityStandard('pci-dss/v/4.0.1');
  /** AWS Resource Tagging Standard v1.0.0. */
  public static readonly RESOURCE_TAGGING_1_0_0 = new SecurityStandard('aws-resource-tagging-standard/v/1.0.0');

  /**
   * A standard this library has no name for.
   *
   * @param identifier what follows `standards/` in the standard's ARN, for example `nist-800-53/v/5.0.0`
   * @throws InvalidStandard when it does not have that form
   */
  public static of(identifier: string): SecurityStandard {
    if (!/^[a-z0-9-]+\/v\/\d+(\.\d+)*$/.test(identifier)) {
      fail(
        undefined,
        'InvalidStandard',
        `a standard must read like "nist-800-53/v/5.0.0" (what follows "standards/" in its ARN), got "${identifier}"`,
      );
    }
    return new SecurityStandard(identifier);
  }

  private constructor(
    /** What follows `standards/` in the standard's ARN. */
    public readonly identifier: string,
  ) {}

  /** The ARN of the standard in the partition and Region of a construct. */
  public arnIn(scope: IConstruct): string {
    return Stack.of(scope).formatArn({
      service: 'securityhub',
      account: '',
      resource: 'standards',
      resourceName: this.identifier,
    });
  }

  /** The ARN of one of its controls in the account, partition and Region of a construct. */
  public controlArnIn(scope: IConstruct, control: string): string {
    return Stack.of(scope).formatArn({
      service: 'securityhub',
      resource: 'control',
      resourceName: `${this.identifier}/${control}`,
    });
  }
}
