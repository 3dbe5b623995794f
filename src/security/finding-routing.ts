import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DataProtection } from '../core/data-protection';
import { NotificationTopic } from '../core/notification-topic';
import { acknowledge } from '../core/private/acknowledgements';
import { fail } from '../core/private/fail';
import { ManagedPolicyRole } from '../core/private/managed-policy-role';
import { knownRegion } from '../core/private/tokens';
import type { ChatChannel } from './chat-channel';
import { NOT_ARCHIVED } from './private/guard-duty-filters';
import { Notice } from './private/notices';
import { NotifiedOnce } from './private/notified-once';
import { partitionSupport } from './private/partition-support';
import { allowRules, keepingUndelivered } from './private/undelivered-notices';

/** What to choose about notifications. */
export interface FindingRoutingOptions {
  /**
   * Where notices go. Its policy, and that of its key, must let EventBridge and CloudWatch publish: a `NotificationTopic`'s
   * do, and those of a topic made elsewhere and imported cannot be changed here.
   *
   * @default - a new NotificationTopic
   */
  readonly topic?: sns.ITopic;
  /**
   * The lowest severity of a GuardDuty finding to send, 1 to 10. 7 is where GuardDuty's high severity begins.
   *
   * @default 7
   */
  readonly guardDutySeverity?: number;
  /**
   * A channel that notices are posted to as well. It has a topic of its own, because it renders a form of its own.
   *
   * @default - none
   */
  readonly chat?: ChatChannel;
  /**
   * A bus that gets the whole events as well, with names of resources: for example that of the security team's account, whose policy
   * must let this account put events.
   *
   * @default - none
   */
  readonly forwardTo?: events.IEventBus;
  /**
   * Whether a failed control is told once: a state machine tells of it and sets its workflow status to `NOTIFIED`, which every
   * administrator of Security Hub CSPM sees, until the check passes and fails anew. Otherwise it is told again with every check that
   * updates it, up to daily. Costs two steps a finding, a log group and an alarm.
   *
   * @default false
   */
  readonly notifyOnce?: boolean;
  /**
   * Whether it is told when an instance begins to miss patches, and when a maintenance window fails, is cancelled, or is skipped because
   * the one before still runs: see `PatchManagement`.
   *
   * @default false
   */
  readonly patches?: boolean;
}

/** Properties of FindingRouting. */
export interface FindingRoutingProps extends FindingRoutingOptions {
  /**
   * The key that encrypts a new topic, and the queue of what could not be delivered. EventBridge and CloudWatch are added
   * to its policy, which an imported key's cannot be.
   *
   * @default - the key of a new NotificationTopic; SQS's own key where you bring the topic
   */
  readonly encryptionKey?: kms.IKey;
  /**
   * What becomes of a new topic's key when it is removed.
   *
   * @default DataProtection.retain()
   */
  readonly dataProtection?: DataProtection;
}

/**
 * Sends what needs a person to a topic: GuardDuty findings of high severity, failed controls of Security Hub CSPM that are
 * critical or high, and AWS Health events of this Region.
 *
 * A notice carries id, type, severity, account, Region and a link to the console. No description, resource name or object
 * key: those can hold patient data, and e-mail is plain text.
 *
 * GuardDuty sends a finding again while it goes on, every 15 minutes, until somebody archives it.
 *
 * Security Hub CSPM sends a finding again whenever it checks it, at most daily, until its workflow status is set to `NOTIFIED`:
 * somebody does, or `notifyOnce`.
 */
export class FindingRouting extends Construct {
  /** Where notices go. */
  public readonly topic: sns.ITopic;
  /** The topic made here, with its key; none where you brought a topic. */
  public readonly notificationTopic?: NotificationTopic;
  /** The topic of the chat channel, with its key; none without one. */
  public readonly chatTopic?: NotificationTopic;
  /** Notices that could not be delivered, for 14 days. */
  public readonly deadLetterQueue: sqs.Queue;
  /** Goes off when a notice could not be delivered. */
  public readonly undeliveredAlarm: cloudwatch.Alarm;
  /** Matches GuardDuty findings. */
  public readonly guardDutyRule: events.Rule;
  /** Matches failed controls of Security Hub CSPM. */
  public readonly securityHubRule: events.Rule;
  /** Matches AWS Health events. Global services report in us-east-1 (us-gov-west-1, cn-north-1) only. */
  public readonly healthRule: events.Rule;
  /** Match instances that miss patches, and maintenance windows that did not end well; none unless asked for. */
  public readonly patchRules: events.Rule[] = [];
  private readonly forwarding?: events.IRuleTarget;

