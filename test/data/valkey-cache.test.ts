import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { DataProtection, FailureScope } from '../../src/core';
import { Cache, type CacheBindOptions, type CacheConfig, type ValkeyCacheProps } from '../../src/data';
import { codeOf, dataStack, VIRGINIA } from '../support/data';

const KEY = { 'Fn::GetAtt': ['CacheKeyCDF9DE27', 'Arn'] };

function bindCache(
  stack: Stack,
  props: Partial<ValkeyCacheProps> = {},
  options: Partial<CacheBindOptions> = {},
): CacheConfig {
  return Cache.valkey({ nodeType: 'cache.r7g.large', ...props }).bind(new Construct(stack, 'Cache'), {
    systemName: 'ehr',
    vpc: stack.node.findChild('Vpc') as ec2.Vpc,
    subnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    dataProtection: DataProtection.retain(),
    ...options,
  });
}

function templateOf(props: Partial<ValkeyCacheProps> = {}, stack = dataStack()): Template {
  bindCache(stack, props);
  return Template.fromStack(stack);
}

describe('a cache', () => {
  const template = templateOf();

  test('has a node in each of three zones, one of which takes over by itself', () => {
    template.hasResourceProperties('AWS::ElastiCache::ReplicationGroup', {
      ReplicationGroupId: 'ehr',
      Engine: 'valkey',
      EngineVersion: '8.1',
      CacheNodeType: 'cache.r7g.large',
      NumCacheClusters: 3,
      AutomaticFailoverEnabled: true,
      MultiAZEnabled: true,
      AutoMinorVersionUpgrade: true,
    });
    const [{ Properties }] = Object.values(template.findResources('AWS::ElastiCache::SubnetGroup'));
    expect(Properties.SubnetIds).toHaveLength(3);
  });

  test('is encrypted at rest with a customer key, takes TLS only, and wants a password that is in no template', () => {
    template.hasResourceProperties('AWS::ElastiCache::ReplicationGroup', {
      Port: 6380,
      AtRestEncryptionEnabled: true,
      KmsKeyId: KEY,
      TransitEncryptionEnabled: true,
      TransitEncryptionMode: 'required',
      AuthToken: {
        'Fn::Join': ['', ['{{resolve:secretsmanager:', Match.anyValue(), ':SecretString:password::}}']],
      },
    });
    template.hasResource('AWS::SecretsManager::Secret', {
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: {
        Name: 'ehr/cache',
        KmsKeyId: KEY,
        GenerateSecretString: Match.objectLike({ PasswordLength: 64, ExcludePunctuation: true }),
      },
    });
  });

  test('keeps snapshots for 15 days, taken before it is maintained', () => {
    template.hasResourceProperties('AWS::ElastiCache::ReplicationGroup', {
      SnapshotRetentionLimit: 15,
      SnapshotWindow: '08:00-09:00',
      PreferredMaintenanceWindow: 'sun:10:00-sun:11:00',
    });
  });

  test('logs what the engine does, encrypted, and not what applications ask, which could name a patient', () => {
    template.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: '/aws/elasticache/ehr/engine-log',
      RetentionInDays: 365,
      KmsKeyId: KEY,
    });
    const [{ Properties, DependsOn }] = Object.values(template.findResources('AWS::ElastiCache::ReplicationGroup'));
    expect(Properties.LogDeliveryConfigurations.map(({ LogType }: { LogType: string }) => LogType)).toEqual([
      'engine-log',
    ]);
    expect(DependsOn).toEqual(Object.keys(template.findResources('AWS::Logs::LogGroup')));
  });

  test('watches its worst node', () => {
    const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm'));
    expect(alarms).toHaveLength(5);
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Metrics: Match.arrayWith([
        Match.objectLike({ Expression: 'MAX([node001, node002, node003])' }),
        Match.objectLike({
          MetricStat: Match.objectLike({
            Metric: Match.objectLike({
              MetricName: 'DatabaseMemoryUsagePercentage',
              Dimensions: [{ Name: 'CacheClusterId', Value: 'ehr-003' }],
            }),
          }),
        }),
      ]),
    });
  });
});

