import type { MultiAzClinicalApp } from '../../app';
import { databaseIdentifierOf } from '../../data/private/physical-names';
import type { CrossRegionDr } from '../cross-region-dr';
import { filesTried } from './file-steps';
import { databaseKind } from './reconciled-stores';
import type { RunbookStep } from './runbook-text';

/** What proves that every store takes writes, before anybody relies on it. */
export function trialSteps(dr: CrossRegionDr): RunbookStep[] {
  const promoted = dr._recovery?.database?.promoteCommand !== undefined;
  const reconnects = promoted && !dr.primary.database?.replication?.signInAfterPromotion; // or compute started after it
  const wait = `Wait ${dr.reconnectTime.toHumanString()} until connections that only read are gone, then order`;
  return [
    ...(promoted ? [{ title: 'See that the database writes here', ...writesHere(dr) }] : []),
    ...filesTried(dr),
    {
      title: `${reconnects ? wait : 'Order'}, chart and look at a test patient. Only then tell the wards that they may write`,
    },
  ];
}

/** What AWS says of a database that writes; a replica has a source, and what was promoted has none. */
function writesHere(dr: CrossRegionDr): Partial<RunbookStep> {
  const { primary, recoveryRegion: region } = dr;
  if (databaseKind(dr) === 'cluster') {
    return { command: globalStatusCommand(primary, region), note: `IsWriter is True for the cluster of ${region}` };
  }
  const identifier = databaseIdentifierOf(primary.systemName, region);
  const query = 'DBInstances[0].[DBInstanceStatus,ReadReplicaSourceDBInstanceIdentifier]';
  return databaseKind(dr) === 'instance'
    ? {
        command: `aws rds describe-db-instances --region ${region} --db-instance-identifier ${identifier} --query "${query}" --output text`,
        note: 'Prints available, and None: it has no source any more',
      }
    : { note: 'By the means of its engine' };
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_GlobalClusterMember.html */
export function globalStatusCommand({ database }: MultiAzClinicalApp, region: string): string | undefined {
  const members = database?.replication?.members;
  return (
    members &&
    `aws rds describe-global-clusters --region ${region} --global-cluster-identifier ${members.globalIdentifier} --query "GlobalClusters[0].GlobalClusterMembers[].[DBClusterArn,IsWriter,SynchronizationStatus]" --output table`
  );
}
