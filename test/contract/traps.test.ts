import * as fs from 'node:fs';
import * as path from 'node:path';
import { catalog } from '../../src/assessment/rules/catalog';
import { type SynthesizedExample, synthesizeExamples } from '../support/example';
import { BACKUPS } from '../support/traps/backups';
import { ELSEWHERE, JUDGED } from '../support/traps/elsewhere';
import { GLOBAL_DATABASE } from '../support/traps/global-database';
import { REGION_SWITCH } from '../support/traps/region-switch';
import { STORES } from '../support/traps/stores';
import { Templates, type Trap } from '../support/traps/templates';
import { TRAFFIC } from '../support/traps/traffic';

/**
 * What AWS and CloudFormation let pass, or do on their own, and what bites on the day of a failover. Each trap is looked for in every
 * resource that it can concern, in templates of examples that have such resources; and is set there, to see that it would be found.
 */
const RUNS: { readonly file: string; readonly context?: Record<string, unknown> }[] = [
  { file: 'hapi-fhir-two-regions.ts', context: { activeRegion: 'us-west-2', returnDocuments: 'true' } },
  { file: 'laboratory-region-switch.ts', context: { warmStandby: 'true', returnDocuments: 'true' } },
  { file: 'appointments-active-active.ts' },
  { file: 'department-backup-only.ts' },
  { file: 'dispensing-distributed.ts' },
  { file: 'openemr.ts' },
  { file: 'watched-hospital.ts' },
];
const examples = synthesizeExamples(RUNS, { validation: false });
const templates = new Templates(RUNS.map(({ file }, i): [string, SynthesizedExample] => [file, examples[i]]));

const TRAPS = [...REGION_SWITCH, ...GLOBAL_DATABASE, ...BACKUPS, ...STORES, ...TRAFFIC];

test('each has a number of its own', () => {
  expect(new Set(TRAPS.map(({ number }) => number)).size).toBe(TRAPS.length);
});

describe.each(TRAPS.map((trap): [string, string, Trap] => [trap.number, trap.holds, trap]))('%s %s', (_, __, trap) => {
  test('holds everywhere', () => {
    expect(trap.offenders(templates)).toEqual([]);
  });

  test('is noticed where it does not', () => {
    expect(templates.broken(trap.fault, trap.offenders).length).toBeGreaterThan(0);
    expect(trap.offenders(templates)).toEqual([]); // mended
  });
});

describe('what no template of an example shows has a test of its own', () => {
  test.each(ELSEWHERE)('%s %s', (_number, _trap, file, title) => {
    const source = fs.readFileSync(path.join(__dirname, '..', file), 'utf-8');
    expect(source).toContain(`'${title}'`);
  });
});

describe('templates of others are judged by it', () => {
  test.each(JUDGED)('%s %s: %s', (_number, _trap, id) => {
    expect(catalog.map((rule) => rule.id)).toContain(id);
  });
});
