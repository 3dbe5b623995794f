import { Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as synthetics from 'aws-cdk-lib/aws-synthetics';
import {
  DataProtection,
  HealthProfile,
  type MultiAzClinicalApp,
  MutualTls,
  Probes,
  type SyntheticProbesOptions,
} from '../../src';
import { clinicalApp, type TestAppOptions } from '../support/app';
import { hospital } from '../support/hospital';

const CANARY = 'AWS::Synthetics::Canary';
const deep = HealthProfile.http('/readyz', { startup: Duration.seconds(60), deep: { path: '/fhir/metadata' } });

function probed(options: SyntheticProbesOptions = {}, test: TestAppOptions = {}): MultiAzClinicalApp {
  return clinicalApp({ ...test, app: { health: deep, probes: Probes.synthetics(options), ...test.app } });
}

function templateOf(app: MultiAzClinicalApp): Template {
  return Template.fromStack(Stack.of(app));
}

/** What composite alarms of a name are made of, by logical id. */
function partsOf(template: Template, name: string): string {
  const [found] = Object.values(
    template.findResources('AWS::CloudWatch::CompositeAlarm', { Properties: { AlarmName: `ehr-us-east-1-${name}` } }),
  );
  return JSON.stringify(found.Properties.AlarmRule);
}

describe('canaries', () => {
  test('encrypt what they leave through Amazon S3 of their own partition', () => {
    const template = templateOf(probed());
    const used = Object.values(template.findResources('AWS::IAM::ManagedPolicy')).map(({ Properties }) =>
      JSON.stringify(Properties.PolicyDocument),
    );
    const viaS3 = used.filter((policy) => policy.includes('s3.us-east-1.'));
    expect(viaS3).toHaveLength(2);
    expect(viaS3.join()).not.toContain('s3.us-east-1.amazonaws.com');
  });

  test('ask what the health profile names: the way in, and through to the database', () => {
    const template = templateOf(probed());
    template.resourceCountIs(CANARY, 2);
    for (const [name, path, codes] of [
      ['ehr-way-in-1', '/readyz', '200'],
      ['ehr-deep-1', '/fhir/metadata', '200-299'],
    ]) {
      template.hasResourceProperties(CANARY, {
        Name: name,
        RuntimeVersion: 'syn-nodejs-puppeteer-13.0',
        Schedule: { Expression: 'rate(1 minute)' },
        ProvisionedResourceCleanup: 'AUTOMATIC',
        RunConfig: {
          TimeoutInSeconds: 30,
          EnvironmentVariables: {
            PROBE_HOST: { 'Fn::GetAtt': ['AppIngressLoadBalancerEDE4497F', 'DNSName'] },
            PROBE_SERVER_NAME: 'ehr.example.org',
            PROBE_PORT: '443',
            PROBE_PATH: path,
            PROBE_HEALTHY_CODES: codes,
            PROBE_TIMEOUT: '10000',
          },
        },
      });
    }
  });

  test('take options', () => {
    const template = templateOf(
      probed({
        every: Duration.minutes(5),
        failures: 3,
        timeout: Duration.seconds(30),
        deep: false,
        resultRetention: Duration.days(7),
        runtime: synthetics.Runtime.SYNTHETICS_NODEJS_3_1,
      }),
    );
    template.resourceCountIs(CANARY, 1);
    template.hasResourceProperties(CANARY, {
      Schedule: { Expression: 'rate(5 minutes)' },
      RuntimeVersion: 'syn-nodejs-3.1',
      RunConfig: Match.objectLike({ TimeoutInSeconds: 50 }),
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'SuccessPercent',
      Period: 300,
      EvaluationPeriods: 3,
      TreatMissingData: 'breaching',
    });
    template.hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 7 })] },
    });
  });

  test('leave encrypted results, and may do nothing else with the bucket', () => {
    const template = templateOf(probed());
    template.hasResourceProperties(CANARY, {
      ArtifactConfig: { S3Encryption: { EncryptionMode: 'SSE_KMS', KmsKeyArn: Match.anyValue() } },
    });
    const policies = template.findResources('AWS::IAM::ManagedPolicy');
    const statements = Object.entries(policies)
      .filter(([id]) => id.startsWith('AppProbesWayIn1Role'))
      .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);
    const onEverything = statements.filter(({ Resource }) => Resource === '*').flatMap(({ Action }) => Action);
    expect(onEverything).toEqual(['s3:ListAllMyBuckets', 'cloudwatch:PutMetricData']);
    expect(statements.flatMap(({ Action }) => Action).sort()).toEqual([
      'cloudwatch:PutMetricData',
      'kms:Decrypt',
      'kms:GenerateDataKey',
      'logs:CreateLogGroup',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      's3:GetBucketLocation',
      's3:GetObject',
      's3:ListAllMyBuckets',
      's3:PutObject',
    ]);
  });

  test('make no custom resource and no inline policy', () => {
    const { Resources } = templateOf(probed()).toJSON();
    const types = Object.values<{ Type: string; Properties: { Policies?: unknown } }>(Resources);
    expect(types.filter(({ Type }) => Type.startsWith('Custom::') || Type === 'AWS::Lambda::Function')).toEqual([]);
    expect(types.filter(({ Type, Properties }) => Type === 'AWS::IAM::Role' && Properties.Policies)).toEqual([]);
  });

  test('ask from the internet where users come from there', () => {
    templateOf(probed()).allResourcesProperties(CANARY, { VPCConfig: Match.absent() });
  });

  test('ask from inside the VPC where the ingress is internal, and are let in', () => {
    const template = templateOf(
      probed({}, { https: { internetFacing: false, allowedSources: [ec2.Peer.ipv4('10.9.0.0/16')] } }),
    );
    template.allResourcesProperties(CANARY, {
      VPCConfig: { SubnetIds: Match.anyValue(), SecurityGroupIds: Match.anyValue() },
    });
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      FromPort: 443,
      SourceSecurityGroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('ProbesWayIn1SecurityGroup'), 'GroupId'] },
    });
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Action: Match.arrayWith(['ec2:CreateNetworkInterface']), Resource: '*' }),
        ]),
      },
    });
  });

  test('keep or lose their results with the data of the system', () => {
    const dataProtection = DataProtection.destroyWithStack({ acknowledgeDataLoss: 'a test' });
    const buckets = templateOf(probed({}, { app: { dataProtection } })).findResources('AWS::S3::Bucket');
    const results = Object.entries(buckets).filter(([id]) => id.includes('ProbesResults'));
    expect(results.map(([, { DeletionPolicy }]) => DeletionPolicy)).toEqual(['Delete']);
  });
});

