import { FailureScope } from '../../../core/failure-scope';
import { entryOf, textOf, type Value } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

const LOCATION = 'Properties.ReplicationConfiguration.Rules';

function isEmpty(value: Value): boolean {
  return value.kind === 'absent' || textOf(value) === '';
}

/** Whether a rule takes all objects: no prefix, and no tags. */
function takesAll(rule: Value): boolean {
  const filter = entryOf(rule, 'Filter');
  return (
    isEmpty(entryOf(rule, 'Prefix')) &&
    isEmpty(entryOf(filter, 'Prefix')) &&
    ['TagFilter', 'And'].every((key) => entryOf(filter, key).kind === 'absent')
  );
}

export const everyObjectIsReplicated = defineRule({
  id: 'RES-DR-020',
  title: 'an enabled replication rule takes every object',
  severity: 'warning',
  scope: FailureScope.REGION,
  why: 'objects outside of the prefix or the tags of a rule, and everything while it is disabled, are in one Region only',
  fix: 'enable a rule with an empty Filter',
  docs: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html',
  resourceTypes: ['AWS::S3::Bucket'],
  evaluate: (resource) => {
    const rules = resource.property('ReplicationConfiguration', 'Rules');
    if (rules.kind === 'absent') {
      return NOT_APPLICABLE;
    }
    if (rules.kind !== 'list') {
      return undecided('the rules are set at deployment', LOCATION);
    }
    const status = rules.items.map((rule) => textOf(entryOf(rule, 'Status')));
    const enabled = rules.items.filter((_, index) => status[index] === 'Enabled');
    if (enabled.some(takesAll)) {
      return PASS;
    }
    if (status.includes(undefined)) {
      return undecided('whether a rule is enabled is set at deployment', LOCATION);
    }
    return failed(enabled.length === 0 ? 'no rule is enabled' : 'rules take only some objects', LOCATION);
  },
});
