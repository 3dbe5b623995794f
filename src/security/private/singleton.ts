import { type CfnResource, RemovalPolicy } from 'aws-cdk-lib';
import type { DataProtection } from '../../core/data-protection';

/**
 * Keep an account-wide service on when its stack goes: deleting a detector or a hub loses its findings. `RetainExceptOnCreate`
 * still lets a failed first deployment roll back.
 */
export function keepOn(resource: CfnResource, dataProtection: DataProtection): void {
  resource.applyRemovalPolicy(
    dataProtection.retained ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
  );
}
