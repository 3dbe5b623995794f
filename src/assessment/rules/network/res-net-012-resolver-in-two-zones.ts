import { FailureScope } from '../../../core/failure-scope';
import { entryOf, itemsOf, reasonOf } from '../../model';
import { defineRule, undecided } from '../rule';
import { needsZones, zonesOfSubnets } from './zones';

export const resolverInTwoZones = defineRule({
  id: 'RES-NET-012',
  title: 'a resolver endpoint has addresses in at least two zones',
  severity: 'error',
  scope: FailureScope.AVAILABILITY_ZONE,
  why: 'names between hospital and cloud are no longer found when the only zone fails',
  fix: 'give the endpoint addresses in subnets of two zones or more',
  docs: 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-choose-vpc.html',
  alsoKnownAs: ['TrustedAdvisor:Amazon Route 53 Resolver Endpoint Availability Zone Redundancy'],
  resourceTypes: ['AWS::Route53Resolver::ResolverEndpoint'],
  evaluate: (endpoint) => {
    const addresses = endpoint.property('IpAddresses');
    if (addresses.kind === 'unknown') {
      return undecided(reasonOf(addresses) ?? 'its addresses are not decided', 'Properties.IpAddresses');
    }
    const subnets = itemsOf(addresses).map((address) => entryOf(address, 'SubnetId'));
    return needsZones(
      zonesOfSubnets({ kind: 'list', items: subnets }),
      2,
      'its addresses lie in',
      'Properties.IpAddresses',
    );
  },
});
