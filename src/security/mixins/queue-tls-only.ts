import { Mixin, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import type { IConstruct } from 'constructs';
import { policyNaming, withStatements } from '../private/resource-policies';

/**
 * A queue refuses every request that is not encrypted in transit. The statement goes into the queue's policy, which is made where there
 * is none in the queue's stack: a queue has one policy, so a policy in another stack must carry the statement itself. Free.
 *
 * For `AwsSolutions-SQS4` of cdk-nag.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html
 */
export class QueueTlsOnly extends Mixin {
  /** Queues. */
  public supports(construct: IConstruct): boolean {
    return sqs.CfnQueue.isCfnQueue(construct);
  }

  /** Called by `Mixins.of(scope).apply()`. */
  public applyTo(construct: IConstruct): void {
    if (!sqs.CfnQueue.isCfnQueue(construct)) {
      return;
    }
    const owner = construct.node.scope;
    const policies = Stack.of(construct)
      .node.findAll()
      .filter((each) => sqs.CfnQueuePolicy.isCfnQueuePolicy(each));
    const policy = policyNaming(construct, policies, ({ queues }) => queues);
    if (policy) {
      policy.policyDocument = withStatements(policy.policyDocument, refusal(construct));
    } else if (owner instanceof sqs.Queue) {
      owner.addToResourcePolicy(refusal(construct));
    } else {
      const policyDocument = new iam.PolicyDocument({ statements: [refusal(construct)] });
      new sqs.CfnQueuePolicy(construct, 'TlsOnlyPolicy', { queues: [construct.ref], policyDocument });
    }
  }
}

/** As `enforceSSL` of an L2 writes it: where both are asked for, the document keeps one. */
function refusal(queue: sqs.CfnQueue): iam.PolicyStatement {
  return new iam.PolicyStatement({
    effect: iam.Effect.DENY,
    actions: ['sqs:*'],
    principals: [new iam.AnyPrincipal()],
    resources: [queue.attrArn],
    conditions: { Bool: { 'aws:SecureTransport': 'false' } },
  });
}
