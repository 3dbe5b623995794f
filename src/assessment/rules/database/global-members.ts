import { type Assembly, type Resource, textOf } from '../../model';

const indexes = new WeakMap<Assembly, Map<Resource, Resource[]>>();

/** Every cluster of the global database that a cluster belongs to, itself included; none where it belongs to none. */
export function globalMembersOf(cluster: Resource, assembly: Assembly): readonly Resource[] {
  let index = indexes.get(assembly);
  if (!index) {
    index = indexMembers(assembly);
    indexes.set(assembly, index);
  }
  return index.get(cluster) ?? [];
}

/** Whether it sets a master user. Only the first member of a global database may. */
export function hasCredentials(cluster: Resource): boolean {
  return ['MasterUsername', 'MasterUserPassword', 'ManageMasterUserPassword'].some(
    (property) => cluster.property(property).kind !== 'absent',
  );
}

function indexMembers(assembly: Assembly): Map<Resource, Resource[]> {
  const byName = new Map<string, Resource[]>();
  const index = new Map<Resource, Resource[]>();
  const sources = sourcesOf(assembly);
  for (const cluster of assembly.resourcesOf('AWS::RDS::DBCluster')) {
    const name = globalNameOf(cluster) ?? sources.get(cluster);
    if (name !== undefined) {
      const members = byName.get(name) ?? [];
      members.push(cluster);
      byName.set(name, members);
      index.set(cluster, members);
    }
  }
  return index;
}

/** A global cluster may name its first member instead of being named by it. */
function sourcesOf(assembly: Assembly): Map<Resource, string> {
  const sources = new Map<Resource, string>();
  for (const globalCluster of assembly.resourcesOf('AWS::RDS::GlobalCluster')) {
    const source = globalCluster.property('SourceDBClusterIdentifier');
    if (source.kind === 'reference') {
      sources.set(source.resource, nameOf(globalCluster));
    }
  }
  return sources;
}

function globalNameOf(cluster: Resource): string | undefined {
  const value = cluster.property('GlobalClusterIdentifier');
  return value.kind === 'reference' ? nameOf(value.resource) : textOf(value)?.toLowerCase();
}

function nameOf(globalCluster: Resource): string {
  return textOf(globalCluster.property('GlobalClusterIdentifier'))?.toLowerCase() ?? globalCluster.id;
}
