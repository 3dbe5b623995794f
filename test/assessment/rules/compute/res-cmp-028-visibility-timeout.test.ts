import { visibilityTimeout } from '../../../../src/assessment/rules/compute/res-cmp-028-visibility-timeout';
import { testRule } from '../../../support/rules';
import { arn, ref, resource, templateOf } from '../network/subnets';

const mapping = (queue: Record<string, unknown>, lambda: Record<string, unknown>) =>
  templateOf({
    Queue: resource('AWS::SQS::Queue', queue),
    Lambda: resource('AWS::Lambda::Function', lambda),
    It: resource('AWS::Lambda::EventSourceMapping', { EventSourceArn: arn('Queue'), FunctionName: ref('Lambda') }),
  });

testRule(visibilityTimeout, [
  { name: 'six times', verdict: 'pass', template: mapping({ VisibilityTimeout: 60 }, { Timeout: 10 }) },
  { name: 'the defaults', verdict: 'pass', template: mapping({}, {}) },
  { name: 'less', verdict: 'fail', template: mapping({ VisibilityTimeout: 59 }, { Timeout: 10 }) },
  { name: 'the default for a slow function', verdict: 'fail', template: mapping({}, { Timeout: 10 }) },
  { name: 'a parameter decides', verdict: 'unknown', template: mapping({ VisibilityTimeout: ref('P') }, {}) },
  {
    name: 'a function of another stack',
    verdict: 'unknown',
    template: templateOf({
      Queue: resource('AWS::SQS::Queue'),
      It: resource('AWS::Lambda::EventSourceMapping', { EventSourceArn: arn('Queue'), FunctionName: 'name' }),
    }),
  },
  {
    name: 'a stream',
    verdict: 'not-applicable',
    template: templateOf({
      It: resource('AWS::Lambda::EventSourceMapping', { EventSourceArn: 'arn', StartingPosition: 'LATEST' }),
    }),
  },
]);
