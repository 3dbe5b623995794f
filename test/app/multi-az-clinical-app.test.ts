import { App, Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  BackupPolicy,
  ClinicalTier,
  Database,
  DataProtection,
  DocumentStore,
  FailureScope,
  FileShare,
  HealthProfile,
  type IIngress,
  MalwareScan,
  Network,
  ResilienceObjectives,
} from '../../src';
import { ACCOUNT, clinicalApp, clinicalAppIn, SmallDatabase, SmallDocumentStore, VIRGINIA } from '../support/app';
import { SIZE } from '../support/rds';

const withData = { database: new SmallDatabase(), documents: new SmallDocumentStore() };
const real = {
  network: undefined,
  database: Database.auroraPostgres({ databaseName: 'ehr' }),
  documents: DocumentStore.s3(),
};

function metadataOf(stack: Stack): Record<string, unknown> {
  return Template.fromStack(stack).toJSON().Metadata['cdk-resilient-ehr'].systems['Ehr/App'];
}

test('the licence of its database is written into the template', () => {
  const database = Database.rdsSqlServer(SIZE);
  const objectives = ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL);
  const app = clinicalApp({ app: { ...real, database, objectives } });
  const template = Template.fromStack(Stack.of(app));
  expect(metadataOf(Stack.of(app)).licences).toEqual([
    expect.objectContaining({ product: 'Microsoft SQL Server Standard Edition', model: 'license-included' }),
  ]);
  template.hasResourceProperties('AWS::RDS::EventSubscription', { SourceType: 'db-instance' });
});

