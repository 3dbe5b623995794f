import { entryOf, itemsOf, type Resource, type Value } from '../../model';

/** The types that hold DNS records. */
export const RECORD_TYPES = ['AWS::Route53::RecordSet', 'AWS::Route53::RecordSetGroup'];

/** One DNS record, whether it stands alone or in a group. */
export type DnsRecord = (key: string) => Value;

export function recordsOf(resource: Resource): DnsRecord[] {
  return resource.type === 'AWS::Route53::RecordSetGroup'
    ? itemsOf(resource.property('RecordSets')).map((record) => (key) => entryOf(record, key))
    : [(key) => resource.property(key)];
}

export function isGiven(value: Value): boolean {
  return value.kind !== 'absent';
}
