import { CfnResource, RemovalPolicy } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { DataProtection } from '../../core/data-protection';

/**
 * Keep an account-wide service on when its stack goes, with what it needs to go on working: deleting a detector or a hub
 * loses its findings, and a trail without its bucket's policy delivers nothing. `RetainExceptOnCreate` still lets a failed
 * first deployment roll back.
 */
export function keepOn(construct: IConstruct, dataProtection: DataProtection): void {
  const policy = dataProtection.retained ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;
  for (const resource of construct.node.findAll().filter(CfnResource.isCfnResource)) {
    resource.applyRemovalPolicy(policy);
  }
}
