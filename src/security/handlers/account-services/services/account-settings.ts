import type { Outcome, ServiceContext } from '../handle';
import { isManagedElsewhere } from '../managed-elsewhere';
import { asError } from '../retry';

/** What each setting is asked with; one without a value of its own is asked with `true`. */
interface DesiredSettings {
  readonly EbsEncryptionByDefault?: { readonly KmsKeyId?: string };
  readonly PasswordPolicy?: WantedPasswordPolicy;
  readonly [flag: string]: unknown;
}

type Context = ServiceContext<DesiredSettings>;

/**
 * Settings of an account that no CloudFormation resource has. Each is read first and only ever made stricter; one that fails
 * does not keep the others from being set. Each answers whether it had to be raised.
 */
const SETTINGS: Record<string, (context: Context) => Promise<boolean>> = {
  S3PublicAccessBlock: s3PublicAccessBlock,
  EbsEncryptionByDefault: ebsEncryptionByDefault,
  ImageBlockPublicAccess: imageBlockPublicAccess,
  SnapshotBlockPublicAccess: snapshotBlockPublicAccess,
  SerialConsoleAccess: serialConsoleAccess,
  InstanceMetadataDefaults: instanceMetadataDefaults,
  PasswordPolicy: passwordPolicy,
};

export async function converge(context: Context): Promise<Outcome> {
  const outcomes: Record<string, string> = {};
  const failures: string[] = [];
  for (const name of Object.keys(context.desired)) {
    try {
      outcomes[name] = (await SETTINGS[name](context)) ? 'RAISED' : 'ALREADY_SET';
    } catch (caught) {
      const error = asError(caught);
      if (isManagedElsewhere(error)) {
        outcomes[name] = 'MANAGED_ELSEWHERE';
      } else {
        failures.push(`${name}: ${error.name}: ${error.message}`);
      }
    }
  }
  if (failures.length > 0) {
    throw new Error(failures.join('; '));
  }
  const elsewhere = Object.values(outcomes).every((outcome) => outcome === 'MANAGED_ELSEWHERE');
  return { Status: elsewhere ? 'MANAGED_ELSEWHERE' : 'ADOPTED', Id: 'settings', ...outcomes };
}

const BLOCKED = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

async function s3PublicAccessBlock({ aws, account }: Context): Promise<boolean> {
  const actual = await absent('NoSuchPublicAccessBlockConfiguration', async () => {
    const answer = await aws<{ PublicAccessBlockConfiguration: Partial<typeof BLOCKED> }>(
      's3-control',
      'GetPublicAccessBlock',
      { AccountId: account },
    );
    return answer.PublicAccessBlockConfiguration;
  });
  if (actual && Object.keys(BLOCKED).every((key) => actual[key as keyof typeof BLOCKED])) {
    return false;
  }
  await aws('s3-control', 'PutPublicAccessBlock', { AccountId: account, PublicAccessBlockConfiguration: BLOCKED });
  return true;
}

async function ebsEncryptionByDefault({ aws, desired }: Context): Promise<boolean> {
  const KmsKeyId = desired.EbsEncryptionByDefault?.KmsKeyId;
  const { EbsEncryptionByDefault: on } = await aws<{ EbsEncryptionByDefault?: boolean }>(
    'ec2',
    'GetEbsEncryptionByDefault',
  );
  if (!on) {
    await aws('ec2', 'EnableEbsEncryptionByDefault');
  }
  const current = KmsKeyId && (await aws<{ KmsKeyId?: string }>('ec2', 'GetEbsDefaultKmsKeyId')).KmsKeyId;
  const awsManaged = typeof current === 'string' && current.endsWith('alias/aws/ebs');
  if (awsManaged) {
    await aws('ec2', 'ModifyEbsDefaultKmsKeyId', { KmsKeyId }); // a customer's key that was chosen before is kept
  }
  return !on || awsManaged;
}

async function imageBlockPublicAccess({ aws }: Context): Promise<boolean> {
  const { ImageBlockPublicAccessState: state } = await aws<{ ImageBlockPublicAccessState?: string }>(
    'ec2',
    'GetImageBlockPublicAccessState',
  );
  if (state === 'block-new-sharing') {
    return false;
  }
  await aws('ec2', 'EnableImageBlockPublicAccess', { ImageBlockPublicAccessState: 'block-new-sharing' });
  return true;
}

