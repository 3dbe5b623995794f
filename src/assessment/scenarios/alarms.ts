import { FailureScope } from '../../core/failure-scope';
import { booleanOf, entryOf, itemsOf, numberOf, type Resource, referencesIn, textOf, textsIn } from '../model';
import { attributeOf } from './load-balancing';
import { broken, holds, type Observation } from './scenario';
import type { Scene } from './scene';

/** Alarms in the Regions of a system. */
export function alarmsOf(scene: Scene): readonly Resource[] {
  return scene.around('AWS::CloudWatch::Alarm');
}

/** Whether somebody hears an alarm, or something acts on it. */
export function isHeard(alarm: Resource, scene: Scene): Observation {
  const off = booleanOf(alarm.property('ActionsEnabled')) === false;
  const acts = ['AlarmActions', 'InsufficientDataActions'].some((name) => alarm.property(name).kind !== 'absent');
  if (acts && !off) {
    return holds('it tells somebody', alarm);
  }
  return isUsed(alarm, scene) ? holds('something else acts on it', alarm) : broken(`${alarm.path} tells nobody`, alarm);
}

/** Composite alarms, health checks and deployments act on alarms that tell nobody themselves. */
function isUsed(alarm: Resource, scene: Scene): boolean {
  const name = textOf(alarm.property('AlarmName'));
  const users = [
    ...scene.graph.assembly.resourcesOf('AWS::CloudWatch::CompositeAlarm').map((user) => user.property('AlarmRule')),
    ...scene.graph.assembly.resourcesOf('AWS::Route53::HealthCheck').map((user) => user.property('HealthCheckConfig')),
    ...scene.around('AWS::ECS::Service').map((user) => user.property('DeploymentConfiguration', 'Alarms')),
  ];
  return users.some(
    (value) =>
      referencesIn(value).some(({ resource }) => resource === alarm) ||
      (name !== undefined && textsIn(value).some((text) => text.includes(name))),
  );
}

/** What is looked at less often than once an hour, such as backups of a day, is no failure under way. */
const HOUR = 3600;

/** Whether an alarm can fire at all, and before the longest time that recovery may take is over. */
export function canFire(alarm: Resource, scene: Scene): Observation {
  const { system } = scene;
  const limit = system.objectives.scopes[FailureScope.REGION].rtoSeconds;
  const seconds = secondsOf(alarm);
  if (seconds !== undefined && seconds > limit && (periodOf(alarm) ?? HOUR) < HOUR) {
    return broken(`${alarm.path} fires after ${seconds} s, when recovery has to be over`, alarm);
  }
  const reason = whyNever(alarm, scene);
  return reason === undefined ? holds('it can fire', alarm) : broken(`${alarm.path} ${reason}`, alarm);
}

function whyNever(alarm: Resource, scene: Scene): string | undefined {
  const { rpoSeconds } = scene.system.objectives.scopes[FailureScope.REGION];
  const threshold = numberOf(alarm.property('Threshold'));
  if (threshold === undefined) {
    return undefined;
  }
  const comparison = textOf(alarm.property('ComparisonOperator')) ?? '';
  const names = metricNames(alarm);
  if (!comparison.startsWith('GreaterThan')) {
    return whyNotBelow(alarm, threshold, comparison, names);
  }
  const most = Math.min(
    ...names.map((name) => mostOf(name, scene)),
    isPercentage(alarm) ? 100 : Number.POSITIVE_INFINITY,
  );
  if (threshold > most) {
    return `never fires: its metric ends at ${most}, its threshold is ${threshold}`;
  }
  const unit = lagUnit(alarm, names);
  return unit !== undefined && threshold * unit > rpoSeconds
    ? `tolerates a lag of ${threshold * unit} s, more than may be lost`
    : undefined;
}

/** What is left of something: it is still there when it is short, and says so. */
const RESERVES = /^Free|Freeable|Available|Balance|Remaining|Headroom|HitRate|DaysToExpiry/;

/** What counts the living says nothing when all are gone. */
function whyNotBelow(
  alarm: Resource,
  threshold: number,
  comparison: string,
  names: readonly string[],
): string | undefined {
  if (comparison.includes('OrEqual') ? threshold < 0 : threshold <= 0) {
    return `never fires: nothing is less than ${threshold}`;
  }
  if (names.length > 0 && names.every((name) => RESERVES.test(name))) {
    return undefined;
  }
  return textOf(alarm.property('TreatMissingData')) === 'breaching'
    ? undefined
    : 'takes silence for health: too few of something may be none, which sends no data';
}