describe('replication', () => {
  const template = templateOf({ replicas: 1 });
  const alarm = (name: string) => {
    const alarms = template.findResources('AWS::CloudWatch::Alarm');
    const [id] = Object.keys(alarms).filter((each) => each.includes(name));
    return alarms[id].Properties;
  };
  const metricsOf = (name: string) =>
    alarm(name)
      .Metrics.filter(({ MetricStat }: { MetricStat?: unknown }) => MetricStat)
      .map(({ MetricStat: { Metric } }: { MetricStat: { Metric: Record<string, unknown> } }) => Metric);

  test('is watched on each node, also where the primary, which is behind nobody, reports nothing', () => {
    expect(alarm('ReplicaLagAlarm').Metrics).toContainEqual(
      expect.objectContaining({ Expression: 'MAX([FILL(node001, 0), FILL(node002, 0)])' }),
    );
    expect(alarm('ReplicaLagAlarm')).toMatchObject({ Threshold: 5, EvaluationPeriods: 7, DatapointsToAlarm: 5 });
    expect(metricsOf('ReplicaLagAlarm')).toEqual(
      ['ehr-001', 'ehr-002'].map((Value) => ({
        Namespace: 'AWS/ElastiCache',
        MetricName: 'ReplicationLag',
        Dimensions: [{ Name: 'CacheClusterId', Value }],
      })),
    );
  });

  test('tells of a failover by its metrics: ElastiCache publishes to no topic that is encrypted', () => {
    expect(alarm('FailoverAlarm').Metrics).toContainEqual(
      expect.objectContaining({ Expression: 'ABS(DIFF(1 * FILL(node001, REPEAT) + 2 * FILL(node002, REPEAT)))' }),
    );
    expect(alarm('FailoverAlarm')).toMatchObject({
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
      DatapointsToAlarm: 1,
      TreatMissingData: 'notBreaching',
    });
    expect(metricsOf('FailoverAlarm').map(({ MetricName }: Record<string, unknown>) => MetricName)).toEqual([
      'IsMaster',
      'IsMaster',
    ]);
    template.hasResourceProperties('AWS::ElastiCache::ReplicationGroup', { NotificationTopicArn: Match.absent() });
  });
});

test('says where to connect, and who may is up to its security group', () => {
  const stack = dataStack();
  const { endpoints, connections } = bindCache(stack);
  connections.allowDefaultPortFrom(ec2.Peer.ipv4('10.0.0.0/16'));
  expect(stack.resolve(endpoints)).toEqual({
    primary: { 'Fn::GetAtt': ['CacheReplicationGroupBFE59FF3', 'PrimaryEndPoint.Address'] },
    reader: { 'Fn::GetAtt': ['CacheReplicationGroupBFE59FF3', 'ReaderEndPoint.Address'] },
    port: '6380',
  });
  Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroup', {
    SecurityGroupIngress: [Match.objectLike({ FromPort: 6380, ToPort: 6380 })],
  });
});

test('claims to come back from the loss of a node or a zone, and promises nothing about records', () => {
  const { recovery = [] } = bindCache(dataStack());
  expect(recovery.map(({ scope }) => scope)).toEqual([FailureScope.COMPONENT, FailureScope.AVAILABILITY_ZONE]);
  for (const { recoveryTime, mechanism, source } of recovery) {
    expect(recoveryTime?.toSeconds()).toBe(30);
    expect(mechanism).toContain('records are kept elsewhere');
    expect(source).toMatch(/^judgement/);
  }
});

test('takes another size, version, port and hour, and logs slow commands where asked', () => {
  const template = templateOf({ replicas: 1, engineVersion: '7.2', port: 7000, quietHour: 22, slowLog: true });
  template.hasResourceProperties('AWS::ElastiCache::ReplicationGroup', {
    NumCacheClusters: 2,
    EngineVersion: '7.2',
    Port: 7000,
    SnapshotWindow: '22:00-23:00',
    PreferredMaintenanceWindow: 'sun:00:00-sun:01:00',
    LogDeliveryConfigurations: [{ LogType: 'engine-log' }, { LogType: 'slow-log' }].map(Match.objectLike),
  });
  templateOf({ quietHour: 21 }).hasResourceProperties('AWS::ElastiCache::ReplicationGroup', {
    PreferredMaintenanceWindow: 'sun:23:00-mon:00:00',
  });
});

