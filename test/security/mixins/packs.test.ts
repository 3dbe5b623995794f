import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Duration, type Mixin, Mixins, Stack, Validations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks } from 'cdk-nag';
import { mixins } from '../../../src';

/** What is careless, the mixin that mends it, and the rules that the mixin says it is for. */
const MIXINS: [string, (stack: Stack) => void, (stack: Stack) => Mixin, string[]][] = [
  [
    'BucketTlsOnly',
    (stack) => new s3.CfnBucket(stack, 'Careless'),
    () => new mixins.BucketTlsOnly(),
    ['HIPAA.Security-S3BucketSSLRequestsOnly', 'NIST.800.53.R5-S3BucketSSLRequestsOnly', 'AwsSolutions-S10'],
  ],
  [
    'DatabaseNotPublic',
    (stack) => new rds.CfnDBInstance(stack, 'Careless', { publiclyAccessible: true }),
    () => new mixins.DatabaseNotPublic(),
    ['HIPAA.Security-RDSInstancePublicAccess', 'NIST.800.53.R5-RDSInstancePublicAccess'],
  ],
  [
    'KeyRotated',
    (stack) => new kms.CfnKey(stack, 'Careless', { keyPolicy: { Statement: [] } }),
    () => new mixins.KeyRotated(),
    ['NIST.800.53.R5-KMSBackingKeyRotationEnabled', 'AwsSolutions-KMS5'],
  ],
  [
    'LaunchTemplateEncrypted',
    (stack) => {
      const blockDeviceMappings = [{ deviceName: '/dev/xvda', ebs: { volumeSize: 8 } }];
      const template = new ec2.CfnLaunchTemplate(stack, 'Template', { launchTemplateData: { blockDeviceMappings } });
      const launchTemplate = { launchTemplateId: template.ref, version: template.attrLatestVersionNumber };
      new ec2.CfnInstance(stack, 'Careless', { launchTemplate });
    },
    () => new mixins.LaunchTemplateEncrypted(),
    ['AwsSolutions-EC26'],
  ],
  [
    'LaunchTemplateImdsV2',
    (stack) => {
      const template = new ec2.CfnLaunchTemplate(stack, 'Template', { launchTemplateData: { imageId: 'ami-1' } });
      const launchTemplate = { launchTemplateId: template.ref, version: template.attrLatestVersionNumber };
      new ec2.CfnInstance(stack, 'Careless', { launchTemplate });
    },
    () => new mixins.LaunchTemplateImdsV2(),
    ['HIPAA.Security-EC2IMDSv2Enabled', 'NIST.800.53.R5-EC2IMDSv2Enabled'],
  ],
  [
    'LoadBalancerHardened',
    (stack) => new elbv2.CfnLoadBalancer(stack, 'Careless'),
    (stack) => new mixins.LoadBalancerHardened({ accessLogs: s3.Bucket.fromBucketName(stack, 'Logs', 'logs') }),
    [
      ...['HIPAA.Security-ELBDeletionProtectionEnabled', 'NIST.800.53.R5-ELBDeletionProtectionEnabled'],
      ...['HIPAA.Security-ELBLoggingEnabled', 'NIST.800.53.R5-ELBLoggingEnabled', 'AwsSolutions-ELB2'],
      'HIPAA.Security-ALBHttpDropInvalidHeaderEnabled',
    ],
  ],
  [
    'LogGroupKept',
    (stack) => new logs.CfnLogGroup(stack, 'Careless'),
    (stack) => {
      const encryptionKey = new kms.Key(stack, 'Key', { enableKeyRotation: true });
      return new mixins.LogGroupKept({ retention: Duration.days(365), encryptionKey });
    },
    [
      ...['HIPAA.Security-CloudWatchLogGroupEncrypted', 'NIST.800.53.R5-CloudWatchLogGroupEncrypted'],
      ...['HIPAA.Security-CloudWatchLogGroupRetentionPeriod', 'NIST.800.53.R5-CloudWatchLogGroupRetentionPeriod'],
    ],
  ],
  [
    'QueueTlsOnly',
    (stack) => new sqs.CfnQueue(stack, 'Careless'),
    () => new mixins.QueueTlsOnly(),
    ['AwsSolutions-SQS4'],
  ],
  [
    'TopicTlsOnly',
    (stack) => new sns.CfnTopic(stack, 'Careless'),
    () => new mixins.TopicTlsOnly(),
    ['AwsSolutions-SNS3'],
  ],
  [
    'VolumeEncrypted',
    (stack) => new ec2.CfnVolume(stack, 'Careless', { availabilityZone: 'eu-central-1a' }),
    () => new mixins.VolumeEncrypted(),
    ['AwsSolutions-EC26'],
  ],
];

/** Rules of the three packs that a stack breaks at the careless resource. */
function broken(careless: (stack: Stack) => void, mixin?: (stack: Stack) => Mixin): string[] {
  const app = new App({
    context: {
      '@aws-cdk/core:validateAgainstDefaultRules': true,
      '@aws-cdk/core:failSynthOnValidationErrors': false,
    },
  });
  Validations.of(app).addPlugins(new HIPAASecurityChecks(app), new NIST80053R5Checks(app), new AwsSolutionsChecks(app));
  const stack = new Stack(app, 'Test', { env: { account: '111122223333', region: 'eu-central-1' } });
  careless(stack);
  if (mixin) {
    Mixins.of(stack).apply(mixin(stack));
  }
  const file = join(app.synth().directory, 'validation-report.json');
  const reports: {
    violations?: { ruleName: string; violatingConstructs: { constructPath: string }[] }[];
  }[] = JSON.parse(readFileSync(file, 'utf8')).pluginReports;
  return reports
    .flatMap(({ violations = [] }) => violations)
    .filter(({ violatingConstructs }) =>
      violatingConstructs.some(({ constructPath }) => constructPath === 'Test/Careless'),
    )
    .map(({ ruleName }) => ruleName);
}

beforeAll(() => {
  process.env.CDK_VALIDATION = 'true';
});

afterAll(() => {
  process.env.CDK_VALIDATION = 'false';
});

test.each(MIXINS)('%s satisfies the rules that it names, and breaks no other', (name, careless, mixin, rules) => {
  const before = broken(careless);
  expect(before).toEqual(expect.arrayContaining(rules)); // or the test would prove nothing
  const after = broken(careless, mixin);
  expect(after.filter((rule) => rules.includes(rule))).toEqual([]);
  expect(after.filter((rule) => !before.includes(rule))).toEqual([]);
  const source = readFileSync(join(__dirname, `../../../src/security/mixins/${fileOf(name)}.ts`), 'utf8');
  const doc = source.slice(0, source.indexOf(`export class ${name}`));
  const said = (rule: string) => doc.includes(`\`${rule}\``) || doc.includes(`\`${rule.split('-').at(-1)}\``);
  expect(rules.filter((rule) => !said(rule))).toEqual([]);
});

test('every mixin is judged; cdk-nag has no rule for repositories that RepositoryHardened mends', () => {
  const judged = MIXINS.map(([name]) => name);
  expect(Object.keys(mixins).sort()).toEqual([...judged, 'RepositoryHardened'].sort());
});

function fileOf(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();
}
