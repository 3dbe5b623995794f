import {
  datastorePrimary,
  isDatastoreCopy,
  numberOf,
  type Resource,
  reasonOf,
  textOf,
  type Unknown,
  unknown,
  type Value,
} from '../../model';
import { Component } from '../component';
import type { Graph } from '../graph';
import type { Place } from '../network';
import { isOn } from './compute';
import type { Describe, Family } from './describe';
import { spread } from './spread';

const replicationGroup: Describe = (resource, graph) =>
  new Component({
    resource,
    noun: 'cache',
    role: 'cache',
    mechanism: 'cache',
    units: () =>
      spread(nodesOf(resource), cacheSubnets(resource.property('CacheSubnetGroupName'), graph), { noun: 'cache node' }),
    facts: () => ({
      automaticFailover: failsOver(resource, graph),
      restarts: 'same zone',
      lagSeconds: 5,
    }),
  });

/** A copy in another Region takes it from the primary of its global datastore. */
function failsOver(resource: Resource, graph: Graph): boolean | Unknown {
  const source = isDatastoreCopy(resource) ? datastorePrimary(resource, graph.assembly) : resource;
  return source
    ? isOn(source.property('AutomaticFailoverEnabled'))
    : unknown('it fails over as the primary of its global datastore does, which is in no template here');
}

/** Nodes of one shard: the primary and its replicas. */
function nodesOf(resource: Resource): number | Unknown {
  const replicas = resource.property('ReplicasPerNodeGroup');
  const clusters = resource.property('NumCacheClusters');
  const value = replicas.kind === 'absent' ? clusters : replicas;
  const count = numberOf(value);
  if (count === undefined) {
    return value.kind === 'absent' ? 1 : unknown(reasonOf(value) ?? 'no number of cache nodes');
  }
  return replicas.kind === 'absent' ? count : count + 1;
}

const cacheCluster: Describe = (resource, graph) => {
  if (resource.property('ReplicationGroupId').kind !== 'absent') {
    return undefined; // a member of a replication group is a unit of it
  }
  return new Component({
    resource,
    noun: 'cache',
    role: 'cache',
    mechanism: 'cache',
    units: () =>
      spread(
        textOf(resource.property('AZMode')) === 'cross-az' ? (numberOf(resource.property('NumCacheNodes')) ?? 1) : 1,
        cacheSubnets(resource.property('CacheSubnetGroupName'), graph),
        { noun: 'cache node' },
      ),
    facts: () => ({ automaticFailover: textOf(resource.property('AZMode')) === 'cross-az', restarts: 'same zone' }),
  });
};

const memoryDb: Describe = (resource, graph) =>
  new Component({
    resource,
    noun: 'MemoryDB cluster',
    role: 'cache',
    mechanism: 'cache',
    units: () => {
      const replicas = resource.property('NumReplicasPerShard');
      const count = replicas.kind === 'absent' ? 1 : numberOf(replicas);
      return spread(
        count === undefined ? unknown(reasonOf(replicas) ?? 'no number of replicas') : count + 1,
        cacheSubnets(resource.property('SubnetGroupName'), graph),
        { noun: 'node' },
      );
    },
    facts: () => ({ automaticFailover: true, restarts: 'same zone' }),
  });

function cacheSubnets(group: Value, graph: Graph): Place[] {
  return group.kind === 'reference'
    ? graph.network.places(group.resource.property('SubnetIds'))
    : [{ zone: unknown(reasonOf(group) ?? 'its subnet group is not in the templates') }];
}

const serverlessCache: Describe = (resource) =>
  new Component({ resource, noun: 'serverless cache', role: 'cache', mechanism: 'managed' });

export const CACHES: Family = {
  'AWS::ElastiCache::ReplicationGroup': replicationGroup,
  'AWS::ElastiCache::CacheCluster': cacheCluster,
  'AWS::ElastiCache::ServerlessCache': serverlessCache,
  'AWS::MemoryDB::Cluster': memoryDb,
};
