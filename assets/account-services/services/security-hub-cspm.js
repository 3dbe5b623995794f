const { withFound } = require('../managed-elsewhere');
const { all } = require('../retry');

const POLL_MILLIS = 15_000;
const LAST_CALL_MILLIS = 60_000;

/** Turn on the hub, the standards it lacks, and the collection of findings; turn off nothing. */
exports.converge = async (context) => {
  const { aws, desired } = context;
  const { HubArn, status } = await hub(aws);
  await withFound(HubArn, async () => {
    for (const arn of desired.StandardsArns ?? []) {
      await enableStandard(context, arn);
    }
    await collect(aws, desired.LinkedRegions ?? []);
  });
  return { Status: status, Id: HubArn };
};

async function hub(aws) {
  const existing = await describeHub(aws);
  if (existing) {
    return adopt(aws, existing);
  }
  try {
    await aws('securityhub', 'EnableSecurityHub', {
      EnableDefaultStandards: false,
      ControlFindingGenerator: 'SECURITY_CONTROL',
    });
  } catch (error) {
    if (error.name !== 'ResourceConflictException') throw error;
    return adopt(aws, await describeHub(aws)); // somebody was faster
  }
  return { ...(await describeHub(aws)), status: 'CREATED' };
}

/** Undefined where Security Hub CSPM is off, which the service calls an invalid access. */
async function describeHub(aws) {
  try {
    return await aws('securityhub', 'DescribeHub');
  } catch (error) {
    const off = error.name === 'ResourceNotFoundException' || /not subscribed/.test(error.message);
    if (!off) throw error;
    return undefined;
  }
}

async function adopt(aws, existing) {
  if (existing.AutoEnableControls === false) {
    await withFound(existing.HubArn, () =>
      aws('securityhub', 'UpdateSecurityHubConfiguration', { AutoEnableControls: true }),
    );
  }
  return { ...existing, status: 'ADOPTED' };
}

/** The service refuses a standard while another one is on its way, so each waits for those before it. */
async function enableStandard(context, StandardsArn) {
  const { aws } = context;
  const subscriptions = await whenSettled(context);
  if (subscriptions.some((subscription) => subscription.StandardsArn === StandardsArn)) {
    return;
  }
  await aws('securityhub', 'BatchEnableStandards', { StandardsSubscriptionRequests: [{ StandardsArn }] });
  const result = (await whenSettled(context)).find((subscription) => subscription.StandardsArn === StandardsArn);
  if (result?.StandardsStatus !== 'READY' && result?.StandardsStatus !== 'INCOMPLETE') {
    throw new Error(`${StandardsArn} could not be turned on: ${result?.StandardsStatus ?? 'it is not listed'}`);
  }
}

/** Every standard, once none is being turned on or off. `INCOMPLETE`: on, with some controls that could not be. */
async function whenSettled({ aws, sleep, remainingMillis }) {
  for (;;) {
    const subscriptions = await all(aws, 'securityhub', 'GetEnabledStandards', 'StandardsSubscriptions');
    const pending = subscriptions.filter(({ StandardsStatus }) => ['PENDING', 'DELETING'].includes(StandardsStatus));
    if (pending.length === 0) {
      return subscriptions;
    }
    if (remainingMillis() < LAST_CALL_MILLIS) {
      throw new Error(`${pending[0].StandardsArn} takes long; what is on stays on: deploy again for the rest`);
    }
    await sleep(POLL_MILLIS);
  }
}

async function collect(aws, regions) {
  if (regions.length === 0) {
    return;
  }
  const [existing] = await all(aws, 'securityhub', 'ListFindingAggregators', 'FindingAggregators');
  if (!existing) {
    await aws('securityhub', 'CreateFindingAggregator', { RegionLinkingMode: 'SPECIFIED_REGIONS', Regions: regions });
    return;
  }
  const { FindingAggregatorArn } = existing;
  const actual = await aws('securityhub', 'GetFindingAggregator', { FindingAggregatorArn });
  const known = actual.Regions ?? [];
  if (actual.RegionLinkingMode === 'SPECIFIED_REGIONS' && regions.some((region) => !known.includes(region))) {
    await aws('securityhub', 'UpdateFindingAggregator', {
      FindingAggregatorArn,
      RegionLinkingMode: 'SPECIFIED_REGIONS',
      Regions: [...new Set([...known, ...regions])],
    });
  }
}
