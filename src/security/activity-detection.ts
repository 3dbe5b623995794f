import { Token } from 'aws-cdk-lib';
import type { EventPattern } from 'aws-cdk-lib/aws-events';
import { Problems } from '../core/private/fail';
import type { ActivitySeverity } from './activity-severity';
import { STANDARD_ACTIVITIES, type StandardActivity } from './private/standard-activities';

/** What makes up a detection of your own. */
export interface ActivityDetectionOptions {
  /** What happened, in a few words. Part of every notice; no patient data. */
  readonly title: string;
  /** How much it matters. */
  readonly severity: ActivitySeverity;
  /** Which events tell of it. */
  readonly eventPattern: EventPattern;
  /**
   * Who asks for it, for example `CIS AWS Foundations 6.0, 5.7`.
   *
   * @default - nobody else; it is yours
   */
  readonly reference?: string;
}

/**
 * Something people do in an account that somebody should know of within a minute, as a pattern of the events that AWS CloudTrail
 * sends to Amazon EventBridge. Attempts that fail match, too. Numbers are those of the CIS AWS Foundations Benchmark 6.0.
 *
 * The `Put…`, `Create…` and `Delete…` of detections that are routine for deployments match only if AWS CloudFormation did not make
 * the call.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
export class ActivityDetection {
  /** The root user did anything but read (5.3). */
  public static readonly ROOT_USE = new ActivityDetection('RootUse', STANDARD_ACTIVITIES.rootUse);
  /** An IAM user signed in to the console without a second factor (5.2). */
  public static readonly SIGN_IN_WITHOUT_MFA = new ActivityDetection(
    'SignInWithoutMfa',
    STANDARD_ACTIVITIES.signInWithoutMfa,
  );
  /** Policies of IAM changed (5.4). Routine for deployments. */
  public static readonly IAM_POLICIES = new ActivityDetection('IamPolicies', STANDARD_ACTIVITIES.iamPolicies);
  /** The audit trail changed (5.5). */
  public static readonly AUDIT_TRAIL = new ActivityDetection('AuditTrail', STANDARD_ACTIVITIES.auditTrail);
  /** A key is disabled or to be deleted (5.7): what it encrypts cannot be read then. */
  public static readonly KEYS = new ActivityDetection('Keys', STANDARD_ACTIVITIES.keys);
  /** Access to a bucket, or what becomes of its objects, changed (5.8). Routine for deployments. */
  public static readonly BUCKET_POLICIES = new ActivityDetection('BucketPolicies', STANDARD_ACTIVITIES.bucketPolicies);
  /** The recording of AWS Config changed (5.9). */
  public static readonly CONFIG_RECORDING = new ActivityDetection(
    'ConfigRecording',
    STANDARD_ACTIVITIES.configRecording,
  );
  /** Security groups changed (5.10). Routine for deployments. */
  public static readonly SECURITY_GROUPS = new ActivityDetection('SecurityGroups', STANDARD_ACTIVITIES.securityGroups);
  /** Network ACLs changed (5.11). Routine for deployments. */
  public static readonly NETWORK_ACLS = new ActivityDetection('NetworkAcls', STANDARD_ACTIVITIES.networkAcls);
  /** Gateways of a network changed (5.12). Routine for deployments. */
  public static readonly GATEWAYS = new ActivityDetection('Gateways', STANDARD_ACTIVITIES.gateways);
  /** Routes changed (5.13). Routine for deployments. */
  public static readonly ROUTES = new ActivityDetection('Routes', STANDARD_ACTIVITIES.routes);
  /** A VPC, a peering or a flow log changed (5.14). Routine for deployments. */
  public static readonly NETWORKS = new ActivityDetection('Networks', STANDARD_ACTIVITIES.networks);
  /** The organization changed (5.15). Seen in the management account. Routine for deployments. */
  public static readonly ORGANIZATION = new ActivityDetection('Organization', STANDARD_ACTIVITIES.organization);
  /** GuardDuty, Security Hub, Inspector, Macie or Access Analyzer was turned off or cut off. */
  public static readonly DETECTION_OFF = new ActivityDetection('DetectionOff', STANDARD_ACTIVITIES.detectionOff);
  /** Backups, or what keeps them, are deleted or loosened: what precedes extortion. */
  public static readonly BACKUPS = new ActivityDetection('Backups', STANDARD_ACTIVITIES.backups);
  /** A snapshot or an image is shared: the quietest way to take a database away. */
  public static readonly SNAPSHOTS_SHARED = new ActivityDetection(
    'SnapshotsShared',
    STANDARD_ACTIVITIES.snapshotsShared,
  );
  /** Alarms, rules or topics are silenced, these detections among them. Routine for deployments. */
  public static readonly ALARMS_SILENCED = new ActivityDetection('AlarmsSilenced', STANDARD_ACTIVITIES.alarmsSilenced);
  /** Somebody opened a shell. Not in the standard set: where shells are daily work it tells nothing. */
  public static readonly SHELLS = new ActivityDetection('Shells', STANDARD_ACTIVITIES.shells);

  /** Those that every account should have: all of the above but `SHELLS`. */
  public static standard(): ActivityDetection[] {
    return Object.values(ActivityDetection).filter(
      (value): value is ActivityDetection => value instanceof ActivityDetection && value !== ActivityDetection.SHELLS,
    );
  }

  /**
   * A detection of your own.
   *
   * @param name a name in PascalCase, unique among detections
   * @throws InvalidActivityDetection when name or title cannot be used
   */
  public static of(name: string, options: ActivityDetectionOptions): ActivityDetection {
    const { title } = options;
    const problems = new Problems(undefined, 'InvalidActivityDetection');
    problems.require(
      !Token.isUnresolved(name) && /^[A-Z][A-Za-z0-9]{0,63}$/.test(name),
      `a name reads like VendorSignedIn, got "${name}"`,
    );
    problems.require(
      !Token.isUnresolved(title) && title.trim() !== '' && !/[<>"\\]/.test(title),
      `the title must say what happened, without any of < > " \\, got "${title}"`,
    );
    problems.throwIfAny();
    return new ActivityDetection(name, options);
  }

  /** What happened. */
  public readonly title: string;
  /** How much it matters. */
  public readonly severity: ActivitySeverity;
  /** Who asks for it. */
  public readonly reference?: string;
  /** Which events tell of it. */
  public readonly eventPattern: EventPattern;
  /** Whether deployments do such a thing every day. */
  public readonly routine: boolean;

  private constructor(
    /** Its name. */
    public readonly name: string,
    activity: StandardActivity,
  ) {
    this.title = activity.title;
    this.severity = activity.severity;
    this.reference = activity.reference;
    this.eventPattern = activity.eventPattern;
    this.routine = activity.routine ?? false;
  }
}
