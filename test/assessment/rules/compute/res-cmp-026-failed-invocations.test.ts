import { failedInvocations } from '../../../../src/assessment/rules/compute/res-cmp-026-failed-invocations';
import { testRule } from '../../../support/rules';
import { arn, ref, resource, templateOf } from '../network/subnets';

const called = (
  principal: string,
  properties: Record<string, unknown> = {},
  more: Parameters<typeof templateOf>[0] = {},
) =>
  templateOf({
    It: resource('AWS::Lambda::Function', properties),
    May: resource('AWS::Lambda::Permission', { FunctionName: arn('It'), Principal: principal }),
    ...more,
  });

testRule(failedInvocations, [
  {
    name: 'a dead-letter queue',
    verdict: 'pass',
    template: called('events.amazonaws.com', { DeadLetterConfig: { TargetArn: 'arn' } }),
  },
  {
    name: 'a destination for failures',
    verdict: 'pass',
    template: called(
      'sns.amazonaws.com',
      {},
      {
        Config: resource('AWS::Lambda::EventInvokeConfig', {
          FunctionName: ref('It'),
          DestinationConfig: { OnFailure: { Destination: 'arn' } },
        }),
      },
    ),
  },
  { name: 'events of a rule are dropped', verdict: 'fail', template: called('events.amazonaws.com') },
  {
    name: 'events for an alias are dropped',
    verdict: 'fail',
    template: templateOf({
      It: resource('AWS::Lambda::Function'),
      Live: resource('AWS::Lambda::Alias', { FunctionName: ref('It') }),
      May: resource('AWS::Lambda::Permission', { FunctionName: ref('Live'), Principal: 's3.amazonaws.com' }),
    }),
  },
  {
    name: 'a schedule is missed',
    verdict: 'fail',
    template: templateOf({
      It: resource('AWS::Lambda::Function'),
      Daily: resource('AWS::Scheduler::Schedule', { Target: { Arn: arn('It') } }),
    }),
  },
  {
    name: 'a configuration of a function that is not decided',
    verdict: 'unknown',
    template: called(
      'events.amazonaws.com',
      {},
      { Config: resource('AWS::Lambda::EventInvokeConfig', { FunctionName: ref('P') }) },
    ),
  },
  { name: 'callers wait for the answer', verdict: 'not-applicable', template: called('apigateway.amazonaws.com') },
]);
