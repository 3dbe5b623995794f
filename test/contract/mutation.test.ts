import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App } from 'aws-cdk-lib';
import { DESIGNS, writeDesign } from '../../benchmarks/mutation/designs';
import { news } from '../../benchmarks/mutation/judgement';
import { Laboratory } from '../../benchmarks/mutation/laboratory';
import type { Json, Mutant, Template } from '../../benchmarks/mutation/mutant';
import { mutantsOf } from '../../benchmarks/mutation/mutants';
import { toldByComposite } from '../../benchmarks/mutation/told-by-composite';
import { buildReferenceHospital } from '../../benchmarks/reference-hospital';

const BASELINE = JSON.parse(
  fs.readFileSync(path.join(__dirname, '..', '..', 'benchmarks', 'mutation', 'baseline.json'), 'utf-8'),
);

const README = fs.readFileSync(path.join(__dirname, '..', '..', 'benchmarks', 'mutation', 'README.md'), 'utf-8');

const REFERENCE = 'hapi-fhir-two-regions.ts';

const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'mutation-test-'));
let laboratory: Laboratory;

beforeAll(() => {
  const app = new App({
    outdir,
    context: {
      ...JSON.parse(fs.readFileSync(path.join(__dirname, '..', '..', 'cdk.json'), 'utf-8')).context,
      'aws:cdk:enable-path-metadata': true,
    },
  });
  buildReferenceHospital(app);
  app.synth();
  laboratory = new Laboratory(outdir);
});

afterAll(() => {
  laboratory.close();
  fs.rmSync(outdir, { recursive: true, force: true });
});

/** The first mutants of each kind, so that no kind is missed. */
function sample(mutants: readonly Mutant[], each: number): Mutant[] {
  const taken = new Map<string, number>();
  return mutants.filter(({ kind }) => {
    const count = (taken.get(kind) ?? 0) + 1;
    taken.set(kind, count);
    return count <= each;
  });
}

/** What the baseline lists as not noticed alone, in one design. */
function survivorsOf(design: string): string[] {
  const prefix = `${design}: `;
  const lines: string[] = BASELINE.survivors.filter((line: string) => line.startsWith(prefix));
  return lines.map((line) => line.slice(prefix.length).split(': ')[0]);
}

test.each(['independent designs', 'examples'])('the published score of %s is at least 95 %', (set) => {
  const { score, unexplained, mutants, alone } = BASELINE.sets[set];
  expect(score).toBeGreaterThanOrEqual(0.95);
  expect(unexplained).toBe(0);
  const published = `| ${mutants} | ${((100 * alone) / mutants).toFixed(1)} % | ${(100 * score).toFixed(1)} % | 95 % |`;
  expect(README).toContain(published);
});

test('nothing is called equivalent for a composite alarm that does not sound with it, or tells others', () => {
  const template = (composite: Record<string, Json>): Template => ({
    Resources: {
      Metric: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmActions: ['duty'] } },
      Composite: { Type: 'AWS::CloudWatch::CompositeAlarm', Properties: composite },
    },
  });
  const rule = (between: string): Json => ({
    'Fn::Join': ['', ['(ALARM("', { 'Fn::GetAtt': ['Metric', 'Arn'] }, `") ${between} ALARM("other"))`]],
  });
  expect(toldByComposite(template({ AlarmActions: ['duty'], AlarmRule: rule('OR') }), 'Metric')).toBe(true);
  expect(toldByComposite(template({ AlarmActions: ['duty'], AlarmRule: rule('AND') }), 'Metric')).toBe(false);
  expect(toldByComposite(template({ AlarmActions: ['duty'], AlarmRule: rule('AND NOT') }), 'Metric')).toBe(false);
  expect(toldByComposite(template({ AlarmActions: ['others'], AlarmRule: rule('OR') }), 'Metric')).toBe(false);
  expect(toldByComposite(template({ AlarmRule: rule('OR') }), 'Metric')).toBe(false);
  const suppressed = { AlarmActions: ['duty'], AlarmRule: rule('OR'), ActionsSuppressor: 'maintenance' };
  expect(toldByComposite(template(suppressed), 'Metric')).toBe(false);
});

test('the reference hospital has about as many mutants as the baseline counts', () => {
  const { mutants } = BASELINE.designs[REFERENCE];
  expect(Math.abs(laboratory.mutants.length - mutants)).toBeLessThan(mutants / 10);
});

test('whatever of a sample is not noticed is a survivor that the baseline lists', () => {
  const drawn = sample(laboratory.mutants, 3);
  const survivors = drawn.filter((mutant) => news(laboratory.judge(mutant), laboratory.healthy).length === 0);
  const listed = survivorsOf(REFERENCE);
  expect(survivors.map(({ name }) => name).filter((name) => !listed.includes(name))).toEqual([]);
  expect(drawn.length - survivors.length).toBeGreaterThan(drawn.length * 0.6);
});

test.each(Object.keys(DESIGNS))('the same holds for an independent design: %s', (design) => {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'mutation-design-'));
  try {
    writeDesign(design, directory);
    const other = new Laboratory(directory);
    const drawn = sample(other.mutants, 2);
    const survivors = drawn.filter((mutant) => news(other.judge(mutant), other.healthy).length === 0);
    other.close();
    expect(other.mutants.length).toBe(BASELINE.designs[design].mutants);
    expect(survivors.map(({ name }) => name).filter((name) => !survivorsOf(design).includes(name))).toEqual([]);
  } finally {
    fs.rmSync(directory, { recursive: true, force: true });
  }
});

test('an assembly that nobody changed is judged as before', () => {
  expect(news(laboratory.judge(), laboratory.healthy)).toEqual([]);
});

test('properties are found by their kind, whatever the resource is called', () => {
  const template = {
    Resources: {
      Any: {
        Type: 'AWS::RDS::DBInstance',
        Properties: { MultiAZ: true, BackupRetentionPeriod: 35, DeletionProtection: true },
        DeletionPolicy: 'Retain',
      },
    },
  };
  expect(mutantsOf('S.template.json', template).map(({ name }) => name)).toEqual([
    'S/Any DeletionPolicy → Delete',
    'S/Any → removed',
    'S/Any Properties.MultiAZ → false',
    'S/Any Properties.BackupRetentionPeriod → 1',
    'S/Any Properties.DeletionProtection → false',
  ]);
});
