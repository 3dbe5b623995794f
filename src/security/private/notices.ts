import { EventField, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import type { ActivityDetection } from '../activity-detection';

/** What a person gets to read. Only fields that every event has, and that hold no resource name. */
export interface Notices {
  readonly guardDuty: RuleTargetInput;
  readonly securityHub: RuleTargetInput;
  readonly health: RuleTargetInput;
}

/** The notices of one Region. */
export function notices(console: string, region: string): Notices {
  const field = (path: string): string => EventField.fromPath(path);
  const link = (page: string): string => `https://${console}/${page}`;
  return {
    guardDuty: RuleTargetInput.fromObject({
      notice: 'Amazon GuardDuty finding',
      id: field('$.detail.id'),
      type: field('$.detail.type'),
      severity: field('$.detail.severity'),
      account: field('$.detail.accountId'),
      region: field('$.detail.region'),
      console: link(`guardduty/home?region=${region}#/findings?search=id%3D${field('$.detail.id')}`),
    }),
    securityHub: RuleTargetInput.fromObject({
      notice: 'AWS Security Hub CSPM finding',
      id: field('$.detail.findings[0].Id'),
      type: field('$.detail.findings[0].GeneratorId'),
      severity: field('$.detail.findings[0].Severity.Label'),
      account: field('$.detail.findings[0].AwsAccountId'),
      region: field('$.detail.findings[0].Region'),
      console: link(`securityhub/home?region=${region}#/findings`),
    }),
    health: RuleTargetInput.fromObject({
      notice: 'AWS Health event',
      id: field('$.detail.eventArn'),
      type: field('$.detail.eventTypeCode'),
      severity: field('$.detail.eventTypeCategory'), // the nearest thing: Health events carry no severity
      account: field('$.account'),
      region: field('$.detail.eventRegion'),
      console: link('health/home'),
    }),
  };
}

/** The notice of an activity. Names of users and resources stay in CloudTrail. */
export function activityNotice(console: string, region: string, detection: ActivityDetection): RuleTargetInput {
  const field = (path: string): string => EventField.fromPath(path);
  return RuleTargetInput.fromObject({
    notice: detection.title,
    id: field('$.detail.eventID'),
    type: field('$.detail.eventName'),
    severity: detection.severity,
    account: field('$.account'),
    region: field('$.detail.awsRegion'),
    console: `https://${console}/cloudtrailv2/home?region=${region}#/events/${field('$.detail.eventID')}`,
  });
}