describe('alarms', () => {
  test('say that the way in is shut, that people cannot work, and that wards go to paper', () => {
    const template = templateOf(probed());
    expect(partsOf(template, 'way-in-1-is-shut')).toContain('ProbesWayIn1Failing');
    expect(partsOf(template, 'way-in-1-is-shut')).not.toContain('Deep');
    expect(partsOf(template, 'people-cannot-work')).toContain('ProbesDeep1Failing');
    expect(partsOf(template, 'start-downtime-procedures')).toContain('ProbesWayIn1Downtime');
    expect(partsOf(template, 'start-downtime-procedures')).toContain('ProbesDeep1Downtime');
  });

  test('wait two runs, and for paper as long as the objectives say', () => {
    const alarms = templateOf(probed()).findResources('AWS::CloudWatch::Alarm', {
      Properties: { MetricName: 'SuccessPercent' },
    });
    expect(
      Object.values(alarms)
        .map(({ Properties }) => Properties.EvaluationPeriods)
        .sort(),
    ).toEqual([2, 2, 5, 5]);
    for (const { Properties } of Object.values(alarms)) {
      expect(Properties).toMatchObject({ Threshold: 100, ComparisonOperator: 'LessThanThreshold' });
      expect(Properties.AlarmActions).toEqual([{ Ref: 'AppNotificationsTopic252BC2AD' }]);
    }
  });
});

describe('in two Regions', () => {
  test('each Region asks its own load balancer', () => {
    const { recoveryStack } = hospital({ app: () => ({ probes: Probes.synthetics() }) });
    Template.fromStack(recoveryStack).hasResourceProperties(CANARY, {
      RunConfig: {
        EnvironmentVariables: Match.objectLike({
          PROBE_HOST: { 'Fn::GetAtt': [Match.stringLikeRegexp('LoadBalancer'), 'DNSName'] },
        }),
      },
    });
  });

  test('nobody asks where nothing runs', () => {
    const app = probed({}, { app: { _recoverySide: { pairedRegion: 'us-west-2', capacityPercent: 0 } } });
    templateOf(app).resourceCountIs(CANARY, 0);
  });
});

describe('fails', () => {
  test.each<[SyntheticProbesOptions, RegExp]>([
    [{ every: Duration.seconds(90) }, /every must be 1 to 60 whole minutes, got 1 minute 30 seconds/],
    [{ every: Duration.hours(2) }, /every must be 1 to 60/],
    [{ timeout: Duration.minutes(1) }, /timeout must be 1 to 30 whole seconds/],
    [{ resultRetention: Duration.days(400) }, /resultRetention must be 1 to 365 whole days/],
    [{ failures: 0 }, /failures must be a whole number from 1 to 10, got 0/],
  ])('for %j', (options, message) => {
    expect(() => Probes.synthetics(options)).toThrow(message);
  });

  test('when asking is too rare for the downtime trigger', () => {
    expect(() => probed({ every: Duration.minutes(10) })).toThrow(
      /probes ask every 10 minutes, which is too rare for an alarm after 5 minutes .*ProbesTooRare at Ehr\/App\/Probes/,
    );
  });

  test('when only some addresses on the internet may ask', () => {
    expect(() => probed({}, { https: { allowedSources: [ec2.Peer.ipv4('192.0.2.0/24')] } })).toThrow(/NothingToProbe/);
  });

  test('when there is no path to ask', () => {
    const health = HealthProfile.http('/readyz', { startup: Duration.seconds(60), port: 8081 });
    expect(() => probed({}, { app: { health } })).toThrow(
      /an HTTP path in the health profile on the traffic port, or a deep one/,
    );
  });
});

test('nobody asks an ingress that asks for certificates: a probe has none', () => {
  const mutualTls = MutualTls.existing('arn:aws:elasticloadbalancing:us-east-1:111111111111:truststore/partners/abc');
  expect(() => probed({}, { https: { mutualTls } })).toThrow(/NothingToProbe/);
});
