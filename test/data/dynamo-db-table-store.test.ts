import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { DataProtection } from '../../src/core';
import {
  type DynamoDbTableStoreProps,
  TableStore,
  type TableStoreBindOptions,
  type TableStoreConfig,
} from '../../src/data';
import { codeOf, VIRGINIA } from '../support/data';

const visit = { name: 'visit', type: AttributeType.STRING };
const ward = { name: 'ward', type: AttributeType.STRING };
const byWard = { indexName: 'by-ward', partitionKey: ward };

function bindTable(
  stack: Stack,
  props: Partial<DynamoDbTableStoreProps> = {},
  options: Partial<TableStoreBindOptions> = {},
): TableStoreConfig {
  const scope = new Construct(new Construct(stack, 'Tables'), 'visits');
  return TableStore.dynamoDb({ partitionKey: visit, ...props }).bind(scope, {
    systemName: 'ehr',
    storeName: 'visits',
    dataProtection: DataProtection.retain(),
    ...options,
  });
}

function stackOf(env = VIRGINIA): Stack {
  return new Stack(new App(), 'Data', { env });
}

function templateOf(props?: Partial<DynamoDbTableStoreProps>, options?: Partial<TableStoreBindOptions>): Template {
  const stack = stackOf();
  bindTable(stack, props, options);
  return Template.fromStack(stack);
}

function tableOf(template: Template) {
  const [table] = Object.values(template.findResources('AWS::DynamoDB::GlobalTable'));
  const { DeletionPolicy, Properties } = table;
  return { DeletionPolicy, Properties, replica: Properties.Replicas[0] };
}

describe('a table on Amazon DynamoDB', () => {
  const stack = stackOf();
  const store = bindTable(stack);
  const template = Template.fromStack(stack);

  test('keeps the logical ids that data depends on', () => {
    expect(Object.keys(template.findResources('AWS::DynamoDB::GlobalTable'))).toEqual(['TablesvisitsTable7E7F005C']);
    expect(Object.keys(template.findResources('AWS::KMS::Key'))).toEqual(['TablesvisitsKeyF0CE3A47']);
  });

  test('is named after the system, on demand, under a customer key, restorable for 35 days, protected and kept', () => {
    template.hasResource('AWS::DynamoDB::GlobalTable', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        TableName: 'ehr-visits',
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: 'visit', KeyType: 'HASH' }],
        WriteOnDemandThroughputSettings: Match.absent(),
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
        TimeToLiveSpecification: Match.absent(),
        Replicas: [
          {
            Region: 'us-east-1',
            DeletionProtectionEnabled: true,
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
            SSESpecification: { KMSMasterKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('TablesvisitsKey'), 'Arn'] } },
            ContributorInsightsSpecification: Match.absent(),
            ReadOnDemandThroughputSettings: Match.absent(),
          },
        ],
      },
    });
  });

  test('needs no custom resource', () => {
    template.resourceCountIs('AWS::Lambda::Function', 0);
    template.resourceCountIs('AWS::CloudFormation::CustomResource', 0);
  });

  test('has nothing to fail over, and does not know how long a restore takes', () => {
    const claims = (store.recovery ?? []).map(({ scope, recoveryTime, recoveryPoint }) => [
      scope,
      recoveryTime?.toSeconds(),
      recoveryPoint.toMinutes(),
    ]);
    expect(claims).toEqual([
      ['COMPONENT', 0, 0],
      ['AVAILABILITY_ZONE', 0, 0],
      ['DELETION', undefined, 5],
      ['CORRUPTION', undefined, 5],
    ]);
    expect((store.recovery ?? []).every(({ source }) => source.startsWith('https://docs.aws.amazon.com/'))).toBe(true);
  });

  test('is backed up by its ARN', () => {
    expect(store.backupResources.map(({ resource }) => stack.resolve(resource))).toEqual([
      { 'Fn::GetAtt': [expect.stringContaining('TablesvisitsTable'), 'Arn'] },
    ]);
  });

  test('has an alarm on throttling, of the table as a whole', () => {
    const metrics = metricsOf(template, /visits is throttled/);
    expect(metrics.map(({ MetricName }) => MetricName)).toEqual(['ReadThrottleEvents', 'WriteThrottleEvents']);
    expect(metrics.map(({ Dimensions }) => Dimensions.map(({ Name }) => Name))).toEqual([['TableName'], ['TableName']]);
  });

  test('has an alarm on errors of DynamoDB, which are counted by operation', () => {
    const metrics = metricsOf(template, /errors of its own/);
    expect(new Set(metrics.map(({ MetricName }) => MetricName))).toEqual(new Set(['SystemErrors']));
    const operations = metrics.map(({ Dimensions }) => Dimensions.find(({ Name }) => Name === 'Operation')?.Value);
    expect(operations).toEqual(expect.arrayContaining(['GetItem', 'Query', 'PutItem', 'TransactWriteItems']));
    expect(operations).not.toContain('Scan');
  });

  test('counts what is not published as none', () => {
    for (const { Properties } of Object.values(template.findResources('AWS::CloudWatch::Alarm'))) {
      const [sum] = Properties.Metrics.filter((each: { Expression?: string }) => each.Expression);
      expect(sum.Expression).toMatch(/^FILL\(\w+_1, 0\) \+ FILL\(\w+_2, 0\)/);
      expect(Properties).toMatchObject({
        EvaluationPeriods: 5,
        DatapointsToAlarm: 3,
        TreatMissingData: 'notBreaching',
      });
    }
    expect(store.alarms).toHaveLength(2);
    expect(store.widgets).toHaveLength(3);
  });
});

