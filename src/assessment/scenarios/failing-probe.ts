import { FailureScope } from '../../core/failure-scope';
import type { Component } from '../graph';
import { isObject, type Resource, textOf } from '../model';
import { alarmsOf, canFire, isHeard, metricNames, secondsOf } from './alarms';
import { assertion, broken, holds, type Observation, type Scenario, unsure } from './scenario';
import type { Scene } from './scene';

export const failingProbe: Scenario = {
  id: 'R15',
  title: 'A probe that asks the database',
  happened:
    'The database fails over for a minute or two; the load balancer, whose probe asks it, takes every healthy node out.',
  when: ['databaseFailover'],
  source: 'https://aws.amazon.com/builders-library/implementing-health-checks/',
  play: (scene) => [
    assertion(
      "the load balancer's probe does not ask the database",
      scene.reach.filter(({ role }) => role === 'pool').map((pool) => shallow(pool, scene)),
      holds('no load balancer probes anything'),
    ),
    assertion('connections give up before the probe does', [
      unsure("compare the timeout of the application's connection pool with the probe's"),
    ]),
    assertion(
      'an alarm tells within the objective that users get errors',
      scene.entries.map((entry) => alarmed(entry.component, scene)),
    ),
    assertion(
      'every alarm tells somebody',
      alarmsOf(scene).map((alarm) => isHeard(alarm, scene)),
      NO_ALARM,
    ),
    assertion(
      'every alarm can fire, and in time',
      alarmsOf(scene).map((alarm) => canFire(alarm, scene)),
      NO_ALARM,
    ),
  ],
};

const NO_ALARM = broken('no alarm is set where the system runs');

function shallow(pool: Component, { declarations }: Scene): Observation {
  const { resource } = pool;
  const protocol = textOf(resource.property('HealthCheckProtocol')) ?? textOf(resource.property('Protocol')) ?? 'HTTP';
  if (!protocol.startsWith('HTTP')) {
    return holds('it only connects', pool);
  }
  const path = textOf(resource.property('HealthCheckPath')) ?? '/';
  const declared = declarations.map(({ health }) => (isObject(health) ? health : {}));
  if (declared.some(({ deepPath }) => deepPath === path)) {
    return broken(`${pool.path} probes ${path}, which is declared to ask the database`, pool);
  }
  return declared.some((health) => health.path === path)
    ? holds(`${path} is declared as the shallow probe`, pool)
    : unsure(`say what ${path} asks: declare a HealthProfile`, pool);
}

/** A metric that users' errors show in, at most this late. */
function alarmed(entry: Component, scene: Scene): Observation {
  const limit = scene.system.objectives.scopes[FailureScope.COMPONENT].rtoSeconds;
  if (entry.role !== 'entry') {
    return holds('nobody enters here', entry);
  }
  const alarms = alarmsOf(scene).filter(showsErrors);
  if (alarms.length === 0) {
    return broken(`no alarm tells that users of ${entry.path} get errors`, entry);
  }
  const times = alarms.map(secondsOf);
  if (times.some((time) => time !== undefined && time <= limit)) {
    return holds('an alarm tells in time', entry);
  }
  return times.includes(undefined)
    ? unsure('give the periods of the alarms: the template does not decide them', ...alarms)
    : broken(`every alarm on errors takes longer than ${limit} s`, ...alarms);
}

const ERRORS =
  /^(HTTPCode_(Target|ELB)_5XX_Count|HTTPCode_Backend_5XX|5XXError|5xxErrorRate|UnHealthyHostCount|HealthyHostCount|HealthCheckStatus|SuccessPercent)$/;

function showsErrors(alarm: Resource): boolean {
  return metricNames(alarm).some((name) => ERRORS.test(name));
}
