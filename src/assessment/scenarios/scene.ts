import { type Fault, pairsOf } from '../faults';
import type { BackupSeries, Component, Graph } from '../graph';
import {
  entryOf,
  itemsOf,
  type JsonObject,
  numberOf,
  type Resource,
  referencesIn,
  type Stack,
  textOf,
  textsIn,
} from '../model';
import { counterpartOf, type Impact, reachOf, Simulation, type State } from '../simulation';
import type { EntryPoint, Objective, System } from '../systems';
import { judge, type Verdict, worst } from '../verdict';

/** Nothing names them, but zones are lost that templates do not name either. */
const UNNAMED_ZONES = ['another zone', 'a third zone'];

/** One system on its graph: where scenarios are played. */
export class Scene {
  private readonly memo = new Map<string, unknown>();

  public constructor(
    public readonly system: System,
    public readonly graph: Graph,
    /** What the system says about itself in the templates, one declaration a Region. */
    public readonly declarations: readonly JsonObject[],
    /** YYYY-MM-DD: accepted risks have a last day. */
    public readonly today: string,
    /** Whether a stack holds what other systems need, and nothing that this one does. */
    private readonly isForeign: (stack: Stack) => boolean = () => false,
  ) {}

  /** Entry points that serve today. */
  public get entries(): readonly EntryPoint[] {
    return this.system.entryPoints.filter(({ standby }) => !standby);
  }

  /** Entry points that take over: those that wait for a disaster, or those of two Regions that both serve. */
  public get standbys(): readonly EntryPoint[] {
    const waiting = this.system.entryPoints.filter(({ standby }) => standby);
    return waiting.length > 0 ? waiting : this.entries.filter(({ component }) => counterpartOf(component, this.system));
  }

  /** Everything that the entry points of today need. */
  public get reach(): readonly Component[] {
    return this.once('reach', () => this.needsOf(this.entries));
  }

  /** Everything that the system needs, today and after a failover. */
  public get all(): readonly Component[] {
    return this.once('all', () => this.needsOf(this.system.entryPoints));
  }

  /** Where records are kept today. */
  public get stores(): readonly Component[] {
    return this.reach.filter(({ data }) => data !== undefined);
  }

  /** Everything that some entry points need. */
  public needsOf(entries: readonly EntryPoint[]): readonly Component[] {
    return [...new Set(entries.flatMap(({ component }) => reachOf(component)))];
  }

  /** What becomes of an entry point under a fault. */
  public stateUnder(fault: Fault, { component, standby }: EntryPoint): State {
    return new Simulation(fault, standby ? undefined : this.system.capacity).stateOf(component);
  }

  /** Groups of zones to lose together, as far as the templates name them. */
  public zoneGroups({ component }: EntryPoint, count: 1 | 2): readonly (readonly string[])[] {
    const units = reachOf(component).flatMap((needed) => needed.units);
    const known = [...new Set(units.flatMap(({ zone }) => (typeof zone === 'string' ? zone : [])))].sort();
    const zones = [...known, ...UNNAMED_ZONES].slice(0, Math.max(count, known.length));
    return count === 1 ? zones.map((zone) => [zone]) : pairsOf(zones);
  }

  /** Resources of some types in the Regions and accounts that the system stands in, except those of other systems. */
  public around(...types: string[]): readonly Resource[] {
    return this.once(`around ${types.join()}`, () =>
      types.flatMap((type) => this.stacksAround.flatMap((stack) => stack.resourcesOf(type))),
    );
  }

  private get stacksAround(): readonly Stack[] {
    return this.once('stacks around', () => {
      const places = new Set(this.system.entryPoints.map(({ component }) => placeOf(component.resource.stack)));
      return this.graph.assembly.stacks.filter((stack) => places.has(placeOf(stack)) && !this.isForeign(stack));
    });
  }

  /** What is asked for many times is worked out once. */
  public once<T>(key: string, compute: () => T): T {
    if (!this.memo.has(key)) {
      this.memo.set(key, compute());
    }
    return this.memo.get(key) as T;
  }
}

function placeOf({ account, region }: Stack): string {
  return `${account}/${region}`;
}

export function verdictOf(impacts: readonly Impact[], objective: Objective): Verdict {
  return worst(impacts.map((impact) => judge(impact, objective)));
}

/** How far a vault refuses that recovery points are deleted: for everybody, but for administrators, but for who edits it, or not. */
export type VaultLock = 'compliance' | 'governance' | 'policy' | 'none';

export function lockOf(vault: Resource): VaultLock {
  if (vault.type === 'AWS::Backup::LogicallyAirGappedBackupVault') {
    return 'compliance';
  }
  const lock = vault.property('LockConfiguration');
  if (lock.kind !== 'absent') {
    return numberOf(entryOf(lock, 'ChangeableForDays')) === undefined ? 'governance' : 'compliance';
  }
  const denied = itemsOf(vault.property('AccessPolicy', 'Statement')).filter(
    (statement) => textOf(entryOf(statement, 'Effect')) === 'Deny',
  );
  const actions = denied.flatMap((statement) => textsIn(entryOf(statement, 'Action')));
  return actions.some((action) => /^(backup:DeleteRecoveryPoint|backup:Delete\*|backup:\*|\*)$/.test(action))
    ? 'policy'
    : 'none';
}

/** The vaults that a plan writes to, where the templates define them. */
export function vaultsOf({ resource: plan }: BackupSeries): readonly Resource[] {
  return itemsOf(plan.property('BackupPlan', 'BackupPlanRule')).flatMap((rule) =>
    referencesIn(entryOf(rule, 'TargetBackupVault')).map(({ resource }) => resource),
  );
}
