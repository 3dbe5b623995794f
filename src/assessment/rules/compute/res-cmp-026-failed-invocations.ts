import { FailureScope } from '../../../core/failure-scope';
import { type Assembly, type Resource, textOf } from '../../model';
import { referrersOf } from '../network/referrers';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

/** Services that hand an event over and do not wait for the answer. */
const ASYNCHRONOUS =
  /^(events|sns|s3|ses|iot|config|codecommit|logs\..+|logs|cloudwatch|alarms)\.(.+\.)?amazonaws\.com(\.cn)?$|^lambda\.alarms\.cloudwatch\.amazonaws\.com$/;

export const failedInvocations = defineRule({
  id: 'RES-CMP-026',
  title: 'events that a function fails to process are kept',
  severity: 'error',
  scope: FailureScope.COMPONENT,
  why: 'an event that fails three times is dropped, and with it an order, a result or an alarm',
  fix: 'add a destination for failures, or a dead-letter queue',
  docs: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html',
  alsoKnownAs: [
    'Config:LAMBDA_DLQ_CHECK',
    'Prowler:awslambda_function_no_dead_letter_queue',
    'GuardRegistry:LAMBDA_DLQ_CHECK',
    'cdk-nag:HIPAA.Security-LambdaDLQ',
    'cdk-nag:LambdaDLQ',
    'Checkov:CKV_AWS_116',
    'TrustedAdvisor:AWS Lambda functions without a dead-letter queue configured',
    'ResilienceHub:AWS Lambda/Dead-letter queue',
    'cdk-nag:LambdaAsyncFailureDestination',
    'TrustedAdvisor:AWS Lambda On Failure Event Destinations',
  ],
  resourceTypes: ['AWS::Lambda::Function'],
  evaluate: (lambda, { assembly }) => {
    const callers = [lambda, ...referrersOf(lambda, assembly, 'AWS::Lambda::Alias', 'FunctionName').certain]
      .flatMap((target) => referrersOf(target, assembly, 'AWS::Lambda::Permission', 'FunctionName').certain)
      .map((permission) => textOf(permission.property('Principal')) ?? '');
    const configured = referrersOf(lambda, assembly, 'AWS::Lambda::EventInvokeConfig', 'FunctionName');
    if (lambda.property('DeadLetterConfig', 'TargetArn').kind !== 'absent' || configured.certain.some(keepsFailures)) {
      return PASS;
    }
    const asynchronous = callers.find((principal) => ASYNCHRONOUS.test(principal)) ?? scheduler(lambda, assembly);
    if (asynchronous === undefined) {
      return NOT_APPLICABLE;
    }
    return configured.open === undefined
      ? failed(`events of ${asynchronous} that fail are dropped`, 'Properties.DeadLetterConfig')
      : undecided(configured.open, 'Properties.DeadLetterConfig');
  },
});

function keepsFailures(config: Resource): boolean {
  return config.property('DestinationConfig', 'OnFailure', 'Destination').kind !== 'absent';
}

function scheduler(lambda: Resource, assembly: Assembly): string | undefined {
  const schedules = referrersOf(lambda, assembly, 'AWS::Scheduler::Schedule', 'Target', 'Arn').certain;
  return schedules.length > 0 ? 'scheduler.amazonaws.com' : undefined;
}
