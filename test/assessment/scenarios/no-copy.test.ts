import { noCopy } from '../../../src/assessment/scenarios/no-copy';
import { backup, hospital, testScenario } from './play';

const COPIED = 'every store has a copy outside the Region, whatever its size';
const copyIn = (region: unknown) => hospital(backup({ CopyActions: [{ DestinationBackupVaultArn: region }] }));

testScenario(noCopy, [
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
