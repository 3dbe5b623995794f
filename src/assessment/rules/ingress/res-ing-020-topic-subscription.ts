import { FailureScope } from '../../../core/failure-scope';
import { itemsOf } from '../../model';
import { referrersOf } from '../network/referrers';
import { defineRule, failed, PASS, undecided } from '../rule';

export const topicSubscription = defineRule({
  id: 'RES-ING-020',
  title: 'a topic has a subscriber',
  severity: 'warning',
  scope: FailureScope.COMPONENT,
  why: 'what is published to a topic without subscribers, such as an alarm, reaches nobody',
  fix: 'subscribe whoever has to act, with a protocol that wakes somebody',
  docs: 'https://docs.aws.amazon.com/sns/latest/dg/sns-create-subscribe-endpoint-to-topic.html',
  alsoKnownAs: ['ResilienceHub:Amazon Simple Notification Service/Topic subscriptions'],
  resourceTypes: ['AWS::SNS::Topic'],
  evaluate: (topic, { assembly }) => {
    const subscriptions = referrersOf(topic, assembly, 'AWS::SNS::Subscription', 'TopicArn');
    const own = topic.property('Subscription');
    if (subscriptions.certain.length > 0 || (itemsOf(own).length > 0 && own.kind !== 'unknown')) {
      return PASS;
    }
    const reason = subscriptions.open ?? (own.kind === 'unknown' ? own.reason : undefined);
    return reason === undefined ? failed('nobody is subscribed') : undecided(reason);
  },
});
