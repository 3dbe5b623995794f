import { FailureScope } from '../../core/failure-scope';
import type { Component } from '../graph';
import { entryOf, itemsOf, numberOf, type Resource, textOf } from '../model';
import { broken, holds, type Observation, unsure } from './scenario';
import type { Scene } from './scene';

/** Whether a target group lets go of what fails, takes back what is well, and sends nothing where nothing is well. */
export function letsGo(pool: Component, { system }: Scene): Observation {
  const { resource } = pool;
  const limit = system.objectives.scopes[FailureScope.COMPONENT].rtoSeconds;
  const interval = numberOf(resource.property('HealthCheckIntervalSeconds')) ?? 30;
  const back = interval * (numberOf(resource.property('HealthyThresholdCount')) ?? 5);
  const timeout = numberOf(resource.property('HealthCheckTimeoutSeconds')) ?? 0;
  const running = pool.alternatives.flatMap(({ units }) => units.map(({ count }) => count));
  const total = running.reduce<number>((sum, count) => sum + (typeof count === 'number' ? count : 1), 0);
  const read = (key: string) => attributeOf(resource, 'TargetGroupAttributes', key);
  const problems = [
    timeout >= interval ? `its probe waits ${timeout} s, and starts every ${interval} s` : undefined,
    back > limit * 2 ? `it takes back what is well after ${back} s` : undefined,
    Number(read('deregistration_delay.timeout_seconds') ?? 300) > limit
      ? `it holds on to what leaves for ${read('deregistration_delay.timeout_seconds')} s`
      : undefined,
    read('target_group_health.dns_failover.minimum_healthy_targets.count') === 'off'
      ? 'it keeps the address of a zone in which nothing is well'
      : undefined,
    Number(read('target_group_health.unhealthy_state_routing.minimum_healthy_targets.count') ?? 1) > Math.max(total, 1)
      ? 'it sends requests to what is unhealthy, as more has to be healthy than runs'
      : undefined,
  ];
  const [problem] = problems.filter((one) => one !== undefined);
  if (problem !== undefined) {
    return broken(`${pool.path}: ${problem}`, pool);
  }
  return read('stickiness.enabled') === 'true'
    ? unsure(`say what becomes of a session of ${pool.path} whose task is lost: clients are kept to one`, pool)
    : holds('it does', pool);
}

/** Whether clients let go of a load balancer's node in a lost zone: connections that are kept for hours do not. */
export function isLetGo(entry: Component, { system }: Scene): Observation {
  const limit = system.objectives.scopes[FailureScope.REGION].rtoSeconds;
  const kept = Number(attributeOf(entry.resource, 'LoadBalancerAttributes', 'client_keep_alive.seconds') ?? 3600);
  const idle = Number(attributeOf(entry.resource, 'LoadBalancerAttributes', 'idle_timeout.timeout_seconds') ?? 60);
  if (kept > limit) {
    return broken(`clients of ${entry.path} may keep a connection for ${kept} s`, entry);
  }
  return idle < SHORTEST_ANSWER
    ? broken(`${entry.path} ends connections that are silent for ${idle} s, before an answer can come`, entry)
    : holds('they do', entry);
}

const SHORTEST_ANSWER = 5;

/** A setting that is written as a name and a value. */
export function attributeOf(resource: Resource, property: string, key: string): string | undefined {
  const attribute = itemsOf(resource.property(property)).find((item) => textOf(entryOf(item, 'Key')) === key);
  return attribute && textOf(entryOf(attribute, 'Value'));
}
