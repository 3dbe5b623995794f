import { ransomware } from '../../../src/assessment/scenarios/ransomware';
import { stackOf } from '../../support/assessment';
import { backup, copyTo, hospital, OTHER_ACCOUNT, resource, testScenario } from './play';

const COPIED = 'every store has a copy in another account';
const LOCKED = 'its vaults are locked so that no administrator can empty them';
const KEYED = 'the keys of the copies cannot be deleted from the account';
const KEPT = 'recovery points reach back more than 17 days';

/** The vault of the copy, in a stack of an account. */
function bunker(account: string) {
  const key = resource('AWS::KMS::Key');
  const vault = resource('AWS::Backup::BackupVault', { EncryptionKeyArn: { 'Fn::GetAtt': ['Key', 'Arn'] } });
  const template = {
    Resources: { Key: key, Bunker: vault },
    Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Bunker', 'BackupVaultArn'] }, Export: { Name: 'Bunker' } } },
  };
  return stackOf(template, { id: 'Bunker', account });
}

const copied = (account: string) => [
  stackOf(
    hospital(
      backup({
        CopyActions: [
          {
            DestinationBackupVaultArn: {
              'Fn::GetStackOutput': { StackName: 'Bunker', OutputName: 'Arn', Region: 'us-east-1' },
            },
          },
        ],
      }),
    ),
  ),
  bunker(account),
];

testScenario(ransomware, [
  {
    assertion: COPIED,
    answer: 'holds',
    when: 'a copy in another account',
    stacks: hospital(backup(copyTo(OTHER_ACCOUNT))),
  },
  { assertion: COPIED, answer: 'broken', when: 'no copy', stacks: hospital(backup()), about: 'Test/Database' },
  {
    assertion: COPIED,
    answer: 'broken',
    when: 'a copy in the same account',
    stacks: hospital(backup(copyTo('111122223333'))),
  },
  {
    assertion: COPIED,
    answer: 'unknown',
    when: 'an account that a parameter decides',
    stacks: hospital(backup(copyTo({ 'Fn::ImportValue': 'account' }))),
  },
  {
    assertion: LOCKED,
    answer: 'holds',
    when: 'compliance mode',
    stacks: hospital(backup({}, { LockConfiguration: { MinRetentionDays: 30, ChangeableForDays: 3 } })),
  },
  {
    assertion: LOCKED,
    answer: 'broken',
    when: 'governance mode',
    stacks: hospital(backup({}, { LockConfiguration: { MinRetentionDays: 30 } })),
    about: 'Test/Vault',
  },
  { assertion: LOCKED, answer: 'broken', when: 'no vault', stacks: hospital() },
  { assertion: KEYED, answer: 'holds', when: 'a key of the other account', stacks: copied(OTHER_ACCOUNT) },
  { assertion: KEYED, answer: 'broken', when: 'no copy', stacks: hospital(backup()) },
  {
    assertion: KEYED,
    answer: 'unknown',
    when: 'a vault that only its ARN names',
    stacks: hospital(backup(copyTo(OTHER_ACCOUNT))),
  },
  { assertion: KEPT, answer: 'holds', when: '90 days', stacks: hospital(backup()) },
  {
    assertion: KEPT,
    answer: 'broken',
    when: '7 days',
    stacks: hospital({}, { BackupRetentionPeriod: 7 }),
    about: 'Test/Database',
  },
  {
    assertion: KEPT,
    answer: 'unknown',
    when: 'days that a parameter decides',
    stacks: hospital({}, { BackupRetentionPeriod: { 'Fn::ImportValue': 'days' } }),
  },
  { assertion: 'a clean room to restore into is defined', answer: 'unknown', when: 'one account', stacks: hospital() },
  { assertion: 'restores are tested', answer: 'broken', when: 'no plan', stacks: hospital() },
  {
    assertion: 'restores are tested',
    answer: 'unknown',
    when: 'a plan, whose last run is not written here',
    stacks: hospital({ Test: resource('AWS::Backup::RestoreTestingPlan') }),
    about: 'Test/Test',
  },
  {
    assertion: 'a copy for reading exists outside the account',
    answer: 'unknown',
    when: 'anything',
    stacks: hospital(),
  },
]);