interface PublishedMetric {
  readonly MetricName: string;
  readonly Dimensions: { readonly Name: string; readonly Value: unknown }[];
}

function metricsOf(template: Template, description: RegExp): PublishedMetric[] {
  const [alarm] = Object.values(template.findResources('AWS::CloudWatch::Alarm')).filter(({ Properties }) =>
    description.test(Properties.AlarmDescription),
  );
  return alarm.Properties.Metrics.flatMap(({ MetricStat }: { MetricStat?: { Metric: PublishedMetric } }) =>
    MetricStat ? [MetricStat.Metric] : [],
  );
}

describe('options of a table', () => {
  test('a sort key, and an attribute after which items go', () => {
    const table = tableOf(
      templateOf({ sortKey: { name: 'at', type: AttributeType.NUMBER }, timeToLiveAttribute: 'ends' }),
    );
    expect(table.Properties.KeySchema).toEqual([
      { AttributeName: 'visit', KeyType: 'HASH' },
      { AttributeName: 'at', KeyType: 'RANGE' },
    ]);
    expect(table.Properties.TimeToLiveSpecification).toEqual({ AttributeName: 'ends', Enabled: true });
  });

  test('a maximum throughput', () => {
    const table = tableOf(templateOf({ maxReadRequestUnits: 500, maxWriteRequestUnits: 100 }));
    expect(table.replica.ReadOnDemandThroughputSettings).toEqual({ MaxReadRequestUnits: 500 });
    expect(table.Properties.WriteOnDemandThroughputSettings).toEqual({ MaxWriteRequestUnits: 100 });
  });

  test('indexes, each with an alarm and an ARN of its own', () => {
    const stack = stackOf();
    const store = bindTable(stack, { globalSecondaryIndexes: [byWard] });
    const template = Template.fromStack(stack);
    expect(store.alarms).toHaveLength(3);
    const metrics = metricsOf(template, /index by-ward is throttled/);
    expect(
      metrics.map(({ Dimensions }) => Dimensions.find(({ Name }) => Name === 'GlobalSecondaryIndexName')?.Value),
    ).toEqual(['by-ward', 'by-ward']);
    expect(stack.resolve(store.indexArns)).toEqual([
      { 'Fn::Join': ['', [{ 'Fn::GetAtt': [expect.stringContaining('Table'), 'Arn'] }, '/index/by-ward']] },
    ]);
  });

  test('scans, whose errors are counted too, in no more metrics than an alarm takes', () => {
    const stack = stackOf();
    expect(bindTable(stack, { allowScan: true }).scannable).toBe(true);
    const metrics = metricsOf(Template.fromStack(stack), /errors of its own/);
    expect(JSON.stringify(metrics)).toContain('"Scan"');
    expect(metrics).toHaveLength(10);
  });

  test('contributor insights, of throttled keys only, with a reason', () => {
    const table = tableOf(
      templateOf({ contributorInsights: true, acknowledgeKeysInPlaintext: 'keys are random identifiers' }),
    );
    expect(table.replica.ContributorInsightsSpecification).toEqual({ Enabled: true, Mode: 'THROTTLED_KEYS' });
  });

  test('a key of your own', () => {
    const stack = stackOf();
    const encryptionKey = kms.Key.fromKeyArn(stack, 'Mine', 'arn:aws:kms:us-east-1:111111111111:key/mine');
    expect(bindTable(stack, { encryptionKey }).encryptionKey).toBe(encryptionKey);
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::KMS::Key', 0);
    expect(tableOf(template).replica.SSESpecification.KMSMasterKeyId).toMatch(/key\/mine$/);
  });

  test('a table of a sandbox goes with its stack', () => {
    const dataProtection = DataProtection.destroyWithStack({ acknowledgeDataLoss: 'test' });
    const table = tableOf(templateOf({}, { dataProtection }));
    expect(table.DeletionPolicy).toBe('Delete');
    expect(table.replica.DeletionProtectionEnabled).toBe(false);
  });
});

