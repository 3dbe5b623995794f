import { type CustomResource, type Duration, Stack } from 'aws-cdk-lib';
import * as config from 'aws-cdk-lib/aws-config';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { DataProtection } from '../core/data-protection';
import { fail } from '../core/private/fail';
import { knownRegion } from '../core/private/tokens';
import type { AccessLogBucket } from './access-log-bucket';
import type { AccountServiceHandler } from './account-service-handler';
import { ConfigResourceTypes } from './config-resource-types';
import type { ConformancePack } from './conformance-pack';
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
  /**
   * Which resources to record. Billed per recorded change.
   *
   * @default ConfigResourceTypes.all()
   */
  readonly resourceTypes?: ConfigResourceTypes;
  /**
   * Record the state once a day instead of each change: cheaper where much changes, dearer where little does. Security Hub
   * and change-triggered rules then see a change up to a day later.
   *
   * @default - every change, as it happens
   */
  readonly daily?: boolean;
  /**
   * How often the whole configuration is delivered: every 1, 3, 6, 12 or 24 hours. Costs storage only.
   *
   * @default Duration.hours(24)
   */
  readonly deliveryFrequency?: Duration;
  /**
   * Sets of rules to judge the configuration with. Billed per evaluation.
   *
   * @default - none: Security Hub CSPM brings its own rules
   */
  readonly conformancePacks?: ConformancePack[];
}

/** Properties of ConfigRecording. */
export interface ConfigRecordingProps extends ConfigRecordingOptions {
  /**
   * Adopts a recorder that is there already instead of making one. It is neither stopped nor changed: only its delivery
   * channel is added if it has none, and it is started if it never was.
   *
   * @default - CloudFormation makes the recorder
   */
  readonly adopter?: AccountServiceHandler;
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
  /** The recorder; none where it is adopted. */
  public readonly recorder?: config.CfnConfigurationRecorder;
  /** The channel it delivers through; none where it is adopted. */
  public readonly deliveryChannel?: config.CfnDeliveryChannel;
  /** Sets of rules. */
  public readonly conformancePacks: config.CfnConformancePack[];
  /** Where it delivers to. */
  public readonly bucket: s3.Bucket;

  /**
   * @throws RegionMustBeKnown when global resources are to be recorded and the Region is only known at deployment
   * @throws GlobalRecordingUnavailable when they are to be recorded in a Region that cannot
   * @throws InvalidRetention when the retention is not one or more whole days
   * @throws InvalidDeliveryFrequency when it is not 1, 3, 6, 12 or 24 hours
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
    const recordingGroup = (props.resourceTypes ?? ConfigResourceTypes.all())._render(recordGlobalResources);
    const deliveryFrequency = this.deliveryFrequency(props.deliveryFrequency);
    const roleArn = props.role?.roleArn ?? this.serviceLinkedRoleArn();
    let recording: Construct[];
    if (props.adopter) {
      recording = [this.adopt(props.adopter, roleArn, recordingGroup, props.encryptionKey)];
    } else {
      // No dependency between recorder and channel, in either direction: CloudFormation starts the recorder once the channel
      // is there, and the channel needs the recorder. With one, the deployment hangs or fails.
      this.recorder = new config.CfnConfigurationRecorder(this, 'Recorder', {
        roleArn,
        recordingGroup,
        recordingMode: props.daily ? { recordingFrequency: 'DAILY' } : undefined,
      });
      this.deliveryChannel = new config.CfnDeliveryChannel(this, 'DeliveryChannel', {
        s3BucketName: this.bucket.bucketName,
        s3KmsKeyArn: props.encryptionKey.keyArn,
        configSnapshotDeliveryProperties: { deliveryFrequency },
      });
      keepOn(this.recorder, dataProtection);
      keepOn(this.deliveryChannel, dataProtection);
      recording = [this.recorder, this.deliveryChannel];
    }
    if (this.bucket.policy) {
      // the service tries the bucket when the channel is made
      (this.deliveryChannel ?? recording[0]).node.addDependency(this.bucket.policy);
      keepOn(this.bucket.policy, dataProtection);
    }
    this.conformancePacks = (props.conformancePacks ?? []).map((pack) => {
      const rendered = pack._render(this);
      rendered.node.addDependency(...recording); // a rule needs a recorder
      return rendered;
    });
  }

  private adopt(
    adopter: AccountServiceHandler,
    RoleArn: string,
    RecordingGroup: config.CfnConfigurationRecorder.RecordingGroupProperty,
    key: kms.IKey,
  ): CustomResource {
    const actions = [
      ...['DescribeConfigurationRecorders', 'DescribeConfigurationRecorderStatus', 'PutConfigurationRecorder'],
      ...['StartConfigurationRecorder', 'DescribeDeliveryChannels', 'PutDeliveryChannel'],
    ];
    return adopter._ask(this, 'AdoptedRecorder', {
      service: 'Config',
      desired: {
        RoleArn,
        RecordingGroup, // its properties are spelled as in the API
        BucketName: this.bucket.bucketName,
        KeyArn: key.keyArn,
      },
      actions: actions.map((action) => `config:${action}`),
      passedRoles: [RoleArn],
      serviceLinkedRoles: ['config.amazonaws.com'],
    });
  }

  private deliveryFrequency(frequency: Duration | undefined): string {
    const hours =
      frequency === undefined ? 24 : frequency.isUnresolved() ? Number.NaN : frequency.toHours({ integral: false });
    return (
      FREQUENCIES[hours] ??
      fail(this, 'InvalidDeliveryFrequency', `AWS Config delivers every 1, 3, 6, 12 or 24 hours, got ${hours} hours`)
    );
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

/** CloudFormation's names of the hours that AWS Config offers. */
const FREQUENCIES: Record<number, string | undefined> = {
  1: 'One_Hour',
  3: 'Three_Hours',
  6: 'Six_Hours',
  12: 'Twelve_Hours',
  24: 'TwentyFour_Hours',
};
