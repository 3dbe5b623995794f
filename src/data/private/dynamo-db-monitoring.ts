import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

/** What is watched. */
export interface WatchedTable {
  readonly tableName: string;
  readonly indexNames: string[];
  /** Whether anybody scans it: an operation more that can fail. */
  readonly scannable: boolean;
}

const MINUTE = Duration.minutes(1);
/** With `Scan` ten, as many metrics as an alarm may add up. */
const OPERATIONS = [
  'GetItem',
  'BatchGetItem',
  'Query',
  'TransactGetItems',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'BatchWriteItem',
  'TransactWriteItems',
];

/** Alarms and widgets of a table. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html */
export class DynamoDbMonitoring {
  public constructor(
    private readonly scope: Construct,
    private readonly storeName: string,
    private readonly watched: WatchedTable,
  ) {}

  public alarms(): cloudwatch.Alarm[] {
    const { storeName } = this;
    return [
      this.alarm(
        'SystemErrorsAlarm',
        this.systemErrors(),
        `Table ${storeName}: Amazon DynamoDB answers with errors of its own`,
      ),
      this.alarm(
        'ThrottleAlarm',
        this.throttled(),
        `Table ${storeName} is throttled: a hot key, its maximum or the account's quota`,
      ),
      ...this.watched.indexNames.map((index) =>
        this.alarm(
          `ThrottleAlarm-${index}`,
          this.throttled(index),
          `Table ${storeName}: its index ${index} is throttled, and with it writes to the table`,
        ),
      ),
    ];
  }

  public widgets(): cloudwatch.IWidget[] {
    const consumed = ['Read', 'Write'].map((way) => this.metric(`Consumed${way}CapacityUnits`));
    const graph = (title: string, left: cloudwatch.IMetric[]) =>
      new cloudwatch.GraphWidget({ title: `Table ${this.storeName}: ${title}`, left, width: 6 });
    return [
      graph('request units a minute', consumed),
      graph('throttled', [this.throttled(), ...this.watched.indexNames.map((index) => this.throttled(index))]),
      graph('errors of DynamoDB', [this.systemErrors()]),
    ];
  }

  /** Published by operation only: there is no metric of the table as a whole. */
  private systemErrors(): cloudwatch.MathExpression {
    const operations = [...OPERATIONS, ...(this.watched.scannable ? ['Scan'] : [])];
    return sum(
      'System errors',
      'errors',
      operations.map((Operation) => this.metric('SystemErrors', { Operation })),
    );
  }

  /** Events, not `ThrottledRequests`, which counts a batch only if all of it was throttled. An index has metrics of its own. */
  private throttled(index?: string): cloudwatch.MathExpression {
    const dimensions: Record<string, string> = index ? { GlobalSecondaryIndexName: index } : {};
    return sum(
      index ? `Throttled on ${index}` : 'Throttled',
      `throttled${index ? this.watched.indexNames.indexOf(index) + 1 : ''}`,
      ['ReadThrottleEvents', 'WriteThrottleEvents'].map((name) => this.metric(name, dimensions)),
    );
  }

  private metric(metricName: string, more: Record<string, string> = {}): cloudwatch.Metric {
    return new cloudwatch.Metric({
      namespace: 'AWS/DynamoDB',
      metricName,
      dimensionsMap: { TableName: this.watched.tableName, ...more },
      statistic: cloudwatch.Stats.SUM,
      period: MINUTE,
    });
  }

  /** One minute of it is what the retries of SDKs are for. Three of five, so that two minutes that come late keep nothing quiet. */
  private alarm(id: string, metric: cloudwatch.MathExpression, alarmDescription: string): cloudwatch.Alarm {
    return metric.createAlarm(this.scope, id, {
      alarmDescription,
      threshold: 0,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
  }
}

/** Only what happened is published: where one of two is missing, a plain sum would be missing too. */
function sum(label: string, prefix: string, metrics: cloudwatch.Metric[]): cloudwatch.MathExpression {
  const named = metrics.map((metric, index): [string, cloudwatch.Metric] => [`${prefix}_${index + 1}`, metric]);
  return new cloudwatch.MathExpression({
    expression: named.map(([name]) => `FILL(${name}, 0)`).join(' + '),
    label,
    period: MINUTE,
    usingMetrics: Object.fromEntries(named),
  });
}
