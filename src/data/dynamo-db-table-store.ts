import { Duration, RemovalPolicy, Token } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { FailureScope } from '../core';
import { Problems } from '../core/private/fail';
import { knownRegion } from '../core/private/tokens';
import type { DynamoDbTableStoreProps } from './dynamo-db-table-store-props';
import { dataKey } from './private/data-key';
import { DynamoDbMonitoring } from './private/dynamo-db-monitoring';
import { DynamoDbReplication, replicationLatencyAlarm } from './private/dynamo-db-replication';
import { LONGEST_TABLE_SYSTEM_NAME, requireSystemName } from './private/physical-names';
import { requireRecoveryPoint } from './private/recovery-point';
import { requireStrong, StrongConsistency } from './private/strong-consistency';
import type { StoreRecovery } from './store-recovery';
import type { ITableStore, TableReplicaSource, TableStoreBindOptions, TableStoreConfig } from './table-store-ref';

/** Longest that DynamoDB keeps every moment of a table. A shorter time costs the same. */
const POINT_IN_TIME_DAYS = 35;

/**
 * A table on Amazon DynamoDB, on demand. Made by `TableStore.dynamoDb`. Everything is made in the scope given to `bind`.
 *
 * It is a global table with one replica, to which `CrossRegionDr` adds another in place: an `AWS::DynamoDB::Table` cannot be turned
 * into one.
 */
export class DynamoDbTableStore implements ITableStore {
  private readonly props: DynamoDbTableStoreProps;

  /** @throws InvalidTableStore naming everything that is wrong */
  public constructor(props: DynamoDbTableStoreProps) {
    this.props = props;
    this.validate();
  }

  /**
   * Called by the system; do not call this yourself.
   *
   * @throws InvalidSystemName when physical names cannot be made of the system's name
   * @throws RegionMustBeKnown when the stack's Region is only known at deployment
   */
  public bind(scope: Construct, options: TableStoreBindOptions): TableStoreConfig {
    const { systemName, storeName, dataProtection } = options;
    requireSystemName(scope, systemName, LONGEST_TABLE_SYSTEM_NAME);
    knownRegion(scope, `the customer key of its table ${storeName} belongs to a replica, which is named by its Region`);
    if (options.replicaOf) {
      return this.replica(scope, options, options.replicaOf);
    }
    if (options.restored) {
      requireRecoveryPoint(scope, 'DynamoDB', options.restored.recoveryPointArn);
    }
    const encryptionKey =
      options.restored?.encryptionKey ??
      this.props.encryptionKey ??
      dataKey(scope, 'Key', `Encrypts the table ${storeName} of ${systemName}`, dataProtection);
    const replicaKeyArns: Record<string, string> = {};
    const table = this.table(
      scope,
      options,
      dynamodb.TableEncryptionV2.customerManagedKey(encryptionKey, replicaKeyArns),
    );
    const { witnessRegion } = this.props;
    const resource = table.node.defaultChild as dynamodb.CfnGlobalTable;
    const strong = witnessRegion ? new StrongConsistency(scope, storeName, resource, witnessRegion) : undefined;
    return {
      ...this.config(scope, storeName, table, encryptionKey),
      replication: new DynamoDbReplication(scope, storeName, table, replicaKeyArns, strong),
      // what was restored is a table of one Region, with items, which DynamoDB makes no strong one of
      restoration: strong
        ? undefined
        : { resourceType: 'DynamoDB', path: table.node.path, before: this.restore(`${systemName}-${storeName}`) },
    };
  }

  /** The replica is the other Region's to make; here it is known by its name, which is the same. */
  private replica(
    scope: Construct,
    { systemName, storeName }: TableStoreBindOptions,
    { region, encryptionKey }: TableReplicaSource,
  ): TableStoreConfig {
    const table = dynamodb.TableV2.fromTableAttributes(scope, 'Table', {
      tableName: `${systemName}-${storeName}`,
      encryptionKey,
      globalIndexes: this.indexes.map(({ indexName }) => indexName),
    });
    const config = this.config(scope, storeName, table, encryptionKey);
    const lag = this.props.witnessRegion ? [] : [replicationLatencyAlarm(scope, storeName, table, region)];
    return { ...config, alarms: [...config.alarms, ...lag] };
  }

  private config(
    scope: Construct,
    storeName: string,
    table: dynamodb.ITableV2,
    encryptionKey: kms.IKey,
  ): TableStoreConfig {
    const scannable = this.props.allowScan ?? false;
    const indexNames = this.indexes.map(({ indexName }) => indexName);
    const monitoring = new DynamoDbMonitoring(scope, storeName, { tableName: table.tableName, indexNames, scannable });
    return {
      table,
      indexArns: indexNames.map((name) => `${table.tableArn}/index/${name}`),
      scannable,
      encryptionKey,
      backupResources: [backup.BackupResource.fromDynamoDbTable(table)],
      alarms: monitoring.alarms(),
      widgets: monitoring.widgets(),
      recovery: recovery(),
    };
  }

