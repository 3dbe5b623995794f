import { awsError, run, type Script } from '../../support/account-services';

const POLICY = {
  MinimumPasswordLength: 14,
  PasswordReusePrevention: 24,
  MaxPasswordAge: 90,
  RequireSymbols: true,
  RequireNumbers: true,
  RequireUppercaseCharacters: true,
  RequireLowercaseCharacters: true,
};
const BLOCKED = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true };

const EVERY_SETTING = {
  S3PublicAccessBlock: {},
  EbsEncryptionByDefault: { KmsKeyId: 'arn:key' },
  ImageBlockPublicAccess: {},
  SnapshotBlockPublicAccess: {},
  SerialConsoleAccess: {},
  InstanceMetadataDefaults: {},
  PasswordPolicy: POLICY,
};

/** An account as AWS makes it. */
const NEW_ACCOUNT: Script = {
  GetPublicAccessBlock: awsError('NoSuchPublicAccessBlockConfiguration'),
  GetEbsEncryptionByDefault: { EbsEncryptionByDefault: false },
  GetEbsDefaultKmsKeyId: { KmsKeyId: 'alias/aws/ebs' },
  GetImageBlockPublicAccessState: { ImageBlockPublicAccessState: 'unblocked' },
  GetSnapshotBlockPublicAccessState: { State: 'unblocked' },
  GetSerialConsoleAccessStatus: { SerialConsoleAccessEnabled: true },
  GetInstanceMetadataDefaults: {},
  GetAccountPasswordPolicy: awsError('NoSuchEntityException'),
  PutPublicAccessBlock: {},
  EnableEbsEncryptionByDefault: {},
  ModifyEbsDefaultKmsKeyId: {},
  EnableImageBlockPublicAccess: {},
  EnableSnapshotBlockPublicAccess: {},
  DisableSerialConsoleAccess: {},
  ModifyInstanceMetadataDefaults: {},
  UpdateAccountPasswordPolicy: {},
};

/** The same, once everything is set. */
const HARDENED: Script = {
  GetPublicAccessBlock: { PublicAccessBlockConfiguration: BLOCKED },
  GetEbsEncryptionByDefault: { EbsEncryptionByDefault: true },
  GetEbsDefaultKmsKeyId: { KmsKeyId: 'arn:theirs' },
  GetImageBlockPublicAccessState: { ImageBlockPublicAccessState: 'block-new-sharing' },
  GetSnapshotBlockPublicAccessState: { State: 'block-all-sharing' },
  GetSerialConsoleAccessStatus: { SerialConsoleAccessEnabled: false },
  GetInstanceMetadataDefaults: { AccountLevel: { HttpTokens: 'required' } },
  GetAccountPasswordPolicy: { PasswordPolicy: { ...POLICY, AllowUsersToChangePassword: true, HardExpiry: false } },
};

test('hardens a new account', async () => {
  const { answer, changes } = await run('AccountSettings', EVERY_SETTING, NEW_ACCOUNT);
  expect(answer.Data).toEqual({
    Status: 'ADOPTED',
    Id: 'settings',
    ...Object.fromEntries(Object.keys(EVERY_SETTING).map((setting) => [setting, 'RAISED'])),
  });
  expect(changes).toEqual([
    {
      operation: 'PutPublicAccessBlock',
      input: { AccountId: '111122223333', PublicAccessBlockConfiguration: BLOCKED },
    },
    { operation: 'EnableEbsEncryptionByDefault', input: {} },
    { operation: 'ModifyEbsDefaultKmsKeyId', input: { KmsKeyId: 'arn:key' } },
    { operation: 'EnableImageBlockPublicAccess', input: { ImageBlockPublicAccessState: 'block-new-sharing' } },
    { operation: 'EnableSnapshotBlockPublicAccess', input: { State: 'block-all-sharing' } },
    { operation: 'DisableSerialConsoleAccess', input: {} },
    { operation: 'ModifyInstanceMetadataDefaults', input: { HttpTokens: 'required' } },
    {
      operation: 'UpdateAccountPasswordPolicy',
      input: { ...POLICY, AllowUsersToChangePassword: true, HardExpiry: false },
    },
  ]);
});