describe('the whole', () => {
  test('runs on its own network, with database, documents and backups', () => {
    const app = clinicalApp({ app: real });
    const template = Template.fromStack(Stack.of(app));
    for (const type of ['EC2::VPC', 'RDS::DBCluster', 'ECS::Service', 'ElasticLoadBalancingV2::LoadBalancer']) {
      template.resourceCountIs(`AWS::${type}`, 1);
    }
    template.resourceCountIs('AWS::Backup::BackupSelection', 1);
    template.resourceCountIs('AWS::CloudWatch::Dashboard', 1);
    expect(app.backup).toBeDefined();
    expect(app.network.zoneCount).toBe(3);
  });

  test('gives no warning of its own, nor makes CDK give one', () => {
    const { database: _, ...withoutDatabase } = real;
    const app = clinicalApp({ app: withoutDatabase });
    Annotations.fromStack(Stack.of(app)).hasNoWarning('*', Match.anyValue());
  });

  test('keeps the logical ids of what holds state, and of singletons, for ever', () => {
    const { Resources } = Template.fromStack(Stack.of(clinicalApp({ app: real }))).toJSON();
    const contracts = [
      'AppNotificationsKey8F7D200A',
      'AppNotificationsTopic252BC2AD',
      'AppComputeClusterF01375E0',
      'AppComputeService0FD4A9B7',
      'AppComputeLogsKeyC8E2AF28',
      'AppComputeLogsGroupF36B14E7',
      'AppIngressLoadBalancerEDE4497F',
      'AppIngressTargets0FD8F84E',
      'AppIngressAccessLogsBucket2AB93EC5',
      'AppIngressWafWebAcl1108DD31',
      'AppIngressWafLogsKey80DFDE9E',
      'AppIngressWafLogsGroupF1C53A05',
    ];
    expect(Object.keys(Resources)).toEqual(expect.arrayContaining(contracts));
    const retained = Object.entries<{ DeletionPolicy?: string }>(Resources)
      .filter(([, { DeletionPolicy }]) => DeletionPolicy?.startsWith('Retain'))
      .map(([id]) => id)
      .sort();
    expect(retained).toMatchInlineSnapshot(`
[
  "AppBackupKey845D61A7",
  "AppBackupVault3D32FEE6",
  "AppComputeLogsGroupF36B14E7",
  "AppComputeLogsKeyC8E2AF28",
  "AppDatabaseCluster3CB22DFE",
  "AppDatabaseClusterAE844265D",
  "AppDatabaseClusterB594924B7",
  "AppDatabaseKey5C6D3D6B",
  "AppDatabaseLog1FE84EB2",
  "AppDatabaseParameters83347DE8",
  "AppDatabaseSecret20E6B79B",
  "AppDatabaseSecurityGroup7DE9DDE9",
  "AppDatabaseSubnets213F30F2",
  "AppDocumentsAccessLogs48E97A9D",
  "AppDocumentsAccessLogsPolicy2E7209ED",
  "AppDocumentsBucket5495A124",
  "AppDocumentsBucketPolicyE34BA6CB",
  "AppDocumentsKeyD563149A",
  "AppIngressAccessLogsBucket2AB93EC5",
  "AppIngressWafLogsGroupF1C53A05",
  "AppIngressWafLogsKey80DFDE9E",
  "AppNetworkFlowLogGroup617FBF04",
  "AppNetworkKey8E1A2917",
  "AppNotificationsKey8F7D200A",
]
`);
  });

  test('has alarms that take silence for an outage, of which none may roll back a first deployment, which is silent', () => {
    const stack = new Stack(new App(), 'Ehr', { env: VIRGINIA });
    clinicalAppIn(stack, { app: real });
    const template = Template.fromStack(stack);
    const [{ Properties }] = Object.values(template.findResources('AWS::ECS::Service'));
    const deciding: string[] = Properties.DeploymentConfiguration.Alarms.AlarmNames;
    const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map((alarm) => alarm.Properties);
    const silent = (name: string) => alarms.find(({ AlarmName }) => AlarmName === name)?.TreatMissingData;
    expect(alarms.some(({ TreatMissingData }) => TreatMissingData === 'breaching')).toBe(true);
    expect(deciding.map(silent)).toEqual(deciding.map(() => 'notBreaching'));
    expect(deciding.length).toBeGreaterThan(0);
  });

  test('synthesizes in a VPC that is only known at deployment', () => {
    const stack = new Stack(new App(), 'Ehr', { env: VIRGINIA });
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-1',
      vpcCidrBlock: '10.9.0.0/16',
      availabilityZones: ['us-east-1a', 'us-east-1b'],
      publicSubnetIds: ['subnet-1', 'subnet-2'],
      privateSubnetIds: ['subnet-3', 'subnet-4'],
      isolatedSubnetIds: ['subnet-5', 'subnet-6'],
    });
    clinicalAppIn(stack, { app: { ...real, network: Network.existing({ vpc }) } });
    Template.fromStack(stack).hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 12 });
  });

  test.each(['us-gov-west-1', 'cn-north-1'])('names no other partition in %s', (region) => {
    const stack = new Stack(new App(), 'Ehr', { env: { account: ACCOUNT, region } });
    const partition = region.startsWith('cn') ? 'aws-cn' : 'aws-us-gov';
    clinicalAppIn(stack, { app: real }, `arn:${partition}:acm:${region}:${ACCOUNT}:certificate/abc`);
    const resources = Object.entries(Template.fromStack(stack).toJSON().Resources);
    expect(resources.filter(([, resource]) => JSON.stringify(resource).includes('arn:aws:')).map(([id]) => id)).toEqual(
      [],
    );
  });

  test('can hold two systems in one stack', () => {
    const stack = new Stack(new App(), 'Ehr', { env: VIRGINIA });
    clinicalAppIn(stack);
    const other = new Stack(stack, 'Other');
    expect(() => clinicalAppIn(other, { app: { systemName: 'lab' } })).not.toThrow();
  });
});

describe('security groups', () => {
  test('let the application reach the database on its port', () => {
    const template = Template.fromStack(Stack.of(clinicalApp({ app: withData })));
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      FromPort: 5432,
      ToPort: 5432,
      SourceSecurityGroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('ComputeSecurityGroup'), 'GroupId'] },
    });
  });

  test('let others reach the application where asked', () => {
    const app = clinicalApp();
    app.connections.allowFrom(ec2.Peer.ipv4('192.0.2.0/24'), ec2.Port.tcp(8080));
    Template.fromStack(Stack.of(app)).hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: [Match.objectLike({ CidrIp: '192.0.2.0/24', FromPort: 8080 })],
    });
  });
});

