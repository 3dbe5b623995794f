import { FailureScope } from '../../../core/failure-scope';
import { itemsOf, reasonOf, textOf } from '../../model';
import { needsZones, zonesOfSubnets } from '../network/zones';
import { defineRule, failed, NOT_APPLICABLE, undecided } from '../rule';

const PATH = ['EndpointConfiguration', 'VpcEndpointIds'];

export const privateApi = defineRule({
  id: 'RES-ING-016',
  title: 'a private api is reached through an endpoint in at least two zones',
  severity: 'error',
  scope: FailureScope.AVAILABILITY_ZONE,
  why: 'a private api has no other way in than its endpoint',
  fix: 'name an endpoint with subnets of two zones or more',
  docs: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-apis.html',
  alsoKnownAs: ['ResilienceHub:Amazon API Gateway/Private API Multi-AZ deployment'],
  resourceTypes: ['AWS::ApiGateway::RestApi'],
  evaluate: (api) => {
    const types = itemsOf(api.property('EndpointConfiguration', 'Types')).map(textOf);
    if (!types.includes('PRIVATE')) {
      return NOT_APPLICABLE;
    }
    const endpoints = itemsOf(api.property(...PATH));
    if (endpoints.length === 0) {
      return undecided('any endpoint of the account may lead to it', `Properties.${PATH.join('.')}`);
    }
    const outcomes = endpoints.map((endpoint) =>
      endpoint.kind === 'reference'
        ? needsZones(zonesOfSubnets(endpoint.resource.property('SubnetIds')), 2, 'its endpoint stands in')
        : undecided(reasonOf(endpoint) ?? `endpoint ${textOf(endpoint)} is not in the templates`),
    );
    return (
      outcomes.find(({ verdict }) => verdict === 'pass') ??
      outcomes.find(({ verdict }) => verdict === 'unknown') ??
      failed('its endpoint stands in one zone only', `Properties.${PATH.join('.')}`)
    );
  },
});