describe('fails', () => {
  test.each<[string, Partial<DynamoDbTableStoreProps>, RegExp]>([
    ['one attribute as both keys', { sortKey: visit }, /must be two attributes, got "visit" for both/],
    [
      'items that go by their key',
      { timeToLiveAttribute: 'visit' },
      /timeToLiveAttribute must not be a key, got "visit"/,
    ],
    ['no reads', { maxReadRequestUnits: 0 }, /maxReadRequestUnits must be a whole number of at least 1, got 0/],
    ['half a write', { maxWriteRequestUnits: 1.5 }, /maxWriteRequestUnits must be .*got 1.5/],
    ['an index named twice', { globalSecondaryIndexes: [byWard, byWard] }, /different names, got by-ward, by-ward/],
    [
      'a name no index can have',
      { globalSecondaryIndexes: [{ ...byWard, indexName: 'by ward' }] },
      /3 to 255 letters.*got "by ward"/,
    ],
    [
      'more indexes than there can be',
      { globalSecondaryIndexes: Array.from({ length: 21 }, (_, i) => ({ ...byWard, indexName: `index${i}` })) },
      /at most 20 globalSecondaryIndexes, got 21/,
    ],
    ['keys shown without a reason', { contributorInsights: true }, /acknowledgeKeysInPlaintext/],
    ['keys shown for no reason', { contributorInsights: true, acknowledgeKeysInPlaintext: ' ' }, /plain text/],
  ])('for %s', (_, props, message) => {
    const make = () => TableStore.dynamoDb({ partitionKey: visit, ...props });
    expect(make).toThrow(message);
    expect(codeOf(make)).toBe('InvalidTableStore');
  });

  test('for several mistakes at once', () => {
    expect(() => TableStore.dynamoDb({ partitionKey: visit, sortKey: visit, maxReadRequestUnits: -1 })).toThrow(
      /two attributes.*; maxReadRequestUnits/,
    );
  });

  test('for a stack that knows its Region only at deployment', () => {
    expect(() => bindTable(new Stack(new App(), 'Data'))).toThrow(/table visits.*env: \{ region.*RegionMustBeKnown/);
  });

  test('for a name that physical names cannot be made of', () => {
    expect(codeOf(() => templateOf({}, { systemName: 'Ehr_1' }))).toBe('InvalidSystemName');
  });
});

describe('a replica in another Region', () => {
  test('is not made in the Region of the table', () => {
    const { replication } = bindTable(stackOf());
    const encryptionKeyArn = 'arn:aws:kms:us-east-1:111111111111:alias/recovery';
    expect(codeOf(() => replication?.replicateTo({ region: 'us-east-1', encryptionKeyArn }))).toBe(
      'ReplicaInSameRegion',
    );
  });

  test('is known by its name in its own Region, where nothing is made but alarms', () => {
    const stack = stackOf({ ...VIRGINIA, region: 'us-west-2' });
    const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:us-west-2:111111111111:key/1');
    const store = bindTable(
      stack,
      { globalSecondaryIndexes: [byWard] },
      { replicaOf: { region: 'us-east-1', encryptionKey } },
    );
    const template = Template.fromStack(stack);
    expect(Object.keys(template.toJSON().Resources).every((id) => /Alarm/.test(id))).toBe(true);
    expect(store.replication).toBeUndefined();
    expect(store.table.tableName).toBe('ehr-visits');
    expect(store.indexArns).toEqual([`${store.table.tableArn}/index/by-ward`]);
  });
});
