import { Stack } from 'aws-cdk-lib';
import type * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sqs from 'aws-cdk-lib/aws-sqs';

/**
 * Let every rule of this account and Region write to a queue: CDK would write a statement for each, and a queue takes 20.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html
 */
export function allowRules(queue: sqs.IQueue): void {
  const { account } = queue.env;
  const rules = Stack.of(queue).formatArn({ service: 'events', account, resource: 'rule', resourceName: '*' });
  queue.addToResourcePolicy(
    new iam.PolicyStatement({
      actions: ['sqs:SendMessage'],
      principals: [new iam.ServicePrincipal('events.amazonaws.com')],
      resources: [queue.queueArn],
      conditions: { ArnLike: { 'aws:SourceArn': rules } },
    }),
  );
}

/** A target whose undelivered events go to a queue that lets in every rule. */
export function keepingUndelivered(target: events.IRuleTarget, queue: sqs.IQueue): events.IRuleTarget {
  return { bind: (rule) => ({ ...target.bind(rule), deadLetterConfig: { arn: queue.queueArn } }) };
}
