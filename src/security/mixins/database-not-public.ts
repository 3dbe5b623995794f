import { Mixin } from 'aws-cdk-lib';
import * as rds from 'aws-cdk-lib/aws-rds';
import type { IConstruct } from 'constructs';

/**
 * A database instance, or an instance of an Aurora cluster, has no public address. An instance that runs is changed in place; who
 * reached it from the internet no longer does. Multi-AZ clusters are left alone: changing them replaces them. Free.
 *
 * For `RDSInstancePublicAccess` of the HIPAA Security and NIST 800-53 r5 packs of cdk-nag.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbinstance.html
 */
export class DatabaseNotPublic extends Mixin {
  /** Database instances. */
  public supports(construct: IConstruct): boolean {
    return rds.CfnDBInstance.isCfnDBInstance(construct);
  }

  /** Called by `Mixins.of(scope).apply()`. */
  public applyTo(construct: IConstruct): void {
    if (rds.CfnDBInstance.isCfnDBInstance(construct)) {
      construct.publiclyAccessible = false;
    }
  }
}
