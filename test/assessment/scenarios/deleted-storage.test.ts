import { deletedStorage } from '../../../src/assessment/scenarios/deleted-storage';
import { backup, hospital, resource, testScenario } from './play';

const REFUSED = 'deletion is refused, or leaves the data';
const KEYS = 'keys of records stay when a deployment drops or replaces them';
const REACH = 'a recovery point is out of reach of whoever deletes';
const RESTORED = 'the restore fits the objective';

const keyed = (policy: string) => ({
  ...hospital({}, { KmsKeyId: { Ref: 'Key' } }),
  Key: resource('AWS::KMS::Key', {}, { DeletionPolicy: 'Retain', UpdateReplacePolicy: policy }),
});

testScenario(deletedStorage, [
  {
    assertion: REFUSED,
    answer: 'holds',
    when: 'deletion protection',
    stacks: hospital({}, { DeletionProtection: true }),
  },
  {
    assertion: REFUSED,
    answer: 'broken',
    when: 'none',
    stacks: {
      ...hospital(),
      Database: resource(
        'AWS::RDS::DBCluster',
        { Engine: 'aurora-mysql', VpcSecurityGroupIds: [{ 'Fn::GetAtt': ['DataGroup', 'GroupId'] }] },
        { DeletionPolicy: 'Delete' },
      ),
    },
    about: 'Test/Database',
  },
  {
    assertion: REFUSED,
    answer: 'unknown',
    when: 'protection that an import decides',
    stacks: {
      ...hospital(),
      Database: resource(
        'AWS::RDS::DBCluster',
        {
          Engine: 'aurora-mysql',
          VpcSecurityGroupIds: [{ 'Fn::GetAtt': ['DataGroup', 'GroupId'] }],
          DeletionProtection: { 'Fn::ImportValue': 'protected' },
        },
        { DeletionPolicy: 'Delete' },
      ),
    },
  },
  { assertion: KEYS, answer: 'holds', when: 'a key that is kept', stacks: keyed('Retain') },
  {
    assertion: KEYS,
    answer: 'broken',
    when: 'a key that goes with its stack',
    stacks: keyed('Delete'),
    about: 'Test/Key',
  },
  {
    assertion: REACH,
    answer: 'holds',
    when: 'a locked vault',
    stacks: hospital(backup({}, { LockConfiguration: { MinRetentionDays: 30 } })),
  },
  {
    assertion: REACH,
    answer: 'holds',
    when: 'a vault whose policy denies deletion',
    stacks: hospital(
      backup({}, { AccessPolicy: { Statement: [{ Effect: 'Deny', Action: ['backup:DeleteRecoveryPoint'] }] } }),
    ),
  },
  {
    assertion: REACH,
    answer: 'broken',
    when: 'a vault whose policy denies something else',
    stacks: hospital(
      backup({}, { AccessPolicy: { Statement: [{ Effect: 'Deny', Action: ['backup:StartBackupJob'] }] } }),
    ),
    about: 'Test/Database',
  },
  {
    assertion: REACH,
    answer: 'unknown',
    when: 'a vault that only its name tells',
    stacks: hospital(backup({ TargetBackupVault: 'elsewhere' })),
  },
  {
    assertion: RESTORED,
    answer: 'holds',
    when: 'deletion protection',
    stacks: hospital({}, { DeletionProtection: true }),
  },
  {
    assertion: RESTORED,
    answer: 'unknown',
    when: 'a restore that nobody measured',
    stacks: hospital(backup({ EnableContinuousBackup: true })),
  },
  { assertion: RESTORED, answer: 'broken', when: 'nothing left', stacks: hospital({}), about: 'Test/Database' },
]);