  /**
   * CloudFormation makes no table from a backup, but takes one over that has the name. What a restored table lacks is turned on by hand,
   * because taking over changes nothing: https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-dynamodb.html
   */
  private restore(tableName: string): string[] {
    const metadata = `{"targetTableName":"${tableName}","encryptionType":"KMS","kmsMasterKeyArn":"'$KEY'"}`;
    const { timeToLiveAttribute } = this.props;
    return [
      `aws backup start-restore-job --recovery-point-arn $ARN --iam-role-arn $ROLE --resource-type DynamoDB --metadata '${metadata}'`,
      `aws dynamodb wait table-exists --table-name ${tableName}`,
      `aws dynamodb update-continuous-backups --table-name ${tableName} --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true,RecoveryPeriodInDays=${POINT_IN_TIME_DAYS}`,
      `aws dynamodb update-table --table-name ${tableName} --deletion-protection-enabled`,
      ...(timeToLiveAttribute
        ? [
            `aws dynamodb update-time-to-live --table-name ${tableName} --time-to-live-specification Enabled=true,AttributeName=${timeToLiveAttribute}`,
          ]
        : []),
    ];
  }

  private get indexes(): dynamodb.GlobalSecondaryIndexPropsV2[] {
    return this.props.globalSecondaryIndexes ?? [];
  }

  private validate(): void {
    const { partitionKey, sortKey, timeToLiveAttribute, contributorInsights, acknowledgeKeysInPlaintext } = this.props;
    const problems = new Problems(undefined, 'InvalidTableStore');
    const keys = [partitionKey, ...(sortKey ? [sortKey] : [])].map(({ name }) => name);
    problems.require(
      new Set(keys).size === keys.length,
      `partitionKey and sortKey must be two attributes, got "${partitionKey.name}" for both`,
    );
    problems.require(
      timeToLiveAttribute === undefined || !keys.includes(timeToLiveAttribute),
      `timeToLiveAttribute must not be a key, got "${timeToLiveAttribute}"`,
    );
    if (this.props.witnessRegion !== undefined) {
      requireStrong(problems, this.props.witnessRegion, timeToLiveAttribute);
    }
    this.validateIndexes(problems);
    for (const name of ['maxReadRequestUnits', 'maxWriteRequestUnits'] as const) {
      const units = this.props[name];
      problems.require(
        units === undefined || Token.isUnresolved(units) || (Number.isInteger(units) && units >= 1),
        `${name} must be a whole number of at least 1, got ${units}`,
      );
    }
    problems.require(
      !contributorInsights || Boolean(acknowledgeKeysInPlaintext?.trim()),
      'contributorInsights shows keys in plain text in CloudWatch; say why that may be with acknowledgeKeysInPlaintext, or leave it out',
    );
    problems.throwIfAny();
  }

  private validateIndexes(problems: Problems): void {
    const names = this.indexes.map(({ indexName }) => indexName);
    problems.require(names.length <= 20, `a table has at most 20 globalSecondaryIndexes, got ${names.length}`);
    problems.require(
      new Set(names).size === names.length,
      `globalSecondaryIndexes must have different names, got ${names.join(', ')}`,
    );
    for (const name of names) {
      problems.require(
        /^[a-zA-Z0-9_.-]{3,255}$/.test(name),
        `the name of an index must be 3 to 255 letters, digits, "_", "." and "-" known at synthesis, got ${JSON.stringify(name)}`,
      );
    }
  }

  private table(
    scope: Construct,
    { systemName, storeName, dataProtection, restored }: TableStoreBindOptions,
    encryption: dynamodb.TableEncryptionV2,
  ): dynamodb.TableV2 {
    const { partitionKey, sortKey, timeToLiveAttribute, maxReadRequestUnits, maxWriteRequestUnits } = this.props;
    return new dynamodb.TableV2(scope, 'Table', {
      tableName: `${systemName}-${storeName}`,
      partitionKey,
      sortKey,
      globalSecondaryIndexes: this.indexes,
      timeToLiveAttribute,
      billing: dynamodb.Billing.onDemand({ maxReadRequestUnits, maxWriteRequestUnits }),
      encryption,
      pointInTimeRecoverySpecification: {
        pointInTimeRecoveryEnabled: true,
        recoveryPeriodInDays: POINT_IN_TIME_DAYS,
      },
      contributorInsightsSpecification: this.props.contributorInsights
        ? { enabled: true, mode: dynamodb.ContributorInsightsMode.THROTTLED_KEYS }
        : undefined,
      deletionProtection: dataProtection.retained,
      // CloudFormation takes over only what it is to keep: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-automatically.html
      removalPolicy: restored ? RemovalPolicy.RETAIN : dataProtection.removalPolicy,
    });
  }
}

/** Nothing fails over: DynamoDB is a service of the Region. Restoring makes another table, which takes as long as it takes. */
function recovery(): StoreRecovery[] {
  const none = Duration.seconds(0);
  return [
    ...[FailureScope.COMPONENT, FailureScope.AVAILABILITY_ZONE].map((scope) => ({
      scope,
      mechanism: 'Amazon DynamoDB keeps every item in several zones',
      recoveryTime: none,
      recoveryPoint: none,
      source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.Partitions.html',
    })),
    ...[FailureScope.DELETION, FailureScope.CORRUPTION].map((scope) => ({
      scope,
      mechanism: `restore into a new table, to any moment of the last ${POINT_IN_TIME_DAYS} days`,
      recoveryPoint: Duration.minutes(5),
      source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html',
    })),
  ];
}
