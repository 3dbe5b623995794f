import { type Duration, Mixin, Token } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { IConstruct } from 'constructs';
import { fail } from '../../core/private/fail';
import { allowLogGroup } from '../private/log-group-key';

/** Options of a LogGroupKept. */
export interface LogGroupKeptProps {
  /** How long records are kept at least: one of the periods that CloudWatch Logs offers, for example `Duration.days(365)`. */
  readonly retention: Duration;
  /**
   * What encrypts records of groups that have no key of their own. Its policy is extended so that CloudWatch Logs can use it;
   * the policy of an imported key must allow that already, or the deployment fails.
   *
   * @default - groups without a key stay under a key of AWS
   */
  readonly encryptionKey?: kms.IKey;
}

/**
 * A log group keeps its records for a stated time, and under a key of yours. Only made stricter: a group that keeps them for longer, or
 * has a key, stays as it is; one that keeps them for ever is told to forget, as nobody may want to keep patient data for ever. Storage is
 * billed by the gigabyte and month.
 *
 * For `CloudWatchLogGroupRetentionPeriod` and, with a key, `CloudWatchLogGroupEncrypted` of the HIPAA Security and NIST 800-53 r5 packs
 * of cdk-nag.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export class LogGroupKept extends Mixin {
  /** @throws InvalidRetention when CloudWatch Logs does not offer the period */
  public constructor(private readonly props: LogGroupKeptProps) {
    super();
    const days = props.retention.toDays({ integral: false });
    if (!OFFERED.includes(days)) {
      fail(undefined, 'InvalidRetention', `retention must be one of ${OFFERED.join(', ')} days, got ${days}`);
    }
  }

  /** Log groups. */
  public supports(construct: IConstruct): boolean {
    return logs.CfnLogGroup.isCfnLogGroup(construct);
  }

  /** Called by `Mixins.of(scope).apply()`. */
  public applyTo(construct: IConstruct): void {
    if (!logs.CfnLogGroup.isCfnLogGroup(construct)) {
      return;
    }
    const { retention, encryptionKey } = this.props;
    const kept = construct.retentionInDays;
    if (kept === undefined || (!Token.isUnresolved(kept) && kept < retention.toDays())) {
      construct.retentionInDays = retention.toDays();
    }
    if (encryptionKey && construct.kmsKeyId === undefined) {
      construct.kmsKeyId = encryptionKey.keyArn;
      allowLogGroup(construct, encryptionKey);
    }
  }
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const OFFERED = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