describe('alarms', () => {
  test('every one notifies the topic when it goes off, and when it is over', () => {
    const app = clinicalApp({ app: real });
    const alarms = Template.fromStack(Stack.of(app)).findResources('AWS::CloudWatch::Alarm');
    const topic = { Ref: 'AppNotificationsTopic252BC2AD' };
    expect(Object.keys(alarms)).toHaveLength(app.alarms.length);
    for (const { Properties } of Object.values(alarms)) {
      expect(Properties.AlarmActions).toEqual([topic]);
      expect(Properties.OKActions).toEqual([topic]);
    }
  });

  test('can really publish: topic and key let CloudWatch, for this account', () => {
    const template = Template.fromStack(Stack.of(clinicalApp()));
    const Condition = { StringEquals: { 'aws:SourceAccount': ACCOUNT } };
    const Principal = { Service: 'cloudwatch.amazonaws.com' };
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      Topics: [{ Ref: 'AppNotificationsTopic252BC2AD' }],
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({ Action: 'sns:Publish', Principal, Condition })]),
      },
    });
    template.hasResourceProperties('AWS::SNS::Topic', {
      KmsMasterKeyId: { 'Fn::GetAtt': ['AppNotificationsKey8F7D200A', 'Arn'] },
    });
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({ Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Principal, Condition }),
        ]),
      },
    });
  });

  test('notify a topic that was given', () => {
    const stack = new Stack(new App(), 'Ehr', { env: VIRGINIA });
    const arn = `arn:aws:sns:us-east-1:${ACCOUNT}:operations`;
    clinicalAppIn(stack, { app: { notifications: sns.Topic.fromTopicArn(stack, 'Topic', arn) } });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::SNS::Topic', 0);
    template.allResourcesProperties('AWS::CloudWatch::Alarm', { AlarmActions: [arn] });
  });

  test('added later notify the topic and appear on the dashboard', () => {
    const app = clinicalApp();
    const metric = new cloudwatch.Metric({ namespace: 'Test', metricName: 'Lag' });
    app._addAlarm(new cloudwatch.Alarm(app, 'Later', { metric, threshold: 1, evaluationPeriods: 1 }));
    const template = Template.fromStack(Stack.of(app));
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'Lag',
      AlarmActions: [{ Ref: 'AppNotificationsTopic252BC2AD' }],
    });
    expect(JSON.stringify(template.findResources('AWS::CloudWatch::Dashboard'))).toContain('AppLater');
  });

  test('of an ingress that keeps its deployment alarms apart notify as well', () => {
    const metric = new cloudwatch.Metric({ namespace: 'Test', metricName: 'Errors' });
    const ingress: IIngress = {
      bind: (scope) => ({
        entryPoint: { address: 'ehr', protocol: 'TEST', port: 1, path: scope.node.path },
        alarms: [],
        deploymentAlarms: [
          new cloudwatch.Alarm(scope, 'Errors', { alarmName: 'errors', metric, threshold: 1, evaluationPeriods: 1 }),
        ],
        widgets: [],
      }),
    };
    const template = Template.fromStack(Stack.of(clinicalApp({ app: { ingress: [ingress] } })));
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmName: 'errors', AlarmActions: Match.anyValue() });
    template.hasResourceProperties('AWS::ECS::Service', {
      DeploymentConfiguration: Match.objectLike({ Alarms: Match.objectLike({ AlarmNames: ['errors'] }) }),
    });
  });
});

describe('metrics', () => {
  const app = clinicalApp();

  test.each([
    ['metricRequests', app.metricRequests(), 'RequestCount', 'Sum'],
    ['metricServerErrors', app.metricServerErrors(), 'HTTPCode_Target_5XX_Count', 'Sum'],
    ['metricResponseTime', app.metricResponseTime(), 'TargetResponseTime', 'p99'],
    ['metricRunningTasks', app.metricRunningTasks(), 'RunningTaskCount', 'Minimum'],
  ])('%s', (_, metric, metricName, statistic) => {
    expect(metric.toMetricConfig().metricStat).toMatchObject({ metricName, statistic, period: Duration.minutes(1) });
  });

  test('take options', () => {
    const options = { period: Duration.minutes(5) };
    for (const metric of [
      app.metricRequests(options),
      app.metricServerErrors(options),
      app.metricResponseTime(options),
      app.metricRunningTasks(options),
    ]) {
      expect(metric.toMetricConfig().metricStat?.period).toEqual(options.period);
    }
  });

  test('the error rate is an expression', () => {
    expect(app.metricServerErrorRate().toMetricConfig().mathExpression).toBeDefined();
  });

  test('fail where the parts do not offer them', () => {
    const ingress: IIngress = {
      bind: (scope) => ({
        entryPoint: { address: 'ehr', protocol: 'TEST', port: 1, path: scope.node.path },
        alarms: [],
        deploymentAlarms: [],
        widgets: [],
      }),
    };
    expect(() => clinicalApp({ app: { ingress: [ingress] } }).metricRequests()).toThrow(
      /metricRequests needs .*MetricNotAvailable/,
    );
    const { compute } = app;
    const other = clinicalApp({
      app: { ingress: [ingress], compute: { bind: () => ({ ...compute, service: undefined, rollback: undefined }) } },
    });
    expect(() => other.metricRunningTasks()).toThrow(/MetricNotAvailable/);
  });
});

