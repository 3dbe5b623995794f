import { ArnFormat, Stack } from 'aws-cdk-lib';
import { type Outlook, type ReadinessCheck, regionsOf } from './readiness-check';

/** Of a cache that follows. The two differ in what they are to each other only, so that either may be looked at. */
export function cacheCheck(outlook: Outlook): ReadinessCheck | undefined {
  const { dr, serving } = outlook;
  const { replicationGroup: first } = dr.primary.cache ?? {};
  const { replicationGroup: copy } = dr._recovery?.cache ?? {};
  if (!first?.replicationGroupId || !copy?.replicationGroupId || !copy.globalReplicationGroupId) {
    return undefined;
  }
  const groups = { [dr.primaryRegion]: first.replicationGroupId, [dr.recoveryRegion]: copy.replicationGroupId };
  const [here, there] = regionsOf(outlook).map((region) => groups[region]);
  return {
    name: 'Cache',
    meaning: 'the cache does not follow from one Region to the other, or could not take over',
    wanted: { here, there, datastore: copy.globalReplicationGroupId, nodes: copy.numCacheClusters, serving },
    rights: [
      {
        actions: ['elasticache:DescribeReplicationGroups'],
        resources: regionsOf(outlook).map((region) =>
          Stack.of(dr).formatArn({
            service: 'elasticache',
            region,
            resource: 'replicationgroup',
            resourceName: groups[region],
            arnFormat: ArnFormat.COLON_RESOURCE_NAME,
          }),
        ),
      },
    ],
  };
}
