import { deliveryStatus } from '../../../../src/assessment/rules/ingress/res-ing-021-delivery-status';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const topic = (Protocol: string, properties: Record<string, unknown>) =>
  templateOf({
    It: resource('AWS::SNS::Topic', properties),
    S: resource('AWS::SNS::Subscription', { TopicArn: ref('It'), Protocol }),
  });

testRule(deliveryStatus, [
  { name: 'logged', verdict: 'pass', template: topic('sqs', { DeliveryStatusLogging: [{ Protocol: 'sqs' }] }) },
  { name: 'not logged', verdict: 'fail', template: topic('https', {}) },
  { name: 'a parameter decides', verdict: 'unknown', template: topic('sqs', { DeliveryStatusLogging: ref('Ps') }) },
  { name: 'mail cannot be logged', verdict: 'not-applicable', template: topic('email', {}) },
  { name: 'no subscriber', verdict: 'not-applicable', template: templateOf({ It: resource('AWS::SNS::Topic') }) },
]);
