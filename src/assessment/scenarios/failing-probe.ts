import { FailureScope } from '../../core/failure-scope';
import type { Component } from '../graph';
import { isObject, numberOf, type Resource, textOf } from '../model';
import { alarmsOf, canFire, isHeard, metricNames, secondsOf } from './alarms';
import { isLetGo, letsGo } from './load-balancing';
import { assertion, broken, holds, type Observation, type Scenario, unsure } from './scenario';
import type { Scene } from './scene';

export const failingProbe: Scenario = {
  id: 'R15',
  title: 'A probe that asks the database',
  happened:
    'The database fails over for a minute or two; the load balancer, whose probe asks it, takes every healthy node out.',
  when: ['databaseFailover'],
  source: 'https://aws.amazon.com/builders-library/implementing-health-checks/',
  play: (scene) => {
    const all = scene.all;
    const pools = all.filter(({ role }) => role === 'pool');
    const balancers = all.filter(({ resource }) => resource.type === LOAD_BALANCER);
    return [
      assertion(
        "the load balancer's probe does not ask the database",
        pools.map((pool) => shallow(pool, scene)),
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
      assertion(
        'a load balancer lets go of what fails, and takes back what is well',
        pools.map((pool) => letsGo(pool, scene)),
        NO_BALANCER,
      ),
      assertion(
        'clients let go of a load balancer that fails',
        balancers.map((entry) => isLetGo(entry, scene)),
        NO_BALANCER,
      ),
      assertion(
        'what takes over from the database is as large',
        all.filter(isCluster).map((cluster) => isAsLarge(cluster, scene)),
        holds('no database here scales by itself'),
      ),
    ];
  },
};

const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const NO_BALANCER = holds('no load balancer stands here');

function isCluster({ resource, units }: Component): boolean {
  const scales = resource.property('ServerlessV2ScalingConfiguration').kind !== 'absent';
  return resource.type === 'AWS::RDS::DBCluster' && scales && units.length > 1;
}

/**
 * Serverless readers grow with the writer in promotion tiers 0 and 1 only:
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.how-it-works.html
 */
function isAsLarge(cluster: Component, { graph }: Scene): Observation {
  const instances = graph.referring('AWS::RDS::DBInstance', 'DBClusterIdentifier', cluster.resource);
  const tiers = instances.map((instance) => instance.property('PromotionTier'));
  const undecided = tiers.find(({ kind }) => kind === 'unknown');
  const leading = tiers.filter((tier) => tier.kind !== 'unknown' && (numberOf(tier) ?? 1) <= 1);
  if (leading.length >= 2) {
    return holds('two instances grow together', cluster);
  }
  return undecided?.kind === 'unknown'
    ? unsure(undecided.reason, cluster)
    : broken(`instances of ${cluster.path} do not grow with the writer: promotion tier above 1`, cluster);
}

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
