import { FailureScope } from '../../../core/failure-scope';
import { type Assembly, booleanOf, entryOf, isObject, type Resource, textOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, type RuleOutcome, undecided } from '../rule';
import { type DnsRecord, isGiven, RECORD_TYPES, recordsOf } from './records';

const rolesByRecord = new WeakMap<Assembly, Map<string, Set<string>>>();

/** Name and type; hosted zones may be written differently in each stack. */
function keyOf(record: DnsRecord): string | undefined {
  const [name, type] = [textOf(record('Name')), textOf(record('Type'))];
  return name === undefined ? undefined : `${name.toLowerCase().replace(/\.$/, '')} ${type}`;
}

function rolesOf(assembly: Assembly, key: string): ReadonlySet<string> {
  let index = rolesByRecord.get(assembly);
  if (!index) {
    index = new Map();
    for (const record of assembly.resourcesOf(...RECORD_TYPES).flatMap(recordsOf)) {
      const [name, role] = [keyOf(record), textOf(record('Failover'))];
      if (name !== undefined && role !== undefined) {
        index.set(name, (index.get(name) ?? new Set()).add(role));
      }
    }
    rolesByRecord.set(assembly, index);
  }
  return index.get(key) ?? new Set();
}

/** A Region that is made from backups after a disaster brings its record along, and until then has nothing to send users to. */
function isMadeAfterwards(resource: Resource): boolean {
  const declared = resource.stack.template.metadata['cdk-resilient-ehr'];
  const systems = isObject(declared) && isObject(declared.systems) ? declared.systems : {};
  return Object.entries(systems).some(
    ([path, system]) =>
      resource.path.startsWith(`${path}/`) &&
      isObject(system) &&
      isObject(system.strategy) &&
      system.strategy.strategyName === 'BACKUP_AND_RESTORE',
  );
}

function judge(record: DnsRecord, resource: Resource, assembly: Assembly): RuleOutcome {
  const [key, role] = [keyOf(record), textOf(record('Failover'))];
  if (key === undefined || role === undefined) {
    return undecided('the name or the failover role is set at deployment', 'Properties.Failover');
  }
  const other = role === 'PRIMARY' ? 'SECONDARY' : 'PRIMARY';
  if (!rolesOf(assembly, key).has(other)) {
    if (role === 'PRIMARY' && isMadeAfterwards(resource)) {
      return NOT_APPLICABLE;
    }
    if (role === 'PRIMARY' && !isGiven(record('HealthCheckId'))) {
      return NOT_APPLICABLE; // alone it always answers, as a simple record does, and leaves room for a second Region
    }
    return failed(`no ${other} for ${key} in these templates`, 'Properties.Failover');
  }
  if (role !== 'PRIMARY' || isGiven(record('HealthCheckId'))) {
    return PASS;
  }
  const evaluated = entryOf(record('AliasTarget'), 'EvaluateTargetHealth');
  if (booleanOf(evaluated) === true) {
    return PASS;
  }
  return isGiven(evaluated) && booleanOf(evaluated) === undefined
    ? undecided('whether the target is watched is set at deployment', 'Properties.AliasTarget')
    : failed(`the PRIMARY of ${key} has no health check`, 'Properties.HealthCheckId');
}

export const failoverPairIsComplete = defineRule({
  id: 'RES-DR-006',
  title: 'failover records come in pairs, and the primary has a health check',
  severity: 'error',
  scope: FailureScope.REGION,
  why: 'a primary without a health check never fails over, and one without a secondary has nowhere to go',
  fix: 'create both records before they are needed, and give the primary a health check',
  docs: 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html',
  alsoKnownAs: ['TrustedAdvisor:Amazon Route 53 Failover Resource Record Sets'],
  resourceTypes: RECORD_TYPES,
  evaluate: (resource, { assembly }) => {
    const records = recordsOf(resource).filter((record) => isGiven(record('Failover')));
    const outcomes = records.map((record) => judge(record, resource, assembly));
    if (outcomes.length === 0) {
      return NOT_APPLICABLE;
    }
    return (
      outcomes.find(({ verdict }) => verdict === 'fail') ??
      outcomes.find(({ verdict }) => verdict === 'unknown') ??
      outcomes.find(({ verdict }) => verdict === 'pass') ??
      NOT_APPLICABLE
    );
  },
});
