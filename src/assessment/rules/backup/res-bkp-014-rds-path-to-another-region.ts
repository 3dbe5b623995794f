import { FailureScope } from '../../../core/failure-scope';
import { type Assembly, type Resource, referencesIn, textOf, textsIn } from '../../model';
import { globalMembersOf } from '../database/global-members';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { coverageOf, rulesOf } from './coverage';
import { holdsNothingOfItsOwn } from './stores';
import { copiesOf, placeOf } from './vaults';

/** A database that care depends on can come back in another Region. */
export const rdsPathToAnotherRegion = defineRule({
  id: 'RES-BKP-014',
  title: 'a database that care depends on can come back in another Region',
  severity: 'error',
  scope: FailureScope.REGION,
  why: 'without a replica or a copy elsewhere the records are out of reach for as long as the Region is',
  fix: 'join a global database, add a read replica in another Region, or copy or replicate its backups there',
  docs: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-disaster-recovery.html',
  alsoKnownAs: ['ResilienceHub:Amazon Relational Database Service and Amazon Aurora/Cross-Region failover'],
  resourceTypes: ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance'],
  evaluate(database, { assembly, careDependsOn }) {
    if (holdsNothingOfItsOwn(database, assembly) || !careDependsOn(database)) {
      return NOT_APPLICABLE;
    }
    const { plans, undecided: reason } = coverageOf(database, assembly);
    const copies = plans.flatMap(rulesOf).flatMap(copiesOf);
    const replicated = database.property('AutomaticBackupReplicationRegion');
    const regions = [
      ...(replicated.kind === 'absent' ? [] : [textOf(replicated)]),
      ...globalMembersOf(database, assembly).map(({ region }) => region),
      ...readReplicasOf(database, assembly).map(({ region }) => region),
      ...copies.map((vault) => placeOf(vault).region),
    ];
    if (regions.some((region) => region !== undefined && region !== database.region)) {
      return PASS;
    }
    return regions.includes(undefined) || reason !== undefined
      ? undecided(reason ?? 'the Region of a copy is not decided')
      : failed('has neither replica nor backup in another Region');
  },
});

/** Read replicas name their source by reference, or by an ARN that ends in its name. */
function readReplicasOf(database: Resource, assembly: Assembly): Resource[] {
  const name = textOf(database.property('DBInstanceIdentifier'));
  return assembly.resourcesOf('AWS::RDS::DBInstance').filter((other) => {
    const source = other.property('SourceDBInstanceIdentifier');
    const refers = referencesIn(source).some(({ resource }) => resource === database);
    return refers || (name !== undefined && textsIn(source).some((text) => text.split(':').pop() === name));
  });
}
