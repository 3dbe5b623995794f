import { type Assembly, type Resource, reasonOf, textOf } from '../../model';

/** What the templates say of the instances of a cluster. */
export interface Members {
  readonly instances: readonly Resource[];
  /** Why there may be more: an instance whose cluster is not decided. */
  readonly undecided?: string;
}

interface Index {
  readonly byCluster: Map<Resource, Resource[]>;
  readonly byName: Map<string, Resource[]>;
  readonly undecided: Map<string, string>;
}

const INSTANCE_TYPES = ['AWS::RDS::DBInstance', 'AWS::DocDB::DBInstance', 'AWS::Neptune::DBInstance'];
const indexes = new WeakMap<Assembly, Index>();

/** The instances of an Aurora, Amazon DocumentDB or Neptune cluster, by reference or by name. */
export function membersOf(cluster: Resource, assembly: Assembly): Members {
  const index = indexOf(assembly);
  const name = textOf(cluster.property('DBClusterIdentifier'));
  const named = name === undefined ? [] : (index.byName.get(key(cluster, name)) ?? []);
  return {
    instances: [...(index.byCluster.get(cluster) ?? []), ...named],
    undecided: index.undecided.get(key(cluster, '')),
  };
}

/** The cluster that an instance belongs to, where the templates refer to it. */
export function clusterOf(instance: Resource): Resource | undefined {
  const cluster = instance.property('DBClusterIdentifier');
  return cluster.kind === 'reference' ? cluster.resource : undefined;
}

function indexOf(assembly: Assembly): Index {
  let index = indexes.get(assembly);
  if (!index) {
    index = { byCluster: new Map(), byName: new Map(), undecided: new Map() };
    for (const instance of assembly.resourcesOf(...INSTANCE_TYPES)) {
      file(instance, index);
    }
    indexes.set(assembly, index);
  }
  return index;
}

function file(instance: Resource, { byCluster, byName, undecided }: Index): void {
  const cluster = instance.property('DBClusterIdentifier');
  const name = textOf(cluster);
  if (cluster.kind === 'reference') {
    byCluster.set(cluster.resource, [...(byCluster.get(cluster.resource) ?? []), instance]);
  } else if (name !== undefined) {
    const at = key(instance, name);
    byName.set(at, [...(byName.get(at) ?? []), instance]);
  } else if (cluster.kind !== 'absent') {
    undecided.set(key(instance, ''), reasonOf(cluster) ?? 'the cluster of an instance is not decided');
  }
}

/** Where a name is unique: within an account, a Region and a service. */
function key({ stack, type }: Resource, name: string): string {
  const [, service] = type.split('::');
  return [stack.account, stack.region, service, name.toLowerCase()].join('/');
}
