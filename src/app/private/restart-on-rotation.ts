import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { ManagedPolicyRole } from '../../core/private/managed-policy-role';
import { rotationOf } from '../../core/private/secret-rotation-event';

/** What replaces everything that was started with the former value. */
export interface Replacement {
  /** What is replaced: `tasks`, `instances`. */
  readonly units: string;
  /** What the automation asks AWS for. */
  readonly request: { readonly Service: string; readonly Api: string } & Record<string, unknown>;
  /** The action that takes. */
  readonly action: string;
  /** What the action is for. */
  readonly resource: string;
}

/** Replaces the tasks of a service, as many at a time as its deployments do. */
export function redeployment(service: ecs.FargateService): Replacement {
  return {
    units: 'tasks',
    request: {
      Service: 'ecs',
      Api: 'UpdateService',
      cluster: service.cluster.clusterName,
      service: service.serviceName,
      forceNewDeployment: true,
    },
    action: 'ecs:UpdateService',
    resource: service.serviceArn,
  };
}

/** Properties of a RestartOnRotation. */
export interface RestartOnRotationProps {
  /** Name of the secret, the same in every Region. */
  readonly secretName: string;
  /** Replaces what was given the secret when it started. */
  readonly replacement: Replacement;
  /** Keeps a rotation that started no replacement, and news of one that failed. */
  readonly deadLetterQueue?: sqs.IQueue;
  /** Who is told when a replacement was started, and failed. */
  readonly notifications?: sns.ITopic;
}

/** How an automation ends that did not do what it was for: https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-statuses.html */
const FAILED = ['Failed', 'TimedOut', 'Cancelled', 'CompletedWithFailure'];

/**
 * Replaces tasks or instances, a few at a time, when a secret they were started with has been rotated: what runs keeps
 * the old value, with which it opens no new connection. Connections that are open stay open, so an application whose pool keeps
 * them for longer than the replacement takes does not notice.
 *
 * The rule does not name a Region: in a standby Region it matches the event that `CrossRegionDr` forwards from the Region that
 * rotates.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
 */
export class RestartOnRotation extends Construct {
  /** Goes off when the automation could not be started. When a step of it failed, the topic is told: Systems Manager has no metric for that. */
  public readonly alarm: cloudwatch.Alarm;

  public constructor(scope: Construct, id: string, props: RestartOnRotationProps) {
    super(scope, id);
    const { secretName, replacement, deadLetterQueue, notifications } = props;
    const document = this.restartDocument(replacement);
    const definitionArn = Stack.of(this).formatArn({
      service: 'ssm',
      resource: 'automation-definition',
      resourceName: `${document.name}:$DEFAULT`,
    });
    const starter = this.starter(definitionArn, document.role, replacement.units);
    const rule = new events.Rule(this, 'Rule', {
      description: `Replaces the ${replacement.units} that were started with the former value of ${secretName}`,
      eventPattern: rotationOf(secretName),
      targets: [
        {
          bind: () => ({
            arn: definitionArn,
            role: starter,
            deadLetterConfig: deadLetterQueue && { arn: deadLetterQueue.queueArn },
          }),
        },
      ],
    });
    deadLetterQueue?.addToResourcePolicy(
      new iam.PolicyStatement({
        actions: ['sqs:SendMessage'],
        principals: [new iam.ServicePrincipal('events.amazonaws.com')],
        resources: [deadLetterQueue.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': rule.ruleArn } },
      }),
    );
    if (notifications) {
      this.tellOfFailure(document.name, replacement.units, notifications, deadLetterQueue);
    }
    this.alarm = new cloudwatch.Alarm(this, 'Failed', {
      alarmDescription: `The password of ${secretName} was rotated, and ${replacement.units} that keep the former one could not be replaced`,
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Events',
        metricName: 'FailedInvocations',
        dimensionsMap: { RuleName: rule.ruleName },
        statistic: cloudwatch.Stats.SUM,
        period: Duration.minutes(1),
      }),
      threshold: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
  }

  /**
   * EventBridge has done its part when the automation starts; what fails inside it, such as a call that is refused, is heard here.
   *
   * https://docs.aws.amazon.com/systems-manager/latest/userguide/monitoring-systems-manager-event-examples.html
   */
  private tellOfFailure(document: string, units: string, topic: sns.ITopic, deadLetterQueue?: sqs.IQueue): void {
    const { fromPath, region } = events.EventField;
    const text = `A secret was rotated, and the replacement of ${units} that keep the former value ended as ${fromPath('$.detail.Status')} in ${region}: look at automation ${fromPath('$.detail.ExecutionId')}, and replace them before they reconnect`;
    new events.Rule(this, 'Unfinished', {
      description: `Replacements of ${units} after a rotation that failed`,
      eventPattern: {
        source: ['aws.ssm'],
        detailType: ['EC2 Automation Execution Status-change Notification'],
        detail: { Definition: [document], Status: FAILED },
      },
      targets: [new targets.SnsTopic(topic, { message: events.RuleTargetInput.fromText(text), deadLetterQueue })],
    });
  }

  private restartDocument({ units, request, action, resource }: Replacement): {
    readonly name: string;
    readonly role: iam.Role;
  } {
    const role = new ManagedPolicyRole(this, 'Role', {
      description: `Replaces the ${units} of one system`,
      assumedBy: new iam.ServicePrincipal('ssm.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: [action], resources: [resource] }));
    const document = new ssm.CfnDocument(this, 'Document', {
      documentType: 'Automation',
      content: {
        schemaVersion: '0.3',
        description: `Replaces the ${units} of a system, so that they start with the rotated secret`,
        assumeRole: role.roleArn,
        mainSteps: [
          // so that a replica of the secret in this Region has the new value before anything asks for it
          { name: 'LetReplicasFollow', action: 'aws:sleep', inputs: { Duration: 'PT1M' } },
          { name: 'Replace', action: 'aws:executeAwsApi', inputs: request },
        ],
      },
    });
    return { name: document.ref, role };
  }

  private starter(definitionArn: string, automationRole: iam.Role, units: string): iam.Role {
    const role = new ManagedPolicyRole(this, 'Starter', {
      description: `Starts the replacement of ${units}`,
      assumedBy: new iam.ServicePrincipal('events.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    role.addToPrincipalPolicy(
      new iam.PolicyStatement({ actions: ['ssm:StartAutomationExecution'], resources: [definitionArn] }),
    );
    role.addToPrincipalPolicy(
      new iam.PolicyStatement({
        actions: ['iam:PassRole'],
        resources: [automationRole.roleArn],
        conditions: { StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } },
      }),
    );
    return role;
  }
}
