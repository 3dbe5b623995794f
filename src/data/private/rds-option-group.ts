import * as rds from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import type { DatabaseBindOptions } from '../database-ref';
import type { RdsSettings } from './rds-settings';

/** What an engine has as options, such as Oracle's network encryption; none for most. */
export function optionGroup(
  scope: Construct,
  { instanceEngine, options }: RdsSettings['engine'],
  { systemName, dataProtection }: DatabaseBindOptions,
): rds.OptionGroup | undefined {
  if (options.length === 0) {
    return undefined;
  }
  const group = new rds.OptionGroup(scope, 'Options', {
    engine: instanceEngine,
    description: `Database of ${systemName}`,
    configurations: options,
  });
  group.applyRemovalPolicy(dataProtection.removalPolicy); // a kept instance needs it
  return group;
}
