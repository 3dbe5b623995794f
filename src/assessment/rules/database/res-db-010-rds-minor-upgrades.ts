import { FailureScope } from '../../../core/failure-scope';
import { booleanOf, reasonOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

/** A database takes minor upgrades by itself. */
export const rdsMinorUpgrades = defineRule({
  id: 'RES-DB-010',
  title: 'a database takes minor upgrades by itself',
  severity: 'warning',
  scope: FailureScope.COMPONENT,
  why: 'minor versions fix crashes and failed failovers that are known',
  fix: 'leave AutoMinorVersionUpgrade out, or set it to true',
  docs: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Upgrading.html',
  alsoKnownAs: [
    'SecurityHub:RDS.13',
    'Config:RDS_AUTOMATIC_MINOR_VERSION_UPGRADE_ENABLED',
    'Prowler:rds_instance_minor_version_upgrade_enabled',
    'GuardRegistry:RDS_AUTOMATIC_MINOR_VERSION_UPGRADE_ENABLED',
    'cdk-nag:HIPAA.Security-RDSAutomaticMinorVersionUpgradeEnabled',
    'Powerpipe-WA-Reliability:rds_db_instance_automatic_minor_version_upgrade_enabled',
    'ControlTower:CT.RDS.PR.5',
    'SecurityHub:RDS.35',
    'Prowler:rds_cluster_minor_version_upgrade_enabled',
  ],
  resourceTypes: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  evaluate(database) {
    const value = database.property('AutoMinorVersionUpgrade');
    const location = 'Properties.AutoMinorVersionUpgrade';
    const reason = reasonOf(value);
    if (reason !== undefined) {
      return undecided(reason, location);
    }
    return booleanOf(value) === false ? failed('minor upgrades are switched off', location) : PASS;
  },
});
