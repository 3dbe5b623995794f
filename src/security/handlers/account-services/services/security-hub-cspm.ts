import type { Aws } from '../aws';
import type { Outcome, ServiceContext } from '../handle';
import { withFound } from '../managed-elsewhere';
import { linking } from '../region-linking';
import { all, asError } from '../retry';

const POLL_MILLIS = 15_000;
const LAST_CALL_MILLIS = 60_000;

interface DesiredHub {
  readonly StandardsArns?: string[];
  readonly LinkedRegions?: string[];
}

type Context = ServiceContext<DesiredHub>;

interface Hub {
  readonly HubArn: string;
  readonly AutoEnableControls?: boolean;
}

interface FoundHub {
  readonly arn: string;
  readonly status: 'ADOPTED' | 'CREATED';
}

interface Subscription {
  readonly StandardsArn: string;
  readonly StandardsStatus: string;
}

interface Aggregator {
  readonly FindingAggregatorArn: string;
  readonly RegionLinkingMode: string;
  readonly Regions?: string[];
}

/** Turn on the hub, the standards it lacks, and the collection of findings; turn off nothing. */
export async function converge(context: Context): Promise<Outcome> {
  const { aws, desired } = context;
  const { arn, status } = await hub(aws);
  await withFound(arn, async () => {
    for (const standard of desired.StandardsArns ?? []) {
      await enableStandard(context, standard);
    }
    await collect(aws, desired.LinkedRegions ?? []);
  });
  return { Status: status, Id: arn };
}

async function hub(aws: Aws): Promise<FoundHub> {
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
    const other = asError(error).name === 'ResourceConflictException' ? await describeHub(aws) : undefined;
    if (!other) throw error;
    return adopt(aws, other); // somebody was faster
  }
  const created = await describeHub(aws);
  return { arn: created?.HubArn ?? '', status: 'CREATED' };
}

/** Undefined where Security Hub CSPM is off, which the service calls an invalid access. */
async function describeHub(aws: Aws): Promise<Hub | undefined> {
  try {
    return await aws<Hub>('securityhub', 'DescribeHub');
  } catch (caught) {
    const error = asError(caught);
    const off = error.name === 'ResourceNotFoundException' || /not subscribed/.test(error.message);
    if (!off) throw error;
    return undefined;
  }
}

async function adopt(aws: Aws, { HubArn, AutoEnableControls }: Hub): Promise<FoundHub> {
  if (AutoEnableControls === false) {
    await withFound(HubArn, () => aws('securityhub', 'UpdateSecurityHubConfiguration', { AutoEnableControls: true }));
  }
  return { arn: HubArn, status: 'ADOPTED' };
}

/**
 * The service refuses a standard while another one is on its way, so each waits for those before it. One that is `FAILED`, which
 * somebody tried to turn off, is asked for again: https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_StandardsSubscription.html
 */
async function enableStandard(context: Context, StandardsArn: string): Promise<void> {
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
function isOn(subscription: Subscription | undefined): boolean {
  return subscription !== undefined && ['READY', 'INCOMPLETE'].includes(subscription.StandardsStatus);
}

/** Every standard, once none is being turned on or off. */
async function whenSettled({ aws, sleep, remainingMillis }: Context): Promise<Subscription[]> {
  for (;;) {
    const subscriptions = await all<Subscription>(aws, 'securityhub', 'GetEnabledStandards', 'StandardsSubscriptions');
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

async function collect(aws: Aws, regions: string[]): Promise<void> {
  if (regions.length === 0) {
    return;
  }
  const [existing] = await all<Aggregator>(aws, 'securityhub', 'ListFindingAggregators', 'FindingAggregators');
  if (!existing) {
    await aws('securityhub', 'CreateFindingAggregator', { RegionLinkingMode: 'SPECIFIED_REGIONS', Regions: regions });
    return;
  }
  const { FindingAggregatorArn } = existing;
  const { RegionLinkingMode, Regions } = await aws<Aggregator>('securityhub', 'GetFindingAggregator', {
    FindingAggregatorArn,
  });
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