/** The largest value that a metric takes, where it has one. PostgreSQL stops writing before two billion transactions. */
function mostOf(name: string, scene: Scene): number {
  if (/(Utilization|Percent|Percentage)$/.test(name)) {
    return 100;
  }
  switch (name) {
    case 'MaximumUsedTransactionIDs':
      return 2 ** 31;
    case 'HealthyHostCount':
    case 'UnHealthyHostCount':
      return scene.once('most targets', () => mostTargets(scene));
    case 'TargetResponseTime':
      return scene.once('longest wait', () => longestWait(scene));
    default:
      return Number.POSITIVE_INFINITY;
  }
}

/** As many targets as run behind the largest target group, scaled out. */
function mostTargets(scene: Scene): number {
  const pools = scene.all.filter(({ role }) => role === 'pool');
  const counts = pools.flatMap(({ alternatives }) =>
    alternatives.flatMap(({ units }) => units.map(({ count }) => count)),
  );
  const most = scene.around('AWS::ApplicationAutoScaling::ScalableTarget', 'AWS::AutoScaling::AutoScalingGroup');
  const sizes = most.map((target) => numberOf(target.property('MaxCapacity')) ?? numberOf(target.property('MaxSize')));
  const known = [...counts, ...sizes].filter((count): count is number => typeof count === 'number');
  return counts.length === 0 || counts.some((count) => typeof count !== 'number')
    ? Number.POSITIVE_INFINITY
    : known.reduce((sum, count) => sum + count, 0);
}

/** A load balancer ends a request after a silence as long as its idle timeout, 60 s if nothing is said. */
function longestWait(scene: Scene): number {
  const waits = scene
    .around('AWS::ElasticLoadBalancingV2::LoadBalancer')
    .map((balancer) => attributeOf(balancer, 'LoadBalancerAttributes', 'idle_timeout.timeout_seconds') ?? '60');
  return waits.some((wait) => !Number.isFinite(Number(wait)))
    ? Number.POSITIVE_INFINITY
    : Math.max(...waits.map(Number));
}

/** An expression that starts with a hundred times a share. */
function isPercentage(alarm: Resource): boolean {
  return itemsOf(alarm.property('Metrics')).some((query) =>
    /^100 \* /.test(textOf(entryOf(query, 'Expression')) ?? ''),
  );
}

const IN_SECONDS = ['ReplicationLatency', 'ReplicaLag', 'ReplicationLag'];

/** What a reader of one cluster lags is not lost, but not seen either, by whoever reads from it. */
const IN_MILLISECONDS = ['AuroraGlobalDBReplicationLag', 'AuroraReplicaLag', 'AuroraReplicaLagMaximum'];

/** Seconds in the unit that a lag is compared in: expressions that divide by 1000 make seconds. */
function lagUnit(alarm: Resource, names: readonly string[]): number | undefined {
  const inSeconds = itemsOf(alarm.property('Metrics')).some((query) =>
    /\/\s*1000\b/.test(textOf(entryOf(query, 'Expression')) ?? ''),
  );
  const milliseconds = inSeconds ? 1 : 0.001;
  if (names.some((name) => IN_SECONDS.includes(name))) {
    // Amazon S3 counts seconds, Amazon DynamoDB milliseconds under the same name
    return namespaces(alarm).includes('AWS/DynamoDB') ? milliseconds : 1;
  }
  return names.some((name) => IN_MILLISECONDS.includes(name)) ? milliseconds : undefined;
}

/** The metrics that an alarm looks at. */
export function metricNames(alarm: Resource): string[] {
  return ofMetrics(alarm, 'MetricName');
}

function namespaces(alarm: Resource): string[] {
  return ofMetrics(alarm, 'Namespace');
}

function ofMetrics(alarm: Resource, property: 'MetricName' | 'Namespace'): string[] {
  const metrics = itemsOf(alarm.property('Metrics')).map((query) => entryOf(entryOf(query, 'MetricStat'), 'Metric'));
  const values = [alarm.property(property), ...metrics.map((metric) => entryOf(metric, property))];
  return values.flatMap((value) => textOf(value) ?? []);
}

/** How long a metric has to be bad until an alarm fires; undefined where the template does not decide it. */
export function secondsOf(alarm: Resource): number | undefined {
  const period = periodOf(alarm);
  const count = numberOf(alarm.property('EvaluationPeriods'));
  return period === undefined || count === undefined ? undefined : period * count;
}

function periodOf(alarm: Resource): number | undefined {
  const inQueries = itemsOf(alarm.property('Metrics')).map(
    (query) => numberOf(entryOf(entryOf(query, 'MetricStat'), 'Period')) ?? 0,
  );
  return numberOf(alarm.property('Period')) ?? (inQueries.length > 0 ? Math.max(...inQueries) : undefined);
}
