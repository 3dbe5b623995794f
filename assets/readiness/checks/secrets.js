const { orAbsent } = require('../absent');

/** What replication may take before it counts as stuck. */
const SETTLES_IN = 15 * 60 * 1000;

exports.compares = true;

/** What is known of secrets and parameters, never their values; null for each that is missing. Of its own the other Region is not asked. */
exports.read = async (aws, { secrets = [], parameters = [] }, side) => {
  const asked = side === 'here' ? secrets : secrets.filter(({ replicated }) => replicated);
  const described = await Promise.all(asked.map(({ id }) => describeSecret(aws, id)));
  const present = side === 'here' ? await Promise.all(parameters.map((name) => hasParameter(aws, name))) : [];
  return {
    secrets: Object.fromEntries(asked.map(({ id }, i) => [id, described[i]])),
    parameters: Object.fromEntries(present.map((each, i) => [parameters[i], each])),
  };
};

async function describeSecret(aws, SecretId) {
  const answer = await orAbsent(aws('secrets-manager', 'DescribeSecret', { SecretId }));
  if (!answer) {
    return null;
  }
  const current = Object.entries(answer.VersionIdsToStages ?? {}).find(([, stages]) => stages.includes('AWSCURRENT'));
  return {
    deleted: answer.DeletedDate !== undefined,
    primaryRegion: answer.PrimaryRegion,
    current: current?.[0],
    changed: answer.LastChangedDate ? new Date(answer.LastChangedDate).getTime() : 0,
    replicas: (answer.ReplicationStatus ?? []).map(({ Region, Status }) => ({ region: Region, status: Status })),
  };
}

/** Without decryption: what comes back is cipher text, and is dropped. */
async function hasParameter(aws, Name) {
  return (await orAbsent(aws('ssm', 'GetParameter', { Name, WithDecryption: false }))) === null ? null : true;
}

exports.judge = ({ secrets = [], parameters = [] }, here, there, context) => [
  ...secrets.flatMap(({ id, replicated }) => {
    const own = judgeOwn(id, here.secrets[id]);
    return own.length > 0 || !replicated ? own : judgeReplica(id, here.secrets[id], there?.secrets[id], context);
  }),
  ...parameters.flatMap((name) => (here.parameters[name] ? [] : [`there is no parameter ${name}`])),
];

function judgeOwn(id, here) {
  if (here === null) {
    return [`there is no secret ${id}`];
  }
  if (here.deleted) {
    return [`the secret ${id} is about to be deleted`];
  }
  return here.current === undefined ? [`the secret ${id} has no current version`] : [];
}

function judgeReplica(id, here, there, { region, primaryRegion, now }) {
  if (here.primaryRegion !== primaryRegion) {
    return [`the secret ${id} is no replica of that in ${primaryRegion}, and keeps the value it has`];
  }
  if (there === undefined || (there !== null && now - there.changed < SETTLES_IN)) {
    return [];
  }
  if (there === null) {
    return [`the secret ${id} is missing in ${primaryRegion}, which owns it`];
  }
  const status = there.replicas.find((each) => each.region === region)?.status;
  return [
    ...(status === 'InSync' ? [] : [`replication of the secret ${id} is ${status ?? 'off'}`]),
    ...(here.current === there.current ? [] : [`the secret ${id} has another version than in ${primaryRegion}`]),
  ];
}
