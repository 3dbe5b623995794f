import { FailureScope } from '../../../core/failure-scope';
import { type Resource, textOf } from '../../model';
import { counted, defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { membersOf } from './members';

/** A database cluster runs instances in two zones. */
export const clusterInstancesInTwoZones = defineRule({
  id: 'RES-DB-002',
  title: 'a database cluster runs instances in two zones',
  severity: 'error',
  scope: FailureScope.AVAILABILITY_ZONE,
  why: 'a cluster with one instance has nobody to take over: its replacement takes ten minutes or more, and needs the control plane',
  fix: 'add a reader in another zone',
  docs: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html',
  alsoKnownAs: [
    'SecurityHub:RDS.15',
    'Config:RDS_CLUSTER_MULTI_AZ_ENABLED',
    'Prowler:rds_cluster_multi_az',
    'TrustedAdvisor:Amazon RDS DB clusters have one DB instance',
    'TrustedAdvisor:Amazon RDS DB clusters with all instances in the same Availability Zone',
    'TrustedAdvisor:RDS DB Cluster has no Multi-AZ replication enabled',
    'ResilienceHub:Amazon Relational Database Service and Amazon Aurora/Faster in-Region failover',
    'Powerpipe-WA-Reliability:rds_db_cluster_multiple_az_enabled',
    'Prowler:documentdb_cluster_multi_az_enabled',
    'TrustedAdvisor:Amazon DocumentDB Single AZ Clusters',
    'ResilienceHub:Amazon DocumentDB/Multi-AZ deployment',
    'SecurityHub:Neptune.9',
    'Prowler:neptune_cluster_multi_az',
    'cdk-nag:AwsSolutions-N1',
  ],
  resourceTypes: ['AWS::RDS::DBCluster', 'AWS::DocDB::DBCluster', 'AWS::Neptune::DBCluster'],
  evaluate(cluster, { assembly }) {
    if (cluster.property('DBClusterInstanceClass').kind !== 'absent') {
      return PASS; // a Multi-AZ DB cluster of RDS brings its own readers
    }
    if (textOf(cluster.property('EngineMode')) === 'serverless') {
      return NOT_APPLICABLE; // Aurora Serverless v1 has no instances of its own
    }
    const { instances, undecided: reason } = membersOf(cluster, assembly);
    const zones = instances.map((instance) => textOf(instance.property('AvailabilityZone')));
    const sameZone = zones[0] !== undefined && zones.every((zone) => zone === zones[0]);
    if (instances.length >= 2 && !sameZone) {
      return PASS;
    }
    if (reason !== undefined) {
      return undecided(reason);
    }
    if (instances.length === 0 && isCopy(cluster)) {
      return NOT_APPLICABLE; // nothing of it serves before it has one: RES-DR-014 asks for that
    }
    return instances.length < 2
      ? failed(`has ${counted(instances.length, 'instance')}`)
      : failed(`all ${instances.length} instances are in ${zones[0]}`);
  },
});

/** A member of a global database that brings no user and no data of its own. */
function isCopy(cluster: Resource): boolean {
  return (
    cluster.property('GlobalClusterIdentifier').kind !== 'absent' &&
    ['MasterUsername', 'SnapshotIdentifier'].every((property) => cluster.property(property).kind === 'absent')
  );
}
