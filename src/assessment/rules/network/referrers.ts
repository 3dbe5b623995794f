import { type Assembly, entryOf, itemsOf, type Resource, reasonOf, referencesIn, type Value } from '../../model';

/** The resources of a type that refer to a resource. */
export interface Referrers {
  /** Those that do. */
  readonly certain: readonly Resource[];
  /** Why there may be more, or fewer. */
  readonly open?: string;
}

interface Index {
  readonly certain: Map<string, Resource[]>;
  readonly conditional: Map<string, string>;
  open?: string;
}

const indexes = new WeakMap<Assembly, Map<string, Index>>();

/**
 * Who refers to a resource from a property, such as the services of a target group. `*` in the path is each item of a
 * list. Read once per assembly.
 */
export function referrersOf(target: Resource, assembly: Assembly, type: string, ...path: string[]): Referrers {
  const index = indexOf(assembly, type, path);
  return { certain: index.certain.get(target.id) ?? [], open: index.conditional.get(target.id) ?? index.open };
}

function indexOf(assembly: Assembly, type: string, path: readonly string[]): Index {
  const ofAssembly = indexes.get(assembly) ?? new Map<string, Index>();
  indexes.set(assembly, ofAssembly);
  const key = `${type} ${path.join('.')}`;
  const index = ofAssembly.get(key) ?? build(assembly, type, path);
  ofAssembly.set(key, index);
  return index;
}

function build(assembly: Assembly, type: string, path: readonly string[]): Index {
  const index: Index = { certain: new Map(), conditional: new Map() };
  for (const resource of assembly.resourcesOf(type)) {
    const value = valueAt(resource, path);
    const mayNotExist = reasonOf(resource.condition);
    index.open ??= undecidedIn(value);
    for (const id of new Set(referencesIn(value).map((reference) => reference.resource.id))) {
      if (mayNotExist === undefined) {
        const list = index.certain.get(id) ?? [];
        list.push(resource);
        index.certain.set(id, list);
      } else {
        index.conditional.set(id, mayNotExist);
      }
    }
  }
  return index;
}

function valueAt(resource: Resource, path: readonly string[]): Value {
  const each = path.indexOf('*');
  if (each < 0) {
    return resource.property(...path);
  }
  const list = resource.property(...path.slice(0, each));
  return { kind: 'list', items: itemsOf(list).map((item) => path.slice(each + 1).reduce(entryOf, item)) };
}

/** Why something inside a value is not decided; a reference is decided. */
function undecidedIn(value: Value): string | undefined {
  switch (value.kind) {
    case 'list':
      return value.items.map(undecidedIn).find(Boolean);
    case 'dictionary':
      return Object.values(value.entries).map(undecidedIn).find(Boolean);
    case 'reference':
      return undefined;
    default:
      return reasonOf(value);
  }
}
