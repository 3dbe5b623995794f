import type { Resource, Unknown } from '../model';
import type { DataTraits } from './data-traits';
import { GLOBAL, type Placement, placementOf, REGIONAL, type Zone } from './placement';

/** What a component is there for. */
export type Role =
  /** Where users or other systems come in. */
  | 'entry'
  /** Interchangeable members: one that survives is enough. */
  | 'pool'
  /** Runs code. */
  | 'compute'
  /** Keeps records. */
  | 'store'
  /** Keeps what can be derived again. */
  | 'cache'
  /** Carries messages. */
  | 'broker'
  /** Knows who people and machines are. */
  | 'identity'
  /** A way through the network. */
  | 'path';

/** What runs of a component in one place. */
export interface Unit {
  /** What a reader calls it: `task`, `writer`. */
  readonly noun: string;
  readonly zone: Zone;
  /** How many, or why that is not decided. None: what should be in the zone is not. */
  readonly count: number | Unknown;
  /** What these units alone need: the way out of their subnet, for example. */
  readonly needs?: readonly Component[];
  /** AWS may take it back at any time: Spot capacity. */
  readonly interruptible?: boolean;
  /** The resource, where it is another than the component's. */
  readonly resource?: Resource;
}

/** How a component comes back. Figures and sources are in `recovery`. */
export type MechanismName =
  | 'attachment'
  | 'aurora'
  | 'broker'
  | 'cache'
  | 'containers'
  | 'directory'
  | 'efs'
  | 'entry'
  | 'fsx'
  | 'function'
  | 'instance'
  | 'instances'
  | 'link'
  | 'managed'
  | 'nat'
  | 'endpoint'
  | 'pool'
  | 'rds'
  | 'read replica'
  | 'search'
  | 'volume';

/** Figures from the template that recovery depends on. Absent means not set. */
export interface RecoveryFacts {
  /** Seconds until failed members get no more traffic. */
  readonly detectionSeconds?: number | Unknown;
  /** Whether a member in another zone takes over by itself. */
  readonly automaticFailover?: boolean | Unknown;
  /** Whether lost units are started again by themselves, and where: in the zones left, or in the same zone only. */
  readonly restarts?: 'anywhere' | 'same zone' | 'never';
  /** Where lost units may be started again, and what they need there. */
  readonly places?: readonly Pick<Unit, 'zone' | 'needs'>[];
  /** Whether the data survives the loss of the zone that the units are in. */
  readonly durableAcrossZones?: boolean;
  /** Records that are sent elsewhere before they are acknowledged: seconds that a replica may lag. */
  readonly lagSeconds?: number;
}

export interface ComponentProps {
  readonly resource: Resource;
  /** In lower case: `Aurora cluster`. */
  readonly noun: string;
  readonly role: Role;
  readonly mechanism: MechanismName;
  /** Left out for what AWS spreads over a Region by itself. */
  readonly units?: () => readonly Unit[];
  /** All of them are needed. */
  readonly dependencies?: () => Iterable<Component>;
  /** One of them is enough. */
  readonly alternatives?: () => Iterable<Component>;
  readonly facts?: () => RecoveryFacts;
  readonly data?: () => DataTraits;
  readonly global?: boolean;
}

/** A node of the graph: one resource that does something at run time, with what runs of it and what it needs. */
export class Component {
  private readonly memo = new Map<string, unknown>();

  public constructor(private readonly props: ComponentProps) {}

  public get id(): string {
    return this.resource.id;
  }

  public get resource(): Resource {
    return this.props.resource;
  }

  public get path(): string {
    return this.props.resource.path;
  }

  public get noun(): string {
    return this.props.noun;
  }

  public get role(): Role {
    return this.props.role;
  }

  public get mechanism(): MechanismName {
    return this.props.mechanism;
  }

  /** The Region, or undefined where deployment decides. */
  public get region(): string | undefined {
    return this.props.resource.region;
  }

  /** Whether AWS spreads it over zones by itself. */
  public get isRegional(): boolean {
    return this.props.units === undefined;
  }

  public get units(): readonly Unit[] {
    return this.once('units', () => this.props.units?.() ?? []);
  }

  public get dependencies(): readonly Component[] {
    return this.once('dependencies', () => [...new Set(this.props.dependencies?.() ?? [])].filter((c) => c !== this));
  }

  public get alternatives(): readonly Component[] {
    return this.once('alternatives', () => [...new Set(this.props.alternatives?.() ?? [])]);
  }

  public get facts(): RecoveryFacts {
    return this.once('facts', () => this.props.facts?.() ?? {});
  }

  /** What protects its data, for what keeps data. */
  public get data(): DataTraits | undefined {
    return this.once('data', () => this.props.data?.());
  }

  public get placement(): Placement {
    if (this.props.global) {
      return GLOBAL;
    }
    return this.isRegional ? REGIONAL : placementOf(this.units.map(({ zone }) => zone));
  }

  private once<T>(key: string, compute: () => T): T {
    if (!this.memo.has(key)) {
      this.memo.set(key, compute());
    }
    return this.memo.get(key) as T;
  }
}
