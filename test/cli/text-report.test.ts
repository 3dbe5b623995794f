import * as path from 'node:path';
import type { AssessmentDocument } from '../../src/assessment/judge';
import { Progress } from '../../src/cli/progress';
import { textReport } from '../../src/cli/text-report';
import { aurora, network, ref, resource, web } from '../support/assessment';
import { cli, directoryOf } from '../support/cli';

const systems = {
  Hospital: {
    systemName: 'ehr',
    bornAs: 'PRIMARY',
    tier: 'LIFE_CRITICAL',
    health: { protocol: 'HTTP', path: '/readyz', detectionSeconds: 400 },
    recoveryBudgets: [{ scope: 'AVAILABILITY_ZONE', rtoSeconds: 60, rpoSeconds: 0 }],
    acceptedRisks: [
      { risk: 'ACCOUNT for Hospital/Database', reason: 'vault by 2028', acceptedBy: 'CIO', expires: '2999-12-31' },
      { risk: 'DELETION', reason: 'until the vault is there', acceptedBy: 'CIO', expires: '2020-01-31' },
      { risk: 'one zone only', reason: 'training', acceptedBy: 'CIO', expires: '2999-12-31' },
    ],
  },
  Hospitall: { systemName: 'typing mistake' },
};
const files = directoryOf({
  'Hospital.template.json': {
    Parameters: { Count: { Type: 'Number' } },
    Resources: {
      ...network(3),
      ...web(3, { DesiredCount: ref('Count') }),
      ...aurora(1),
      Odd: resource('AWS::Odd::Thing'),
    },
  },
  'objectives.json': { systems },
});
const args = [
  'assess',
  path.join(files, 'Hospital.template.json'),
  '--objectives',
  path.join(files, 'objectives.json'),
];
const text = cli(...args).out;
const section = (title: string) => text.split(/\n(?=[^\n]+\n─+\n)/).find((part) => part.startsWith(title)) ?? '';

test('what is worst comes first, what nobody knows last', () => {
  const titles = [...text.matchAll(/\n([^\n]+)\n─+\n/g)].map(([, title]) => title.replace(/[:(].*/, '').trim());
  expect(titles).toEqual([
    'Not recoverable',
    'Objectives missed',
    'Verdicts',
    'Single points of failure',
    'Rules broken',
    'Outages that happened elsewhere',
    'What systems declare of themselves',
    'Accepted',
    'Unknown',
    'Not judged, so not passed',
    'What this proves',
  ]);
});

test('a finding names the resource, the reasons and what to do', () => {
  expect(section('Objectives missed')).toMatch(
    /AVAILABILITY_ZONE · Hospital\/Database \(AWS::RDS::DBCluster\) · ehr\n.*→/,
  );
  expect(section('Objectives missed')).toMatch(/\n {4}→ /);
});

test('the matrix has an estimate and an objective per scope', () => {
  const row =
    section('Verdicts')
      .split('\n')
      .find((line) => line.startsWith('AVAILABILITY_ZONE')) ?? '';
  expect(row).toMatch(/MISSES (≥ )?[\d.]+ min \/ 5 min, 0 s \/ 0 s/);
  expect(section('Verdicts')).toContain('nobody declared objectives: judged by the preset of the life-critical tier');
});

test('what somebody accepted is listed with who and until when, and is no miss', () => {
  expect(section('Accepted')).toContain(
    'ACCOUNT NOT RECOVERABLE · Hospital/Database: by CIO until 2999-12-31: vault by 2028',
  );
  expect(section('Not recoverable')).not.toContain('ACCOUNT · Hospital/Database');
});

test('declarations that do not hold are warnings', () => {
  const declared = section('What systems declare').replace(/\s+/g, ' ');
  expect(declared).toContain(
    'WARNING accepted-risk-expired, system ehr: the risk "DELETION", accepted by CIO, held until 2020-01-31',
  );
  expect(declared).toContain(
    'WARNING recovery-budget-optimistic, system ehr: AVAILABILITY_ZONE: 1 min to write again declared',
  );
  expect(declared).toContain('WARNING detection-slower-than-objective, system ehr: COMPONENT: noticing takes');
  expect(declared).toContain(
    'WARNING system-without-resources, system typing mistake: nothing that can be judged is within Hospitall',
  );
  expect(section('Accepted').replace(/\s+/g, ' ')).toContain('"one zone only", accepted by CIO, covers no finding');
});

test('an unknown says what would decide it', () => {
  const asked = section('Unknown').replace(/\s+/g, ' ');
  expect(asked).toContain('→ give --parameter Count=…');
  expect(asked).not.toContain('or: give the value'); // which only says the reason again
  expect(section('Unknown')).toMatch(/restore test[^→]*→ declare\s+measuredRestoreSeconds/);
  expect(section('Not judged')).toContain('AWS::Odd::Thing (1)');
  expect(section('What this proves')).toContain('level 2 of 4 at most');
});

test('fits the width of the terminal, but for long names', () => {
  const document = JSON.parse(cli(...args, '--json').out) as AssessmentDocument;
  for (const width of [60, 80, 140]) {
    const lines = textReport(document, width).split('\n');
    const long = lines.filter((line) => line.length > width && line.trim().includes(' ') && !/ {2}/.test(line.trim()));
    expect(long).toEqual([]);
  }
});

test('progress is told after two seconds, once a second, and only to somebody who waits', () => {
  const told = (showsProgress: boolean) => {
    const lines: string[] = [];
    let now = 0;
    const progress = new Progress({ write: () => {}, complain: (line) => lines.push(line), showsProgress }, () => now);
    progress.reading(1_000_000);
    for (const time of [100, 2100, 2200, 3500]) {
      now = time;
      progress.judging('system ehr', 1, 4);
    }
    progress.reading(100_000_000);
    return lines;
  };
  expect(told(true)).toEqual([
    'judging system ehr (1 of 4 systems done, 2 s) …\n',
    'judging system ehr (1 of 4 systems done, 4 s) …\n',
    'reading 100 MB of templates …\n',
  ]);
  expect(told(false)).toEqual([]);
});
