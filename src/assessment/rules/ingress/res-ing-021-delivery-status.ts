import { FailureScope } from '../../../core/failure-scope';
import { entryOf, itemsOf, textOf } from '../../model';
import { referrersOf } from '../network/referrers';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

/** Protocols whose deliveries SNS can log. */
const LOGGED = new Set(['http', 'https', 'sqs', 'lambda', 'firehose', 'application']);

export const deliveryStatus = defineRule({
  id: 'RES-ING-021',
  title: 'a topic logs whether messages were delivered',
  severity: 'warning',
  scope: FailureScope.COMPONENT,
  why: 'a message that was not delivered is missed only by the one who should have had it',
  fix: 'set DeliveryStatusLogging for the protocols of its subscribers',
  docs: 'https://docs.aws.amazon.com/sns/latest/dg/sns-topic-attributes.html',
  alsoKnownAs: ['Config:SNS_TOPIC_MESSAGE_DELIVERY_NOTIFICATION_ENABLED'],
  resourceTypes: ['AWS::SNS::Topic'],
  evaluate: (topic, { assembly }) => {
    const subscriptions = referrersOf(topic, assembly, 'AWS::SNS::Subscription', 'TopicArn').certain;
    const own = itemsOf(topic.property('Subscription')).map((subscription) => entryOf(subscription, 'Protocol'));
    const protocols = [...own, ...subscriptions.map((subscription) => subscription.property('Protocol'))].map(textOf);
    if (!protocols.some((protocol) => protocol !== undefined && LOGGED.has(protocol))) {
      return NOT_APPLICABLE;
    }
    const logging = topic.property('DeliveryStatusLogging');
    if (logging.kind === 'unknown') {
      return undecided(logging.reason, 'Properties.DeliveryStatusLogging');
    }
    return itemsOf(logging).length > 0 ? PASS : failed('deliveries are not logged', 'Properties.DeliveryStatusLogging');
  },
});
