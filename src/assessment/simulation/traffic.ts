import type { Component, Graph } from '../graph';
import { numberOf, type Resource, referencesIn, textOf } from '../model';
import { FIGURES, type Step, seconds } from '../recovery';

/** How users get from one entry point to the other: by health check where something does it, else by hand. */
export function redirection(from: Component, to: Component, graph: Graph): Step[] {
  const records = graph.assembly.resourcesOf('AWS::Route53::RecordSet');
  const [ours, theirs] = [from, to].map((end) => records.filter((record) => leadsTo(record, end.resource)));
  for (const record of ours) {
    const name = textOf(record.property('Name'));
    const pair = theirs.find((other) => name !== undefined && textOf(other.property('Name')) === name);
    if (pair && record.property('HealthCheckId').kind !== 'absent') {
      return [detection(record), expiry(record)];
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
  const check = record.property('HealthCheckId');
  const read = (property: string) =>
    check.kind === 'reference' ? numberOf(check.resource.property('HealthCheckConfig', property)) : undefined;
  const interval = read('RequestInterval') ?? 30;
  const threshold = read('FailureThreshold') ?? 3;
  const source = `template: ${interval} s × ${threshold}; ${HEALTH_CHECKS}`;
  return { what: 'Route 53 finds the Region unhealthy', time: seconds(interval * threshold), source };
}

function expiry(record: Resource): Step {
  const ttl = numberOf(record.property('TTL')) ?? 60;
  return { what: 'cached addresses expire', time: seconds(ttl), source: `template: TTL; an alias has 60 s` };
}
