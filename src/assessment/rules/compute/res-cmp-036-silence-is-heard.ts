import { FailureScope } from '../../../core/failure-scope';
import { type Assembly, type Resource, reasonOf, textOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { type AlarmQuery, comparisonOf, queriesOf } from './alarm-metrics';
import { alarmsAlike } from './alarms-alike';

/** Counts of what is alive: none may be sent when nothing is. */
const LIVING =
  /^(AWS\/(Application|Network|Gateway)?ELB (HealthyHostCount|RequestCount)|ECS\/ContainerInsights RunningTaskCount|AWS\/AutoScaling GroupInServiceInstances|AWS\/VPN TunnelState|AWS\/DX ConnectionState|CloudWatchSynthetics SuccessPercent|AWS\/Backup NumberOf(RecoveryPoints|BackupJobs|CopyJobs)Completed)$/;

/** States and lags of what is alive: a machine that is stopped, or a replica that is gone, sends none. */
const STATES =
  /^(AWS\/EC2 StatusCheckFailed(_Instance|_System)?|AWS\/RDS (AuroraGlobalDB(ReplicationLag|RPOLag|ProgressLag)|ReplicaLag))$/;

export const silenceIsHeard = defineRule({
  id: 'RES-CMP-036',
  title: 'an alarm on whether something lives does not take silence for health',
  severity: 'warning',
  scope: FailureScope.COMPONENT,
  why: 'a machine, a tunnel or a replica that is gone sends no data: an alarm that takes that for health stays green at the worst moment; what silence means of a metric of your own, all your other alarms on it say',
  fix: 'set TreatMissingData to breaching, or to missing where silence may be health, as of a replica that was promoted',
  docs: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html',
  resourceTypes: ['AWS::CloudWatch::Alarm'],
  evaluate: (alarm, { assembly }) => {
    if (!watchesLife(alarm) && !othersHearSilence(alarm, assembly)) {
      return NOT_APPLICABLE;
    }
    const missing = alarm.property('TreatMissingData');
    const reason = reasonOf(missing);
    if (reason !== undefined) {
      return undecided(reason, 'Properties.TreatMissingData');
    }
    const says = textOf(missing) ?? 'missing'; // missing data makes insufficient data, which is no health
    return says === 'notBreaching' || says === 'ignore'
      ? failed(`missing data is ${says}`, 'Properties.TreatMissingData')
      : PASS;
  },
});

/** Alarms on one metric, which dimensions tell apart: three or more, all but this one of which hear silence. */
function othersHearSilence(alarm: Resource, assembly: Assembly): boolean {
  const others = alarmsAlike(alarm, assembly).filter((each) => each !== alarm);
  return others.length > 1 && others.every((each) => textOf(each.property('TreatMissingData')) === 'breaching');
}

function watchesLife(alarm: Resource): boolean {
  const queries = queriesOf(alarm);
  const comparison = comparisonOf(alarm) ?? '';
  return (
    queries.some(({ metric }) => metric !== undefined && STATES.test(metric)) ||
    (comparison.startsWith('LessThan') && queries.some(isLiving)) ||
    queries.some(({ expression }) => expression !== undefined && asksForTooFew(expression, queries))
  );
}

function isLiving({ metric }: AlarmQuery): boolean {
  return metric !== undefined && LIVING.test(metric);
}

/** `healthy < 1`, where `healthy` counts what lives, or is computed from what does. */
function asksForTooFew(expression: string, queries: readonly AlarmQuery[]): boolean {
  const counts = queries.filter(isLiving).flatMap(({ id }) => id ?? []);
  const sums = queries
    .filter((query) => counts.some((id) => mentions(query.expression, id)))
    .flatMap(({ id }) => id ?? []);
  return [...counts, ...sums].some((id) => new RegExp(`\\b${id}\\s*<`).test(expression));
}

function mentions(expression: string | undefined, id: string): boolean {
  return expression !== undefined && new RegExp(`\\b${id}\\b`).test(expression);
}
