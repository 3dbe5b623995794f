import { FailureScope } from '../../../core/failure-scope';
import { type Assembly, isObject, type Resource, reasonOf, textOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { RECORD_TYPES, recordsOf } from './records';

const HOST = /^(?=.*[a-z])[a-z0-9-]+(?:\.[a-z0-9-]+)+$/;

/** What the records and zones of an assembly answer for. */
interface Names {
  readonly records: ReadonlySet<string>;
  /** Domains that the templates hold records of, right below. */
  readonly domains: ReadonlySet<string>;
  /** Why the name of some record is not decided. */
  readonly open?: string;
}

const namesByAssembly = new WeakMap<Assembly, Names>();

export const addressHasARecord = defineRule({
  id: 'RES-DR-033',
  title: 'the address that users know has a record',
  severity: 'warning',
  scope: FailureScope.REGION,
  why: 'an address that nothing answers for leads nobody to the system, neither today nor after a failover',
  fix: 'create a record of the declared address that leads to the load balancer, or correct the declaration',
  docs: 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-to-elb-load-balancer.html',
  resourceTypes: ['AWS::ElasticLoadBalancingV2::LoadBalancer'],
  evaluate: (balancer, { assembly }) => {
    const addresses = declaredAt(balancer).filter((address) => HOST.test(address));
    if (addresses.length === 0) {
      return NOT_APPLICABLE; // nothing declared, or addresses without names
    }
    const { records, domains, open } = namesIn(assembly);
    const missing = addresses.filter((address) => !records.has(address) && !records.has(`*.${parentOf(address)}`));
    if (missing.length === 0) {
      return PASS;
    }
    if (open !== undefined) {
      return undecided(open);
    }
    const unanswered = missing.find((address) => domains.has(parentOf(address)));
    return unanswered === undefined
      ? undecided(`the zone of ${missing[0]} is not in these templates`)
      : failed(`no record of ${unanswered}, though its zone is in these templates`);
  },
});

/** Addresses that a system of the same stack declares for a load balancer. */
function declaredAt({ path, stack }: Resource): string[] {
  const declared = stack.template.metadata['cdk-resilient-ehr'];
  const systems = isObject(declared) && isObject(declared.systems) ? Object.values(declared.systems) : [];
  return systems
    .flatMap((system) => (isObject(system) && Array.isArray(system.entryPoints) ? system.entryPoints : []))
    .flatMap((entry) =>
      isObject(entry) && entry.path === path && typeof entry.address === 'string' ? [plain(entry.address)] : [],
    );
}

function namesIn(assembly: Assembly): Names {
  const known = namesByAssembly.get(assembly) ?? readNames(assembly);
  namesByAssembly.set(assembly, known);
  return known;
}

function readNames(assembly: Assembly): Names {
  const values = assembly.resourcesOf(...RECORD_TYPES).flatMap((resource) => recordsOf(resource).map((r) => r('Name')));
  const records = values.flatMap((value) => plain(textOf(value) ?? '') || []);
  const zones = assembly
    .resourcesOf('AWS::Route53::HostedZone')
    .flatMap((zone) => plain(textOf(zone.property('Name')) ?? '') || []);
  const open = values.find((value) => textOf(value) === undefined);
  return {
    records: new Set(records),
    domains: new Set([...zones, ...records.map(parentOf)]),
    open: open && (reasonOf(open) ?? 'the name of a record is not decided'),
  };
}

function plain(name: string): string {
  return name.toLowerCase().replace(/\.$/, '').replace('\\052', '*');
}

function parentOf(name: string): string {
  return name.slice(name.indexOf('.') + 1);
}
