import type { Aws, CallAws } from './aws';
import { Incomplete, Refusal, StillWorking } from './refusal';
import {
  type ReconciliationReport,
  type ReconciliationState,
  readReport,
  type StoreReport,
  writeReport,
  writeState,
} from './report';
import type { Store, StoreContext } from './store';
import { cluster } from './stores/cluster';
import { documents } from './stores/documents';
import { files } from './stores/files';
import { instance } from './stores/instance';

/** What a store is, in the event. */
export type StoreKind = 'cluster' | 'documents' | 'files' | 'instance';

const STORES: Record<StoreKind, Store<never>> = { cluster, documents, files, instance };

/** An automation waits five minutes for a function: https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-lamb.html */
const MILLIS_AT_MOST = 200000;
const MILLIS_BETWEEN = 20000;

/** What a step of the automation tells. */
export interface ReconciliationEvent {
  readonly action: 'check' | 'prepare' | 'release' | 'return' | 'ask';
  readonly region: string;
  readonly otherRegion: string;
  /** Of the automation that calls: who approves names it. */
  readonly execution: string;
  /** Name of the parameter with the report. */
  readonly report: string;
  /** Each store by a name that people know, and what it is asked with. */
  readonly stores: Record<string, { readonly kind: StoreKind; readonly wanted: unknown }>;
}

/** What is outside of this function. */
export interface ReconciliationContext {
  readonly aws: CallAws;
  readonly now: () => number;
  readonly sleep: (millis: number) => Promise<void>;
  readonly log: (entry: object) => void;
}

/** A store, what it is asked with, and what it is called. */
interface Part {
  readonly name: string;
  readonly store: Store<unknown>;
  readonly wanted: unknown;
}

/**
 * Take one step of a reconciliation, in the Region that was lost and is back. Called twice, or again after a failure, it goes on with what
 * is there; called in the wrong order it refuses and says what comes first. Stores do not wait for each other: what one cannot, the
 * others can.
 */
export function run(
  event: ReconciliationEvent,
  context: ReconciliationContext,
): Promise<ReconciliationReport | undefined> {
  return new Reconciliation(event, context).run();
}

class Reconciliation {
  private readonly parts: Part[];
  private readonly here: Aws;
  private readonly there: Aws;

  public constructor(
    private readonly event: ReconciliationEvent,
    private readonly context: ReconciliationContext,
  ) {
    const { aws } = context;
    this.here = (service, operation, input) => aws(event.region, service, operation, input);
    this.there = (service, operation, input) => aws(event.otherRegion, service, operation, input);
    this.parts = Object.entries(event.stores).map(([name, { kind, wanted }]) => ({
      name,
      wanted,
      store: STORES[kind] as Store<unknown>,
    }));
  }

  public async run(): Promise<ReconciliationReport | undefined> {
    if (this.parts.length === 0) {
      throw new Refusal(
        'nothing was deployed yet that could be compared: name the file systems in replicatedFiles first',
      );
    }
    const report = await readReport(this.here, this.event.report);
    switch (this.event.action) {
      case 'check':
        await this.requireOrder(
          report?.round ?? '',
          report && (isOver(report) ? earlier(report.stores) : report.stores),
        );
        return report;
      case 'prepare':
        return this.prepare(report);
      case 'release':
        return this.release(report);
      case 'return':
        await this.goBack(report);
        return this.returned(report);
      case 'ask':
        return this.ask(report);
    }
  }

  /**
   * For a plan of ARC Region switch, which moves the writer itself, and asks before and after it: refused while anything speaks against
   * the return; when the writer is here, this round is over, so that it vouches for no later failover.
   */
  private async ask(report: ReconciliationReport | undefined): Promise<ReconciliationReport | undefined> {
    const of = this.storeContext(report?.round ?? '');
    const states = await Promise.all(this.parts.map(({ store, wanted }) => store.returning?.(of, wanted)));
    if (states.every((state) => state === undefined)) {
      return this.returned(report);
    }
    await this.requireReturn(report);
    return report;
  }

