import { Stack, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { fail } from './fail';

/** The Region of the stack around a construct; an error where it is only known at deployment. */
export function knownRegion(scope: IConstruct, why: string): string {
  const { region, stackName } = Stack.of(scope);
  if (Token.isUnresolved(region)) {
    fail(
      scope,
      'RegionMustBeKnown',
      `the Region of stack ${stackName} is only known at deployment, but ${why}; give the stack env: { region: '…' }`,
    );
  }
  return region;
}

/** The AWS partition of a known Region, by its name: https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  if (region.startsWith('us-isob-')) return 'aws-iso-b';
  if (region.startsWith('us-iso-')) return 'aws-iso';
  return 'aws';
}
