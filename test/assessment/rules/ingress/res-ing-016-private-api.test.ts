import { privateApi } from '../../../../src/assessment/rules/ingress/res-ing-016-private-api';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const api = (SubnetIds: unknown[], VpcEndpointIds: unknown[] = [ref('Endpoint')]) =>
  templateOf({
    It: resource('AWS::ApiGateway::RestApi', { EndpointConfiguration: { Types: ['PRIVATE'], VpcEndpointIds } }),
    Endpoint: resource('AWS::EC2::VPCEndpoint', { SubnetIds }),
  });

testRule(privateApi, [
  { name: 'an endpoint in two zones', verdict: 'pass', template: api([ref('A'), ref('B')]) },
  { name: 'an endpoint in one zone', verdict: 'fail', template: api([ref('A')]) },
  { name: 'an endpoint of another stack', verdict: 'unknown', template: api([], ['vpce-1']) },
  { name: 'no endpoint is named', verdict: 'unknown', template: api([], []) },
  {
    name: 'a regional api',
    verdict: 'not-applicable',
    template: templateOf({
      It: resource('AWS::ApiGateway::RestApi', { EndpointConfiguration: { Types: ['REGIONAL'] } }),
    }),
  },
]);