async function snapshotBlockPublicAccess({ aws }: Context): Promise<boolean> {
  const { State: state } = await aws<{ State?: string }>('ec2', 'GetSnapshotBlockPublicAccessState');
  if (state === 'block-all-sharing') {
    return false;
  }
  await aws('ec2', 'EnableSnapshotBlockPublicAccess', { State: 'block-all-sharing' });
  return true;
}

async function serialConsoleAccess({ aws }: Context): Promise<boolean> {
  const { SerialConsoleAccessEnabled: open } = await aws<{ SerialConsoleAccessEnabled?: boolean }>(
    'ec2',
    'GetSerialConsoleAccessStatus',
  );
  if (!open) {
    return false;
  }
  await aws('ec2', 'DisableSerialConsoleAccess');
  return true;
}

async function instanceMetadataDefaults({ aws }: Context): Promise<boolean> {
  const { AccountLevel: actual } = await aws<{ AccountLevel?: { HttpTokens?: string } }>(
    'ec2',
    'GetInstanceMetadataDefaults',
  );
  if (actual?.HttpTokens === 'required') {
    return false;
  }
  await aws('ec2', 'ModifyInstanceMetadataDefaults', { HttpTokens: 'required' });
  return true;
}

const FLAGS = ['RequireSymbols', 'RequireNumbers', 'RequireUppercaseCharacters', 'RequireLowercaseCharacters'] as const;

type PasswordFlags = { readonly [Flag in (typeof FLAGS)[number]]?: boolean };

interface WantedPasswordPolicy extends PasswordFlags {
  readonly MinimumPasswordLength: number;
  readonly PasswordReusePrevention: number;
  readonly MaxPasswordAge?: number;
}

interface PasswordPolicy extends Partial<WantedPasswordPolicy> {
  readonly AllowUsersToChangePassword?: boolean;
  readonly HardExpiry?: boolean;
}

/** The stricter of what is and what is wanted, whole: what an update leaves out goes back to its default. */
async function passwordPolicy({ aws, desired }: Context): Promise<boolean> {
  const wanted = desired.PasswordPolicy as WantedPasswordPolicy;
  const actual = await absent('NoSuchEntityException', async () => {
    const answer = await aws<{ PasswordPolicy: PasswordPolicy }>('iam', 'GetAccountPasswordPolicy');
    return answer.PasswordPolicy;
  });
  const stricter: PasswordPolicy = {
    ...Object.fromEntries(FLAGS.map((flag) => [flag, Boolean(wanted[flag] || actual?.[flag])])),
    AllowUsersToChangePassword: actual?.AllowUsersToChangePassword ?? true,
    HardExpiry: actual?.HardExpiry ?? false, // an expired password nobody can change locks people out
    MinimumPasswordLength: Math.max(wanted.MinimumPasswordLength, actual?.MinimumPasswordLength ?? 0),
    PasswordReusePrevention: Math.max(wanted.PasswordReusePrevention, actual?.PasswordReusePrevention ?? 0),
    ...maxAge(wanted.MaxPasswordAge, actual?.MaxPasswordAge),
  };
  if (actual && Object.entries(stricter).every(([key, value]) => actual[key as keyof PasswordPolicy] === value)) {
    return false;
  }
  await aws('iam', 'UpdateAccountPasswordPolicy', stricter);
  return true;
}

/** No age at all means that passwords never expire. */
function maxAge(...ages: (number | undefined)[]): { readonly MaxPasswordAge?: number } {
  const finite = ages.filter((age): age is number => age !== undefined && age > 0);
  return finite.length > 0 ? { MaxPasswordAge: Math.min(...finite) } : {};
}

/** What a call finds; undefined where the service says there is nothing. */
async function absent<Found>(name: string, read: () => Promise<Found>): Promise<Found | undefined> {
  try {
    return await read();
  } catch (error) {
    if (![name, name.replace(/Exception$/, '')].includes(asError(error).name)) throw error;
    return undefined;
  }
}
