import type { Aws } from '../aws';
import type { Outcome, ServiceContext } from '../handle';
import { withFound } from '../managed-elsewhere';
import { all, asError } from '../retry';

interface Switch {
  readonly Name: string;
  readonly Status?: string;
}

interface Feature extends Switch {
  readonly AdditionalConfiguration?: Switch[];
}

interface Detector {
  readonly Status?: string;
  readonly FindingPublishingFrequency?: string;
  readonly Features?: Feature[];
}

const FREQUENCIES = ['SIX_HOURS', 'ONE_HOUR', 'FIFTEEN_MINUTES'];

/** Create a detector, or turn on what the one that is there lacks. */
export async function converge({ aws, desired }: ServiceContext<Detector>): Promise<Outcome> {
  const existing = await findDetector(aws);
  if (existing) {
    return raise(aws, existing, desired);
  }
  try {
    const { DetectorId } = await aws<{ DetectorId: string }>('guardduty', 'CreateDetector', {
      Enable: true,
      ...desired,
    });
    return { Status: 'CREATED', Id: DetectorId };
  } catch (error) {
    const other = /already exists/.test(asError(error).message) ? await findDetector(aws) : undefined; // somebody was faster
    if (!other) throw error;
    return raise(aws, other, desired);
  }
}

async function findDetector(aws: Aws): Promise<string | undefined> {
  const [id] = await all<string>(aws, 'guardduty', 'ListDetectors', 'DetectorIds');
  return id;
}

async function raise(aws: Aws, DetectorId: string, desired: Detector): Promise<Outcome> {
  const actual = await aws<Detector>('guardduty', 'GetDetector', { DetectorId });
  const frequency = desired.FindingPublishingFrequency;
  const features = lacking(desired.Features ?? [], actual.Features ?? []);
  const changes = {
    ...(actual.Status === 'ENABLED' ? {} : { Enable: true }),
    ...(rank(frequency) > rank(actual.FindingPublishingFrequency) ? { FindingPublishingFrequency: frequency } : {}),
    ...(features.length > 0 ? { Features: features } : {}),
  };
  if (Object.keys(changes).length > 0) {
    await withFound(DetectorId, () => aws('guardduty', 'UpdateDetector', { DetectorId, ...changes }));
  }
  return { Status: 'ADOPTED', Id: DetectorId };
}

function rank(frequency: string | undefined): number {
  return FREQUENCIES.indexOf(frequency ?? '');
}

/**
 * Runtime Monitoring covers what EKS Runtime Monitoring does, and the service refuses to have both on:
 * https://docs.aws.amazon.com/guardduty/latest/APIReference/API_UpdateDetector.html
 */
const [RUNTIME, EKS_RUNTIME] = ['RUNTIME_MONITORING', 'EKS_RUNTIME_MONITORING'];

const on = (feature: Switch | undefined) => feature?.Status === 'ENABLED';
const byName = <Named extends Switch>(features: Named[], name: string) =>
  features.find((feature) => feature.Name === name);

/**
 * Features that are wanted and off, with every agent that is on already or wanted. Where EKS Runtime Monitoring is on, Runtime
 * Monitoring takes its place, with its agent; where Runtime Monitoring is on, EKS Runtime Monitoring is left alone.
 */
function lacking(desired: Feature[], actual: Feature[]): Feature[] {
  const eks = byName(actual, EKS_RUNTIME);
  const takesOver = on(eks) && on(byName(desired, RUNTIME)) && !on(byName(actual, RUNTIME));
  const covered = on(byName(actual, RUNTIME)) || on(byName(desired, RUNTIME));
  const wanted = desired.filter(({ Name }) => !(covered && Name === EKS_RUNTIME));
  const inherited = takesOver ? (eks?.AdditionalConfiguration ?? []).filter(on) : [];
  const features = notYetOn(wanted, actual).map((feature) =>
    feature.Name === RUNTIME && inherited.length > 0 ? withAgents(feature, inherited) : feature,
  );
  return takesOver ? [...features, { Name: EKS_RUNTIME, Status: 'DISABLED' }] : features;
}

function withAgents({ AdditionalConfiguration: agents = [], ...feature }: Feature, inherited: Switch[]): Feature {
  const missing = inherited.filter(({ Name }) => !byName(agents, Name));
  return {
    ...feature,
    AdditionalConfiguration: [...agents, ...missing.map(({ Name }) => ({ Name, Status: 'ENABLED' }))],
  };
}

function notYetOn(desired: Feature[], actual: Feature[]): Feature[] {
  return desired.filter(on).flatMap(({ Name, AdditionalConfiguration: agents = [] }) => {
    const current = byName(actual, Name);
    const currentAgents = current?.AdditionalConfiguration ?? [];
    const missing = agents.filter((agent) => on(agent) && !on(byName(currentAgents, agent.Name)));
    if (on(current) && missing.length === 0) {
      return [];
    }
    const kept = currentAgents.filter(on).map((agent) => ({ Name: agent.Name, Status: 'ENABLED' }));
    const AdditionalConfiguration = [...kept, ...missing];
    return [{ Name, Status: 'ENABLED', ...(AdditionalConfiguration.length > 0 ? { AdditionalConfiguration } : {}) }];
  });
}
