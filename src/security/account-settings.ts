import type { CustomResource } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { fail } from '../core/private/fail';
import type { AccountServiceHandler } from './account-service-handler';

/** Rules for passwords of IAM users. Where people sign in through an identity provider, they hold for nobody. */
export interface PasswordPolicy {
  /**
   * Characters, 8 to 128.
   *
   * @default 14
   */
  readonly minimumLength?: number;
  /**
   * How many earlier passwords may not be used again, 1 to 24.
   *
   * @default 24
   */
  readonly reusePrevention?: number;
  /**
   * Days until a password must be changed, 1 to 1095.
   *
   * @default 90
   */
  readonly maxAgeDays?: number;
}

/** What to choose about the settings of the account. Each is on unless it is said to be left alone; all are free of charge. */
export interface AccountSettingsOptions {
  /**
   * Whether no bucket of the account can be public, now or later. Breaks public websites served from S3. Set in the home
   * Region for all of them.
   *
   * @default true
   */
  readonly blockPublicBuckets?: boolean;
  /**
   * Whether new EBS volumes are encrypted. Volumes that are there stay as they are.
   *
   * @default true
   */
  readonly encryptVolumes?: boolean;
  /**
   * The key for new volumes; a key that was chosen before is kept.
   *
   * @default - the key of AWS, `alias/aws/ebs`
   */
  readonly volumeKey?: kms.IKey;
  /**
   * Whether images and snapshots cannot be shared with everybody.
   *
   * @default true
   */
  readonly blockPublicImages?: boolean;
  /**
   * Whether new instances need sessions to read their metadata (IMDSv2), unless their launch says otherwise.
   *
   * @default true
   */
  readonly requireImdsV2?: boolean;
  /**
   * Whether the serial console of instances, which needs no network and no key pair, is closed.
   *
   * @default true
   */
  readonly closeSerialConsole?: boolean;
  /**
   * Rules for passwords of IAM users. The stricter of these and what is there. Set in the home Region for all of them.
   *
   * @default - 14 characters of four kinds, the last 24 not again, 90 days
   */
  readonly passwordPolicy?: PasswordPolicy;
}

/** Properties of AccountSettings. */
export interface AccountSettingsProps extends AccountSettingsOptions {
  /** Sets them: CloudFormation has no resource that does, or one that takes them back when its stack goes. */
  readonly adopter: AccountServiceHandler;
  /**
   * Whether to set what holds for the whole account, and not for this Region only.
   *
   * @default true
   */
  readonly accountWide?: boolean;
}

/**
 * Settings that hold for a whole account, and that keep mistakes from becoming breaches. Each is only ever made stricter, and
 * stays when the stack goes.
 *
 * Someone may loosen them again: `ConformancePack.baselineDrift()` watches those AWS Config has a rule for.
 */
export class AccountSettings extends Construct {
  /** What sets them. Its attributes say which were raised. */
  public readonly resource: CustomResource;

  /**
   * @throws InvalidPasswordPolicy when IAM would refuse it
   * @throws NothingToSet when every setting is to be left alone
   */
  public constructor(scope: Construct, id: string, props: AccountSettingsProps) {
    super(scope, id);
    const accountWide = props.accountWide ?? true;
    const policy = this.passwordPolicy(props.passwordPolicy ?? {});
    const wanted = {
      ...(accountWide && (props.blockPublicBuckets ?? true) ? { S3PublicAccessBlock: {} } : {}),
      ...(accountWide ? { PasswordPolicy: policy } : {}),
      ...((props.encryptVolumes ?? true) ? { EbsEncryptionByDefault: { KmsKeyId: props.volumeKey?.keyArn } } : {}),
      ...((props.blockPublicImages ?? true) ? { ImageBlockPublicAccess: {}, SnapshotBlockPublicAccess: {} } : {}),
      ...((props.requireImdsV2 ?? true) ? { InstanceMetadataDefaults: {} } : {}),
      ...((props.closeSerialConsole ?? true) ? { SerialConsoleAccess: {} } : {}),
    };
    if (Object.keys(wanted).length === 0) {
      fail(this, 'NothingToSet', 'every setting is to be left alone; leave accountSettings out');
    }
    this.resource = props.adopter._ask(this, 'Settings', {
      service: 'AccountSettings',
      desired: wanted,
      actions: Object.keys(wanted).flatMap((setting) => ACTIONS[setting]),
    });
  }

  private passwordPolicy({ minimumLength = 14, reusePrevention = 24, maxAgeDays = 90 }: PasswordPolicy) {
    const within = (value: number, low: number, high: number) =>
      Number.isInteger(value) && value >= low && value <= high;
    if (!within(minimumLength, 8, 128) || !within(reusePrevention, 1, 24) || !within(maxAgeDays, 1, 1095)) {
      fail(
        this,
        'InvalidPasswordPolicy',
        `8 to 128 characters, 1 to 24 earlier passwords, 1 to 1095 days; got ${minimumLength}, ${reusePrevention}, ${maxAgeDays}`,
      );
    }
    return {
      MinimumPasswordLength: minimumLength,
      PasswordReusePrevention: reusePrevention,
      MaxPasswordAge: maxAgeDays,
      RequireSymbols: true,
      RequireNumbers: true,
      RequireUppercaseCharacters: true,
      RequireLowercaseCharacters: true,
    };
  }
}

/** What each setting takes to read and to raise. */
const ACTIONS: Record<string, string[]> = {
  S3PublicAccessBlock: ['s3:GetAccountPublicAccessBlock', 's3:PutAccountPublicAccessBlock'],
  PasswordPolicy: ['iam:GetAccountPasswordPolicy', 'iam:UpdateAccountPasswordPolicy'],
  EbsEncryptionByDefault: [
    'ec2:GetEbsEncryptionByDefault',
    'ec2:EnableEbsEncryptionByDefault',
    'ec2:GetEbsDefaultKmsKeyId',
    'ec2:ModifyEbsDefaultKmsKeyId',
  ],
  ImageBlockPublicAccess: ['ec2:GetImageBlockPublicAccessState', 'ec2:EnableImageBlockPublicAccess'],
  SnapshotBlockPublicAccess: ['ec2:GetSnapshotBlockPublicAccessState', 'ec2:EnableSnapshotBlockPublicAccess'],
  InstanceMetadataDefaults: ['ec2:GetInstanceMetadataDefaults', 'ec2:ModifyInstanceMetadataDefaults'],
  SerialConsoleAccess: ['ec2:GetSerialConsoleAccessStatus', 'ec2:DisableSerialConsoleAccess'],
};
