import type { Component, Graph } from '../graph';
import { booleanOf, itemsOf, numberOf, type Resource, referencesIn, textOf, type Value } from '../model';
import { FIGURES, open, type Step, seconds, type Time } from '../recovery';

/** How users get from one entry point to the other: by health check where something does it, else by hand. */
export function redirection(from: Component, to: Component, graph: Graph): Step[] {
  const records = graph.assembly.resourcesOf('AWS::Route53::RecordSet');
  const [ours, theirs] = [from, to].map((end) => records.filter((record) => leadsTo(record, end.resource)));
  for (const record of ours) {
    const name = textOf(record.property('Name'));
    const pair = theirs.find((other) => name !== undefined && textOf(other.property('Name')) === name);
    if (!pair || ![record, pair].every(isRouted)) {
      continue;
    }
    if (record.property('HealthCheckId').kind !== 'absent') {
      return [detection(record), expiry(record)];
    }
    if (booleanOf(record.property('AliasTarget', 'EvaluateTargetHealth')) === true) {
      return [FIGURES.targetHealthSeen, expiry(record)];
    }
  }
  const accelerated = graph.assembly
    .resourcesOf('AWS::GlobalAccelerator::EndpointGroup')
    .filter((group) => [from, to].some((end) => refersTo(group, end.resource)));
  if (accelerated.length >= 2) {
    const source = 'judgement: AWS publishes no exact time for Global Accelerator';
    return [{ what: 'Global Accelerator sends new connections to the other Region', time: seconds(60), source }];
  }
  return [FIGURES.dnsChangeByHand];
}

/** One of several records of a name: without a routing policy there can be only one, which leads to one end. */
function isRouted(record: Resource): boolean {
  return ROUTING_POLICIES.some((policy) => record.property(policy).kind !== 'absent');
}

const ROUTING_POLICIES = ['Failover', 'Weight', 'Region', 'GeoLocation', 'GeoProximityLocation', 'MultiValueAnswer'];

function leadsTo(record: Resource, end: Resource): boolean {
  const targets = [record.property('AliasTarget', 'DNSName'), record.property('ResourceRecords')];
  return targets.some((value) => referencesIn(value).some(({ resource }) => resource === end));
}

function refersTo(group: Resource, end: Resource): boolean {
  return referencesIn(group.property('EndpointConfigurations')).some(({ resource }) => resource === end);
}

const HEALTH_CHECKS =
  'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html';

function detection(record: Resource): Step {
  const time = detectionTime(record.property('HealthCheckId'));
  return {
    what: 'Route 53 finds the Region unhealthy',
    time,
    source: `template: interval × threshold; ${HEALTH_CHECKS}`,
  };
}

/** A calculated check turns when fewer children than its threshold are healthy. */
function detectionTime(value: Value, depth = 0): Time {
  const check = value.kind === 'reference' ? value.resource : undefined;
  if (!check || depth > MAX_CALCULATED) {
    return open('the health check is not in these templates');
  }
  const read = (property: string) => check.property('HealthCheckConfig', property);
  const type = textOf(read('Type'));
  if (type === 'CALCULATED') {
    const children = itemsOf(read('ChildHealthChecks')).map((child) => detectionTime(child, depth + 1));
    return calculatedTime(children, numberOf(read('HealthThreshold')) ?? children.length);
  }
  if (type === 'CLOUDWATCH_METRIC' || type === 'RECOVERY_CONTROL') {
    return open(
      type === 'RECOVERY_CONTROL' ? 'somebody turns the routing control' : 'the alarm behind the health check decides',
    );
  }
  const [interval, threshold] = [read('RequestInterval'), read('FailureThreshold')];
  return seconds((numberOf(interval) ?? 30) * (numberOf(threshold) ?? 3));
}

const MAX_CALCULATED = 5;

/** So many children have to fail that fewer than the threshold are left. Alarms and routing controls may not see the loss. */
function calculatedTime(children: readonly Time[], threshold: number): Time {
  if (threshold > children.length) {
    return open('the calculated health check asks for more healthy children than it has: it never is healthy');
  }
  const decided = children.filter((time) => time.open.length === 0).map((time) => time.seconds);
  const needed = children.length - threshold + 1;
  return decided.length >= needed && needed > 0
    ? seconds(decided.sort((one, other) => one - other)[needed - 1])
    : open(`${needed} children of the calculated health check have to fail, and ${decided.length} surely do`);
}

function expiry(record: Resource): Step {
  const ttl = numberOf(record.property('TTL')) ?? 60;
  return { what: 'cached addresses expire', time: seconds(ttl), source: `template: TTL; an alias has 60 s` };
}
