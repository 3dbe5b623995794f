import { orAbsent } from '../absent';
import type { Check } from '../check';

/** Being changed, which ends by itself, is no fault. */
const WELL = ['ACTIVE', 'UPDATING'];

interface Wanted {
  readonly tables: { readonly name: string; readonly tableName: string }[];
}

interface TableState {
  readonly name: string;
  readonly status?: string;
  /** Status of the replicas, by Region. */
  readonly replicas: Record<string, string>;
}

interface Answer {
  readonly Table: {
    readonly TableStatus: string;
    readonly Replicas?: { readonly RegionName: string; readonly ReplicaStatus: string }[];
  };
}

/** Tables have a replica in the other Region, and it works. */
export const tables: Check<Wanted, TableState[]> = {
  compares: false, // a replica knows of the others, whether their Regions answer or not

  /** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ReplicaDescription.html */
  read: (aws, { tables: wanted }) =>
    Promise.all(
      wanted.map(async ({ name, tableName }) => {
        const answer = await orAbsent(aws<Answer>('dynamodb', 'DescribeTable', { TableName: tableName }));
        const replicas = (answer?.Table.Replicas ?? []).map(({ RegionName, ReplicaStatus }) => [
          RegionName,
          ReplicaStatus,
        ]);
        return { name, status: answer?.Table.TableStatus, replicas: Object.fromEntries(replicas) };
      }),
    ),

  judge: (_wanted, here, _there, { otherRegion }) =>
    here.flatMap(({ name, status, replicas }) => {
      if (!WELL.includes(status ?? '')) {
        return [`the table ${name} is ${status ?? 'missing'}`];
      }
      const other = replicas[otherRegion];
      return WELL.includes(other)
        ? []
        : [
            `the table ${name} has ${other ? `a replica in ${otherRegion} that is ${other}` : `no replica in ${otherRegion} any more`}`,
          ];
    }),
};
