import { messagesOutliveAnOutage } from '../../../../src/assessment/rules/ingress/res-ing-027-messages-outlive-an-outage';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const queue = (properties: Record<string, unknown>) => templateOf({ It: resource('AWS::SQS::Queue', properties) });

testRule(messagesOutliveAnOutage, [
  { name: 'the default', verdict: 'pass', template: queue({}) },
  { name: 'two weeks', verdict: 'pass', template: queue({ MessageRetentionPeriod: 1_209_600 }) },
  { name: 'an hour', verdict: 'fail', template: queue({ MessageRetentionPeriod: 3600 }) },
  { name: 'a parameter decides', verdict: 'unknown', template: queue({ MessageRetentionPeriod: ref('P') }) },
]);
