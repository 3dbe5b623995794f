import { Mixin, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import type { IConstruct } from 'constructs';
import { policyNaming, withStatements } from '../private/resource-policies';

/**
 * A topic refuses messages that are not encrypted in transit. The statement goes into the topic's policy, which is made where there is
 * none in the topic's stack: a topic has one policy, so a policy in another stack must carry the statement itself. A new policy replaces
 * what Amazon SNS lets the account do without one, publishing by alarms included, so that it says that, too. Free.
 *
 * For `AwsSolutions-SNS3` of cdk-nag, which asks of topics without a key.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html
 */
export class TopicTlsOnly extends Mixin {
  /** Topics. */
  public supports(construct: IConstruct): boolean {
    return sns.CfnTopic.isCfnTopic(construct);
  }

  /** Called by `Mixins.of(scope).apply()`. */
  public applyTo(construct: IConstruct): void {
    if (!sns.CfnTopic.isCfnTopic(construct)) {
      return;
    }
    const owner = construct.node.scope;
    const policies = Stack.of(construct)
      .node.findAll()
      .filter((each) => sns.CfnTopicPolicy.isCfnTopicPolicy(each));
    const policy = policyNaming(construct, policies, ({ topics }) => topics);
    if (policy) {
      policy.policyDocument = withStatements(policy.policyDocument, refusal(construct));
    } else if (owner instanceof sns.Topic) {
      owner.addToResourcePolicy(withoutPolicy(construct));
      owner.addToResourcePolicy(refusal(construct));
    } else {
      const policyDocument = new iam.PolicyDocument({ statements: [withoutPolicy(construct), refusal(construct)] });
      new sns.CfnTopicPolicy(construct, 'TlsOnlyPolicy', { topics: [construct.ref], policyDocument });
    }
  }
}

/** As `enforceSSL` of an L2 writes it: where both are asked for, the document keeps one. */
function refusal(topic: sns.CfnTopic): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid: 'AllowPublishThroughSSLOnly',
    effect: iam.Effect.DENY,
    actions: ['sns:Publish'],
    principals: [new iam.StarPrincipal()],
    resources: [topic.ref],
    conditions: { Bool: { 'aws:SecureTransport': 'false' } },
  });
}

/** What Amazon SNS lets the account, and its alarms, do with a topic that has no policy. */
function withoutPolicy(topic: sns.CfnTopic): iam.PolicyStatement {
  const actions = ['GetTopicAttributes', 'SetTopicAttributes', 'AddPermission', 'RemovePermission', 'DeleteTopic'];
  return new iam.PolicyStatement({
    sid: 'AsWithoutPolicy',
    actions: [...actions, 'Subscribe', 'ListSubscriptionsByTopic', 'Publish'].map((action) => `sns:${action}`),
    principals: [new iam.AnyPrincipal()],
    resources: [topic.ref],
    conditions: { StringEquals: { 'AWS:SourceOwner': Stack.of(topic).account } },
  });
}
