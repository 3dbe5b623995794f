import type { CfnResource, Stack } from 'aws-cdk-lib';
import * as accessanalyzer from 'aws-cdk-lib/aws-accessanalyzer';
import * as config from 'aws-cdk-lib/aws-config';
import * as guardduty from 'aws-cdk-lib/aws-guardduty';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import * as securityhub from 'aws-cdk-lib/aws-securityhub';
import { accessLogBucket } from './documents';
import { newKey, onlyServicesGrant } from './keys';
import { keep, recordBucket } from './records';
import { addRouting } from './security-routing';
import { addTrail } from './security-trail';

const STANDARDS = [
  'aws-foundational-security-best-practices/v/1.0.0',
  'cis-aws-foundations-benchmark/v/5.0.0',
  'nist-800-53/v/5.0.0',
];
const PROTECTIONS = [
  'S3_DATA_EVENTS',
  'EKS_AUDIT_LOGS',
  'EBS_MALWARE_PROTECTION',
  'RDS_LOGIN_EVENTS',
  'LAMBDA_NETWORK_LOGS',
];

/** The security baseline of one Region. The home Region collects the findings of those linked to it. */
export function fillSecurity(stack: Stack, linkedRegions: string[] | undefined): void {
  const key = newKey(stack, 'Key', 'Encrypts audit records and security notices');
  onlyServicesGrant(key);
  const accessLogs = accessLogBucket(stack, 'AccessLogs');
  archiveFindings(stack, addGuardDuty(stack), key, recordBucket(stack, 'FindingBucket', key, accessLogs, 'guardduty/'));
  const channel = addConfig(stack, key, accessLogs, linkedRegions !== undefined);
  addSecurityHub(stack, linkedRegions, channel);
  if (linkedRegions) {
    addTrail(stack, key, recordBucket(stack, 'TrailBucket', key, accessLogs, 'trail/'));
  }
  keep(new accessanalyzer.CfnAnalyzer(stack, 'ExternalAccess', { type: 'ACCOUNT' }));
  addRouting(stack, key);
}

function addGuardDuty(stack: Stack): guardduty.CfnDetector {
  const feature = (name: string, status: string) => ({ name, status });
  const detector = new guardduty.CfnDetector(stack, 'Detector', {
    enable: true,
    findingPublishingFrequency: 'FIFTEEN_MINUTES',
    features: [
      ...PROTECTIONS.map((name) => feature(name, 'ENABLED')),
      {
        ...feature('RUNTIME_MONITORING', 'ENABLED'),
        additionalConfiguration: [
          feature('ECS_FARGATE_AGENT_MANAGEMENT', 'ENABLED'),
          feature('EC2_AGENT_MANAGEMENT', 'DISABLED'),
          feature('EKS_ADDON_MANAGEMENT', 'DISABLED'),
        ],
      },
      feature('AI_PROTECTION', 'DISABLED'),
      feature('AI_ANALYST', 'DISABLED'),
    ],
  });
  keep(detector);
  return detector;
}

/** Findings outlive the 90 days that GuardDuty keeps them. */
function archiveFindings(stack: Stack, detector: guardduty.CfnDetector, key: kms.Key, bucket: s3.Bucket): void {
  const { partition, region, account } = stack;
  const principals = [new iam.ServicePrincipal('guardduty.amazonaws.com')];
  const conditions = {
    StringEquals: { 'aws:SourceAccount': account },
    ArnLike: { 'aws:SourceArn': `arn:${partition}:guardduty:${region}:${account}:detector/*` },
  };
  const allow = (action: string, resource: string) =>
    new iam.PolicyStatement({ actions: [action], principals, resources: [resource], conditions });
  bucket.addToResourcePolicy(allow('s3:GetBucketLocation', bucket.bucketArn));
  bucket.addToResourcePolicy(allow('s3:PutObject', bucket.arnForObjects('*')));
  key.addToResourcePolicy(allow('kms:GenerateDataKey', '*'));
  const destination = new guardduty.CfnPublishingDestination(stack, 'FindingDestination', {
    detectorId: detector.ref,
    destinationType: 'S3',
    destinationProperties: { destinationArn: bucket.bucketArn, kmsKeyArn: key.keyArn },
  });
  keep(destination);
  if (bucket.policy) {
    destination.node.addDependency(bucket.policy);
    keep(bucket.policy);
  }
}

function addConfig(stack: Stack, key: kms.Key, accessLogs: s3.Bucket, global: boolean): config.CfnDeliveryChannel {
  const bucket = recordBucket(stack, 'ConfigBucket', key, accessLogs, 'config/');
  const { partition, account } = stack;
  const principals = [new iam.ServicePrincipal('config.amazonaws.com')];
  const conditions = { StringEquals: { 'aws:SourceAccount': account } };
  bucket.addToResourcePolicy(
    new iam.PolicyStatement({
      actions: ['s3:GetBucketAcl', 's3:ListBucket'],
      principals,
      resources: [bucket.bucketArn],
      conditions,
    }),
  );
  bucket.addToResourcePolicy(
    new iam.PolicyStatement({
      actions: ['s3:PutObject'],
      principals,
      resources: [bucket.arnForObjects(`AWSLogs/${account}/Config/*`)],
      conditions: { StringEquals: { 'aws:SourceAccount': account, 's3:x-amz-acl': 'bucket-owner-full-control' } },
    }),
  );
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      principals,
      resources: ['*'],
      conditions,
    }),
  );
  keep(
    new config.CfnConfigurationRecorder(stack, 'Recorder', {
      roleArn: `arn:${partition}:iam::${account}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`,
      recordingGroup: { allSupported: true, includeGlobalResourceTypes: global },
    }),
  );
  const channel = new config.CfnDeliveryChannel(stack, 'DeliveryChannel', {
    s3BucketName: bucket.bucketName,
    s3KmsKeyArn: key.keyArn,
    configSnapshotDeliveryProperties: { deliveryFrequency: 'TwentyFour_Hours' },
  });
  if (bucket.policy) {
    channel.node.addDependency(bucket.policy);
    keep(bucket.policy);
  }
  keep(channel);
  return channel;
}

function addSecurityHub(stack: Stack, linkedRegions: string[] | undefined, channel: config.CfnDeliveryChannel): void {
  const hub = new securityhub.CfnHub(stack, 'Hub', {
    autoEnableControls: true,
    controlFindingGenerator: 'SECURITY_CONTROL',
    enableDefaultStandards: false,
  });
  hub.node.addDependency(channel);
  keep(hub);
  let previous: CfnResource = hub;
  for (const standard of STANDARDS) {
    const resource = new securityhub.CfnStandard(stack, `Standard-${standard.replace(/\W/g, '-')}`, {
      standardsArn: `arn:${stack.partition}:securityhub:${stack.region}::standards/${standard}`,
    });
    resource.addResourceDependency(previous);
    keep(resource);
    previous = resource;
  }
  const unified = new securityhub.CfnHubV2(stack, 'UnifiedHub');
  keep(unified);
  if (linkedRegions) {
    const aggregator = new securityhub.CfnFindingAggregator(stack, 'FindingAggregator', {
      regionLinkingMode: 'SPECIFIED_REGIONS',
      regions: linkedRegions,
    });
    aggregator.addResourceDependency(hub);
    keep(aggregator);
    const unifiedAggregator = new securityhub.CfnAggregatorV2(stack, 'UnifiedAggregator', {
      regionLinkingMode: 'SPECIFIED_REGIONS',
      linkedRegions,
    });
    unifiedAggregator.addResourceDependency(unified);
    keep(unifiedAggregator);
  }
}
