import { originFailover } from '../../../../src/assessment/rules/ingress/res-ing-015-origin-failover';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const it = (properties: Record<string, unknown>) =>
  templateOf({ It: resource('AWS::CloudFront::Distribution', properties) });
const groups = (Items: unknown) => ({ DistributionConfig: { OriginGroups: { Items } } });

testRule(originFailover, [
  {
    name: 'two origins',
    verdict: 'pass',
    template: it(
      groups([
        {
          Members: { Items: [{ OriginId: 'a' }, { OriginId: 'b' }] },
          FailoverCriteria: { StatusCodes: { Items: [503] } },
        },
      ]),
    ),
  },
  { name: 'one origin', verdict: 'fail', template: it({ DistributionConfig: {} }) },
  { name: 'groups that are not decided', verdict: 'unknown', template: it(groups(ref('Ps'))) },
  {
    name: 'care does not depend on it',
    verdict: 'not-applicable',
    careDependsOnIt: false,
    template: it({ DistributionConfig: {} }),
  },
]);