describe('that may follow into another Region', () => {
  const stack = dataStack();
  const { replication } = bindCache(stack, { globalDatastore: true });
  const rpo = Duration.minutes(15);

  test('takes no minor versions by itself, which a global datastore turns off, and is else as any other', () => {
    const [mine, others] = [Template.fromStack(stack), templateOf()].map(
      (template) => Object.values(template.findResources('AWS::ElastiCache::ReplicationGroup'))[0].Properties,
    );
    expect(mine).toEqual({ ...others, AutoMinorVersionUpgrade: false });
  });

  test('may be asked again for the same Region, and for no other', () => {
    const source = replication?.replicateTo({ region: 'us-west-2', rpo });
    expect(source).toEqual({ region: 'us-east-1', globalDatastoreId: 'ldgnf-ehr' });
    expect(replication?.replicateTo({ region: 'us-west-2', rpo })).toEqual(source);
    expect(codeOf(() => replication?.replicateTo({ region: 'us-east-2', rpo }))).toBe('AlreadyReplicated');
  });

  test('is not replicated to its own Region', () => {
    const { replication: own } = bindCache(dataStack(), { globalDatastore: true });
    expect(codeOf(() => own?.replicateTo({ region: 'us-east-1', rpo }))).toBe('ReplicaInSameRegion');
  });

  test.each(['cache.t4g.medium', 'cache.t3.large', 'cache.m4.large', 'cache.r4.xlarge', 'cache.m7g.medium'])(
    'fails on %s, which no global datastore takes',
    (nodeType) => {
      expect(() => Cache.valkey({ nodeType, globalDatastore: true })).toThrow(
        new RegExp(`globalDatastore needs nodes of size large .* got ${nodeType}`),
      );
    },
  );

  test.each(['cache.m5.large', 'cache.r7g.12xlarge', 'cache.c8gn.large', 'cache.r6gd.xlarge'])(
    'takes %s',
    (nodeType) => {
      expect(() => Cache.valkey({ nodeType, globalDatastore: true })).not.toThrow();
    },
  );

  test('its system has a name that the copy can have too', () => {
    const named = (systemName: string) => bindCache(dataStack(), { globalDatastore: true }, { systemName });
    expect(() => named('e'.repeat(35))).not.toThrow();
    expect(codeOf(() => named('e'.repeat(36)))).toBe('InvalidSystemName');
  });
});

test('leaves nothing behind where that is acknowledged', () => {
  const stack = dataStack();
  const dataProtection = DataProtection.destroyWithStack({ acknowledgeDataLoss: 'sandbox' });
  bindCache(stack, {}, { dataProtection });
  const template = Template.fromStack(stack);
  for (const type of ['AWS::SecretsManager::Secret', 'AWS::KMS::Key', 'AWS::Logs::LogGroup']) {
    template.allResources(type, { DeletionPolicy: 'Delete' });
  }
});

test.each(['us-gov-west-1', 'cn-north-1'])('names no commercial partition in %s', (region) => {
  const template = templateOf({}, dataStack({ account: '111111111111', region }));
  expect(JSON.stringify(template.toJSON().Resources)).not.toContain('arn:aws:');
});

describe('fails when', () => {
  test('several things are wrong, naming them all', () => {
    expect(() =>
      Cache.valkey({ nodeType: 'r7g.large', replicas: 0, engineVersion: '7.0', port: 80, quietHour: 24 }),
    ).toThrow(
      /nodeType .* got "r7g.large"; replicas .* got 0; engineVersion .* got "7.0"; port .* got 80; quietHour .*24/,
    );
  });

  test.each(['Ehr', 'e'.repeat(41), 'ehr-'])('the system is called %p', (systemName) => {
    expect(codeOf(() => bindCache(dataStack(), {}, { systemName }))).toBe('InvalidSystemName');
  });

  test('there is one zone, or a public subnet', () => {
    expect(codeOf(() => bindCache(dataStack(VIRGINIA, 1)))).toBe('TooFewZones');
    const stack = new Stack(new App(), 'Public', { env: VIRGINIA });
    const vpc = new ec2.Vpc(stack, 'Vpc', { natGateways: 0 });
    expect(codeOf(() => bindCache(stack, {}, { vpc, subnets: { subnetType: ec2.SubnetType.PUBLIC } }))).toBe(
      'DatabaseInPublicSubnet',
    );
  });
});