  private async returned(report: ReconciliationReport | undefined): Promise<ReconciliationReport | undefined> {
    return report?.state === 'reconciled' ? this.keep({ ...report, state: 'returned' }) : this.unchanged(report);
  }

  private async prepare(previous: ReconciliationReport | undefined): Promise<ReconciliationReport> {
    if (previous?.state === 'releasing') {
      return this.keep(previous); // approved already, and interrupted: what is prepared is half gone, and release goes on
    }
    const begun = previous !== undefined && !isOver(previous);
    const round = begun ? previous.round : roundOf(this.context.now());
    const stores = begun ? previous.stores : earlier(previous?.stores ?? {});
    await this.requireOrder(round, stores);
    return this.advance({ round, stores }, ['preparing', 'prepared'], ({ store, wanted }, of, before) =>
      store.prepare(of, wanted, before),
    );
  }

  private async release(report: ReconciliationReport | undefined): Promise<ReconciliationReport> {
    if (report && isOver(report)) {
      await this.unchanged(report);
      return report;
    }
    if (report?.state !== 'prepared' && report?.state !== 'releasing') {
      throw new Refusal('nothing is prepared that somebody could have approved; run the automation from its beginning');
    }
    const stores = report.state === 'prepared' ? unready(report.stores) : report.stores;
    return this.advance(
      { round: report.round, stores },
      ['releasing', 'reconciled'],
      ({ store, wanted, name }, of, before) =>
        before ? store.release(of, wanted, before) : Promise.reject(new Incomplete(`nothing is known of ${name}`)),
    );
  }

  /** Take every store as far as it comes. What each answered is written down before anything else happens. */
  private async advance(
    from: { readonly round: string; readonly stores: Record<string, StoreReport> },
    [during, after]: [ReconciliationState, ReconciliationState],
    step: (part: Part, of: StoreContext, before: StoreReport | undefined) => Promise<StoreReport>,
  ): Promise<ReconciliationReport> {
    const until = this.context.now() + MILLIS_AT_MOST;
    const of = this.storeContext(from.round);
    let stores = from.stores;
    await this.keep({ round: from.round, state: during, stores }); // before anything is made: names are of the round
    for (;;) {
      const left = this.parts.filter(({ name }) => !stores[name]?.ready);
      const failures: string[] = [];
      const results = await Promise.all(
        left.map(async (part) => ({ part, result: await settled(step(part, of, stores[part.name])) })),
      );
      for (const { part, result } of results) {
        if (result.value) {
          stores = { ...stores, [part.name]: result.value };
        } else {
          failures.push(`${part.name}: ${result.error}`);
        }
      }
      const waiting = this.parts.filter(({ name }) => !stores[name]?.ready);
      const state = waiting.length === 0 ? after : during;
      const report = await this.keep({ round: from.round, state, stores });
      if (failures.length > 0) {
        throw new Incomplete(failures.join('; '));
      }
      if (waiting.length === 0) {
        return report;
      }
      await this.waitUntil(until, waiting.map(({ name }) => `${name}: ${stores[name]?.now ?? 'not yet'}`).join('; '));
    }
  }

  private async requireOrder(round: string, before: Record<string, StoreReport> = {}): Promise<void> {
    const of = this.storeContext(round);
    const results = await Promise.all(
      this.parts.map(async ({ store, wanted, name }) => ({
        name,
        ...(await refused(store.inOrder(of, wanted, before[name]))),
      })),
    );
    const unknown = results.flatMap(({ name, error }) => (error ? [`${name}: ${error}`] : []));
    if (unknown.length > 0) {
      throw new Incomplete(`nothing was changed, because it is not known whether it is time: ${unknown.join('; ')}`);
    }
    const refusals = results.flatMap(({ refusal }) => refusal ?? []);
    if (refusals.length > 0) {
      throw new Refusal(refusals.join('; '));
    }
  }

