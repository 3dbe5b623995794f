import { FailureScope } from '../../../core/failure-scope';
import { numberOf, reasonOf, textOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { globalMembersOf } from './global-members';

/** An Aurora MySQL cluster can be rewound. */
export const auroraMysqlBacktrack = defineRule({
  id: 'RES-DB-007',
  title: 'an Aurora MySQL cluster can be rewound',
  severity: 'warning',
  scope: FailureScope.CORRUPTION,
  why: 'backtracking undoes a bad change in minutes, where a restore makes a new cluster',
  fix: 'set BacktrackWindow, up to 259200 seconds',
  docs: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Managing.Backtrack.html',
  alsoKnownAs: [
    'SecurityHub:RDS.14',
    'Config:AURORA_MYSQL_BACKTRACKING_ENABLED',
    'Prowler:rds_cluster_backtrack_enabled',
    'GuardRegistry:AURORA_MYSQL_BACKTRACKING_ENABLED',
    'cdk-nag:AwsSolutions-RDS14',
    'TrustedAdvisor:Amazon Aurora MySQL cluster backtracking not enabled',
    'Powerpipe-WA-Reliability:rds_db_cluster_aurora_backtracking_enabled',
    'ControlTower:CT.RDS.PR.6',
  ],
  resourceTypes: ['AWS::RDS::DBCluster'],
  evaluate(cluster, { assembly }) {
    const engine = textOf(cluster.property('Engine'));
    if (engine !== 'aurora-mysql' || globalMembersOf(cluster, assembly).length > 0) {
      return NOT_APPLICABLE; // a global database cannot be backtracked
    }
    const window = cluster.property('BacktrackWindow');
    const location = 'Properties.BacktrackWindow';
    const reason = reasonOf(window);
    if (reason !== undefined) {
      return undecided(reason, location);
    }
    return (numberOf(window) ?? 0) > 0 ? PASS : failed('backtracking is off', location);
  },
});
