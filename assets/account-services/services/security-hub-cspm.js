const { withFound } = require('../managed-elsewhere');
const { linking } = require('../region-linking');
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

/**
 * The service refuses a standard while another one is on its way, so each waits for those before it. One that is `FAILED`, which
 * somebody tried to turn off, is asked for again: https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_StandardsSubscription.html
 */
async function enableStandard(context, StandardsArn) {
  const { aws } = context;
  const settled = async () => (await whenSettled(context)).find((each) => each.StandardsArn === StandardsArn);
  if (isOn(await settled())) {
    return;
  }
  await aws('securityhub', 'BatchEnableStandards', { StandardsSubscriptionRequests: [{ StandardsArn }] });
  const result = await settled();
  if (!isOn(result)) {
    throw new Error(`${StandardsArn} could not be turned on: ${result?.StandardsStatus ?? 'it is not listed'}`);
  }
}

/** `INCOMPLETE`: on, with some controls that could not be. */
function isOn(subscription) {
  return ['READY', 'INCOMPLETE'].includes(subscription?.StandardsStatus);
}

/** Every standard, once none is being turned on or off. */
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
  const { RegionLinkingMode, Regions } = await aws('securityhub', 'GetFindingAggregator', { FindingAggregatorArn });
  const changes = linking({ mode: RegionLinkingMode, listed: Regions }, regions);
  if (changes) {
    const { mode, listed } = changes;
    await aws('securityhub', 'UpdateFindingAggregator', {
      FindingAggregatorArn,
      RegionLinkingMode: mode,
      ...(listed.length > 0 ? { Regions: listed } : {}),
    });
  }
}
