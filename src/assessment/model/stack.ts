import { evaluateCondition } from './conditions';
import { InputError } from './input-error';
import { intrinsicOf, resolveIntrinsic } from './intrinsics';
import { parameterValue } from './parameters';
import { Resource } from './resource';
import type { Template } from './template';
import {
  ABSENT,
  type Dictionary,
  entryOf,
  FILLED_IN,
  INCLUDED,
  isObject,
  type Json,
  type JsonObject,
  known,
  unknown,
  type Value,
} from './value';

/** What a stack needs to know of the stacks around it. */
export interface StackSurroundings {
  /** The value exported under a name in the account and Region of a stack. */
  exported(from: Stack, exportName: string): Value;
  /** The output of another stack, by its name, in a Region (of the asking stack by default). */
  outputOf(from: Stack, stackName: string, output: string, region?: string): Value;
  /** What CDK hands to another Region through a custom resource that writes a parameter there. */
  exportedAcrossRegions(parameterName: string): Value;
  /** The stack that a nested stack resource creates, where its template is at hand. */
  nestedStack(resource: Resource): Stack | undefined;
}

/** Where a stack goes, and what it is given. */
export interface StackIdentity {
  /** Unique in the assembly. */
  readonly id: string;
  /** CloudFormation's name. */
  readonly name: string;
  /** Construct path, or the file for a bare template. */
  readonly path: string;
  readonly account?: string;
  readonly region?: string;
  /** Construct paths by logical id, for templates that do not carry them. */
  readonly constructPaths?: () => ReadonlyMap<string, string>;
  /** Given parameter values; they win over defaults. */
  readonly parameters?: Readonly<Record<string, Value>>;
}

/** One stack: a template, where it goes and what it is given. The context in which intrinsics are resolved. */
export class Stack {
  public readonly resources = new Map<string, Resource>();
  private readonly remembered = new Map<string, Value>();
  private byType?: ReadonlyMap<string, readonly Resource[]>;
  private paths?: ReadonlyMap<string, string>;
  private readonly underWay = new Set<string>();

  public constructor(
    private readonly identity: StackIdentity,
    public readonly template: Template,
    public readonly surroundings: StackSurroundings,
  ) {
    for (const [logicalId, definition] of Object.entries(template.resources)) {
      this.resources.set(logicalId, new Resource(this, logicalId, definition as JsonObject));
    }
  }

  public get id(): string {
    return this.identity.id;
  }

  public get name(): string {
    return this.identity.name;
  }

  public get path(): string {
    return this.identity.path;
  }

  public get account(): string | undefined {
    return this.identity.account;
  }

  public get region(): string | undefined {
    return this.identity.region;
  }

  /** Resources that exist, or may: those with a false condition are left out. */
  public *existing(): Iterable<Resource> {
    for (const resource of this.resources.values()) {
      const { condition } = resource;
      if (!(condition.kind === 'known' && condition.value === false)) {
        yield resource;
      }
    }
  }

  /** Resources of a type among those that exist, or may. */
  public resourcesOf(type: string): readonly Resource[] {
    this.byType ??= indexByType(this.existing(), new Map());
    return this.byType.get(type) ?? [];
  }

  /** The construct path of a resource, where the assembly knows it. */
  public constructPath(logicalId: string): string | undefined {
    this.paths ??= this.identity.constructPaths?.() ?? new Map();
    return this.paths.get(logicalId);
  }

  public parameter(name: string): Value {
    return this.once(`parameter ${name}`, () => {
      const given = this.identity.parameters ?? {};
      const value = Object.hasOwn(given, name) ? given[name] : ABSENT;
      return value.kind === 'absent' ? parameterValue(name, this.template.parameters[name]) : value;
    });
  }

  public hasParameter(name: string): boolean {
    return Object.hasOwn(this.template.parameters, name);
  }

  /** A condition by name: true, false or unknown. */
  public condition(name: string): Value {
    const definition = this.template.conditions[name];
    return definition === undefined
      ? unknown(`condition ${name} is not defined in ${this.path}`)
      : this.once(`condition ${name}`, () => evaluateCondition(definition, this));
  }

  /** An output by its logical id. */
  public output(name: string): Value {
    const definition = this.template.outputs[name];
    return isObject(definition)
      ? this.once(`output ${name}`, () => this.resolve(definition.Value ?? null))
      : unknown(`${this.path} has no output ${name}`);
  }

  /** Whatever an expression comes to in this stack. */
  public resolve(json: Json): Value {
    if (typeof json !== 'object' || json === null) {
      return typeof json === 'string' && json.includes('{{resolve:')
        ? unknown(`read at deployment: ${json}`)
        : known(json);
    }
    if (Array.isArray(json)) {
      return { kind: 'list', items: json.map((item) => this.resolve(item)).filter(({ kind }) => kind !== 'absent') };
    }
    const intrinsic = intrinsicOf(json);
    if (intrinsic) {
      return resolveIntrinsic(intrinsic, json[intrinsic], this);
    }
    return this.dictionary(json);
  }

  /** What stands at a path inside an object; intrinsics on the way are resolved, the rest is left alone. */
  public resolveAt(root: JsonObject, path: readonly string[]): Value {
    let json: Json = root;
    for (let index = 0; index < path.length; index++) {
      const key = path[index];
      if (!isObject(json) || intrinsicOf(json)) {
        return path.slice(index).reduce(entryOf, this.resolve(json));
      }
      if (!Object.hasOwn(json, key)) {
        return Object.hasOwn(json, INCLUDED) ? FILLED_IN : ABSENT;
      }
      json = json[key];
    }
    return this.resolve(json);
  }

  /** Entries are resolved when one of them is asked for: most of a policy, for example, never is. */
  private dictionary(json: JsonObject): Dictionary {
    let entries: Record<string, Value> | undefined;
    const resolveEntries = () => this.resolveEntries(json);
    return {
      kind: 'dictionary',
      get entries() {
        entries ??= resolveEntries();
        return entries;
      },
    };
  }

  private resolveEntries(json: JsonObject): Record<string, Value> {
    const entries: Record<string, Value> = Object.create(null);
    for (const [key, child] of Object.entries(json)) {
      const value = this.resolve(child);
      if (value.kind !== 'absent') {
        entries[key] = value;
      }
    }
    return entries;
  }

  private once(key: string, compute: () => Value): Value {
    let value = this.remembered.get(key);
    if (value === undefined) {
      if (this.underWay.has(key)) {
        throw new InputError('CyclicReference', `${key} of ${this.path} refers to itself`, this.template.file);
      }
      if (this.underWay.size >= MAX_CHAIN) {
        const reason = `${key} of ${this.path} is the end of more than ${MAX_CHAIN} others`;
        throw new InputError('NestedTooDeeply', reason, this.template.file);
      }
      this.underWay.add(key);
      try {
        value = compute();
      } finally {
        this.underWay.delete(key);
      }
      this.remembered.set(key, value);
    }
    return value;
  }
}

/** No condition leads over so many others: CloudFormation takes 1 MB. */
const MAX_CHAIN = 500;

/** Adds resources to an index by type. */
export function indexByType(resources: Iterable<Resource>, index: Map<string, Resource[]>): Map<string, Resource[]> {
  for (const resource of resources) {
    const list = index.get(resource.type);
    if (list) {
      list.push(resource);
    } else {
      index.set(resource.type, [resource]);
    }
  }
  return index;
}
