import { FailureScope } from '../../../core/failure-scope';
import { entryOf, itemsOf, type Resource, textOf, type Value } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { isCopyOfAnotherRegion } from '../storage/replicated-files';
import { type Copied, copiedByBackup } from './copied-by-backup';

/** Regions that a list of replicas names. */
function listed(replicas: Value, own: string): Copied {
  return outside(
    itemsOf(replicas).map((replica) => textOf(entryOf(replica, 'Region'))),
    own,
  );
}

/** Regions of a list of ARNs. */
function named(arns: Value, own: string): Copied {
  return arns.kind === 'unknown'
    ? 'maybe'
    : outside(
        itemsOf(arns).map((arn) => textOf(arn)?.split(':')[3]),
        own,
      );
}

function outside(regions: readonly (string | undefined)[], own: string): Copied {
  if (regions.some((region) => region !== undefined && region !== own)) {
    return 'yes';
  }
  return regions.includes(undefined) ? 'maybe' : 'no';
}

const REPLICATION: Record<string, (store: Resource, own: string) => Copied> = {
  'AWS::DynamoDB::GlobalTable': (table, own) => listed(table.property('Replicas'), own),
  'AWS::DynamoDB::Table': () => 'no',
  'AWS::DSQL::Cluster': (cluster, own) => named(cluster.property('MultiRegionProperties', 'Clusters'), own),
  'AWS::EFS::FileSystem': (files, own) => listed(files.property('ReplicationConfiguration', 'Destinations'), own),
  'AWS::FSx::FileSystem': () => 'no',
};

export const storeIsCopiedOutsideItsRegion = defineRule({
  id: 'RES-DR-001',
  title: 'a table, a file system or an Aurora DSQL cluster that care depends on has a copy in another region',
  severity: 'error',
  scope: FailureScope.REGION,
  why: 'a store without a copy elsewhere is gone, or out of reach, for as long as its Region is',
  fix: 'replicate the store to another Region, or copy its backups there',
  docs: 'https://docs.aws.amazon.com/whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html',
  resourceTypes: Object.keys(REPLICATION),
  evaluate: (resource, { assembly, careDependsOn }) => {
    if (!careDependsOn(resource)) {
      return NOT_APPLICABLE;
    }
    if (resource.region === undefined) {
      return undecided('the Region is chosen at deployment');
    }
    if (resource.type === 'AWS::EFS::FileSystem' && isCopyOfAnotherRegion(resource, assembly)) {
      return PASS;
    }
    const copies = [REPLICATION[resource.type](resource, resource.region), copiedByBackup(resource, assembly)];
    if (copies.includes('yes')) {
      return PASS;
    }
    return copies.includes('maybe')
      ? undecided('replicas or backup copies elsewhere are decided outside of these templates')
      : failed(`nothing keeps a copy outside ${resource.region}`);
  },
});
