import { App, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { DataProtection } from '../../src/core';
import { type DynamoDbTableStoreProps, TableStore } from '../../src/data';

const partitionKey = { name: 'consent', type: AttributeType.STRING };

interface Places {
  readonly region?: string;
  readonly replica?: string;
  readonly witness?: string;
}

function replicated({ region = 'us-east-1', replica = 'us-west-2', witness = 'us-east-2' }: Places = {}) {
  const stack = new Stack(new App(), 'Data', { env: { account: '111111111111', region } });
  const store = TableStore.dynamoDb({ partitionKey, witnessRegion: witness }).bind(new Construct(stack, 'consents'), {
    systemName: 'ehr',
    storeName: 'consents',
    dataProtection: DataProtection.retain(),
  });
  const encryptionKeyArn = `arn:aws:kms:${replica}:111111111111:alias/ehr-recovery`;
  store.replication?.replicateTo({ region: replica, encryptionKeyArn });
  return { stack, store };
}

describe('a table that loses no write with its Region', () => {
  const { stack, store } = replicated();
  const template = Template.fromStack(stack);

  test('is in two Regions, with a witness in a third', () => {
    const [{ Properties }] = Object.values(template.findResources('AWS::DynamoDB::GlobalTable'));
    expect(Properties.MultiRegionConsistency).toBe('STRONG');
    expect(Properties.GlobalTableWitnesses).toEqual([{ Region: 'us-east-2' }]);
    const regions = Properties.Replicas.map(({ Region }: { Region: string }) => Region);
    expect(regions.sort()).toEqual(['us-east-1', 'us-west-2']);
  });

  test('is never behind, so nothing looks at a delay that DynamoDB does not publish', () => {
    expect(store.replication?.recoveryPoint.toSeconds()).toBe(0);
    expect(store.replication?.alarms).toEqual([]);
    expect(JSON.stringify(template.toJSON())).not.toContain('ReplicationLatency');
  });

  test('cannot be made from a backup, which would be a table of one Region', () => {
    expect(store.restoration).toBeUndefined();
  });

  test('has no such alarm in the other Region either', () => {
    const other = new Stack(new App(), 'Other', { env: { account: '111111111111', region: 'us-west-2' } });
    const { encryptionKey } = store;
    TableStore.dynamoDb({ partitionKey, witnessRegion: 'us-east-2' }).bind(new Construct(other, 'consents'), {
      systemName: 'ehr',
      storeName: 'consents',
      dataProtection: DataProtection.retain(),
      replicaOf: { region: 'us-east-1', encryptionKey },
    });
    Template.fromStack(other).resourcePropertiesCountIs(
      'AWS::CloudWatch::Alarm',
      { MetricName: 'ReplicationLatency' },
      0,
    );
  });
});

describe('fails', () => {
  test.each<[string, Places]>([
    ['with a witness of another set of Regions', { witness: 'eu-west-1' }],
    ['with a witness where the table is', { witness: 'us-east-1' }],
    ['with a witness where the replica is', { witness: 'us-west-2' }],
    ['in a Region of no set', { region: 'us-west-1' }],
    ['with a replica in a Region of no set', { replica: 'ca-central-1' }],
    ['in China, which has none', { region: 'cn-north-1', replica: 'cn-northwest-1', witness: 'us-east-2' }],
  ])('%s, naming the sets', (_, places) => {
    expect(() => replicated(places)).toThrow(
      /its replica and its witness must be in three Regions of us-east-1, us-east-2, us-west-2; or of .*InvalidWitnessRegion at Data\/consents/,
    );
  });

  test.each<[string, Partial<DynamoDbTableStoreProps>, RegExp]>([
    [
      'with a time to live',
      { timeToLiveAttribute: 'expiresAt' },
      /got timeToLiveAttribute "expiresAt" with witnessRegion/,
    ],
    [
      'with a witness that nobody knows yet',
      { witnessRegion: Token.asString({ Ref: 'Where' }) },
      /must be known at synthesis/,
    ],
  ])('%s', (_, props, message) => {
    expect(() => TableStore.dynamoDb({ partitionKey, witnessRegion: 'us-east-2', ...props })).toThrow(message);
  });

  test('at synthesis without a replica: two Regions cannot agree by a majority', () => {
    const app = new App();
    const stack = new Stack(app, 'Data', { env: { account: '111111111111', region: 'us-east-1' } });
    TableStore.dynamoDb({ partitionKey, witnessRegion: 'us-east-2' }).bind(new Construct(stack, 'consents'), {
      systemName: 'ehr',
      storeName: 'consents',
      dataProtection: DataProtection.retain(),
    });
    expect(() => app.synth()).toThrow(/consents keeps strong consistency over three Regions, but has no replica/);
  });
});
