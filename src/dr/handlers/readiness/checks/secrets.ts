import { orAbsent } from '../absent';
import type { Aws } from '../aws';
import type { Check, JudgeContext } from '../check';

/** What replication may take before it counts as stuck. */
const SETTLES_IN = 15 * 60 * 1000;

interface Wanted {
  readonly secrets?: { readonly id: string; readonly replicated: boolean }[];
  readonly parameters?: string[];
}

/** What is known of secrets and parameters, never their values; null for each that is missing. */
interface Facts {
  readonly secrets: Record<string, Secret | null>;
  readonly parameters: Record<string, true | null>;
}

interface Secret {
  readonly deleted: boolean;
  readonly otherRegion?: string;
  /** Id of the current version. */
  readonly current?: string;
  readonly changed: number;
  readonly replicas: { readonly region?: string; readonly status?: string }[];
}

interface Answer {
  readonly DeletedDate?: unknown;
  readonly PrimaryRegion?: string;
  readonly VersionIdsToStages?: Record<string, string[]>;
  readonly LastChangedDate?: Date;
  readonly ReplicationStatus?: { readonly Region?: string; readonly Status?: string }[];
}

/** Secrets and parameters are there, and replicas hold what their secret holds. */
export const secrets: Check<Wanted, Facts> = {
  compares: true,

  /** Of the parameters and the secrets that are not replicated the other Region is not asked. */
  async read(aws, { secrets: wanted = [], parameters = [] }, side) {
    const asked = side === 'here' ? wanted : wanted.filter(({ replicated }) => replicated);
    const described = await Promise.all(asked.map(({ id }) => describeSecret(aws, id)));
    const present = side === 'here' ? await Promise.all(parameters.map((name) => hasParameter(aws, name))) : [];
    return {
      secrets: Object.fromEntries(asked.map(({ id }, i) => [id, described[i]])),
      parameters: Object.fromEntries(present.map((each, i) => [parameters[i], each])),
    };
  },

  judge: ({ secrets: wanted = [], parameters = [] }, here, there, context) => [
    ...wanted.flatMap(({ id, replicated }) => judgeSecret(id, replicated, here, there, context)),
    ...parameters.flatMap((name) => (here.parameters[name] ? [] : [`there is no parameter ${name}`])),
  ],
};

async function describeSecret(aws: Aws, SecretId: string): Promise<Secret | null> {
  const answer = await orAbsent(aws<Answer>('secrets-manager', 'DescribeSecret', { SecretId }));
  if (!answer) {
    return null;
  }
  const current = Object.entries(answer.VersionIdsToStages ?? {}).find(([, stages]) => stages.includes('AWSCURRENT'));
  return {
    deleted: answer.DeletedDate !== undefined,
    otherRegion: answer.PrimaryRegion,
    current: current?.[0],
    changed: answer.LastChangedDate?.getTime() ?? 0,
    replicas: (answer.ReplicationStatus ?? []).map(({ Region, Status }) => ({ region: Region, status: Status })),
  };
}

/** Without decryption: what comes back is cipher text, and is dropped. */
async function hasParameter(aws: Aws, Name: string): Promise<true | null> {
  return (await orAbsent(aws('ssm', 'GetParameter', { Name, WithDecryption: false }))) === null ? null : true;
}

function judgeSecret(
  id: string,
  replicated: boolean,
  { secrets: here }: Facts,
  there: Facts | undefined,
  context: JudgeContext,
): string[] {
  const own = here[id];
  if (own === null) {
    return [`there is no secret ${id}`];
  }
  if (own.deleted) {
    return [`the secret ${id} is about to be deleted`];
  }
  if (own.current === undefined) {
    return [`the secret ${id} has no current version`];
  }
  return replicated ? judgeReplica(id, own, there?.secrets[id], context) : [];
}

function judgeReplica(
  id: string,
  here: Secret,
  there: Secret | null | undefined,
  { region, otherRegion, now }: JudgeContext,
): string[] {
  if (here.otherRegion !== otherRegion) {
    return [`the secret ${id} is no replica of that in ${otherRegion}, and keeps the value it has`];
  }
  if (there === undefined || (there !== null && now - there.changed < SETTLES_IN)) {
    return [];
  }
  if (there === null) {
    return [`the secret ${id} is missing in ${otherRegion}, which owns it`];
  }
  const status = there.replicas.find((each) => each.region === region)?.status;
  return [
    ...(status === 'InSync' ? [] : [`replication of the secret ${id} is ${status ?? 'off'}`]),
    ...(here.current === there.current ? [] : [`the secret ${id} has another version than in ${otherRegion}`]),
  ];
}
