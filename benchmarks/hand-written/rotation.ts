import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import * as events from 'aws-cdk-lib/aws-events';
import * as eventTargets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';

function rotationOf(secretName: string): events.EventPattern {
  return {
    source: ['aws.secretsmanager'],
    detailType: ['AWS Service Event via CloudTrail'],
    detail: {
      eventSource: ['secretsmanager.amazonaws.com'],
      eventName: ['RotationSucceeded'],
      additionalEventData: { SecretId: events.Match.wildcard(`arn:*:secretsmanager:*:secret:${secretName}-*`) },
    },
  };
}

/** A role with one customer-managed policy. */
function newRole(
  scope: Construct,
  id: string,
  description: string,
  service: string,
  statements: iam.PolicyStatement[],
) {
  const role = new iam.Role(scope, `${id}Role`, {
    description,
    assumedBy: new iam.ServicePrincipal(service, {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  });
  new iam.ManagedPolicy(scope, `${id}Policy`, { roles: [role], statements });
  return role;
}

/** Replaces the tasks when their password was rotated. */
export function restartOnRotation(
  scope: Construct,
  secretName: string,
  service: ecs.FargateService,
  deadLetterQueue: sqs.IQueue,
  topic: sns.ITopic,
): cloudwatch.Alarm {
  const { partition, region, account } = Stack.of(scope);
  const role = newRole(scope, 'Restart', 'Replaces the tasks of one service', 'ssm.amazonaws.com', [
    new iam.PolicyStatement({ actions: ['ecs:UpdateService'], resources: [service.serviceArn] }),
  ]);
  const document = restartDocument(scope, service, role);
  const definitionArn = `arn:${partition}:ssm:${region}:${account}:automation-definition/${document.ref}:$DEFAULT`;
  const starter = newRole(scope, 'Starter', 'Starts the replacement of tasks', 'events.amazonaws.com', [
    new iam.PolicyStatement({ actions: ['ssm:StartAutomationExecution'], resources: [definitionArn] }),
    new iam.PolicyStatement({
      actions: ['iam:PassRole'],
      resources: [role.roleArn],
      conditions: { StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } },
    }),
  ]);
  const rule = new events.Rule(scope, 'RestartRule', {
    description: `Replaces the tasks that were started with the former value of ${secretName}`,
    eventPattern: rotationOf(secretName),
    targets: [
      {
        bind: () => ({ arn: definitionArn, role: starter, deadLetterConfig: { arn: deadLetterQueue.queueArn } }),
      },
    ],
  });
  deadLetterQueue.addToResourcePolicy(
    new iam.PolicyStatement({
      actions: ['sqs:SendMessage'],
      principals: [new iam.ServicePrincipal('events.amazonaws.com')],
      resources: [deadLetterQueue.queueArn],
      conditions: { ArnEquals: { 'aws:SourceArn': rule.ruleArn } },
    }),
  );
  tellOfFailure(scope, document.ref, topic, deadLetterQueue);
  return new cloudwatch.Alarm(scope, 'RestartFailed', {
    alarmDescription: `The password of ${secretName} was rotated, and tasks that keep the former one could not be replaced`,
    metric: new cloudwatch.Metric({
      namespace: 'AWS/Events',
      metricName: 'FailedInvocations',
      dimensionsMap: { RuleName: rule.ruleName },
      statistic: 'Sum',
      period: Duration.minutes(1),
    }),
    threshold: 1,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: 1,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  });
}

function tellOfFailure(scope: Construct, document: string, topic: sns.ITopic, deadLetterQueue: sqs.IQueue): void {
  const { fromPath, region } = events.EventField;
  const text = `A secret was rotated, and the replacement of tasks that keep the former value ended as ${fromPath('$.detail.Status')} in ${region}: look at automation ${fromPath('$.detail.ExecutionId')}, and replace them before they reconnect`;
  new events.Rule(scope, 'RestartUnfinished', {
    description: 'Replacements of tasks after a rotation that failed',
    eventPattern: {
      source: ['aws.ssm'],
      detailType: ['EC2 Automation Execution Status-change Notification'],
      detail: { Definition: [document], Status: ['Failed', 'TimedOut', 'Cancelled', 'CompletedWithFailure'] },
    },
    targets: [new eventTargets.SnsTopic(topic, { message: events.RuleTargetInput.fromText(text), deadLetterQueue })],
  });
}

function restartDocument(scope: Construct, service: ecs.FargateService, role: iam.Role): ssm.CfnDocument {
  return new ssm.CfnDocument(scope, 'RestartDocument', {
    documentType: 'Automation',
    content: {
      schemaVersion: '0.3',
      description: 'Replaces the tasks of a service, so that they start with the rotated secret',
      assumeRole: role.roleArn,
      mainSteps: [
        { name: 'LetReplicasFollow', action: 'aws:sleep', inputs: { Duration: 'PT1M' } },
        {
          name: 'ReplaceTasks',
          action: 'aws:executeAwsApi',
          inputs: {
            Service: 'ecs',
            Api: 'UpdateService',
            cluster: service.cluster.clusterName,
            service: service.serviceName,
            forceNewDeployment: true,
          },
        },
      ],
    },
  });
}

/** Tells the other Region of the rotation. */
export function forwardRotation(
  scope: Construct,
  secretName: string,
  otherRegion: string,
  deadLetterQueue: sqs.IQueue,
): void {
  const { partition, account } = Stack.of(scope);
  const eventBusArn = `arn:${partition}:events:${otherRegion}:${account}:event-bus/default`;
  const role = newRole(scope, 'Forwarding', `Sends events to ${otherRegion}`, 'events.amazonaws.com', [
    new iam.PolicyStatement({ actions: ['events:PutEvents'], resources: [eventBusArn] }),
  ]);
  new events.Rule(scope, 'ForwardingRule', {
    description: `Tells ${otherRegion} that ${secretName} was rotated`,
    eventPattern: rotationOf(secretName),
    targets: [
      new eventTargets.EventBus(events.EventBus.fromEventBusArn(scope, 'OtherBus', eventBusArn), {
        role: role.withoutPolicyUpdates(),
        deadLetterQueue,
      }),
    ],
  });
}
