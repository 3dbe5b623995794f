import * as fs from 'node:fs';
import * as path from 'node:path';
import { catalog } from '../../../src/assessment/scenarios/catalog';
import { assertionsOf, hospital } from './play';

const SOURCES = path.join(__dirname, '..', '..', '..', 'src', 'assessment', 'scenarios');

test('holds the twelve outages, each in a file with a test', () => {
  expect(catalog.map(({ id }) => id)).toEqual([
    'R1',
    'R2',
    'R5',
    'R7',
    'R8',
    'R9',
    'R10',
    'R11',
    'R12',
    'R13',
    'R14',
    'R15',
  ]);
  const files = fs
    .readdirSync(SOURCES)
    .filter((file) => /: Scenario = /.test(fs.readFileSync(path.join(SOURCES, file), 'utf-8')));
  expect(files).toHaveLength(catalog.length);
  for (const file of files) {
    expect(fs.existsSync(path.join(__dirname, file.replace('.ts', '.test.ts')))).toBe(true);
  }
});

test.each(catalog)('$id says what happened, and where that is told', (scenario) => {
  expect(scenario.title).not.toMatch(/\.$/);
  expect(scenario.happened).toMatch(/\.$/);
  expect(scenario.when.length).toBeGreaterThan(0);
  expect(new URL(scenario.source).protocol).toBe('https:');
});

test.each(catalog)('$id finds something to say where there is nothing, and passes none of it', (scenario) => {
  for (const { answer, reasons } of assertionsOf(scenario, {
    Function: { Type: 'AWS::Lambda::Function', Properties: { VpcConfig: { SubnetIds: ['subnet-1'] } } },
  })) {
    expect(['holds', 'broken', 'unknown']).toContain(answer);
    expect(reasons.length).toBeGreaterThan(0);
  }
});

test.each(catalog)('$id says for everything broken or unknown why, in one line', (scenario) => {
  for (const { reasons } of assertionsOf(scenario, hospital())) {
    for (const reason of reasons) {
      expect(reason).not.toMatch(/[.\n]$|undefined|\[object/);
    }
  }
});
