import type { Aws } from '../aws';
import type { Outcome, ServiceContext } from '../handle';
import { linking } from '../region-linking';
import { all, asError } from '../retry';

interface Hub {
  readonly HubV2Arn?: string;
}

interface Aggregator {
  readonly AggregatorV2Arn: string;
  readonly RegionLinkingMode: string;
  readonly LinkedRegions?: string[];
}

/** Turn on the unified Security Hub, and the collection of findings. */
export async function converge({
  aws,
  desired,
}: ServiceContext<{ readonly LinkedRegions?: string[] }>): Promise<Outcome> {
  const existing = await describe(aws);
  if (!existing) {
    await aws('securityhub', 'EnableSecurityHubV2'); // names no conflict: enabling it twice is no error
  }
  await collect(aws, desired.LinkedRegions ?? []);
  const { HubV2Arn } = existing ?? (await describe(aws)) ?? {};
  return { Status: existing ? 'ADOPTED' : 'CREATED', Id: HubV2Arn ?? '' };
}

async function describe(aws: Aws): Promise<Hub | undefined> {
  try {
    return await aws<Hub>('securityhub', 'DescribeSecurityHubV2');
  } catch (error) {
    if (asError(error).name !== 'ResourceNotFoundException') throw error;
    return undefined;
  }
}

async function collect(aws: Aws, regions: string[]): Promise<void> {
  if (regions.length === 0) {
    return;
  }
  const [existing] = await all<Aggregator>(aws, 'securityhub', 'ListAggregatorsV2', 'AggregatorsV2');
  if (!existing) {
    await aws('securityhub', 'CreateAggregatorV2', { RegionLinkingMode: 'SPECIFIED_REGIONS', LinkedRegions: regions });
    return;
  }
  const { AggregatorV2Arn } = existing;
  const { RegionLinkingMode, LinkedRegions } = await aws<Aggregator>('securityhub', 'GetAggregatorV2', {
    AggregatorV2Arn,
  });
  const changes = linking({ mode: RegionLinkingMode, listed: LinkedRegions }, regions);
  if (changes) {
    const { mode, listed } = changes;
    await aws('securityhub', 'UpdateAggregatorV2', {
      AggregatorV2Arn,
      RegionLinkingMode: mode,
      ...(listed.length > 0 ? { LinkedRegions: listed } : {}),
    });
  }
}
