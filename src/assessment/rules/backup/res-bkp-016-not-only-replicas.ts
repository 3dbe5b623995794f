import { FailureScope } from '../../../core/failure-scope';
import { type Assembly, itemsOf, type Resource, referencesIn } from '../../model';
import { globalMembersOf } from '../database/global-members';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { replicationRulesOf } from '../storage/buckets';
import { coverageOf } from './coverage';
import { holdsNothingOfItsOwn } from './stores';

/** A replicated store is backed up as well. */
export const notOnlyReplicas = defineRule({
  id: 'RES-BKP-016',
  title: 'a replicated store is backed up as well',
  severity: 'warning',
  scope: FailureScope.CORRUPTION,
  why: 'replicas copy a wrong change or a deletion within seconds, and share the account and the engine of their source',
  fix: 'select the store in a backup plan too',
  docs: 'https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_planning_for_recovery_disaster_recovery.html',
  resourceTypes: [
    'AWS::RDS::DBCluster',
    'AWS::RDS::DBInstance',
    'AWS::DynamoDB::GlobalTable',
    'AWS::DSQL::Cluster',
    'AWS::EFS::FileSystem',
    'AWS::S3::Bucket',
  ],
  evaluate(store, { assembly }) {
    if (!isReplicated(store, assembly) || holdsNothingOfItsOwn(store, assembly)) {
      return NOT_APPLICABLE;
    }
    const { selected, undecided: reason } = coverageOf(store, assembly);
    if (selected) {
      return PASS;
    }
    return reason === undefined ? failed('all its copies are replicas') : undecided(reason);
  },
});

const sources = new WeakMap<Assembly, ReadonlySet<Resource>>();

/** Instances that read replicas copy. */
function sourcesIn(assembly: Assembly): ReadonlySet<Resource> {
  let found = sources.get(assembly);
  if (!found) {
    const replicas = assembly.resourcesOf('AWS::RDS::DBInstance');
    const references = replicas.flatMap((replica) => referencesIn(replica.property('SourceDBInstanceIdentifier')));
    found = new Set(references.map(({ resource }) => resource));
    sources.set(assembly, found);
  }
  return found;
}

function isReplicated(store: Resource, assembly: Assembly): boolean {
  switch (store.type) {
    case 'AWS::RDS::DBCluster':
      return globalMembersOf(store, assembly).length > 1;
    case 'AWS::RDS::DBInstance':
      return sourcesIn(assembly).has(store);
    case 'AWS::DynamoDB::GlobalTable':
      return itemsOf(store.property('Replicas')).length > 1;
    case 'AWS::DSQL::Cluster':
      return itemsOf(store.property('MultiRegionProperties', 'Clusters')).length > 1;
    case 'AWS::EFS::FileSystem':
      return store.property('ReplicationConfiguration').kind !== 'absent';
    default:
      return replicationRulesOf(store).length > 0;
  }
}
