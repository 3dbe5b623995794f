import type { Duration } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { DataProtection } from '../core/data-protection';
import type { AccessAnalysisOptions } from './access-analysis';
import type { ManagedElsewhere } from './account-service-handler';
import type { AccountSettingsOptions } from './account-settings';
import type { ActivityDetectionsOptions } from './activity-detections';
import type { AuditTrailOptions } from './audit-trail';
import type { ConfigRecordingOptions } from './config-recording';
import type { FindingRoutingOptions } from './finding-routing';
import type { GuardDutyOptions } from './guard-duty';
import type { IncidentResponseOptions } from './incident-response-props';
import type { InspectorOptions } from './inspector';
import type { MacieOptions } from './macie';
import type { SecurityHubOptions } from './security-hub';
import type { SecurityHubCspmOptions } from './security-hub-cspm';
import type { ServiceEnablement } from './service-enablement';

/** Properties of a SecurityBaseline. */
export interface SecurityBaselineProps {
  /**
   * The Region that findings are collected in, and that does what an account needs once: the trail of all Regions, and the
   * recording of IAM. The same in every Region's baseline.
   */
  readonly homeRegion: string;
  /**
   * Every other Region that has a baseline, of the same partition. The same in every Region's baseline.
   *
   * @default - none
   */
  readonly linkedRegions?: string[];
  /**
   * Who turns on each service. Where an organization or Control Tower does, say `Enablement.external`; in an account with a
   * history, `Enablement.adopt`.
   *
   * @default - this stack turns on every one
   */
  readonly enablement?: ServiceEnablement;
  /**
   * What to choose about GuardDuty.
   *
   * @default - every protection plan, and Runtime Monitoring of Fargate tasks
   */
  readonly guardDuty?: GuardDutyOptions;
  /**
   * Whether to keep the findings of GuardDuty, which forgets them after 90 days, as long as other audit records. A detector
   * has one archive, so an adopted one may have it already. Costs the storage.
   *
   * @default - true where this stack makes the detector and a trail or AWS Config makes it keep records anyway
   */
  readonly archiveFindings?: boolean;
  /**
   * What to choose about Security Hub CSPM.
   *
   * @default - AWS Foundational Security Best Practices, CIS 5.0.0 and NIST 800-53 r5
   */
  readonly securityHubCspm?: SecurityHubCspmOptions;
  /**
   * What to choose about the unified Security Hub. Billed per resource and month.
   *
   * @default - no tickets
   */
  readonly securityHub?: SecurityHubOptions;
  /**
   * What to choose about AWS Config.
   *
   * @default - the service-linked role
   */
  readonly config?: ConfigRecordingOptions;
  /**
   * What to choose about the trail. Used in the home Region only.
   *
   * @default - management events of every Region
   */
  readonly auditTrail?: AuditTrailOptions;
  /**
   * What to choose about IAM Access Analyzer. Unused access is analysed in the home Region only.
   *
   * @default - external access only
   */
  readonly accessAnalyzer?: AccessAnalysisOptions;
  /**
   * Look for vulnerabilities with Amazon Inspector. Billed per instance, image and function; CloudFormation cannot turn it
   * on, so a function does, which adopts what is on.
   *
   * @default - not turned on
   */
  readonly inspector?: InspectorOptions;
  /**
   * Watch buckets, and find sensitive data in them, with Amazon Macie. Billed per bucket and month, and per gigabyte looked at.
   * In `omitted` where AWS does not offer it: GovCloud (US), China and some Regions that accounts opt into.
   *
   * @default - not turned on
   */
  readonly macie?: MacieOptions;
  /**
   * Keep a year of behaviour for investigations with Amazon Detective. Billed per gigabyte of logs. In `omitted` where AWS does
   * not offer it: China, Osaka and some Regions that accounts opt into.
   *
   * @default false
   */
  readonly detective?: boolean;
  /**
   * Make settings of the account stricter that no CloudFormation resource has: public buckets, images and snapshots, EBS
   * encryption, IMDSv2, serial console, passwords. Free of charge; a function sets them, and they stay when the stack goes.
   *
   * @default - settings stay as they are
   */
  readonly accountSettings?: AccountSettingsOptions;
  /**
   * What a deployment makes of a service that is to be adopted and that somebody else turns out to manage.
   *
   * @default ManagedElsewhere.ACCEPT
   */
  readonly managedElsewhere?: ManagedElsewhere;
  /**
   * Another value makes the next deployment look again at what was adopted, and raise what was lowered since.
   *
   * @default - looks again when what is wanted changes
   */
  readonly adoptionRevision?: string;
  /**
   * What to choose about notifications.
   *
   * @default - a new topic
   */
  readonly findingRouting?: FindingRoutingOptions;
  /**
   * What people do that somebody is told of: use of the root user, changes of the trail, deletion of keys and backups, and the rest of
   * CIS section 5. Free of charge. An empty list of detections turns them off; so does a trail that is off, without which they see
   * nothing.
   *
   * @default - `ActivityDetection.standard()`
   */
  readonly activityDetections?: ActivityDetectionsOptions;
  /**
   * What is done about findings of GuardDuty in this account and Region, beside telling people.
   *
   * @default - nothing
   */
  readonly incidentResponse?: IncidentResponseOptions;
  /**
   * How long audit records (trail, configuration history, access logs) are kept. Whole days. Below six years a warning
   * cites 45 CFR 164.316(b)(2)(i).
   *
   * @default Duration.days(2557)
   */
  readonly recordRetention?: Duration;
  /**
   * The key for audit records and notices. CloudTrail, Config, CloudWatch Logs, EventBridge and CloudWatch are added to its
   * policy, which an imported key's cannot be: give that key these statements yourself.
   *
   * @default - a new key with rotation
   */
  readonly encryptionKey?: kms.IKey;
  /**
   * What becomes of records, keys and the services themselves when the stack is deleted. `destroyWithStack` turns the
   * services off and loses their findings; S3 deletes only buckets that were emptied.
   *
   * @default DataProtection.retain()
   */
  readonly dataProtection?: DataProtection;
}