describe('what the template tells the judge', () => {
  test('names the system, its way in, capacity and Region', () => {
    expect(metadataOf(Stack.of(clinicalApp()))).toMatchObject({
      systemName: 'ehr',
      bornAs: 'PRIMARY',
      entryPoints: [{ address: 'ehr.example.org', protocol: 'HTTPS', port: 443, path: 'Ehr/App/Ingress/LoadBalancer' }],
      capacity: { peak: 6, running: 9, unit: 'task' },
      acceptedRisks: [],
    });
  });

  test('names accepted risks', () => {
    const risk = { risk: 'r', reason: 'why', acceptedBy: 'CIO', expires: '2027-01-01' };
    expect(metadataOf(Stack.of(clinicalApp({ app: { acceptedRisks: [risk] } })))).toMatchObject({
      acceptedRisks: [risk],
    });
  });

  test('counts detection, a store that takes longer than that, and how long a lost zone stays in DNS', () => {
    const app = clinicalApp({ app: { ...real, network: undefined } });
    expect(metadataOf(Stack.of(app))).toMatchObject({
      recoveryBudgets: [
        { scope: 'COMPONENT', rtoSeconds: 60, rpoSeconds: 0 },
        {
          scope: 'AVAILABILITY_ZONE',
          rtoSeconds: 120,
          rpoSeconds: 0,
          untilReadable: [{ seconds: 35 }, { seconds: 25 }, { seconds: 60 }],
        },
      ],
    });
  });

  test('claims no budget for a store that claims nothing', () => {
    expect(metadataOf(Stack.of(clinicalApp({ app: withData })))).toMatchObject({ recoveryBudgets: [] });
  });

  test('names the other Region, from either side', () => {
    const app = clinicalApp();
    const recoveryPoint = Duration.minutes(1);
    app._pairWith('us-west-2', { scope: FailureScope.REGION, untilReadable: [], untilWritable: [], recoveryPoint });
    expect(metadataOf(Stack.of(app))).toMatchObject({
      bornAs: 'PRIMARY',
      pairedRegion: 'us-west-2',
      recoveryBudgets: [{ scope: 'COMPONENT' }, { scope: 'AVAILABILITY_ZONE' }, { scope: 'REGION', rpoSeconds: 60 }],
    });
    const recovery = clinicalApp({ app: { _recoverySide: { pairedRegion: 'us-west-2', capacityPercent: 50 } } });
    expect(metadataOf(Stack.of(recovery))).toMatchObject({ bornAs: 'RECOVERY', pairedRegion: 'us-west-2' });
  });
});

test('the recovery side makes its database a replica', () => {
  const database = new SmallDatabase();
  const databaseReplica = {
    region: 'us-west-2',
    globalIdentifier: 'ehr',
    secretName: 'ehr',
  } as never;
  clinicalApp({
    app: { database, _recoverySide: { pairedRegion: 'us-west-2', capacityPercent: 50, databaseReplica } },
  });
  expect(database.bound?.replicaOf).toBe(databaseReplica);
});

test('backups follow the policy that was given', () => {
  const app = clinicalApp({ app: { ...real, backup: BackupPolicy.continuous35DaysDaily90Days().withMonthly7Years() } });
  Template.fromStack(Stack.of(app)).hasResourceProperties('AWS::Backup::BackupPlan', {
    BackupPlan: Match.objectLike({
      BackupPlanRule: Match.arrayWith([Match.objectLike({ Lifecycle: { DeleteAfterDays: 2557 } })]),
    }),
  });
});

