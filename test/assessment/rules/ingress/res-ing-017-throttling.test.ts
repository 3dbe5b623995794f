import { throttling } from '../../../../src/assessment/rules/ingress/res-ing-017-throttling';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const limit = { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 50 };

testRule(throttling, [
  {
    name: 'a rest api with a limit',
    verdict: 'pass',
    template: templateOf({
      It: resource('AWS::ApiGateway::Stage', { MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', ...limit }] }),
    }),
  },
  {
    name: 'an http api with a limit',
    verdict: 'pass',
    template: templateOf({ It: resource('AWS::ApiGatewayV2::Stage', { DefaultRouteSettings: limit }) }),
  },
  { name: 'none', verdict: 'fail', template: templateOf({ It: resource('AWS::ApiGateway::Stage') }) },
  {
    name: 'a rate only',
    verdict: 'fail',
    template: templateOf({
      It: resource('AWS::ApiGatewayV2::Stage', { DefaultRouteSettings: { ThrottlingRateLimit: 100 } }),
    }),
  },
  {
    name: 'settings that are not decided',
    verdict: 'unknown',
    template: templateOf({ It: resource('AWS::ApiGateway::Stage', { MethodSettings: ref('Ps') }) }),
  },
]);
