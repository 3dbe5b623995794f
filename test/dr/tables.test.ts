import { Duration } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import {
  AppSetting,
  Compute,
  type CrossRegionDrProps,
  DrStrategy,
  type ITableStore,
  RecoveryReadiness,
  TableStore,
} from '../../src';
import { hospital } from '../support/hospital';

/** Two tables and nothing else. */
function consentService(dr: Partial<CrossRegionDrProps> = {}, witnessRegion?: string) {
  const text = (name: string) => ({ name, type: AttributeType.STRING });
  return hospital({
    app: () => ({
      database: undefined,
      documents: undefined,
      compute: Compute.fargate({
        image: ContainerImage.fromRegistry(`consent@sha256:${'0'.repeat(64)}`),
        port: 8080,
        peakTasks: 2,
        environment: { DECISIONS: AppSetting.format('{tables.decisions.name}') },
      }),
      tables: {
        decisions: TableStore.dynamoDb({
          partitionKey: text('patientRef'),
          globalSecondaryIndexes: [{ indexName: 'byRecipient', partitionKey: text('recipientRef') }],
          witnessRegion,
        }),
        sessions: TableStore.dynamoDb({
          partitionKey: text('session'),
          ...(witnessRegion ? { witnessRegion } : { timeToLiveAttribute: 'expiresAt' }),
        }),
      },
    }),
    dr: () => ({ strategy: DrStrategy.warmStandby({ capacityPercent: 50 }), ...dr }),
  });
}

const TABLE = 'AWS::DynamoDB::GlobalTable';

describe('a system with tables in two Regions', () => {
  const { stack, recoveryStack, dr } = consentService();
  const primary = Template.fromStack(stack);
  const recovery = Template.fromStack(recoveryStack);
  const [decisions] = Object.values(primary.findResources(TABLE)).filter(
    ({ Properties }) => Properties.TableName === 'hapi-fhir-decisions',
  );

  test('adds a replica to each table, in the stack of the primary Region alone', () => {
    expect(Object.keys(primary.findResources(TABLE))).toHaveLength(2);
    recovery.resourceCountIs(TABLE, 0);
    const regions = decisions.Properties.Replicas.map(({ Region }: { Region: string }) => Region);
    expect(regions.sort()).toEqual(['us-east-1', 'us-west-2']);
  });

  test('the replica is restorable, protected, tagged, and under the key that landed there before', () => {
    expect(decisions.DeletionPolicy).toBe('Retain');
    expect(decisions.Properties.Replicas).toContainEqual(
      expect.objectContaining({
        Region: 'us-west-2',
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
        SSESpecification: {
          KMSMasterKeyId: {
            'Fn::Join': [
              '',
              [
                'arn:',
                { Ref: 'AWS::Partition' },
                ':kms:us-west-2:',
                { Ref: 'AWS::AccountId' },
                ':alias/hapi-fhir-recovery',
              ],
            ],
          },
        },
        Tags: expect.arrayContaining([{ Key: 'ehr:system', Value: 'hapi-fhir' }]),
      }),
    );
    expect(stack.dependencies).toContain(dr.landing.stack);
  });

  test('the application there reads and writes the replica, its indexes and its key, and nothing more', () => {
    const text = JSON.stringify(recovery.findResources('AWS::IAM::ManagedPolicy'));
    expect(text).toContain('dynamodb:PutItem');
    const arns = [...text.matchAll(/:dynamodb:us-west-2:"[^\]]*?:table\/([^"]*)/g)].map(([, name]) => name);
    expect(new Set(arns)).toEqual(
      new Set(['hapi-fhir-decisions', 'hapi-fhir-decisions/index/byRecipient', 'hapi-fhir-sessions']),
    );
    expect(text).not.toContain('us-east-1');
  });

  test('the application there knows the table by the same name', () => {
    recovery.hasResourceProperties('AWS::ECS::TaskDefinition', {
      ContainerDefinitions: Match.arrayWith([
        Match.objectLike({
          Environment: Match.arrayWith([{ Name: 'DECISIONS', Value: Match.stringLikeRegexp('hapi-fhir-decisions') }]),
        }),
      ]),
    });
  });

  test.each([
    ['the primary Region', primary, 'us-west-2'],
    ['the recovery Region', recovery, 'us-east-1'],
  ])('somebody in %s hears when what is written there reaches the other late', (_, template, receiving) => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'ReplicationLatency',
      Dimensions: Match.arrayWith([{ Name: 'ReceivingRegion', Value: receiving }]),
      Threshold: 10_000,
      TreatMissingData: 'notBreaching',
      AlarmActions: [Match.anyValue()],
    });
  });

  test('the replica is backed up there too', () => {
    const selections = JSON.stringify(recovery.findResources('AWS::Backup::BackupSelection'));
    expect(selections).toContain(':dynamodb:us-west-2:');
    expect(selections).toContain(':table/hapi-fhir-decisions');
  });

  test('nothing is promoted: it loses what the replica has not got yet, and no command is needed to write', () => {
    expect(dr.estimate.rpo.toSeconds()).toBe(10);
    expect(dr.estimate.untilWritable).toEqual([]);
    expect(dr.estimate.rto).toEqual(dr.estimate.rtoReadOnly);
    expect(Object.keys(recovery.findOutputs('*')).filter((id) => /Promote/.test(id))).toEqual([]);
  });
});

