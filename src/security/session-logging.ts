import { Duration } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { DataProtection } from '../core/data-protection';
import { Problems } from '../core/private/fail';
import { allowLogGroup } from './private/log-group-key';
import { keepOn } from './private/singleton';

/** Properties of SessionLogging. */
export interface SessionLoggingProps {
  /** The key that encrypts the transcripts; a symmetric key of this Region. */
  readonly encryptionKey: kms.IKey;
  /**
   * How long transcripts are kept.
   *
   * @default RetentionDays.ONE_YEAR
   */
  readonly retention?: logs.RetentionDays;
  /**
   * After how long without input a session ends, 1 to 60 whole minutes.
   *
   * @default Duration.minutes(15)
   */
  readonly idleTimeout?: Duration;
  /**
   * How long a session lasts at most, 1 to 1440 whole minutes.
   *
   * @default Duration.hours(8)
   */
  readonly maxDuration?: Duration;
  /**
   * Whether transcripts outlive the stack.
   *
   * @default DataProtection.retain()
   */
  readonly dataProtection?: DataProtection;
}

/**
 * Keeps what people type into shells on instances (Session Manager), and ends sessions that nobody uses. Transcripts can hold
 * patient data: whoever may read the log group may read it. Instances need `logs:PutLogEvents` for it.
 *
 * An account and Region has one such document; where somebody has made it in the console, delete it first. Billed as ingestion of
 * CloudWatch Logs.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-logging.html
 */
export class SessionLogging extends Construct {
  /** Where transcripts are kept. */
  public readonly logGroup: logs.LogGroup;
  /** The preferences of Session Manager. */
  public readonly preferences: ssm.CfnDocument;

  /**
   * @throws InvalidSession when a time is not whole minutes, or outside of what Session Manager takes
   */
  public constructor(scope: Construct, id: string, props: SessionLoggingProps) {
    super(scope, id);
    const dataProtection = props.dataProtection ?? DataProtection.retain();
    const idle = this.minutes('idleTimeout', props.idleTimeout ?? Duration.minutes(15), 60);
    const longest = this.minutes('maxDuration', props.maxDuration ?? Duration.hours(8), 1440);
    allowLogGroup(this, props.encryptionKey);
    this.logGroup = new logs.LogGroup(this, 'LogGroup', {
      encryptionKey: props.encryptionKey,
      retention: props.retention ?? logs.RetentionDays.ONE_YEAR,
      removalPolicy: dataProtection.removalPolicy,
    });
    this.preferences = new ssm.CfnDocument(this, 'Preferences', {
      name: 'SSM-SessionManagerRunShell', // the name by which Session Manager finds its preferences
      documentType: 'Session',
      updateMethod: 'NewVersion', // a replacement would need another name
      content: {
        schemaVersion: '1.0',
        description: 'Preferences of Session Manager: transcripts are kept, idle sessions end',
        sessionType: 'Standard_Stream',
        inputs: {
          cloudWatchLogGroupName: this.logGroup.logGroupName,
          cloudWatchEncryptionEnabled: true,
          cloudWatchStreamingEnabled: true,
          idleSessionTimeout: String(idle),
          maxSessionDuration: String(longest),
          runAsEnabled: false,
        },
      },
    });
    keepOn(this.preferences, dataProtection);
  }

  private minutes(name: string, duration: Duration, atMost: number): number {
    const value = duration.isUnresolved() ? Number.NaN : duration.toMinutes({ integral: false });
    const problems = new Problems(this, 'InvalidSession');
    problems.require(
      Number.isInteger(value) && value >= 1 && value <= atMost,
      `${name} must be 1 to ${atMost} whole minutes, known at synthesis, got ${value}`,
    );
    problems.throwIfAny();
    return value;
  }
}
