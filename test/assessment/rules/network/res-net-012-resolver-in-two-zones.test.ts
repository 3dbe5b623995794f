import { resolverInTwoZones } from '../../../../src/assessment/rules/network/res-net-012-resolver-in-two-zones';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from './subnets';

const endpoint = (...subnets: unknown[]) =>
  templateOf({
    It: resource('AWS::Route53Resolver::ResolverEndpoint', { IpAddresses: subnets.map((SubnetId) => ({ SubnetId })) }),
  });

testRule(resolverInTwoZones, [
  { name: 'addresses in two zones', verdict: 'pass', template: endpoint(ref('A'), ref('B')) },
  { name: 'two addresses in one zone', verdict: 'fail', template: endpoint(ref('A'), ref('AToo')) },
  { name: 'an imported subnet', verdict: 'unknown', template: endpoint(ref('A'), 'subnet-1') },
  {
    name: 'addresses that are not decided',
    verdict: 'unknown',
    template: templateOf({ It: resource('AWS::Route53Resolver::ResolverEndpoint', { IpAddresses: ref('Ps') }) }),
  },
]);
