import { answersAlarms, type Component, type Graph } from '../graph';
import { type Assembly, isObject, type Json, type JsonObject, type Stack } from '../model';
import {
  type AcceptedRisk,
  acceptedRisksFrom,
  type DeclaredCopy,
  declaredCopiesFrom,
  type Health,
  healthFrom,
  type RecoveryBudget,
  recoveryBudgetsFrom,
} from './declared';
import {
  DEFAULT_OBJECTIVES,
  measuredRestoresFrom,
  measuredSecondsFrom,
  type Objectives,
  objectivesFrom,
} from './objectives';

/** Where a system is entered, or what of it works or keeps data without being entered. */
export interface EntryPoint {
  /** The address users know, or a construct path. */
  readonly name: string;
  readonly component: Component;
  /** Born to wait for a disaster: it is judged as what the other Region fails over to, not by itself. */
  readonly standby: boolean;
}

/** What a system declares about the capacity that carries its peak. */
export interface Capacity {
  readonly peak: number;
  readonly unit: string;
}

/** What is judged as one. */
export interface System {
  readonly name: string;
  /** Declared in a template, or inferred from what the templates hold. */
  readonly declared: boolean;
  /** Construct paths it was declared for, that of the side which serves first. */
  readonly paths: readonly string[];
  readonly objectives: Objectives;
  readonly capacity?: Capacity;
  readonly health?: Health;
  readonly recoveryBudgets: readonly RecoveryBudget[];
  readonly acceptedRisks: readonly AcceptedRisk[];
  /** Copies of its stores in another Region that no template shows. */
  readonly declaredCopies?: readonly DeclaredCopy[];
  readonly entryPoints: readonly EntryPoint[];
  /** Paths of parts that serve nobody themselves. */
  readonly supporting?: readonly string[];
}

interface Declaration {
  readonly path: string;
  readonly json: JsonObject;
}

const METADATA_KEY = 'cdk-resilient-ehr';

/** The systems in an assembly: those that constructs declared, and one inferred system for what nobody claimed. */
export function systemsIn(assembly: Assembly, graph: Graph, given?: Json): System[] {
  const declarations = completed(assembly.stacks.flatMap(declaredBy), declaredIn(given));
  const claimed = new Set<Component>();
  const places = placesOf(declarations, graph);
  const systems = [...byName(declarations)].map(([name, parts]) => declaredSystem(name, parts, places, claimed));
  const rest = inferredEntries(graph, claimed, systems.length > 0);
  if (rest.length > 0) {
    const name = systems.length > 0 ? 'everything else' : 'everything';
    systems.push({
      name,
      declared: false,
      paths: [],
      objectives: DEFAULT_OBJECTIVES,
      recoveryBudgets: [],
      acceptedRisks: [],
      entryPoints: rest,
    });
  }
  return systems;
}

function declaredBy(stack: Stack): Declaration[] {
  return declaredIn(stack.template.metadata[METADATA_KEY]);
}

function declaredIn(json: Json | undefined): Declaration[] {
  const systems = isObject(json) && isObject(json.systems) ? json.systems : {};
  return Object.entries(systems).flatMap(([path, system]) => (isObject(system) ? [{ path, json: system }] : []));
}

/** Fields that are given win over those of a template for the same path; what a template alone says stays. */
function completed(inTemplates: readonly Declaration[], given: readonly Declaration[]): Declaration[] {
  const byPath = new Map(inTemplates.map((declaration) => [declaration.path, declaration]));
  for (const { path, json } of given) {
    byPath.set(path, { path, json: { ...byPath.get(path)?.json, ...json } });
  }
  return [...byPath.values()];
}

/** A system has one name in every Region, and one declaration per Region. */
function byName(declarations: readonly Declaration[]): Map<string, Declaration[]> {
  const systems = new Map<string, Declaration[]>();
  for (const declaration of declarations) {
    const { systemName } = declaration.json;
    const name = typeof systemName === 'string' ? systemName : declaration.path;
    systems.set(name, [...(systems.get(name) ?? []), declaration]);
  }
  return systems;
}

/** What stands where, for every declaration at once: there may be many. */
interface Places {
  readonly graph: Graph;
  /** The entries of every path. */
  readonly entries: ReadonlyMap<string, Component>;
  /** What stands within each declared path. */
  readonly within: ReadonlyMap<string, readonly Component[]>;
}

function placesOf(declarations: readonly Declaration[], graph: Graph): Places {
  const within = new Map<string, Component[]>(declarations.map(({ path }) => [path, []]));
  const entries = new Map<string, Component>();
  for (const component of within.size > 0 ? graph.components : []) {
    for (const scope of [...scopesOf(component.path), '*']) {
      within.get(scope)?.push(component);
    }
    if (component.role === 'entry' && !entries.has(component.path)) {
      entries.set(component.path, component);
    }
  }
  return { graph, entries, within };
}

