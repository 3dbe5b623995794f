import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as kms from 'aws-cdk-lib/aws-kms';

/** Properties of a DynamoDbTableStore. */
export interface DynamoDbTableStoreProps {
  /**
   * The attribute that says which items are kept together. For good: another one needs another table. Do not make it of what
   * names a patient: keys are not hidden from those who operate the table.
   */
  readonly partitionKey: dynamodb.Attribute;
  /**
   * The attribute that items of one partition key are in order of. For good, as `partitionKey`.
   *
   * @default - none: one item for each partition key
   */
  readonly sortKey?: dynamodb.Attribute;
  /**
   * Other keys to ask by. DynamoDB adds or removes one in an update: deploy after each. Each is paid for like a table, and asked,
   * it may be a moment behind.
   *
   * @default - none
   */
  readonly globalSecondaryIndexes?: dynamodb.GlobalSecondaryIndexPropsV2[];
  /**
   * The attribute, seconds since 1970, after which DynamoDB deletes an item, within a few days. For sessions and caches, not for
   * records that must be kept.
   *
   * @default - nothing is deleted by itself
   */
  readonly timeToLiveAttribute?: string;
  /**
   * Lose no write that was answered when a Region is lost (multi-Region strong consistency). The Region named here keeps a witness: no
   * items, but a say in the order of writes, so that they go on while any one of the three Regions is gone. `CrossRegionDr` makes the
   * replica; without one the app does not synthesize. Reads that ask for it (`ConsistentRead`) see the last write in either Region.
   *
   * Decide before there is data: DynamoDB makes only an empty table strongly consistent, and never back. Each write waits for another
   * Region; transactions and `timeToLiveAttribute` are refused. A write meets an error where two Regions change an item at the same
   * moment: let the application try again. No replica can be removed by itself, and a backup is restored into a table of one Region.
   * A replica that DynamoDB may not write to any more refuses writes and consistent reads at once, and is lost for good after seven days:
   * guard the key of each Region, and the rights of the service-linked role, as you guard the data.
   *
   * @default - eventual consistency: seconds of writes are lost with their Region, and the last writer of an item wins
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/globaltables-security.html
   */
  readonly witnessRegion?: string;
  /**
   * The most read request units a second that are served, and paid for; more are throttled, and care waits. An alarm tells.
   *
   * @default - as many as the account's quota for a table allows, 40000 unless it is raised
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode-max-throughput.html
   */
  readonly maxReadRequestUnits?: number;
  /**
   * The most write request units a second that are served, and paid for; more are throttled, and care waits. An alarm tells.
   *
   * @default - as many as the account's quota for a table allows, 40000 unless it is raised
   */
  readonly maxWriteRequestUnits?: number;
  /**
   * Let the application read the whole table at once (`Scan`): every patient's items, and all their read units. Asking by key
   * (`Query`) needs no such right.
   *
   * @default false
   */
  readonly allowScan?: boolean;
  /**
   * Show which keys are throttled, in CloudWatch Contributor Insights, which costs by the event. It shows keys in plain text, outside
   * the customer key: AWS advises against it for a table under one. Takes `acknowledgeKeysInPlaintext`.
   *
   * @default false
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContributorInsights.html
   */
  readonly contributorInsights?: boolean;
  /**
   * Why keys of this table may be seen in plain text, for example `keys are random identifiers`.
   *
   * @default - they may not: `contributorInsights` is refused
   */
  readonly acknowledgeKeysInPlaintext?: string;
  /**
   * The customer key that encrypts the table, its indexes and its backups.
   *
   * @default - a new key with rotation
   */
  readonly encryptionKey?: kms.IKey;
}
