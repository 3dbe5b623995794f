import type { Aws, CallAws } from './aws';
import type { Check, Side } from './check';
import { backups } from './checks/backups';
import { cache } from './checks/cache';
import { capacity } from './checks/capacity';
import { certificates } from './checks/certificates';
import { database } from './checks/database';
import { declaredFiles } from './checks/declared-files';
import { definition } from './checks/definition';
import { distributedDatabase } from './checks/distributed-database';
import { documents } from './checks/documents';
import { files } from './checks/files';
import { images } from './checks/images';
import { keys } from './checks/keys';
import { quotas } from './checks/quotas';
import { secrets } from './checks/secrets';
import { tables } from './checks/tables';

/** Each check, by its name in the schedule, which asks it with what it wants. */
const CHECKS = {
  Backups: backups,
  Cache: cache,
  Capacity: capacity,
  Certificates: certificates,
  Database: database,
  DeclaredFiles: declaredFiles,
  Definition: definition,
  DistributedDatabase: distributedDatabase,
  Documents: documents,
  Files: files,
  Images: images,
  Keys: keys,
  Quotas: quotas,
  Secrets: secrets,
  Tables: tables,
};

const NAMESPACE = 'CdkResilientEhr';
/** Together well below the timeout of the function: whatever does not answer, what was found is told. */
const MILLIS_HERE = 40000;
const MILLIS_THERE = 20000;

/** What the schedule tells. */
export interface ReadinessEvent {
  readonly system: string;
  /** This Region, which watches. */
  readonly region: string;
  /** The one it is compared with. */
  readonly otherRegion: string;
  readonly checks: Record<string, unknown>;
}

/** What is outside of this function. */
export interface ReadinessContext {
  readonly aws: CallAws;
  readonly now: () => number;
  readonly within: <Result>(millis: number, work: (signal: AbortSignal) => Promise<Result>) => Promise<Result>;
  readonly log: (result: CheckResult) => void;
}

/** What became of a check. */
export interface CheckResult {
  readonly check: string;
  readonly findings?: string[];
  /** Why the other Region could not be asked. */
  readonly cannotCompare?: string;
  /** Why this Region could not be asked. */
  readonly failed?: string;
}

/**
 * Ask both Regions, judge, and tell this Region's CloudWatch. Every check stands alone: one that cannot ask this Region is silent, so
 * that its alarm hears it; one that cannot ask the other Region judges what is here, and is counted as unable to compare. Run twice, it
 * tells the same. Nothing is changed anywhere, and no value of a secret or parameter is told to anybody.
 */
export async function run(event: ReadinessEvent, context: ReadinessContext): Promise<{ notReady: string[] }> {
  const results = await Promise.all(
    Object.entries(event.checks).map(([name, wanted]) => examine(name, wanted, event, context)),
  );
  for (const result of results) {
    context.log(result);
  }
  const metric = (MetricName: string, Value: number, dimensions: object[] = []) => ({
    MetricName,
    Value,
    Unit: 'Count',
    Dimensions: [{ Name: 'System', Value: event.system }, ...dimensions],
  });
  const judged = results.flatMap(({ check, findings }) => (findings ? [{ check, findings }] : []));
  await context.aws(event.region, 'cloudwatch', 'PutMetricData', {
    Namespace: NAMESPACE,
    MetricData: [
      metric('CannotCompare', results.filter(({ cannotCompare }) => cannotCompare).length),
      ...judged.map(({ check, findings }) => metric('NotReady', findings.length, [{ Name: 'Check', Value: check }])),
    ],
  });
  return { notReady: judged.filter(({ findings }) => findings.length > 0).map(({ check }) => check) };
}

async function examine(
  name: string,
  wanted: unknown,
  { region, otherRegion }: ReadinessEvent,
  { aws, now, within }: ReadinessContext,
): Promise<CheckResult> {
  const check = CHECKS[name as keyof typeof CHECKS] as Check<unknown, unknown>;
  const ask = (of: string, side: Side, millis: number) =>
    settled(
      within(millis, (signal) => {
        const asked: Aws = (service, operation, input) => aws(of, service, operation, input, signal);
        return check.read(asked, wanted, side);
      }),
    );
  const [here, there] = await Promise.all([
    ask(region, 'here', MILLIS_HERE),
    check.compares ? ask(otherRegion, 'there', MILLIS_THERE) : undefined,
  ]);
  if (here.error !== undefined) {
    return { check: name, failed: here.error };
  }
  const findings = check.judge(wanted, here.facts, there?.facts, { region, otherRegion, now: now() });
  return { check: name, findings, ...(there?.error ? { cannotCompare: there.error } : {}) };
}

async function settled<Facts>(reading: Promise<Facts>): Promise<{ facts?: Facts; error?: string }> {
  try {
    return { facts: await reading };
  } catch (error) {
    return { error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}
