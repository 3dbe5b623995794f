import { FailureScope } from '../../../core/failure-scope';
import { booleanOf, reasonOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

/** A Redshift cluster is upgraded, in a window of your choice. */
export const redshiftMaintenance = defineRule({
  id: 'RES-DB-032',
  title: 'a Redshift cluster is upgraded, in a window of your choice',
  severity: 'warning',
  scope: FailureScope.COMPONENT,
  why: 'fixes arrive, and do not interrupt a clinic',
  fix: 'leave AllowVersionUpgrade on and set PreferredMaintenanceWindow',
  docs: 'https://docs.aws.amazon.com/redshift/latest/mgmt/managing-cluster-considerations.html',
  alsoKnownAs: [
    'SecurityHub:Redshift.6',
    'Config:REDSHIFT_CLUSTER_MAINTENANCESETTINGS_CHECK',
    'GuardRegistry:REDSHIFT_CLUSTER_MAINTENANCESETTINGS_CHECK',
    'cdk-nag:HIPAA.Security-RedshiftClusterMaintenanceSettings',
    'ControlTower:CT.REDSHIFT.PR.4',
  ],
  resourceTypes: ['AWS::Redshift::Cluster'],
  evaluate(cluster) {
    if (booleanOf(cluster.property('AllowVersionUpgrade')) === false) {
      return failed('version upgrades are switched off', 'Properties.AllowVersionUpgrade');
    }
    const window = cluster.property('PreferredMaintenanceWindow');
    const reason = reasonOf(cluster.property('AllowVersionUpgrade')) ?? reasonOf(window);
    if (reason !== undefined) {
      return undecided(reason);
    }
    return window.kind === 'absent'
      ? failed('AWS chooses the maintenance window', 'Properties.PreferredMaintenanceWindow')
      : PASS;
  },
});