test('backups of files follow a policy of their own, and of what they hold GuardDuty reads what can be read', () => {
  const fileBackup = BackupPolicy.custom([
    { name: 'Files', schedule: 'cron(0 0/4 * * ? *)', every: Duration.hours(4), retention: Duration.days(61) },
  ]);
  const losesHours = { rto: Duration.hours(12), rpo: Duration.hours(6) };
  const objectives = ResilienceObjectives.forTier(ClinicalTier.LIFE_CRITICAL, {
    biaReference: 'BIA-1',
    deletion: losesHours,
    corruption: losesHours,
  });
  const app = clinicalApp({
    app: {
      objectives,
      documents: DocumentStore.s3(),
      files: { sites: FileShare.efs() },
      fileBackup,
      backupMalwareScan: MalwareScan.full(),
    },
  });
  expect(app.backup?.filePolicy).toBe(fileBackup);
  const template = Template.fromStack(Stack.of(app));
  const plans = Object.values(template.findResources('AWS::Backup::BackupPlan')).map(
    ({ Properties }) => Properties.BackupPlan,
  );
  const [files] = plans.filter(({ BackupPlanRule: rules }) => rules[0].RuleName === 'Files');
  expect(files.BackupPlanRule).toEqual([
    expect.objectContaining({ ScheduleExpression: 'cron(0 0/4 * * ? *)', Lifecycle: { DeleteAfterDays: 61 } }),
  ]);
  expect(files.ScanSettings).toBeUndefined(); // GuardDuty cannot read file systems
  const [documents] = plans.filter((plan) => plan !== files);
  expect(documents.ScanSettings).toEqual([expect.objectContaining({ ResourceTypes: ['S3'] })]);
});

describe('warns', () => {
  function warnings(app: Parameters<typeof clinicalApp>[0]): string[] {
    return Annotations.fromStack(Stack.of(clinicalApp(app)))
      .findWarning('/Ehr/App', Match.anyValue())
      .map(({ entry }) => String(entry.data));
  }

  test('that objectives are presets', () => {
    expect(warnings({ app: { objectives: ResilienceObjectives.forTier(ClinicalTier.LIFE_CRITICAL) } })).toEqual([
      expect.stringContaining("the objectives of ehr are this library's presets"),
    ]);
  });

  test('that data is destroyed with the stack', () => {
    const dataProtection = DataProtection.destroyWithStack({ acknowledgeDataLoss: 'synthetic patients' });
    expect(warnings({ app: { dataProtection } })).toEqual([
      expect.stringContaining('the data of ehr is destroyed with its stack: synthetic patients'),
    ]);
  });

  test('of nothing else', () => {
    expect(warnings({})).toEqual([]);
  });
});

describe('fails', () => {
  test.each(['EHR', '1ehr', 'eh', 'ehr-', 'e'.repeat(25), 'ehr_core', ''])('for the system name "%s"', (systemName) => {
    expect(() => clinicalApp({ app: { systemName } })).toThrow(
      /systemName must be 3 to 24 .*\[InvalidClinicalApp at Ehr\/App\]/,
    );
  });

  test('without a way in, and for every other mistake at once', () => {
    const stack = new Stack(new App(), 'Ehr', { env: VIRGINIA });
    const notifications = sns.Topic.fromTopicArn(stack, 'Topic', `arn:aws:sns:us-west-2:${ACCOUNT}:operations`);
    expect(() => clinicalAppIn(stack, { app: { systemName: 'X', ingress: [], notifications } })).toThrow(
      /systemName must be .*; ingress is empty.*; the notifications topic is in another Region/,
    );
  });

  test('when noticing takes longer than the objective allows', () => {
    const health = HealthProfile.http('/', {
      startup: Duration.seconds(60),
      interval: Duration.seconds(60),
      unhealthyThreshold: 10,
    });
    expect(() => clinicalApp({ app: { health } })).toThrow(
      /losing one COMPONENT takes 605 seconds to recover from, more than the RTO of 5 minutes: The load balancer notices.*losing one AVAILABILITY_ZONE.*\[ObjectivesNotMet at Ehr\/App\]/,
    );
  });
});
