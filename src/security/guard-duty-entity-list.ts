import type * as s3 from 'aws-cdk-lib/aws-s3';

/** What GuardDuty makes of a list of addresses or domains. */
export enum EntityListPurpose {
  /** Raise no finding for them: the hospital's own scanners and gateways. */
  TRUSTED = 'TRUSTED',
  /** Raise a finding for each contact with them: what a health-sector information-sharing centre warns of. */
  THREAT = 'THREAT',
}

/**
 * A list of addresses or domains in S3. GuardDuty reads it when it is activated, and again only when it is activated again.
 *
 * Its service-linked role reads the object: the bucket's key, if it is a customer's, must allow
 * `aws-service-role/guardduty.amazonaws.com/AWSServiceRoleForAmazonGuardDuty` to decrypt.
 *
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_upload-lists.html
 */
export interface GuardDutyEntityList {
  /** Name of the list, letters, digits, spaces, hyphens and underscores; unique in account and Region. */
  readonly name: string;
  /** What GuardDuty makes of it. */
  readonly purpose: EntityListPurpose;
  /** The bucket the list is in; of the same account. */
  readonly bucket: s3.IBucket;
  /** The key of the list in the bucket. */
  readonly objectKey: string;
  /**
   * Format of the list: `TXT`, `STIX`, `OTX_CSV`, `ALIEN_VAULT`, `PROOF_POINT` or `FIRE_EYE`.
   *
   * @default 'TXT'
   */
  readonly format?: string;
}
