import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { Problems } from '../../core/private/fail';
import { partitionOf } from '../../core/private/tokens';

/** Refuse Regions that contradict each other, or the Region of the stack. */
export function checkRegions(scope: IConstruct, region: string, homeRegion: string, linkedRegions: string[]): void {
  const all = [homeRegion, ...linkedRegions];
  const problems = new Problems(scope, 'InvalidRegions');
  problems.require(
    !all.some((name) => Token.isUnresolved(name)),
    'homeRegion and linkedRegions must be known at synthesis, got a token; write them out',
  );
  problems.throwIfAny();
  problems.require(
    all.includes(region),
    `the stack is in ${region}, which is neither the home Region ${homeRegion} nor linked (${linkedRegions.join(', ') || 'none'}); add it to linkedRegions in every Region's baseline, or move the stack`,
  );
  problems.require(
    !linkedRegions.includes(homeRegion),
    `the home Region ${homeRegion} is also in linkedRegions; list only the others there`,
  );
  problems.require(
    new Set(linkedRegions).size === linkedRegions.length,
    `linkedRegions names a Region twice: ${linkedRegions.join(', ')}`,
  );
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-securityhub-aggregatorv2.html
  problems.require(linkedRegions.length <= 50, `Security Hub links at most 50 Regions, got ${linkedRegions.length}`);
  problems.require(
    new Set(all.map(partitionOf)).size === 1,
    `findings cannot cross partitions, got ${all.map((name) => `${name} (${partitionOf(name)})`).join(', ')}; make a baseline for each`,
  );
  problems.throwIfAny();
}