  private async requireReturn(report: ReconciliationReport | undefined): Promise<void> {
    if (report?.state === 'returned') {
      await writeState(this.here, this.event.report, { state: 'none' }); // or the return before this failover would be asserted as this one
    }
    if (report?.state !== 'reconciled') {
      throw new Refusal(
        `what was written in ${this.event.region} and never replicated is not reconciled (${report?.state ?? 'nobody began'})`,
      );
    }
    await this.requireOrder(report.round, report.stores);
    const of = this.storeContext(report.round);
    const reasons = await Promise.all(
      this.parts.map(({ store, wanted, name }) => store.notYet?.(of, wanted, report.stores[name] ?? { ready: false })),
    );
    const against = reasons.flatMap((each) => each ?? []);
    if (against.length > 0) {
      throw new Refusal(against.join('; '));
    }
  }

  /** Let this Region write again, once nothing speaks against it, and wait until it does. Where it does already, nothing is left to do. */
  private async goBack(report: ReconciliationReport | undefined): Promise<void> {
    const until = this.context.now() + MILLIS_AT_MOST;
    const of = this.storeContext(report?.round ?? '');
    let busy: string[] = [];
    for (let begun = false; ; ) {
      const states = await Promise.all(this.parts.map(({ store, wanted }) => store.returning?.(of, wanted)));
      const left = states.filter((state) => state !== undefined);
      if (left.length === 0) {
        return;
      }
      if (!begun && !left.some(({ underWay }) => underWay)) {
        await this.requireReturn(report);
        const answers = await Promise.all(this.parts.map(({ store, wanted }) => store.goBack?.(of, wanted)));
        busy = answers.flatMap((answer) => answer ?? []);
        begun = true;
      }
      await this.waitUntil(until, [...left.map(({ state }) => state), ...busy].join('; '));
    }
  }

  /** @throws StillWorking when there is no time left */
  private async waitUntil(until: number, underWay: string): Promise<void> {
    if (this.context.now() + MILLIS_BETWEEN > until) {
      throw new StillWorking(underWay);
    }
    await this.context.sleep(MILLIS_BETWEEN);
  }

  private storeContext(round: string): StoreContext {
    const { region, otherRegion } = this.event;
    return { here: this.here, there: this.there, region, otherRegion, round };
  }

  /** There is nothing to do, but an earlier call may have been ended before it said so. */
  private async unchanged(report: ReconciliationReport | undefined): Promise<ReconciliationReport | undefined> {
    if (report) {
      await writeState(this.here, this.event.report, report);
    }
    return report;
  }

  private async keep(report: Omit<ReconciliationReport, 'changed' | 'execution'>): Promise<ReconciliationReport> {
    const { execution } = this.event;
    const dated = { ...report, execution, changed: new Date(this.context.now()).toISOString() };
    await writeReport(this.here, this.event.report, dated);
    this.context.log(dated);
    return dated;
  }
}

/** Fits into identifiers: `20261127-120000`. */
function roundOf(now: number): string {
  return new Date(now).toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
}

function isOver({ state }: ReconciliationReport): boolean {
  return state === 'reconciled' || state === 'returned';
}

/** Of a round that is over: what was compared in it is not laid out again as if it were of the next failover. */
function earlier(stores: Record<string, StoreReport>): Record<string, StoreReport> {
  const compared = Object.entries(stores).map(([name, { lostSnapshot, comparedBefore }]) => [
    name,
    lostSnapshot ?? comparedBefore,
  ]);
  return Object.fromEntries(
    compared
      .filter(([, snapshot]) => snapshot)
      .map(([name, comparedBefore]) => [name, { ready: false, comparedBefore }]),
  );
}

/** What was ready to be approved is not yet released. */
function unready(stores: Record<string, StoreReport>): Record<string, StoreReport> {
  return Object.fromEntries(Object.entries(stores).map(([name, report]) => [name, { ...report, ready: false }]));
}

async function settled<Value>(work: Promise<Value>): Promise<{ value?: Value; error?: string }> {
  try {
    return { value: await work };
  } catch (error) {
    return { error: worded(error) };
  }
}

async function refused(work: Promise<void>): Promise<{ refusal?: string; error?: string }> {
  try {
    await work;
    return {};
  } catch (error) {
    return error instanceof Refusal ? { refusal: error.message } : { error: worded(error) };
  }
}

function worded(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
