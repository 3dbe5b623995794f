import { FailureScope } from '../../../core/failure-scope';
import { datastoreMembers, isDatastoreCopy } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS } from '../rule';

/** A cache that care depends on has a copy in another Region. */
export const elasticacheGlobalDatastore = defineRule({
  id: 'RES-DB-028',
  title: 'a cache that care depends on has a copy in another Region',
  severity: 'warning',
  scope: FailureScope.REGION,
  why: 'after a failover to another Region the cache starts empty: users are logged out, and the database takes every read',
  fix: 'add it to an AWS::ElastiCache::GlobalReplicationGroup, or make sure that nothing in it is missed',
  docs: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastore.html',
  alsoKnownAs: ['ResilienceHub:Amazon ElastiCache (Redis OSS)/Cross-Region failover'],
  resourceTypes: ['AWS::ElastiCache::ReplicationGroup'],
  evaluate(group, { assembly, careDependsOn }) {
    if (!careDependsOn(group)) {
      return NOT_APPLICABLE;
    }
    return isDatastoreCopy(group) || datastoreMembers(group, assembly).length > 0
      ? PASS
      : failed('is in no global datastore');
  },
});
