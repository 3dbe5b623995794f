import { nothingWaitsForCustomResource } from '../../../../src/assessment/rules/recovery/res-dr-011-custom-resource-value';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>, others: Record<string, unknown> = {}) => ({
  Resources: { It: { Type: 'Custom::AWS', Properties }, ...others },
});

testRule(nothingWaitsForCustomResource, [
  { name: 'nothing uses it', verdict: 'pass', template: it({}) },
  {
    name: 'a service uses it',
    verdict: 'fail',
    template: it(
      {},
      { Service: { Type: 'AWS::ECS::Service', Properties: { Cluster: { 'Fn::GetAtt': ['It', 'cluster'] } } } },
    ),
  },
  {
    name: 'care does not depend on what uses it',
    verdict: 'not-applicable',
    template: it(
      {},
      { Service: { Type: 'AWS::ECS::Service', Properties: { Cluster: { 'Fn::GetAtt': ['It', 'cluster'] } } } },
    ),
    careDependsOnIt: false,
  },
]);
