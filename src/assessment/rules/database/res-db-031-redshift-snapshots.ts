import { FailureScope } from '../../../core/failure-scope';
import { numberOf, reasonOf } from '../../model';
import { counted, defineRule, failed, PASS, undecided } from '../rule';

/** A Redshift cluster keeps automated snapshots for a week. */
export const redshiftSnapshots = defineRule({
  id: 'RES-DB-031',
  title: 'a Redshift cluster keeps automated snapshots for a week',
  severity: 'warning',
  scope: FailureScope.CORRUPTION,
  why: 'a cluster goes back only as far as its snapshots',
  fix: 'set AutomatedSnapshotRetentionPeriod to 7 or more',
  docs: 'https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-snapshots.html',
  alsoKnownAs: [
    'SecurityHub:Redshift.3',
    'Config:REDSHIFT_BACKUP_ENABLED',
    'Prowler:redshift_cluster_automated_snapshot',
    'GuardRegistry:REDSHIFT_BACKUP_ENABLED',
    'cdk-nag:HIPAA.Security-RedshiftBackupEnabled',
    'cdk-nag:AwsSolutions-RS10',
    'TrustedAdvisor:Amazon Redshift cluster automated snapshots',
    'ControlTower:CT.REDSHIFT.PR.2',
  ],
  resourceTypes: ['AWS::Redshift::Cluster'],
  evaluate(cluster) {
    const value = cluster.property('AutomatedSnapshotRetentionPeriod');
    const location = 'Properties.AutomatedSnapshotRetentionPeriod';
    const reason = reasonOf(value);
    if (reason !== undefined) {
      return undecided(reason, location);
    }
    const number = numberOf(value) ?? 1;
    return number >= 7 ? PASS : failed(`keeps snapshots for ${counted(number, 'day')}`, location);
  },
});
