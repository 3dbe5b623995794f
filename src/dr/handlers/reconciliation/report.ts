import type { Aws } from './aws';

/** What is known of a store. Counts, states and where things are: never a key, a row or a name of a file. */
export interface StoreReport {
  readonly ready: boolean;
  readonly [fact: string]: string | number | boolean | undefined;
}

/** How far a reconciliation is. */
export type ReconciliationState = 'preparing' | 'prepared' | 'releasing' | 'reconciled' | 'returned';

/** What is kept between calls, and what people read. */
export interface ReconciliationReport {
  /** When it began: names of what it makes carry it, so that a second call finds what the first made. */
  readonly round: string;
  readonly state: ReconciliationState;
  /** Of the automation that called last: what is approved. */
  readonly execution: string;
  readonly changed: string;
  readonly stores: Record<string, StoreReport>;
}

/** Read what an earlier call left; undefined where nobody reconciled yet. */
export async function readReport(aws: Aws, Name: string): Promise<ReconciliationReport | undefined> {
  const { Parameter } = await aws<{ Parameter: { Value: string } }>('ssm', 'GetParameter', { Name });
  return Parameter.Value.startsWith('{') ? JSON.parse(Parameter.Value) : undefined;
}

/** Keep it, and then its state once more by itself, which the automation asserts. */
export async function writeReport(aws: Aws, Name: string, report: ReconciliationReport): Promise<void> {
  await aws('ssm', 'PutParameter', { Name, Value: JSON.stringify(report, null, 1), Overwrite: true });
  await writeState(aws, Name, report);
}

/** Say once more how far it is: an earlier call may have been ended between the two. */
export async function writeState(
  aws: Aws,
  Name: string,
  { state }: { readonly state: ReconciliationState | 'none' },
): Promise<void> {
  await aws('ssm', 'PutParameter', { Name: `${Name}/state`, Value: state, Overwrite: true });
}