test('readiness hears of a replica that was cut off, which the metric of its delay does not tell', () => {
  const { dr, recoveryStack } = consentService();
  const readiness = new RecoveryReadiness(recoveryStack, 'Readiness', { dr });
  expect(readiness.checks).toContain('Tables');
  const template = Template.fromStack(recoveryStack);
  const [rule] = Object.values(
    template.findResources('AWS::Events::Rule', { Properties: { ScheduleExpression: Match.anyValue() } }),
  );
  expect(JSON.stringify(rule.Properties.Targets[0].Input)).toContain('hapi-fhir-decisions');
  const [described] = JSON.stringify(template.findResources('AWS::IAM::ManagedPolicy')).match(
    /"Action":"dynamodb:DescribeTable".*?\]\]\}\]/,
  ) ?? [''];
  expect(described.match(/:table\/[\w-]+/g)).toEqual([':table/hapi-fhir-decisions', ':table/hapi-fhir-sessions']);
});

test('with a witness in a third Region nothing that was answered is lost, and the objective may say so', () => {
  const { stack, recoveryStack, dr } = consentService({}, 'us-east-2');
  expect(dr.estimate.rpo.toSeconds()).toBe(0);
  for (const { Properties } of Object.values(Template.fromStack(stack).findResources(TABLE))) {
    expect(Properties).toMatchObject({ MultiRegionConsistency: 'STRONG', Replicas: [{}, {}] });
  }
  expect(JSON.stringify(Template.fromStack(recoveryStack).toJSON())).not.toContain('ReplicationLatency');
});

test('a table with a witness is refused by backup and restore', () => {
  const measuredRestore = {
    restoreTime: Duration.hours(1),
    deployTime: Duration.hours(1),
    copyTime: Duration.hours(1),
    source: 'RT-1',
  };
  expect(() => consentService({ strategy: DrStrategy.backupAndRestore(), measuredRestore }, 'us-east-2')).toThrow(
    /no template can make the table decisions from a copy of a recovery point/,
  );
});

test('a second recovery Region is refused, the same one again changes nothing', () => {
  const { stack, ehr } = consentService();
  const encryptionKeyArn = 'arn:aws:kms:eu-west-1:111111111111:alias/other';
  const { replication } = ehr.tables.decisions;
  expect(() => replication?.replicateTo({ region: 'eu-west-1', encryptionKeyArn })).toThrow(
    /already replicated to us-west-2, got eu-west-1/,
  );
  replication?.replicateTo({ region: 'us-west-2', encryptionKeyArn });
  expect(JSON.stringify(Template.fromStack(stack).findResources(TABLE))).not.toContain('alias/other');
});

test('a table without a replica in the other Region is refused, saying what would work', () => {
  const stubborn: ITableStore = {
    bind: (scope, options) => {
      const partitionKey = { name: 'visit', type: AttributeType.STRING };
      const { replication, ...config } = TableStore.dynamoDb({ partitionKey }).bind(scope, options);
      return config;
    },
  };
  expect(() => hospital({ app: () => ({ tables: { visits: stubborn } }) })).toThrow(
    /the tables visits would be missing in us-west-2.*use one that can, such as TableStore.dynamoDb.*InvalidCrossRegionDr/,
  );
});
