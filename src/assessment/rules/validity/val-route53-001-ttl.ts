import { entryOf, itemsOf, type Resource, reasonOf, textOf, type Value } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

function ttlsOf(resource: Resource): Value[] {
  const ttls =
    resource.type === 'AWS::Route53::RecordSetGroup'
      ? itemsOf(resource.property('RecordSets')).map((record) => entryOf(record, 'TTL'))
      : [resource.property('TTL')];
  return ttls.filter(({ kind }) => kind !== 'absent');
}

export const ttlIsANumber = defineRule({
  id: 'VAL-ROUTE53-001',
  title: 'the TTL of a record is a whole number of seconds',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'CloudFormation takes any text for TTL, Route 53 only numbers',
  fix: 'set TTL to a number of seconds, such as 60',
  docs: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-route53-recordset.html',
  resourceTypes: ['AWS::Route53::RecordSet', 'AWS::Route53::RecordSetGroup'],
  evaluate: (resource) => {
    const ttls = ttlsOf(resource);
    if (ttls.length === 0) {
      return NOT_APPLICABLE;
    }
    const wrong = ttls.map(textOf).find((text) => text !== undefined && !/^\d{1,10}$/.test(text));
    if (wrong !== undefined) {
      return failed(`TTL ${wrong}`, 'Properties.TTL');
    }
    const open = ttls.find((ttl) => textOf(ttl) === undefined);
    return open ? undecided(reasonOf(open) ?? 'no number', 'Properties.TTL') : PASS;
  },
});
