import { FailureScope } from '../../../core/failure-scope';
import { type Assembly, entryOf, identityOf, itemsOf, type Resource, textOf, type Value } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { type Copied, copiedByBackup } from './copied-by-backup';

/** Regions that a list of replicas names. */
function listed(replicas: Value, own: string): Copied {
  const regions = itemsOf(replicas).map((replica) => textOf(entryOf(replica, 'Region')));
  if (regions.some((region) => region !== undefined && region !== own)) {
    return 'yes';
  }
  return regions.includes(undefined) ? 'maybe' : 'no';
}

/** Other members of a global database; members in other assemblies are not seen. */
function globalMembers(cluster: Resource, own: string, assembly: Assembly): Copied {
  const globalId = cluster.property('GlobalClusterIdentifier');
  if (globalId.kind === 'absent') {
    return 'no';
  }
  const identity = identityOf(globalId);
  const elsewhere = assembly
    .resourcesOf('AWS::RDS::DBCluster')
    .some((other) => other.region !== own && identityOf(other.property('GlobalClusterIdentifier')) === identity);
  return identity !== undefined && elsewhere ? 'yes' : 'maybe';
}

function readReplicas(instance: Resource, own: string, assembly: Assembly): Copied {
  const name = textOf(instance.property('DBInstanceIdentifier'));
  const elsewhere = assembly.resourcesOf('AWS::RDS::DBInstance').some((other) => {
    const source = other.property('SourceDBInstanceIdentifier');
    const named = source.kind === 'reference' ? source.resource === instance : textOf(source)?.endsWith(`:db:${name}`);
    return other.region !== own && named;
  });
  return elsewhere ? 'yes' : 'no';
}

const REPLICATION: Record<string, (store: Resource, own: string, assembly: Assembly) => Copied> = {
  'AWS::RDS::DBCluster': globalMembers,
  'AWS::RDS::DBInstance': readReplicas,
  'AWS::DynamoDB::GlobalTable': (table, own) => listed(table.property('Replicas'), own),
  'AWS::DynamoDB::Table': () => 'no',
  'AWS::EFS::FileSystem': (files, own) => listed(files.property('ReplicationConfiguration', 'Destinations'), own),
  'AWS::FSx::FileSystem': () => 'no',
};

function isNoStoreOfItsOwn(resource: Resource): boolean {
  return (
    resource.type === 'AWS::RDS::DBInstance' &&
    (textOf(resource.property('Engine'))?.startsWith('aurora') === true ||
      ['DBClusterIdentifier', 'SourceDBInstanceIdentifier'].some((key) => resource.property(key).kind !== 'absent'))
  );
}

export const storeIsCopiedOutsideItsRegion = defineRule({
  id: 'RES-DR-001',
  title: 'what care depends on keeps a copy of its records in another region',
  severity: 'error',
  scope: FailureScope.REGION,
  why: 'a store without a copy elsewhere is gone, or out of reach, for as long as its Region is',
  fix: 'replicate the store to another Region, or copy its backups there',
  docs: 'https://docs.aws.amazon.com/whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html',
  alsoKnownAs: [
    'ResilienceHub:Amazon Relational Database Service and Amazon Aurora/Cross-Region failover',
    'ResilienceHub:Amazon Elastic File System/Filesystem Backup',
    'ResilienceHub:Amazon DynamoDB/Scheduled backup',
    'ResilienceHub:Amazon Relational Database Service and Amazon Aurora/Backup',
  ],
  resourceTypes: Object.keys(REPLICATION),
  evaluate: (resource, { assembly, careDependsOn }) => {
    if (isNoStoreOfItsOwn(resource) || !careDependsOn(resource)) {
      return NOT_APPLICABLE;
    }
    if (resource.region === undefined) {
      return undecided('the Region is chosen at deployment');
    }
    const copies = [
      REPLICATION[resource.type](resource, resource.region, assembly),
      copiedByBackup(resource, assembly),
    ];
    if (copies.includes('yes')) {
      return PASS;
    }
    return copies.includes('maybe')
      ? undecided('replicas or backup copies elsewhere are decided outside of these templates')
      : failed(`nothing keeps a copy outside ${resource.region}`);
  },
});
