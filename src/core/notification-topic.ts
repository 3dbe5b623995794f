import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { DataProtection } from './data-protection';

/** Properties of a NotificationTopic. */
export interface NotificationTopicProps {
  /**
   * The customer key that encrypts the messages. Its policy must let CloudWatch, EventBridge and AWS Backup use it
   * (`NotificationTopic.allowPublishers`), which a key made elsewhere and imported cannot be given.
   *
   * @default - a new key with rotation
   */
  readonly encryptionKey?: kms.IKey;
  /**
   * What becomes of the key when the topic is removed.
   *
   * @default DataProtection.retain()
   */
  readonly dataProtection?: DataProtection;
}

/**
 * An encrypted, TLS-only SNS topic that alarms, events and backup jobs can really publish to.
 *
 * A topic with a customer key and a policy of its own silently drops messages from AWS services that neither policy names;
 * CDK's `SnsAction` adds neither. Messages must carry no PHI: e-mail subscriptions are plain text.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 */
export class NotificationTopic extends Construct {
  /** Let the AWS services that report operations (CloudWatch alarms, EventBridge, AWS Backup) encrypt with a key. */
  public static allowPublishers(key: kms.IKey): void {
    for (const principal of publishers(key)) {
      key.addToResourcePolicy(
        new iam.PolicyStatement({
          actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
          principals: [principal],
          resources: ['*'], // in a key policy: this key
        }),
      );
    }
  }

  /** The topic. */
  public readonly topic: sns.Topic;
  /** The key that encrypts its messages. */
  public readonly encryptionKey: kms.IKey;

  public constructor(scope: Construct, id: string, props: NotificationTopicProps = {}) {
    super(scope, id);
    const dataProtection = props.dataProtection ?? DataProtection.retain();
    this.encryptionKey =
      props.encryptionKey ??
      new kms.Key(this, 'Key', {
        description: 'Encrypts operational notifications',
        enableKeyRotation: true,
        removalPolicy: dataProtection.removalPolicy,
      });
    NotificationTopic.allowPublishers(this.encryptionKey);
    this.topic = new sns.Topic(this, 'Topic', { masterKey: this.encryptionKey, enforceSSL: true });
    for (const principal of publishers(this)) {
      this.topic.addToResourcePolicy(
        new iam.PolicyStatement({
          actions: ['sns:Publish'],
          principals: [principal],
          resources: [this.topic.topicArn],
        }),
      );
    }
  }
}

/**
 * The services that report operations, bound to this account where they allow it: EventBridge publishes without source
 * keys, https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
 */
function publishers(scope: kms.IKey | NotificationTopic): iam.IPrincipal[] {
  const conditions = { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } };
  return [
    new iam.ServicePrincipal('cloudwatch.amazonaws.com', { conditions }),
    new iam.ServicePrincipal('backup.amazonaws.com', { conditions }),
    new iam.ServicePrincipal('events.amazonaws.com'),
  ];
}
