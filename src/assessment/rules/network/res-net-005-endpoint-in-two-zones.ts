import { FailureScope } from '../../../core/failure-scope';
import { reasonOf, textOf } from '../../model';
import { defineRule, NOT_APPLICABLE, undecided } from '../rule';
import { needsZones, zonesOfSubnets } from './zones';

export const endpointInTwoZones = defineRule({
  id: 'RES-NET-005',
  title: 'an interface endpoint has network interfaces in at least two zones',
  severity: 'error',
  scope: FailureScope.AVAILABILITY_ZONE,
  why: 'an endpoint of one zone takes its service from the whole vpc when that zone fails',
  fix: 'give the endpoint a subnet in each zone that runs something',
  docs: 'https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html',
  alsoKnownAs: [
    'Prowler:vpc_endpoint_multi_az_enabled',
    'TrustedAdvisor:VPC interface endpoint network interfaces in multiple AZs',
  ],
  resourceTypes: ['AWS::EC2::VPCEndpoint'],
  evaluate: (endpoint) => {
    const type = endpoint.property('VpcEndpointType');
    if (type.kind === 'unknown') {
      return undecided(reasonOf(type) ?? 'its type is not decided');
    }
    return textOf(type) === 'Interface'
      ? needsZones(
          zonesOfSubnets(endpoint.property('SubnetIds')),
          2,
          'its network interfaces stand in',
          'Properties.SubnetIds',
        )
      : NOT_APPLICABLE;
  },
});
