import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as rds from 'aws-cdk-lib/aws-rds';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Cluster } from './database';

/** Tells the topic of failovers, failures and maintenance. */
export function notifyOfDatabase(scope: Construct, database: Cluster, topic: sns.Topic): void {
  const principals = [
    new iam.ServicePrincipal('events.rds.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  ];
  topic.addToResourcePolicy(
    new iam.PolicyStatement({ actions: ['sns:Publish'], principals, resources: [topic.topicArn] }),
  );
  topic.masterKey?.addToResourcePolicy(
    new iam.PolicyStatement({ actions: ['kms:Decrypt', 'kms:GenerateDataKey*'], principals, resources: ['*'] }),
  );
  const { resource } = database;
  new rds.CfnEventSubscription(scope, 'DatabaseEvents', {
    snsTopicArn: topic.topicArn,
    sourceType: 'db-cluster',
    sourceIds: ['clusterIdentifier' in resource ? resource.clusterIdentifier : resource.ref],
    eventCategories: ['failover', 'failure', 'maintenance', 'notification'],
  }).node.addDependency(topic);
}
