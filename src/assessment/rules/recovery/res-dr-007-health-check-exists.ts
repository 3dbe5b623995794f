import { FailureScope } from '../../../core/failure-scope';
import { reasonOf, textOf, type Value } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, type RuleOutcome, undecided } from '../rule';
import { isGiven, RECORD_TYPES, recordsOf } from './records';

const LOCATION = 'Properties.HealthCheckId';
/** A Region switch plan hands out health checks of its own. */
const MAKERS = ['AWS::Route53::HealthCheck', 'AWS::ARCRegionSwitch::Plan'];
const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function judge(value: Value): RuleOutcome {
  if (value.kind === 'reference') {
    return MAKERS.includes(value.resource.type)
      ? PASS
      : failed(`refers to ${value.resource.path}, which is no health check`, LOCATION);
  }
  const id = textOf(value);
  if (id === undefined) {
    return undecided(reasonOf(value) ?? 'set at deployment', LOCATION);
  }
  return ID.test(id)
    ? undecided(`whether health check ${id} exists is not known here`, LOCATION)
    : failed(`${id} is no id of a health check`, LOCATION);
}

export const healthCheckOfRecordExists = defineRule({
  id: 'RES-DR-007',
  title: 'the health check of a record is one that exists',
  severity: 'error',
  scope: FailureScope.REGION,
  why: 'a record whose health check is gone counts as healthy for ever, and traffic stays with what is lost',
  fix: 'refer to the health check by Ref, in the same stack as the record',
  docs: 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html',
  alsoKnownAs: ['TrustedAdvisor:Amazon Route 53 Deleted Health Checks'],
  resourceTypes: RECORD_TYPES,
  evaluate: (resource) => {
    const ids = recordsOf(resource).map((record) => record('HealthCheckId'));
    const outcomes = ids.filter(isGiven).map(judge);
    if (outcomes.length === 0) {
      return NOT_APPLICABLE;
    }
    return (
      outcomes.find(({ verdict }) => verdict === 'fail') ??
      outcomes.find(({ verdict }) => verdict === 'unknown') ??
      PASS
    );
  },
});
