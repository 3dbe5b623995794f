import { type Duration, Stack } from 'aws-cdk-lib';
import * as config from 'aws-cdk-lib/aws-config';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { DataProtection } from '../core/data-protection';
import { fail } from '../core/private/fail';
import { knownRegion } from '../core/private/tokens';
import type { AccessLogBucket } from './access-log-bucket';
import { REGIONS_WITHOUT_GLOBAL_RECORDING } from './private/partition-support';
import { recordBucket } from './private/record-bucket';
import { checkRecordRetention, DEFAULT_RECORD_RETENTION } from './private/record-retention';
import { keepOn } from './private/singleton';

/** What to choose about AWS Config. */
export interface ConfigRecordingOptions {
  /**
   * The role Config reads resources with.
   *
   * @default - the service-linked role AWSServiceRoleForConfig, which must exist in the account
   */
  readonly role?: iam.IRole;
}

/** Properties of ConfigRecording. */
export interface ConfigRecordingProps extends ConfigRecordingOptions {
  /** The key that encrypts what Config delivers; a symmetric key of this Region. */
  readonly encryptionKey: kms.IKey;
  /** Where access to the delivered records is logged. */
  readonly accessLogs: AccessLogBucket;
  /**
   * Whether to record IAM users, groups, roles and policies, which are the same in every Region. Do so in one Region.
   *
   * @default false
   */
  readonly recordGlobalResources?: boolean;
  /**
   * How long delivered records are kept. Whole days.
   *
   * @default Duration.days(2557)
   */
  readonly retention?: Duration;
  /**
   * Whether recorder, channel and records outlive the stack.
   *
   * @default DataProtection.retain()
   */
  readonly dataProtection?: DataProtection;
}

/**
 * AWS Config in one Region: records how every supported resource is configured, continuously. Billed per recorded item.
 *
 * Its bucket has no Object Lock, which Config cannot deliver to.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-config-deliverychannel.html
 */
export class ConfigRecording extends Construct {
  /** The recorder. */
  public readonly recorder: config.CfnConfigurationRecorder;
  /** The channel it delivers through. */
  public readonly deliveryChannel: config.CfnDeliveryChannel;
  /** Where it delivers to. */
  public readonly bucket: s3.Bucket;

  /**
   * @throws RegionMustBeKnown when global resources are to be recorded and the Region is only known at deployment
   * @throws GlobalRecordingUnavailable when they are to be recorded in a Region that cannot
   * @throws InvalidRetention when the retention is not one or more whole days
   */
  public constructor(scope: Construct, id: string, props: ConfigRecordingProps) {
    super(scope, id);
    const recordGlobalResources = props.recordGlobalResources ?? false;
    if (recordGlobalResources) {
      this.requireGlobalRecording();
    }
    const dataProtection = props.dataProtection ?? DataProtection.retain();
    const retention = props.retention ?? DEFAULT_RECORD_RETENTION;
    checkRecordRetention(this, retention, dataProtection);
    this.bucket = recordBucket(this, 'Bucket', {
      encryptionKey: props.encryptionKey,
      accessLogs: props.accessLogs,
      accessLogPrefix: 'config/',
      retention,
      dataProtection,
    });
    this.allowDelivery(props.encryptionKey);
    // No dependency between recorder and channel, in either direction: CloudFormation starts the recorder once the channel
    // is there, and the channel needs the recorder. With one, the deployment hangs or fails.
    this.recorder = new config.CfnConfigurationRecorder(this, 'Recorder', {
      roleArn: props.role?.roleArn ?? this.serviceLinkedRoleArn(),
      recordingGroup: { allSupported: true, includeGlobalResourceTypes: recordGlobalResources },
    });
    this.deliveryChannel = new config.CfnDeliveryChannel(this, 'DeliveryChannel', {
      s3BucketName: this.bucket.bucketName,
      s3KmsKeyArn: props.encryptionKey.keyArn,
      configSnapshotDeliveryProperties: { deliveryFrequency: 'TwentyFour_Hours' },
    });
    if (this.bucket.policy) {
      this.deliveryChannel.node.addDependency(this.bucket.policy); // the service tries the bucket when the channel is made
      keepOn(this.bucket.policy, dataProtection);
    }
    keepOn(this.recorder, dataProtection);
    keepOn(this.deliveryChannel, dataProtection);
  }

  private requireGlobalRecording(): void {
    const region = knownRegion(this, 'some Regions cannot record global IAM resources');
    if (REGIONS_WITHOUT_GLOBAL_RECORDING.includes(region)) {
      fail(
        this,
        'GlobalRecordingUnavailable',
        `AWS Config cannot record IAM users, groups, roles and policies in ${region}; leave recordGlobalResources out here and set it in another Region`,
      );
    }
  }

  private serviceLinkedRoleArn(): string {
    return Stack.of(this).formatArn({
      service: 'iam',
      region: '',
      resource: 'role',
      resourceName: 'aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig',
    });
  }

  /**
   * With the service-linked role, Config delivers as its service principal:
   * https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-policy.html and
   * https://docs.aws.amazon.com/config/latest/developerguide/s3-kms-key-policy.html
   */
  private allowDelivery(key: kms.IKey): void {
    const { account } = Stack.of(this);
    const config = new iam.ServicePrincipal('config.amazonaws.com');
    const ofThisAccount = { StringEquals: { 'aws:SourceAccount': account } };
    const objects = this.bucket.arnForObjects(`AWSLogs/${account}/Config/*`);
    this.bucket.addToResourcePolicy(
      new iam.PolicyStatement({
        actions: ['s3:GetBucketAcl', 's3:ListBucket'],
        principals: [config],
        resources: [this.bucket.bucketArn],
        conditions: ofThisAccount,
      }),
    );
    this.bucket.addToResourcePolicy(
      new iam.PolicyStatement({
        actions: ['s3:PutObject'],
        principals: [config],
        resources: [objects],
        conditions: {
          StringEquals: { 'aws:SourceAccount': account, 's3:x-amz-acl': 'bucket-owner-full-control' },
        },
      }),
    );
    key.addToResourcePolicy(
      new iam.PolicyStatement({
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        principals: [config],
        resources: ['*'], // in a key policy: this key
        conditions: ofThisAccount,
      }),
    );
  }
}
