const { isManagedElsewhere } = require('../managed-elsewhere');

/**
 * Settings of an account that no CloudFormation resource has. Each is read first and only ever made stricter; one that fails
 * does not keep the others from being set.
 */
const SETTINGS = {
  S3PublicAccessBlock: s3PublicAccessBlock,
  EbsEncryptionByDefault: ebsEncryptionByDefault,
  ImageBlockPublicAccess: imageBlockPublicAccess,
  SnapshotBlockPublicAccess: snapshotBlockPublicAccess,
  SerialConsoleAccess: serialConsoleAccess,
  InstanceMetadataDefaults: instanceMetadataDefaults,
  PasswordPolicy: passwordPolicy,
};

exports.converge = async (context) => {
  const outcomes = {};
  const failures = [];
  for (const [name, wanted] of Object.entries(context.desired)) {
    try {
      outcomes[name] = (await SETTINGS[name](context, wanted)) ? 'RAISED' : 'ALREADY_SET';
    } catch (error) {
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
};

async function s3PublicAccessBlock({ aws, account }) {
  const wanted = {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  };
  const actual = await absent('NoSuchPublicAccessBlockConfiguration', async () => {
    const answer = await aws('s3-control', 'GetPublicAccessBlock', { AccountId: account });
    return answer.PublicAccessBlockConfiguration;
  });
  if (Object.keys(wanted).every((key) => actual?.[key])) {
    return false;
  }
  await aws('s3-control', 'PutPublicAccessBlock', { AccountId: account, PublicAccessBlockConfiguration: wanted });
  return true;
}

async function ebsEncryptionByDefault({ aws }, { KmsKeyId }) {
  const { EbsEncryptionByDefault: on } = await aws('ec2', 'GetEbsEncryptionByDefault');
  if (!on) {
    await aws('ec2', 'EnableEbsEncryptionByDefault');
  }
  const current = KmsKeyId && (await aws('ec2', 'GetEbsDefaultKmsKeyId')).KmsKeyId;
  const awsManaged = typeof current === 'string' && current.endsWith('alias/aws/ebs');
  if (awsManaged) {
    await aws('ec2', 'ModifyEbsDefaultKmsKeyId', { KmsKeyId }); // a customer's key that was chosen before is kept
  }
  return !on || awsManaged;
}

async function imageBlockPublicAccess({ aws }) {
  const { ImageBlockPublicAccessState: state } = await aws('ec2', 'GetImageBlockPublicAccessState');
  if (state === 'block-new-sharing') {
    return false;
  }
  await aws('ec2', 'EnableImageBlockPublicAccess', { ImageBlockPublicAccessState: 'block-new-sharing' });
  return true;
}

async function snapshotBlockPublicAccess({ aws }) {
  const { State: state } = await aws('ec2', 'GetSnapshotBlockPublicAccessState');
  if (state === 'block-all-sharing') {
    return false;
  }
  await aws('ec2', 'EnableSnapshotBlockPublicAccess', { State: 'block-all-sharing' });
  return true;
}

async function serialConsoleAccess({ aws }) {
  const { SerialConsoleAccessEnabled: open } = await aws('ec2', 'GetSerialConsoleAccessStatus');
  if (!open) {
    return false;
  }
  await aws('ec2', 'DisableSerialConsoleAccess');
  return true;
}

async function instanceMetadataDefaults({ aws }) {
  const { AccountLevel: actual } = await aws('ec2', 'GetInstanceMetadataDefaults');
  if (actual?.HttpTokens === 'required') {
    return false;
  }
  await aws('ec2', 'ModifyInstanceMetadataDefaults', { HttpTokens: 'required' });
  return true;
}

/** The stricter of what is and what is wanted, whole: what an update leaves out goes back to its default. */
async function passwordPolicy({ aws }, wanted) {
  const actual = await absent('NoSuchEntityException', async () => {
    const answer = await aws('iam', 'GetAccountPasswordPolicy');
    return answer.PasswordPolicy;
  });
  const flags = ['RequireSymbols', 'RequireNumbers', 'RequireUppercaseCharacters', 'RequireLowercaseCharacters'];
  const stricter = {
    ...Object.fromEntries(flags.map((flag) => [flag, Boolean(wanted[flag] || actual?.[flag])])),
    AllowUsersToChangePassword: actual?.AllowUsersToChangePassword ?? true,
    HardExpiry: actual?.HardExpiry ?? false, // an expired password nobody can change locks people out
    MinimumPasswordLength: Math.max(wanted.MinimumPasswordLength, actual?.MinimumPasswordLength ?? 0),
    PasswordReusePrevention: Math.max(wanted.PasswordReusePrevention, actual?.PasswordReusePrevention ?? 0),
    ...maxAge(wanted.MaxPasswordAge, actual?.MaxPasswordAge),
  };
  if (actual && Object.entries(stricter).every(([key, value]) => actual[key] === value)) {
    return false;
  }
  await aws('iam', 'UpdateAccountPasswordPolicy', stricter);
  return true;
}

/** No age at all means that passwords never expire. */
function maxAge(...ages) {
  const finite = ages.filter((age) => age > 0);
  return finite.length > 0 ? { MaxPasswordAge: Math.min(...finite) } : {};
}

/** What a call finds; undefined where the service says there is nothing. */
async function absent(name, read) {
  try {
    return await read();
  } catch (error) {
    if (error.name !== name && error.name !== name.replace(/Exception$/, '')) throw error;
    return undefined;
  }
}
