import { orAbsent } from '../absent';
import type { Check } from '../check';

const MINUTE = 60 * 1000;

interface Wanted {
  readonly shares: { readonly name: string; readonly id: string }[];
  readonly rpoSeconds: number;
  /** Whether users are in this Region. */
  readonly serving: boolean;
}

interface Copy {
  readonly name: string;
  readonly status?: string;
  /** When the last whole copy was taken, in milliseconds. */
  readonly complete?: number;
}

interface Answer {
  readonly Replications?: { readonly Destinations?: Destination[] }[];
}

interface Destination {
  readonly FileSystemId?: string;
  readonly Status?: string;
  readonly LastReplicatedTimestamp?: Date;
}

/** File shares are copied, and not too late. */
export const files: Check<Wanted, Copy[]> = {
  compares: false, // the copy knows how far it is behind, whether the other Region answers or not

  /**
   * A file system tells its replication from either end: it is a copy where it is the destination.
   * https://docs.aws.amazon.com/efs/latest/ug/monitoring-replication-status.html
   */
  read: (aws, { shares }) =>
    Promise.all(
      shares.map(async ({ name, id }) => {
        const asked = { FileSystemId: id };
        const answer = await orAbsent(aws<Answer>('efs', 'DescribeReplicationConfigurations', asked));
        const destinations = (answer?.Replications ?? []).flatMap(({ Destinations = [] }) => Destinations);
        const copy = destinations.find(({ FileSystemId }) => FileSystemId === id);
        return { name, status: copy?.Status, complete: copy?.LastReplicatedTimestamp?.getTime() };
      }),
    ),

  judge: ({ rpoSeconds, serving }, here, _there, { now }) =>
    here.flatMap(({ name, status, complete }) => {
      if (serving) {
        return status ? [`the file share ${name} is still a copy, which users here cannot write to`] : [];
      }
      if (status !== 'ENABLED') {
        return [`the replication of the file share ${name} is ${status ?? 'missing'}`];
      }
      if (!complete) {
        return [`the file share ${name} has no complete copy yet`];
      }
      const minutes = Math.floor((now - complete) / MINUTE);
      return minutes * 60 <= rpoSeconds ? [] : [`the copy of the file share ${name} is ${minutes} minutes behind`];
    }),
};
