const { linking } = require('../region-linking');
const { all } = require('../retry');

/** Turn on the unified Security Hub, and the collection of findings. */
exports.converge = async ({ aws, desired }) => {
  const existing = await describe(aws);
  if (!existing) {
    await aws('securityhub', 'EnableSecurityHubV2'); // names no conflict: enabling it twice is no error
  }
  await collect(aws, desired.LinkedRegions ?? []);
  const { HubV2Arn } = existing ?? (await describe(aws)) ?? {};
  return { Status: existing ? 'ADOPTED' : 'CREATED', Id: HubV2Arn ?? '' };
};

async function describe(aws) {
  try {
    return await aws('securityhub', 'DescribeSecurityHubV2');
  } catch (error) {
    if (error.name !== 'ResourceNotFoundException') throw error;
    return undefined;
  }
}

async function collect(aws, regions) {
  if (regions.length === 0) {
    return;
  }
  const [existing] = await all(aws, 'securityhub', 'ListAggregatorsV2', 'AggregatorsV2');
  if (!existing) {
    await aws('securityhub', 'CreateAggregatorV2', { RegionLinkingMode: 'SPECIFIED_REGIONS', LinkedRegions: regions });
    return;
  }
  const { AggregatorV2Arn } = existing;
  const { RegionLinkingMode, LinkedRegions } = await aws('securityhub', 'GetAggregatorV2', { AggregatorV2Arn });
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
