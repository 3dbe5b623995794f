import * as events from 'aws-cdk-lib/aws-events';

/**
 * The event that a secret was rotated, in whichever Region owns it. AWS Secrets Manager sends it through CloudTrail, so the account
 * needs a trail that records management events.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/monitoring-eventbridge.html
 */
export function rotationOf(secretName: string): events.EventPattern {
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
