import type { Duration } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { DataProtection } from '../core/data-protection';
import type { AccessLogBucket } from './access-log-bucket';
import type { ContainableResource } from './containable-resource';
import type { ResponseMode } from './response-mode';

/** What to choose about the response to findings. */
export interface IncidentResponseOptions {
  /** How far it goes by itself. */
  readonly mode: ResponseMode;
  /**
   * What may be contained.
   *
   * @default - everything that can be
   */
  readonly resources?: ContainableResource[];
  /**
   * The lowest severity of a GuardDuty finding to respond to, 1 to 10.
   *
   * @default 7
   */
  readonly guardDutySeverity?: number;
  /**
   * Products whose critical and high findings in Security Hub CSPM start a response, too: their `ProductName` there, letter by letter, for
   * example `Macie`. Security Hub CSPM must be on. The finding is about its first resource, an `AwsEc2Instance`, `AwsIamUser`,
   * `AwsIamRole`, `AwsIamAccessKey` or `AwsS3Bucket`; what is about anything else is told. An answered finding gets the workflow status
   * `NOTIFIED`, so that an update of it is no second case. Not `GuardDuty`, whose findings start a response already, and not `Security Hub`
   * and `Inspector`, whose failed controls and vulnerabilities are no intruder. Findings that this account imports itself, under its
   * default product, start nothing, whatever they call their product. A partner's product that runs in this account imports them as the account,
   * and so may whoever has `securityhub:BatchImportFindings`: name such a product only where few do.
   *
   * @default - GuardDuty only
   */
  readonly securityHubProducts?: string[];
  /**
   * Names of users, roles and buckets, and ids of instances, that no response is made to, such as the break-glass role. Their
   * findings are still told. The runbooks are denied to change such users, roles and buckets, whoever starts them.
   *
   * @default - none
   */
  readonly neverContain?: string[];
  /**
   * ARNs of the roles that may still read a contained bucket, and the records of what was changed.
   *
   * @default - only the runbook itself
   */
  readonly responders?: string[];
  /**
   * The account that investigates: copies of the snapshots are encrypted with a key it may use, and shared with it.
   *
   * @default - snapshots stay in this account
   */
  readonly forensicAccount?: string;
  /**
   * Who is told when nobody approved in time.
   *
   * @default - the topic of the notices
   */
  readonly escalationTopic?: sns.ITopic;
  /**
   * Whether the runbooks only say what they would change. Evidence is kept all the same.
   *
   * @default false
   */
  readonly dryRun?: boolean;
}

/** Properties of an IncidentResponse. */
export interface IncidentResponseProps extends IncidentResponseOptions {
  /** Where notices and questions go. */
  readonly topic: sns.ITopic;
  /** The key of topic, records, logs and open cases; a symmetric key of this Region. */
  readonly encryptionKey: kms.IKey;
  /** Where access to the records is logged. */
  readonly accessLogs: AccessLogBucket;
  /** Keeps findings that could not start a response. */
  readonly deadLetterQueue: sqs.IQueue;
  /**
   * How long records of what was changed are kept. Whole days.
   *
   * @default Duration.days(2557)
   */
  readonly retention?: Duration;
  /**
   * What becomes of records and keys when the stack is deleted.
   *
   * @default DataProtection.retain()
   */
  readonly dataProtection?: DataProtection;
}
