import { deadLetterQueue } from '../../../../src/assessment/rules/ingress/res-ing-019-dead-letter-queue';
import { testRule } from '../../../support/rules';
import { arn, ref, resource, templateOf } from '../network/subnets';

const it = (properties: Record<string, unknown>) => templateOf({ It: resource('AWS::SQS::Queue', properties) });

testRule(deadLetterQueue, [
  {
    name: 'a redrive policy',
    verdict: 'pass',
    template: it({ RedrivePolicy: { deadLetterTargetArn: 'arn', maxReceiveCount: 3 } }),
  },
  { name: 'none', verdict: 'fail', template: it({}) },
  {
    name: 'the target of a rule',
    verdict: 'fail',
    template: templateOf({
      It: resource('AWS::SQS::Queue'),
      Rule: resource('AWS::Events::Rule', { Targets: [{ Arn: arn('It') }] }),
    }),
  },
  { name: 'a policy that is not decided', verdict: 'unknown', template: it({ RedrivePolicy: ref('P') }) },
  {
    name: 'the dead-letter queue of a queue',
    verdict: 'not-applicable',
    template: templateOf({
      It: resource('AWS::SQS::Queue'),
      Work: resource('AWS::SQS::Queue', { RedrivePolicy: { deadLetterTargetArn: arn('It') } }),
    }),
  },
  {
    name: 'the dead-letter queue of a rule',
    verdict: 'not-applicable',
    template: templateOf({
      It: resource('AWS::SQS::Queue'),
      Rule: resource('AWS::Events::Rule', { Targets: [{ Arn: 'arn', DeadLetterConfig: { Arn: arn('It') } }] }),
    }),
  },
  {
    name: 'a queue that says that no other may use it',
    verdict: 'fail',
    template: it({ RedriveAllowPolicy: { redrivePermission: 'denyAll' } }),
  },
  {
    name: 'a queue that says it is one',
    verdict: 'not-applicable',
    template: it({ RedriveAllowPolicy: { redrivePermission: 'allowAll' } }),
  },
]);
