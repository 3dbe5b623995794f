import { FailureScope } from '../../../core/failure-scope';
import type { Assembly, Resource } from '../../model';
import { referrersOf } from '../network/referrers';
import { defineRule, failed, NOT_APPLICABLE, PASS } from '../rule';

export const concurrencyLimit = defineRule({
  id: 'RES-CMP-030',
  title: 'a function that a queue feeds has a limit of concurrency',
  severity: 'warning',
  scope: FailureScope.COMPONENT,
  why: 'a full queue starts so many that every other function of the account is throttled, and the database overrun',
  fix: 'set ReservedConcurrentExecutions, or MaximumConcurrency of the event source mapping',
  docs: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html',
  alsoKnownAs: [
    'Config:LAMBDA_CONCURRENCY_CHECK',
    'GuardRegistry:LAMBDA_CONCURRENCY_CHECK',
    'cdk-nag:HIPAA.Security-LambdaConcurrency',
    'Checkov:CKV_AWS_115',
    'Powerpipe-WA-Reliability:lambda_function_concurrent_execution_limit_configured',
  ],
  resourceTypes: ['AWS::Lambda::Function'],
  evaluate: (lambda, { assembly }) => {
    const feeds = queuesOf(lambda, assembly);
    if (feeds.length === 0) {
      return NOT_APPLICABLE;
    }
    const limited = feeds.every((mapping) => mapping.property('ScalingConfig', 'MaximumConcurrency').kind !== 'absent');
    return limited || lambda.property('ReservedConcurrentExecutions').kind !== 'absent'
      ? PASS
      : failed('nothing limits how many of it run', 'Properties.ReservedConcurrentExecutions');
  },
});

function queuesOf(lambda: Resource, assembly: Assembly): Resource[] {
  return referrersOf(lambda, assembly, 'AWS::Lambda::EventSourceMapping', 'FunctionName').certain.filter((mapping) => {
    const source = mapping.property('EventSourceArn');
    return source.kind === 'reference' && source.resource.type === 'AWS::SQS::Queue';
  });
}
