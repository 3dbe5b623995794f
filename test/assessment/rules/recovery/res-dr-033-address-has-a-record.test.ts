import { addressHasARecord } from '../../../../src/assessment/rules/recovery/res-dr-033-address-has-a-record';
import { resource } from '../../../support/assessment';
import { testRule } from '../../../support/rules';

const it = (address: unknown, records: unknown[] = [], more: object = {}) => ({
  Metadata: {
    'cdk-resilient-ehr': { systems: { S: { systemName: 'ehr', entryPoints: [{ address, path: 'S/It' }] } } },
  },
  Parameters: { Name: { Type: 'String' } },
  Resources: {
    It: resource('AWS::ElasticLoadBalancingV2::LoadBalancer'),
    ...Object.fromEntries(
      records.map((Name, n) => [`R${n}`, resource('AWS::Route53::RecordSet', { Name, Type: 'A' })]),
    ),
    ...more,
  },
});
const zone = (Name: string) => ({ Zone: resource('AWS::Route53::HostedZone', { Name }) });

testRule(addressHasARecord, [
  { name: 'its record', verdict: 'pass', template: it('ehr.example.org', ['EHR.example.org.']) },
  { name: 'a record for all of the domain', verdict: 'pass', template: it('ehr.example.org', ['\\052.example.org.']) },
  {
    name: 'a record in a group',
    verdict: 'pass',
    template: it('ehr.example.org', [], {
      Group: resource('AWS::Route53::RecordSetGroup', { RecordSets: [{ Name: 'ehr.example.org', Type: 'A' }] }),
    }),
  },
  { name: 'another record of the domain only', verdict: 'fail', template: it('ehr.example.org', ['lab.example.org']) },
  { name: 'an empty zone', verdict: 'fail', template: it('ehr.example.org', [], zone('example.org')) },
  { name: 'names that the hospital keeps elsewhere', verdict: 'unknown', template: it('ehr.example.org') },
  {
    name: 'names of another domain only',
    verdict: 'unknown',
    template: it('ehr.example.org', ['ehr.example.com'], zone('example.com')),
  },
  {
    name: 'a record that a parameter names',
    verdict: 'unknown',
    template: it('ehr.example.org', ['lab.example.org', { Ref: 'Name' }]),
  },
  { name: 'addresses without a name', verdict: 'not-applicable', template: it('10.12.0.10, 10.12.32.10') },
  {
    name: 'an address that is known at deployment',
    verdict: 'not-applicable',
    template: it({ 'Fn::GetAtt': ['It', 'DNSName'] }),
  },
  {
    name: 'no declaration',
    verdict: 'not-applicable',
    template: { Resources: { It: resource('AWS::ElasticLoadBalancingV2::LoadBalancer') } },
  },
]);
