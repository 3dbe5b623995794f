import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { fail } from '../core/private/fail';
import { knownRegion } from '../core/private/tokens';
import { ActivityDetection } from './activity-detection';
import { Notice } from './private/notices';
import { partitionSupport } from './private/partition-support';
import { allowRules, keepingUndelivered } from './private/undelivered-notices';

/** What to choose about detections of activities. */
export interface ActivityDetectionsOptions {
  /**
   * What to watch for.
   *
   * @default ActivityDetection.standard()
   */
  readonly detections?: ActivityDetection[];
  /**
   * ARNs of roles that make routine changes by other means than AWS CloudFormation, such as Terraform: what they do is not told.
   * Detections that are not routine tell of everybody.
   *
   * @default - none
   */
  readonly expectedRoles?: string[];
}

/** Properties of ActivityDetections. */
export interface ActivityDetectionsProps extends ActivityDetectionsOptions {
  /** Where notices go. Its policy, and that of its key, must let EventBridge publish. */
  readonly topic: sns.ITopic;
  /**
   * The topic of a chat channel, which gets them in its own form.
   *
   * @default - none
   */
  readonly chatTopic?: sns.ITopic;
  /** Keeps notices that could not be delivered. */
  readonly deadLetterQueue: sqs.IQueue;
}

/**
 * Tells people of what somebody did, about a minute after: use of the root user, changes of the trail, deletion of keys and backups.
 * One EventBridge rule for each detection, which is free of charge for events of AWS.
 *
 * A notice carries id, event name, severity, account, Region and a link to CloudTrail: no names of users or resources.
 *
 * Needs a trail that records management events of this Region, such as `AuditTrail`: without one AWS CloudTrail sends nothing. Each
 * Region sees what is done in it. What has no Region, such as IAM and AWS Organizations, is seen in us-east-1 (us-gov-west-1,
 * cn-north-1); a sign-in is in the Region whose page was used, us-east-1 for most: have one there.
 *
 * Security Hub CSPM asks for CloudWatch metric filters for these activities in CIS 1.2.0 and 1.4.0 only (CloudWatch.1 to 14), not in
 * the versions since. These rules do not satisfy those controls, and nothing here makes the filters.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html
 */
export class ActivityDetections extends Construct {
  /** The rules, by the names of the detections. */
  public readonly rules: { [name: string]: events.Rule } = {};

  /**
   * @throws RegionMustBeKnown when the Region is only known at deployment
   * @throws UnsupportedPartition outside the commercial, GovCloud (US) and China partitions
   * @throws DetectedTwice when two detections have one name
   */
  public constructor(scope: Construct, id: string, props: ActivityDetectionsProps) {
    super(scope, id);
    const region = knownRegion(this, 'notices link to the console of their Region');
    const { console } = partitionSupport(this, region);
    const { topic, deadLetterQueue, expectedRoles = [] } = props;
    allowRules(deadLetterQueue);
    for (const detection of props.detections ?? ActivityDetection.standard()) {
      if (this.rules[detection.name]) {
        fail(this, 'DetectedTwice', `${detection.name} is in detections twice; leave one out, or rename it`);
      }
      const notice = Notice.activity(console, region, detection);
      const told = [new targets.SnsTopic(topic, { message: notice.message })];
      if (props.chatTopic) {
        told.push(new targets.SnsTopic(props.chatTopic, { message: notice.chatMessage }));
      }
      const rule = new events.Rule(this, detection.name, {
        description: [detection.title, detection.reference].filter(Boolean).join(': '),
        eventPattern: patternOf(detection, expectedRoles),
        targets: told.map((target) => keepingUndelivered(target, deadLetterQueue)),
      });
      this.rules[detection.name] = rule;
    }
  }
}

/** Somebody who has no such field is no deployment: `exists: false` keeps users and the root user in. */
function patternOf({ eventPattern, routine }: ActivityDetection, expectedRoles: string[]): events.EventPattern {
  if (!routine) {
    return eventPattern;
  }
  const butNot = (values: string[]) => [{ exists: false }, { 'anything-but': values }];
  return {
    ...eventPattern,
    detail: {
      ...eventPattern.detail,
      userIdentity: {
        invokedBy: butNot(['cloudformation.amazonaws.com']),
        ...(expectedRoles.length > 0 ? { sessionContext: { sessionIssuer: { arn: butNot(expectedRoles) } } } : {}),
      },
    },
  };
}
