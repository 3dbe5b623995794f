import type { Assembly } from './assembly';
import type { Resource } from './resource';
import { entryOf, itemsOf, referencesIn, textOf, type Value } from './value';

/**
 * The members of the global datastore of ElastiCache that a replication group belongs to, as far as the templates have them; none where it belongs to
 * none. The datastore names its first member, and each copy names the datastore, whose id has a prefix of its Region.
 *
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastores-CLI.html
 */
export function datastoreMembers(group: Resource, assembly: Assembly): readonly Resource[] {
  const datastore = assembly
    .resourcesOf('AWS::ElastiCache::GlobalReplicationGroup')
    .find((candidate) => isMember(group, candidate));
  return datastore
    ? assembly.resourcesOf('AWS::ElastiCache::ReplicationGroup').filter((other) => isMember(other, datastore))
    : [];
}

/** Where a copy takes engine, size, encryption and failover from; undefined where that is in no template here. */
export function datastorePrimary(copy: Resource, assembly: Assembly): Resource | undefined {
  return datastoreMembers(copy, assembly).find((member) => !isDatastoreCopy(member));
}

/** Whether it joins a global datastore that is there. */
export function isDatastoreCopy(group: Resource): boolean {
  return group.property('GlobalReplicationGroupId').kind !== 'absent';
}

function isMember(group: Resource, datastore: Resource): boolean {
  return isDatastoreCopy(group)
    ? names(group.property('GlobalReplicationGroupId'), datastore)
    : isFirst(group, datastore.property('Members'));
}

function isFirst(group: Resource, members: Value): boolean {
  const name = textOf(group.property('ReplicationGroupId'))?.toLowerCase();
  return itemsOf(members).some((member) => {
    const id = entryOf(member, 'ReplicationGroupId');
    const region = textOf(entryOf(member, 'ReplicationGroupRegion')) ?? group.region;
    const named = name !== undefined && name === textOf(id)?.toLowerCase() && region === (group.region ?? region);
    return named || referencesIn(id).some(({ resource }) => resource === group);
  });
}

function names(id: Value, datastore: Resource): boolean {
  const suffix = textOf(datastore.property('GlobalReplicationGroupIdSuffix'))?.toLowerCase();
  const given = /^[a-z]{5}-(.+)$/.exec(textOf(id)?.toLowerCase() ?? '')?.[1];
  return (given !== undefined && given === suffix) || (id.kind === 'reference' && id.resource === datastore);
}
