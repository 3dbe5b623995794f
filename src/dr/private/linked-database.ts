import { Stack, Validations } from 'aws-cdk-lib';
import type { MultiAzClinicalApp } from '../../app';
import { fail } from '../../core/private/fail';
import type { CrossRegionDr } from '../cross-region-dr';
import type { RunbookStep } from './runbook-text';

/** Whether a database takes writes in both Regions, so that nothing is promoted, and nobody returns to anything. */
export function writesInBoth({ database }: MultiAzClinicalApp): boolean {
  return database?.replication?.writesInBoth === true;
}

/** Whether its two sides do not know each other yet. */
export function isUnlinked({ database }: MultiAzClinicalApp): boolean {
  return database?.replication?.linked === false;
}

/**
 * Until each side names the other, the database takes no connections: a deployment of what connects would fail and be rolled back. So the
 * stacks of the application have an error, which the CDK CLI stops at, and those of the clusters, which are apart, have none.
 */
export function requireLink(dr: CrossRegionDr): void {
  const { primary, recoveryRegion, activeRegion } = dr;
  if (!isUnlinked(primary)) {
    return;
  }
  if (activeRegion === recoveryRegion) {
    fail(
      dr,
      'DatabaseNotLinked',
      `activeRegion is ${recoveryRegion}, but the clusters of the database do not know each other; name both with clusterArns`,
    );
  }
  const stacks = [primary, dr._recovery].flatMap((side) => side?.database?.dsqlCluster ?? []);
  const paths = stacks.map((cluster) => `'${Stack.of(cluster).node.path}'`).join(' ');
  for (const side of [primary, dr]) {
    Validations.of(side).addError(
      'cdk-resilient-ehr:databaseNotLinked',
      `nothing of ${primary.systemName} but the clusters of its database can be deployed before these know each other: run cdk deploy --concurrency 2 ${paths}, ` +
        'write the outputs DsqlClusterArn of both stacks down as clusterArns, and run it again; then deploy the rest',
    );
  }
}

/** What there is to know when a Region, or the witness, is lost. Asks nothing of anybody. */
export function linkedDatabaseSteps({ primary }: CrossRegionDr): RunbookStep[] {
  return writesInBoth(primary)
    ? [
        {
          title: 'Change neither cluster of the database, and remove none, until every Region is back',
          note: 'The cluster that is left writes with the witness Region, and the other catches up by itself. While the witness alone is lost nothing has to be done: both clusters write on. Errors that pass are tried again by the application',
        },
      ]
    : [];
}
