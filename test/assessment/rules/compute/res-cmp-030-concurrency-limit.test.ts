import { concurrencyLimit } from '../../../../src/assessment/rules/compute/res-cmp-030-concurrency-limit';
import { testRule } from '../../../support/rules';
import { arn, ref, resource, templateOf } from '../network/subnets';

const fed = (lambda: Record<string, unknown>, mapping: Record<string, unknown> = {}) =>
  templateOf({
    It: resource('AWS::Lambda::Function', lambda),
    Queue: resource('AWS::SQS::Queue'),
    Mapping: resource('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: arn('Queue'),
      FunctionName: ref('It'),
      ...mapping,
    }),
  });

testRule(concurrencyLimit, [
  { name: 'a reserved concurrency', verdict: 'pass', template: fed({ ReservedConcurrentExecutions: 10 }) },
  {
    name: 'the queue starts no more than a few',
    verdict: 'pass',
    template: fed({}, { ScalingConfig: { MaximumConcurrency: 5 } }),
  },
  { name: 'no limit', verdict: 'fail', template: fed({}) },
  { name: 'no queue', verdict: 'not-applicable', template: templateOf({ It: resource('AWS::Lambda::Function') }) },
]);
