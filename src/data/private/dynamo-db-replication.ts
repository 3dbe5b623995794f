import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { fail } from '../../core/private/fail';
import { knownRegion } from '../../core/private/tokens';
import type { ITableReplication, TableReplicationTarget } from '../table-store-ref';
import { requireSameTarget } from './one-recovery-region';
import type { StrongConsistency } from './strong-consistency';

/** `usually a few seconds` is all that AWS says. */
const RECOVERY_POINT = Duration.seconds(10);
const CONSISTENCY = 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html';

/**
 * Adds a replica in another Region to a global table, written to in either Region. With eventual consistency the last writer of an item
 * wins; with strong consistency there is one order of writes, and none that was answered is lost with its Region. The stack of the table owns the replica too, so nothing about either changes while that stack's Region is lost.
 *
 * DynamoDB turns a replica that it may not write to, or whose key it may not use, into a table of its own after 20 hours.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/globaltables-security.html
 */
export class DynamoDbReplication implements ITableReplication {
  public readonly recoveryPoint: Duration;
  public readonly recoveryPointSource: string;
  public readonly alarms: cloudwatch.Alarm[] = [];
  private target?: TableReplicationTarget;

  /** @param replicaKeyArns what the table's encryption was given: read when the template is written */
  public constructor(
    private readonly scope: Construct,
    private readonly storeName: string,
    private readonly table: dynamodb.TableV2,
    private readonly replicaKeyArns: Record<string, string>,
    private readonly strong?: StrongConsistency,
  ) {
    this.recoveryPoint = strong ? Duration.seconds(0) : RECOVERY_POINT;
    this.recoveryPointSource = strong
      ? CONSISTENCY
      : `judgement: "usually a few seconds", of which the alarm allows ten (${CONSISTENCY})`;
  }

  public replicateTo(target: TableReplicationTarget): void {
    if (this.target) {
      requireSameTarget(this.scope, `the table ${this.storeName} is`, this.target.region, target.region);
      return;
    }
    const region = knownRegion(this.scope, `its table ${this.storeName} is replicated to another Region`);
    if (target.region === region) {
      fail(this.scope, 'ReplicaInSameRegion', `a table cannot be replicated to its own Region, got ${region}`);
    }
    this.strong?.agreeWith(region, target.region);
    this.target = target;
    this.replicaKeyArns[target.region] = target.encryptionKeyArn;
    this.table.addReplica({ region: target.region }); // with the moments, the protection and the tags of the table
    if (!this.strong) {
      this.alarms.push(replicationLatencyAlarm(this.scope, this.storeName, this.table, target.region));
    }
  }
}

/**
 * Goes off when what is written in this Region reaches another one too late. Published while somebody writes: silence says nothing. Under
 * strong consistency nothing is late, and DynamoDB publishes no such metric.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_monitoring.html
 */
export function replicationLatencyAlarm(
  scope: Construct,
  storeName: string,
  table: dynamodb.ITable,
  receivingRegion: string,
): cloudwatch.Alarm {
  const metric = new cloudwatch.Metric({
    namespace: 'AWS/DynamoDB',
    metricName: 'ReplicationLatency',
    dimensionsMap: { TableName: table.tableName, ReceivingRegion: receivingRegion },
    statistic: cloudwatch.Stats.AVERAGE,
    period: Duration.minutes(1),
  });
  return metric.createAlarm(scope, 'ReplicationLatencyAlarm', {
    alarmDescription: `Table ${storeName}: what is written here reaches ${receivingRegion} later than its recovery point allows`,
    threshold: RECOVERY_POINT.toMilliseconds(),
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: 5,
    datapointsToAlarm: 3,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  });
}
