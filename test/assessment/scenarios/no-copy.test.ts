import { noCopy } from '../../../src/assessment/scenarios/no-copy';
import { backup, hospital, resource, testScenario } from './play';

const COPIED = 'every store has a copy outside the Region, whatever its size';
const copyIn = (region: unknown) => hospital(backup({ CopyActions: [{ DestinationBackupVaultArn: region }] }));

const HEARD = 'somebody hears of what a backup leaves out';
const told = {
  Notifications: { SNSTopicArn: 'arn:aws:sns:us-east-1:111122223333:page', BackupVaultEvents: ['BACKUP_JOB_FAILED'] },
};

testScenario(noCopy, [
  { assertion: HEARD, answer: 'holds', when: 'a topic', stacks: hospital(backup({}, told)) },
  { assertion: HEARD, answer: 'broken', when: 'no topic', stacks: hospital(backup()), about: 'Test/Vault' },
  {
    assertion: HEARD,
    answer: 'unknown',
    when: 'a rule on jobs',
    stacks: hospital({
      ...backup(),
      Rule: resource('AWS::Events::Rule', { EventPattern: { source: ['aws.backup'] } }),
    }),
  },
  {
    assertion: COPIED,
    answer: 'holds',
    when: 'recovery points in another Region',
    stacks: copyIn('arn:aws:backup:us-west-2:111122223333:backup-vault:copies'),
  },
  {
    assertion: COPIED,
    answer: 'broken',
    when: 'recovery points in the same Region',
    stacks: hospital(backup()),
    about: 'Test/Database',
  },
  {
    assertion: COPIED,
    answer: 'unknown',
    when: 'a vault that an import decides',
    stacks: copyIn({ 'Fn::ImportValue': 'vault' }),
  },
]);
