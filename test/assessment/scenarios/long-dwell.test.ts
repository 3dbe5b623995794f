import { longDwell } from '../../../src/assessment/scenarios/long-dwell';
import { backup, hospital, testScenario } from './play';

const KEPT = 'every store has a recovery point or versions that are 60 days old';
const DENSE = 'the long series is taken at least once a week';

testScenario(longDwell, [
  {
    assertion: DENSE,
    answer: 'broken',
    when: 'jobs that may start two weeks late',
    stacks: hospital(backup({ StartWindowMinutes: 20_160 })),
  },
  { assertion: KEPT, answer: 'holds', when: '90 days', stacks: hospital(backup()) },
  {
    assertion: KEPT,
    answer: 'broken',
    when: '35 days',
    stacks: hospital({}, { BackupRetentionPeriod: 35 }),
    about: 'Test/Database',
  },
  {
    assertion: KEPT,
    answer: 'unknown',
    when: 'days that an import decides',
    stacks: hospital(backup({ Lifecycle: { DeleteAfterDays: { 'Fn::ImportValue': 'days' } } })),
  },
  { assertion: DENSE, answer: 'holds', when: 'daily snapshots', stacks: hospital(backup()) },
  {
    assertion: DENSE,
    answer: 'broken',
    when: 'monthly snapshots',
    stacks: hospital(backup({ ScheduleExpression: 'cron(0 5 1 * ? *)' })),
    about: 'Test/Database',
  },
  {
    assertion: DENSE,
    answer: 'unknown',
    when: 'a schedule that an import decides',
    stacks: hospital(backup({ ScheduleExpression: { 'Fn::ImportValue': 'schedule' } })),
  },
]);
