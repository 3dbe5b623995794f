import { EventField, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import type { ActivityDetection } from '../activity-detection';

/** What a person gets to read of an event. Only fields that every event has, and that hold no name of a user or a resource. */
export class Notice {
  /** An Amazon GuardDuty finding. */
  public static guardDuty(console: string, region: string): Notice {
    return new Notice({
      notice: 'Amazon GuardDuty finding',
      id: field('$.detail.id'),
      type: field('$.detail.type'),
      severity: field('$.detail.severity'),
      account: field('$.detail.accountId'),
      region: field('$.detail.region'),
      console: `https://${console}/guardduty/home?region=${region}#/findings?search=id%3D${field('$.detail.id')}`,
    });
  }

  /** A finding of AWS Security Hub CSPM. */
  public static securityHub(console: string, region: string): Notice {
    return new Notice({
      notice: 'AWS Security Hub CSPM finding',
      id: field('$.detail.findings[0].Id'),
      type: field('$.detail.findings[0].GeneratorId'),
      severity: field('$.detail.findings[0].Severity.Label'),
      account: field('$.detail.findings[0].AwsAccountId'),
      region: field('$.detail.findings[0].Region'),
      console: `https://${console}/securityhub/home?region=${region}#/findings`,
    });
  }

  /** An event of AWS Health. */
  public static health(console: string): Notice {
    return new Notice({
      notice: 'AWS Health event',
      id: field('$.detail.eventArn'),
      type: field('$.detail.eventTypeCode'),
      severity: field('$.detail.eventTypeCategory'), // the nearest thing: Health events carry no severity
      account: field('$.account'),
      region: field('$.detail.eventRegion'),
      console: `https://${console}/health/home`,
    });
  }

  /** An instance that misses patches. */
  public static patches(console: string, region: string): Notice {
    return new Notice({
      notice: 'An instance misses patches',
      id: field('$.detail.resource-id'),
      type: field('$.detail.compliance-type'),
      severity: field('$.detail.severity'),
      account: field('$.account'),
      region: field('$.region'),
      console: `https://${console}/systems-manager/compliance?region=${region}`,
    });
  }

  /** A window in which patches were not installed as they should be. */
  public static patchWindow(console: string, region: string): Notice {
    return new Notice({
      notice: 'A maintenance window did not end well',
      id: field('$.detail.window-execution-id'),
      type: field('$.detail.status'),
      severity: 'HIGH',
      account: field('$.account'),
      region: field('$.region'),
      console: `https://${console}/systems-manager/maintenance-windows?region=${region}`,
    });
  }

  /** Something that somebody did. */
  public static activity(console: string, region: string, detection: ActivityDetection): Notice {
    return new Notice({
      notice: detection.title,
      id: field('$.detail.eventID'),
      type: field('$.detail.eventName'),
      severity: detection.severity,
      account: field('$.account'),
      region: field('$.detail.awsRegion'),
      console: `https://${console}/cloudtrailv2/home?region=${region}#/events/${field('$.detail.eventID')}`,
    });
  }

  private constructor(
    /** By name. */
    public readonly fields: Record<string, string>,
  ) {}

  /** For people and machines: an object. */
  public get message(): RuleTargetInput {
    return RuleTargetInput.fromObject(this.fields);
  }

  /**
   * For Amazon Q Developer in chat applications, which drops whatever is neither an event of AWS nor in this form.
   * https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html
   */
  public get chatMessage(): RuleTargetInput {
    const { notice, ...more } = this.fields;
    const lines = Object.entries(more).map(([name, value]) => `*${name}*: ${value}`);
    return RuleTargetInput.fromObject({
      version: '1.0',
      source: 'custom',
      content: { textType: 'client-markdown', title: notice, description: lines.join('\n') },
    });
  }
}

function field(path: string): string {
  return EventField.fromPath(path);
}