test('changes nothing in an account that is hardened, and keeps the key somebody chose for volumes', async () => {
  const { answer, changes } = await run('AccountSettings', EVERY_SETTING, HARDENED);
  expect(changes).toEqual([]);
  expect(answer.Data?.PasswordPolicy).toBe('ALREADY_SET');
});

test('leaves alone what nobody named', async () => {
  const { calls } = await run('AccountSettings', { SerialConsoleAccess: {} }, NEW_ACCOUNT);
  expect(calls.map(({ operation }) => operation)).toEqual([
    'GetSerialConsoleAccessStatus',
    'DisableSerialConsoleAccess',
  ]);
});

test('completes a block of public access that has a hole', async () => {
  const { changes } = await run(
    'AccountSettings',
    { S3PublicAccessBlock: {} },
    {
      ...NEW_ACCOUNT,
      GetPublicAccessBlock: { PublicAccessBlockConfiguration: { ...BLOCKED, RestrictPublicBuckets: false } },
    },
  );
  expect(changes.map(({ operation }) => operation)).toEqual(['PutPublicAccessBlock']);
});

test('makes sharing of snapshots stricter', async () => {
  const { changes } = await run(
    'AccountSettings',
    { SnapshotBlockPublicAccess: {} },
    {
      ...NEW_ACCOUNT,
      GetSnapshotBlockPublicAccessState: { State: 'block-new-sharing' },
    },
  );
  expect(changes[0].input).toEqual({ State: 'block-all-sharing' });
});

test('takes the stricter of two password policies, point by point', async () => {
  const theirs = {
    ...POLICY,
    MinimumPasswordLength: 20,
    PasswordReusePrevention: 5,
    MaxPasswordAge: 60,
    RequireSymbols: false,
    AllowUsersToChangePassword: false,
    HardExpiry: true,
  };
  const { changes } = await run(
    'AccountSettings',
    { PasswordPolicy: POLICY },
    {
      ...NEW_ACCOUNT,
      GetAccountPasswordPolicy: { PasswordPolicy: theirs },
    },
  );
  expect(changes[0].input).toEqual({
    ...POLICY,
    MinimumPasswordLength: 20,
    PasswordReusePrevention: 24,
    MaxPasswordAge: 60,
    AllowUsersToChangePassword: false,
    HardExpiry: true,
  });
});

test('one setting that fails keeps none of the others from being set, and all failures are told', async () => {
  const { answer, changes } = await run('AccountSettings', EVERY_SETTING, {
    ...NEW_ACCOUNT,
    PutPublicAccessBlock: awsError('AccessDenied', 'no'),
    EnableImageBlockPublicAccess: awsError('UnsupportedOperation', 'not here'),
  });
  expect(answer).toMatchObject({
    Status: 'FAILED',
    Reason: expect.stringMatching(/S3PublicAccessBlock: AccessDenied: no; ImageBlockPublicAccess: .*not here/),
  });
  expect(changes.map(({ operation }) => operation)).toContain('UpdateAccountPasswordPolicy');
});

test('what a declarative policy of the organization sets is managed elsewhere', async () => {
  const refused = awsError('OperationNotPermitted', 'This is managed by a declarative policy of your organization');
  const { answer } = await run(
    'AccountSettings',
    { SerialConsoleAccess: {}, InstanceMetadataDefaults: {} },
    {
      ...NEW_ACCOUNT,
      DisableSerialConsoleAccess: refused,
    },
  );
  expect(answer.Data).toMatchObject({
    Status: 'ADOPTED',
    SerialConsoleAccess: 'MANAGED_ELSEWHERE',
    InstanceMetadataDefaults: 'RAISED',
  });
});
