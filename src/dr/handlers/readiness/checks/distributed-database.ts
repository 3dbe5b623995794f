import { orAbsent } from '../absent';
import type { Check, Side } from '../check';

/** A cluster that nobody asks anything rests, and wakes with the next connection. Being changed ends by itself. */
const WELL = ['ACTIVE', 'IDLE', 'INACTIVE', 'UPDATING'];

interface Wanted extends Record<Side, string> {
  /** ARNs of both. */
  readonly arns: string[];
}

interface Facts {
  readonly status?: string;
  /** ARNs of the clusters that it knows. */
  readonly peers: readonly string[];
}

interface Answer {
  readonly status: string;
  readonly multiRegionProperties?: { readonly clusters?: readonly string[] };
}

/** Both clusters of Aurora DSQL are there, and know each other. */
export const distributedDatabase: Check<Wanted, Facts> = {
  compares: true,

  /** https://docs.aws.amazon.com/aurora-dsql/latest/APIReference/API_GetCluster.html */
  async read(aws, wanted, side) {
    const answer = await orAbsent(aws<Answer>('dsql', 'GetCluster', { identifier: wanted[side] }));
    return { status: answer?.status, peers: answer?.multiRegionProperties?.clusters ?? [] };
  },

  judge(wanted, here, there) {
    return [
      ...faults(wanted.here, here, wanted),
      ...(there === undefined ? [] : faults(`${wanted.there} of the other Region`, there, wanted)),
    ];
  },
};

function faults(cluster: string, { status, peers }: Facts, { arns }: Wanted): string[] {
  if (!WELL.includes(status ?? '')) {
    return [`the cluster ${cluster} is ${status ?? 'missing'}`];
  }
  const own = cluster.split(' ')[0];
  const unknown = arns.filter((arn) => !arn.endsWith(`/${own}`) && !peers.includes(arn));
  return unknown.map((arn) => `the cluster ${cluster} does not know ${arn}`);
}
