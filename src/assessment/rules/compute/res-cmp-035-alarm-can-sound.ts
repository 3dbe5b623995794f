import { FailureScope } from '../../../core/failure-scope';
import { numberOf, type Resource, reasonOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { comparisonOf, queriesOf } from './alarm-metrics';
import { limitOf } from './metric-limits';

export const alarmCanSound = defineRule({
  id: 'RES-CMP-035',
  title: 'an alarm has a threshold that its metric can cross',
  severity: 'error',
  scope: FailureScope.COMPONENT,
  why: 'metrics of aws services are never below nought, states end at 1, shares at 100 and stores at what their service allows: an alarm that waits for more is silent for ever',
  fix: 'set Threshold within what the metric can show, or compare with its limit included',
  docs: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html',
  resourceTypes: ['AWS::CloudWatch::Alarm'],
  evaluate: (alarm) => {
    const comparison = comparisonOf(alarm);
    const edge = edgeOf(alarm, comparison);
    if (edge === undefined) {
      return NOT_APPLICABLE;
    }
    const operator = alarm.property('ComparisonOperator');
    const threshold = alarm.property('Threshold');
    const limit = numberOf(threshold);
    if (limit === undefined || comparison === undefined) {
      return undecided(
        reasonOf(threshold) ?? reasonOf(operator) ?? 'its threshold is not decided',
        'Properties.Threshold',
      );
    }
    const beyond = comparison.startsWith('Less') ? limit < edge : limit > edge;
    const atTheEdge = limit === edge && !comparison.endsWith('OrEqualTo');
    const says = comparison.startsWith('Less') ? `less than ${limit}` : `more than ${edge}`;
    return beyond || atTheEdge ? failed(`nothing is ${says}`, 'Properties.Threshold') : PASS;
  },
});

/** Minus one where nothing is replicated: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_MySQL.Replication.ReadReplicas.Monitor.html */
const BELOW_NOUGHT = /^AWS\/RDS (ReplicaLag|AuroraBinlogReplicaLag)$/;

/** The least or the most that can be seen, whichever way the alarm looks; undefined where there is none. */
function edgeOf(alarm: Resource, comparison: string | undefined): number | undefined {
  const queries = queriesOf(alarm);
  const [first] = queries;
  const counts = queries.length === 1 && first.metric?.startsWith('AWS/') === true && !BELOW_NOUGHT.test(first.metric);
  if (comparison === undefined || /^LessThan(OrEqualTo)?$/.test(comparison)) {
    return counts ? 0 : undefined;
  }
  return /^GreaterThan(OrEqualTo)?$/.test(comparison) ? limitOf(queries) : undefined;
}
