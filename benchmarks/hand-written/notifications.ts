import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { ON_CALL } from '../hospital-facts';

/** An encrypted topic that wakes somebody, to which CloudWatch, AWS Backup and EventBridge may publish. */
export function newTopic(scope: Construct, id: string, masterKey: kms.Key): sns.Topic {
  const conditions = { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } };
  const topic = new sns.Topic(scope, id, { masterKey, enforceSSL: true });
  topic.addSubscription(new subscriptions.EmailSubscription(ON_CALL));
  const publishers = [
    new iam.ServicePrincipal('cloudwatch.amazonaws.com', { conditions }),
    new iam.ServicePrincipal('backup.amazonaws.com', { conditions }),
    new iam.ServicePrincipal('events.amazonaws.com'),
  ];
  for (const principal of publishers) {
    masterKey.addToResourcePolicy(
      new iam.PolicyStatement({
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        principals: [principal],
        resources: ['*'],
      }),
    );
    topic.addToResourcePolicy(
      new iam.PolicyStatement({ actions: ['sns:Publish'], principals: [principal], resources: [topic.topicArn] }),
    );
  }
  return topic;
}
