import { FailureScope } from '../../../core/failure-scope';
import {
  activationSteps,
  entryOf,
  everyStep,
  itemsOf,
  type Resource,
  referencesIn,
  textOf,
  type Value,
} from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, type RuleOutcome, undecided } from '../rule';

export const planMovesRecordsWithItsHealthChecks = defineRule({
  id: 'RES-DR-030',
  title: 'records that a region switch plan moves have the health checks that the plan makes',
  severity: 'error',
  scope: FailureScope.REGION,
  why: 'the plan turns health checks of its own: records with other ones, or none, stay where they are',
  fix: 'give both records of the name a health check of the plan, from its attribute PlanHealthChecks',
  docs: 'https://docs.aws.amazon.com/r53recovery/latest/dg/route53-health-check-block.html',
  resourceTypes: ['AWS::ARCRegionSwitch::Plan'],
  evaluate: (plan, { assembly }) => {
    const regions = itemsOf(plan.property('Regions')).flatMap((region) => textOf(region) ?? []);
    const names = regions
      .map((region) => activationSteps(plan, region))
      .flatMap((steps) => ('kind' in steps ? [] : everyStep(steps)))
      .filter(({ block }) => block === 'Route53HealthCheckConfig')
      .map(({ configuration }) => entryOf(configuration, 'RecordName'));
    const records = assembly.resourcesOf('AWS::Route53::RecordSet');
    const outcomes = names.map((name) => judge(plan, name, records));
    return (
      outcomes.find(({ verdict }) => verdict === 'fail') ??
      outcomes.find(({ verdict }) => verdict === 'unknown') ??
      (outcomes.length === 0 ? NOT_APPLICABLE : PASS)
    );
  },
});

function judge(plan: Resource, name: Value, records: readonly Resource[]): RuleOutcome {
  const wanted = bare(name);
  const named = records.filter((record) => wanted !== undefined && bare(record.property('Name')) === wanted);
  if (named.length === 0) {
    return undecided('the records that it moves are not in the templates', 'Properties.Workflows');
  }
  const without = named.find((record) => record.property('HealthCheckId').kind === 'absent');
  if (without) {
    return failed(`record ${without.path} has no health check`, 'Properties.Workflows');
  }
  const other = named
    .flatMap((record) => referencesIn(record.property('HealthCheckId')).map(({ resource }) => ({ record, resource })))
    .find(({ resource }) => resource !== plan);
  if (other) {
    return failed(`record ${other.record.path} has the health check ${other.resource.path}`, 'Properties.Workflows');
  }
  return named.every((record) => referencesIn(record.property('HealthCheckId')).length > 0)
    ? PASS
    : undecided('the health check of a record is decided at deployment', 'Properties.Workflows');
}

/** Names are written with or without the final dot. */
function bare(name: Value): string | undefined {
  return textOf(name)?.replace(/\.$/, '').toLowerCase();
}
