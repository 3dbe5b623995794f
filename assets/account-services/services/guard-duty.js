const { withFound } = require('../managed-elsewhere');
const { all } = require('../retry');

const FREQUENCIES = ['SIX_HOURS', 'ONE_HOUR', 'FIFTEEN_MINUTES'];

/** Create a detector, or turn on what the one that is there lacks. */
exports.converge = async ({ aws, desired }) => {
  const existing = await findDetector(aws);
  if (existing) {
    return raise(aws, existing, desired);
  }
  try {
    const { DetectorId } = await aws('guardduty', 'CreateDetector', { Enable: true, ...desired });
    return { Status: 'CREATED', Id: DetectorId };
  } catch (error) {
    const other = /already exists/.test(error.message) ? await findDetector(aws) : undefined; // somebody was faster
    if (!other) throw error;
    return raise(aws, other, desired);
  }
};

async function findDetector(aws) {
  const [id] = await all(aws, 'guardduty', 'ListDetectors', 'DetectorIds');
  return id;
}

async function raise(aws, DetectorId, desired) {
  const actual = await aws('guardduty', 'GetDetector', { DetectorId });
  const changes = {};
  if (actual.Status !== 'ENABLED') {
    changes.Enable = true;
  }
  const frequency = desired.FindingPublishingFrequency;
  if (FREQUENCIES.indexOf(frequency) > FREQUENCIES.indexOf(actual.FindingPublishingFrequency)) {
    changes.FindingPublishingFrequency = frequency;
  }
  const features = lacking(desired.Features ?? [], actual.Features ?? []);
  if (features.length > 0) {
    changes.Features = features;
  }
  if (Object.keys(changes).length > 0) {
    await withFound(DetectorId, () => aws('guardduty', 'UpdateDetector', { DetectorId, ...changes }));
  }
  return { Status: 'ADOPTED', Id: DetectorId };
}

/** Features that are wanted and off, with every agent that is on already or wanted. */
function lacking(desired, actual) {
  const on = (feature) => feature?.Status === 'ENABLED';
  const byName = (features, name) => features.find((feature) => feature.Name === name);
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
