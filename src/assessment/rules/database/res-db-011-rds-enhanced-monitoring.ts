import { FailureScope } from '../../../core/failure-scope';
import { numberOf, reasonOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';
import { clusterOf } from './members';

/** The operating system of a database is watched. */
export const rdsEnhancedMonitoring = defineRule({
  id: 'RES-DB-011',
  title: 'the operating system of a database is watched',
  severity: 'warning',
  scope: FailureScope.COMPONENT,
  why: 'a host that starves or stalls shows in its own metrics first',
  fix: 'set MonitoringInterval to 60 or less, and a MonitoringRoleArn',
  docs: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.html',
  alsoKnownAs: [
    'SecurityHub:RDS.6',
    'Config:RDS_ENHANCED_MONITORING_ENABLED',
    'GuardRegistry:RDS_ENHANCED_MONITORING_ENABLED',
    'TrustedAdvisor:Amazon RDS DB Instance Enhanced Monitoring not enabled',
    'ControlTower:CT.RDS.PR.2',
  ],
  resourceTypes: ['AWS::RDS::DBInstance'],
  evaluate(instance) {
    const own = instance.property('MonitoringInterval');
    const cluster = clusterOf(instance);
    const interval = own.kind === 'absent' && cluster ? cluster.property('MonitoringInterval') : own;
    const location = 'Properties.MonitoringInterval';
    const reason = reasonOf(interval);
    if (reason !== undefined) {
      return undecided(reason, location);
    }
    return (numberOf(interval) ?? 0) > 0 ? PASS : failed('enhanced monitoring is off', location);
  },
});