  /**
   * @throws RegionMustBeKnown when the Region is only known at deployment
   * @throws UnsupportedPartition outside the commercial, GovCloud (US) and China partitions
   * @throws NotOfferedInPartition when a chat is asked for outside the commercial Regions
   * @throws InvalidSeverity when the severity is not 1 to 10
   */
  public constructor(scope: Construct, id: string, props: FindingRoutingProps = {}) {
    super(scope, id);
    const region = knownRegion(this, 'notices of other Regions must be told from those of this one');
    const severity = props.guardDutySeverity ?? 7;
    if (!(severity >= 1 && severity <= 10)) {
      fail(this, 'InvalidSeverity', `guardDutySeverity must be 1 to 10, got ${severity}`);
    }
    if (props.topic) {
      this.topic = props.topic;
      if (props.encryptionKey) {
        NotificationTopic.allowPublishers(props.encryptionKey); // EventBridge encrypts what it puts into the queue
      }
    } else {
      this.notificationTopic = new NotificationTopic(this, 'Notifications', {
        encryptionKey: props.encryptionKey,
        dataProtection: props.dataProtection ?? DataProtection.retain(),
      });
      this.topic = this.notificationTopic.topic;
    }
    const encryptionKey = props.encryptionKey ?? this.notificationTopic?.encryptionKey;
    const { console, chat } = partitionSupport(this, region);
    if (props.chat && !chat) {
      fail(this, 'NotOfferedInPartition', `chat is not offered in ${region}; leave it out`);
    }
    this.deadLetterQueue = this.createDeadLetterQueue(encryptionKey);
    this.chatTopic = props.chat && this.createChat(props.chat, props);
    this.forwarding = props.forwardTo && this.createForwarding(props.forwardTo);
    this.guardDutyRule = this.route(
      'GuardDutyRule',
      'GuardDuty findings of high severity',
      Notice.guardDuty(console, region),
      {
        source: ['aws.guardduty'],
        detailType: ['GuardDuty Finding'],
        detail: { severity: events.Match.greaterThanOrEqual(severity), service: NOT_ARCHIVED },
      },
    );
    const securityHub = Notice.securityHub(console, region);
    const once = props.notifyOnce
      ? new NotifiedOnce(this, 'NotifiedOnce', {
          topic: this.topic,
          encryptionKey,
          notice: securityHub,
          dataProtection: props.dataProtection ?? DataProtection.retain(),
        })
      : undefined;
    this.securityHubRule = this.route(
      'SecurityHubRule',
      'Failed controls, critical or high',
      securityHub,
      {
        source: ['aws.securityhub'],
        detailType: ['Security Hub Findings - Imported'],
        detail: {
          findings: {
            ProductName: events.Match.anythingBut('GuardDuty'), // it has the rule above
            Region: [region], // the home Region holds copies of its linked Regions' findings, which those route themselves
            RecordState: ['ACTIVE'],
            Workflow: { Status: ['NEW'] },
            Compliance: { Status: ['FAILED'] },
            Severity: { Label: ['CRITICAL', 'HIGH'] },
          },
        },
      },
      once?.target,
    );
    this.healthRule = this.route('HealthRule', 'AWS Health events', Notice.health(console), { source: ['aws.health'] });
    if (props.patches) {
      this.patchRules.push(...this.routePatches(console, region));
    }
    this.undeliveredAlarm = this.createAlarm();
  }

  /** Notices that could not be delivered and wait in the queue. */
  public metricUndelivered(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.deadLetterQueue.metricApproximateNumberOfMessagesVisible({
      statistic: cloudwatch.Stats.MAXIMUM,
      period: Duration.minutes(5),
      ...props,
    });
  }

  /** https://docs.aws.amazon.com/systems-manager/latest/userguide/monitoring-systems-manager-event-examples.html */
  private routePatches(console: string, region: string): events.Rule[] {
    return [
      this.route('PatchRule', 'Instances that miss patches', Notice.patches(console, region), {
        source: ['aws.ssm'],
        detailType: ['Configuration Compliance State Change'],
        detail: { 'compliance-type': ['Patch'], 'compliance-status': ['non_compliant'] },
      }),
      this.route('PatchWindowRule', 'Maintenance windows', Notice.patchWindow(console, region), {
        source: ['aws.ssm'],
        detailType: ['Maintenance Window Execution State-change Notification'],
        detail: { status: ['CANCELLED', 'FAILED', 'SKIPPED_OVERLAPPING', 'TIMED_OUT'] },
      }),
    ];
  }

  private createDeadLetterQueue(encryptionKey: kms.IKey | undefined): sqs.Queue {
    const queue = new sqs.Queue(this, 'DeadLetterQueue', {
      encryption: encryptionKey ? sqs.QueueEncryption.KMS : sqs.QueueEncryption.SQS_MANAGED,
      encryptionMasterKey: encryptionKey,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    allowRules(queue);
    acknowledge(queue, 'deadLetterQueueItself');
    return queue;
  }

  private createChat(chat: ChatChannel, { encryptionKey, dataProtection }: FindingRoutingProps): NotificationTopic {
    const scope = new Construct(this, 'Chat');
    const topic = new NotificationTopic(scope, 'Notifications', {
      encryptionKey: encryptionKey ?? this.notificationTopic?.encryptionKey,
      dataProtection,
    });
    chat._bind(scope, topic.topic.topicArn);
    return topic;
  }

  private createForwarding(bus: events.IEventBus): events.IRuleTarget {
    const role = new ManagedPolicyRole(this, 'ForwardingRole', {
      description: 'Puts findings on another bus',
      assumedBy: new iam.ServicePrincipal('events.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    return new targets.EventBus(bus, { role });
  }

  private route(
    id: string,
    description: string,
    notice: Notice,
    eventPattern: events.EventPattern,
    teller: events.IRuleTarget = new targets.SnsTopic(this.topic, { message: notice.message }),
  ): events.Rule {
    const chat = this.chatTopic && new targets.SnsTopic(this.chatTopic.topic, { message: notice.chatMessage });
    const all = [teller, chat, this.forwarding].filter((target) => target !== undefined);
    return new events.Rule(this, id, {
      description,
      eventPattern,
      targets: all.map((target) => keepingUndelivered(target, this.deadLetterQueue)),
    });
  }

  private createAlarm(): cloudwatch.Alarm {
    const alarm = new cloudwatch.Alarm(this, 'UndeliveredAlarm', {
      alarmDescription: 'A security notice could not be delivered; read the dead-letter queue and mend the topic',
      metric: this.metricUndelivered(),
      threshold: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING, // an empty queue reports nothing after six hours
    });
    alarm.addAlarmAction(new actions.SnsAction(this.topic));
    return alarm;
  }
}
