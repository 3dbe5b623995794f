import { FailureScope } from '../../../core/failure-scope';
import { booleanOf, reasonOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

/** A database refuses to be deleted. */
export const databaseDeletionProtection = defineRule({
  id: 'RES-DB-008',
  title: 'a database refuses to be deleted',
  severity: 'error',
  scope: FailureScope.DELETION,
  why: 'one call, or one stack deletion, takes the database and its automated backups with it',
  fix: 'set DeletionProtection to true; of Aurora DSQL, DeletionProtectionEnabled',
  docs: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html',
  alsoKnownAs: [
    'SecurityHub:RDS.8',
    'Config:RDS_INSTANCE_DELETION_PROTECTION_ENABLED',
    'Prowler:rds_instance_deletion_protection',
    'GuardRegistry:RDS_INSTANCE_DELETION_PROTECTION_ENABLED',
    'cdk-nag:HIPAA.Security-RDSInstanceDeletionProtectionEnabled',
    'cdk-nag:AwsSolutions-RDS10',
    'Trivy:RDS Deletion Protection Disabled',
    'ControlTower:CT.RDS.PR.13',
    'SecurityHub:RDS.7',
    'Config:RDS_CLUSTER_DELETION_PROTECTION_ENABLED',
    'Prowler:rds_cluster_deletion_protection',
    'Trivy:RDS Cluster Deletion Protection Disabled',
    'ControlTower:CT.RDS.PR.3',
    'SecurityHub:DocumentDB.5',
    'Prowler:documentdb_cluster_deletion_protection',
    'SecurityHub:Neptune.4',
    'Prowler:neptune_cluster_deletion_protection',
    'ControlTower:CT.NEPTUNE.PR.2',
  ],
  resourceTypes: [
    'AWS::RDS::DBInstance',
    'AWS::RDS::DBCluster',
    'AWS::RDS::GlobalCluster',
    'AWS::DocDB::DBCluster',
    'AWS::Neptune::DBCluster',
    'AWS::DSQL::Cluster',
  ],
  evaluate(database) {
    if (database.property('DBClusterIdentifier').kind !== 'absent' && database.type === 'AWS::RDS::DBInstance') {
      return NOT_APPLICABLE; // the cluster protects its instances
    }
    const name = database.type === 'AWS::DSQL::Cluster' ? 'DeletionProtectionEnabled' : 'DeletionProtection';
    const value = database.property(name);
    const location = `Properties.${name}`;
    const reason = reasonOf(value);
    if (reason !== undefined) {
      return undecided(reason, location);
    }
    return booleanOf(value) !== true ? failed('deletion protection is off', location) : PASS;
  },
});
