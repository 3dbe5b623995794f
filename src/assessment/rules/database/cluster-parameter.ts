import { ABSENT, entryOf, type Resource, type Value } from '../../model';

/** A parameter of the group that a cluster names, where the templates make that group. */
export function clusterParameter(cluster: Resource, name: string): Value {
  const group = cluster.property('DBClusterParameterGroupName');
  return group.kind === 'reference' ? entryOf(group.resource.property('Parameters'), name) : ABSENT;
}