function declaredSystem(name: string, parts: readonly Declaration[], places: Places, claimed: Set<Component>): System {
  const entryPoints = parts.flatMap((part) => declaredEntries(part, places));
  for (const { component } of entryPoints) {
    claim(component, claimed);
  }
  for (const { path, json } of parts) {
    const supporting = supportingIn(json);
    const inside = places.within.get(path) ?? [];
    const serving = unreached(inside, places.graph, claimed).filter(
      (candidate) => !supporting.some((part) => isWithin(candidate.path, part)),
    );
    for (const component of serving) {
      entryPoints.push({ name: component.path, component, standby: waits(json) });
      claim(component, claimed);
    }
  }
  const main = parts.find(({ json }) => json.bornAs !== 'RECOVERY') ?? parts[0];
  const ordered = [main, ...parts.filter((part) => part !== main)];
  const declarations = ordered.map(({ json }) => json);
  return {
    name,
    declared: true,
    paths: ordered.map(({ path }) => path),
    objectives: {
      ...objectivesFrom(main.json),
      measuredRestores: measuredRestoresFrom(declarations),
      measuredRebuild: measuredSecondsFrom(declarations, 'measuredRebuildSeconds'),
      measuredCopy: measuredSecondsFrom(declarations, 'measuredCopySeconds'),
    },
    capacity: capacityFrom(main.json.capacity),
    health: healthFrom(main.json),
    recoveryBudgets: recoveryBudgetsFrom(declarations),
    acceptedRisks: acceptedRisksFrom(declarations),
    declaredCopies: declaredCopiesFrom(declarations),
    entryPoints: judgedEntries(entryPoints),
    supporting: declarations.flatMap(supportingIn),
  };
}

function supportingIn({ supporting }: JsonObject): string[] {
  return Array.isArray(supporting) ? supporting.filter((part) => typeof part === 'string') : [];
}

/** Each once. Where only the standby is at hand, it is judged by itself: after a failover it is what there is. */
function judgedEntries(entryPoints: readonly EntryPoint[]): EntryPoint[] {
  const once = [...new Map(entryPoints.map((entry) => [entry.name, entry])).values()];
  return once.every(({ standby }) => standby) ? once.map((entry) => ({ ...entry, standby: false })) : once;
}

function declaredEntries({ path, json }: Declaration, { entries, within }: Places): EntryPoint[] {
  const standby = waits(json);
  const listed = Array.isArray(json.entryPoints) ? json.entryPoints.filter(isObject) : [];
  const named = listed.flatMap((entry) => {
    const component = typeof entry.path === 'string' ? entries.get(entry.path) : undefined;
    return component
      ? [{ name: `${entry.protocol} ${entry.address}:${entry.port} (${component.path})`, component, standby }]
      : [];
  });
  const others = (within.get(path) ?? []).filter(
    (entry) => entry.role === 'entry' && !named.some(({ component }) => component === entry),
  );
  return [...named, ...others.map((component) => ({ name: component.path, component, standby }))];
}

/** Whether users are in the other Region, and not in both. */
function waits({ bornAs, strategy }: JsonObject): boolean {
  return bornAs === 'RECOVERY' && !(isObject(strategy) && strategy.strategyName === 'ACTIVE_ACTIVE');
}

/** Whether a construct path is a scope, or inside it. */
export function isWithin(path: string, scope: string): boolean {
  return path === scope || path.startsWith(`${scope}/`) || scope === '*';
}

/** A construct path and the scopes around it, the innermost first. */
export function scopesOf(path: string): string[] {
  const scopes = [path];
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    scopes.push(path.slice(0, end));
  }
  return scopes;
}

function capacityFrom(json: Json | undefined): Capacity | undefined {
  return isObject(json) && typeof json.peak === 'number' && typeof json.unit === 'string'
    ? { peak: json.peak, unit: json.unit }
    : undefined;
}

function inferredEntries(graph: Graph, claimed: Set<Component>, onlyEntries: boolean): EntryPoint[] {
  const entries = graph.components.filter((component) => component.role === 'entry' && !claimed.has(component));
  for (const component of entries) {
    claim(component, claimed);
  }
  const rest = onlyEntries ? [] : unreached(graph.components, graph, claimed);
  if (entries.length + rest.length === 0) {
    return [];
  }
  const standbyRegions = new Set(graph.components.filter(isSecondaryDatabase).map(({ region }) => region));
  return judgedEntries(
    [...topOf(entries), ...topOf(rest)].map((component) => ({
      name: component.path,
      component,
      standby: standbyRegions.has(component.region),
    })),
  );
}

/** What nothing enters, but runs or keeps records, among candidates. */
function unreached(candidates: readonly Component[], graph: Graph, claimed: Set<Component>): Component[] {
  const isLeft = (component: Component) =>
    !claimed.has(component) &&
    !graph.deploymentFunctions.has(component.resource) &&
    !answersAlarms(component.resource, graph) &&
    runsOrKeeps(component);
  return candidates.filter(
    (candidate) => isLeft(candidate) && (candidate.role === 'compute' || !graph.dependentsOf(candidate).some(isLeft)),
  );
}

/** Workers, databases, file systems. Buckets and queues alone say little. */
function runsOrKeeps(component: Component): boolean {
  const { role } = component;
  return role === 'compute'
    ? component.units.length > 0 || component.dependencies.length > 0
    : (role === 'store' || role === 'cache' || role === 'broker') && !component.isRegional;
}

/** Entries that another entry leads to are not entries of their own. */
function topOf(components: readonly Component[]): Component[] {
  const behind = new Set(components.flatMap(({ dependencies }) => dependencies));
  return components.filter((component) => component.role === 'compute' || !behind.has(component));
}

function claim(component: Component, claimed: Set<Component>): void {
  const open = [component];
  for (let next = open.pop(); next; next = open.pop()) {
    if (!claimed.has(next)) {
      claimed.add(next);
      open.push(...next.dependencies, ...next.alternatives);
    }
  }
}

/** A member of a global database that was made without credentials follows another member; so does a read replica of another Region. */
function isSecondaryDatabase({ resource, data }: Component): boolean {
  const own = ['MasterUsername', 'ManageMasterUserPassword', 'SnapshotIdentifier'];
  const kinds = (data?.replicas ?? []).map(({ kind }) => kind);
  return (
    kinds.includes('rds source') ||
    (kinds.some((kind) => kind.startsWith('aurora global')) &&
      own.every((property) => resource.property(property).kind === 'absent'))
  );
}
