import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as rds from 'aws-cdk-lib/aws-rds';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

/** Which events of a database are a reason to look. */
export interface DatabaseEventsProps {
  readonly sourceType: 'db-instance' | 'db-cluster';
  /** Name of the instance or cluster, as a reference: its subscription is made after it. */
  readonly source: string;
  /**
   * Name of its parameter group. A cluster has none that can be named: Amazon RDS looks for parameter groups of instances only, and
   * refuses a source it does not find. Without a name, changes of every group in the account would be told, so none are.
   * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateEventSubscription.html
   */
  readonly parameterGroup?: string;
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.Messages.html and https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_Events.Messages.html */
const CATEGORIES = {
  'db-instance': [
    'availability',
    'failover',
    'failure',
    'low storage',
    'maintenance',
    'notification',
    'read replica',
    'recovery',
  ],
  // of a global database: whether its old writer was stopped, and when it follows again
  'db-cluster': ['failover', 'failure', 'global-failover', 'maintenance', 'notification'],
};

/**
 * Tell a topic of failovers, failures and maintenance, and of changed parameters of an instance. Amazon RDS tries the topic when a subscription is
 * made, and fails it where a policy says no: a topic whose policies cannot be changed here is left alone.
 */
export function notifyOfDatabase(scope: Construct, topic: sns.ITopic | undefined, props: DatabaseEventsProps): void {
  if (!topic || !allowRds(scope, topic)) {
    return;
  }
  const { sourceType, source, parameterGroup } = props;
  const events = new rds.CfnEventSubscription(scope, 'Events', {
    snsTopicArn: topic.topicArn,
    sourceType,
    sourceIds: [source],
    eventCategories: CATEGORIES[sourceType],
  });
  events.node.addDependency(topic); // and with it the policy that lets Amazon RDS publish
  if (parameterGroup !== undefined) {
    const parameters = new rds.CfnEventSubscription(scope, 'ParameterEvents', {
      snsTopicArn: topic.topicArn,
      sourceType: 'db-parameter-group',
      sourceIds: [parameterGroup],
      eventCategories: ['configuration change'],
    });
    parameters.node.addDependency(topic);
  }
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.GrantingPermissions.html */
function allowRds(scope: Construct, topic: sns.ITopic): boolean {
  const conditions = { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } };
  const principals = [new iam.ServicePrincipal('events.rds.amazonaws.com', { conditions })];
  const published = topic.addToResourcePolicy(
    new iam.PolicyStatement({ actions: ['sns:Publish'], principals, resources: [topic.topicArn] }),
  );
  const { masterKey } = topic as sns.Topic;
  const encrypted = masterKey?.addToResourcePolicy(
    new iam.PolicyStatement({
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      principals,
      resources: ['*'], // in a key policy: this key
    }),
  );
  return published.statementAdded && (encrypted?.statementAdded ?? true);
}
