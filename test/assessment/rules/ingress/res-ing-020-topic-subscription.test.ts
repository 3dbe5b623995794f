import { topicSubscription } from '../../../../src/assessment/rules/ingress/res-ing-020-topic-subscription';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

testRule(topicSubscription, [
  {
    name: 'a subscription',
    verdict: 'pass',
    template: templateOf({
      It: resource('AWS::SNS::Topic'),
      S: resource('AWS::SNS::Subscription', { TopicArn: ref('It') }),
    }),
  },
  {
    name: 'a subscription of its own',
    verdict: 'pass',
    template: templateOf({
      It: resource('AWS::SNS::Topic', { Subscription: [{ Protocol: 'https', Endpoint: 'https://example.org' }] }),
    }),
  },
  { name: 'nobody', verdict: 'fail', template: templateOf({ It: resource('AWS::SNS::Topic') }) },
  {
    name: 'a subscription to what is not decided',
    verdict: 'unknown',
    template: templateOf({
      It: resource('AWS::SNS::Topic'),
      S: resource('AWS::SNS::Subscription', { TopicArn: ref('P') }),
    }),
  },
  {
    name: 'subscriptions that are not decided',
    verdict: 'unknown',
    template: templateOf({ It: resource('AWS::SNS::Topic', { Subscription: ref('Ps') }) }),
  },
]);
