/**
 * ts-node benchmarks/mutation/run.ts                  every mutant of every example and of every independent design
 * ts-node benchmarks/mutation/run.ts --quick          every fifth
 * ts-node benchmarks/mutation/run.ts windows hub      those designs only
 * ts-node benchmarks/mutation/run.ts --save-baseline  make this run baseline.json
 *
 * Exit code 1 when the score of the examples, or of the independent designs, is below 95 %, or when a survivor has no reason.
 */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { DESIGNS, writeDesign } from './designs';
import { examples, synthesize } from './example-assembly';
import { Laboratory } from './laboratory';
import { type Outcome, outcomesOf, type Score, scoreOf } from './score';

const BASELINE = path.join(__dirname, 'baseline.json');
const OPTIONS = ['--quick', '--save-baseline'];
const AT_LEAST = 0.95;
const QUICK_STEP = 5;

/** Our own examples, and what nothing of this library made. */
const SETS: Readonly<Record<string, () => readonly string[]>> = {
  examples,
  'independent designs': () => Object.keys(DESIGNS),
};

function main(given: readonly string[]): void {
  const options = given.filter((one) => one.startsWith('--'));
  const wanted = given.filter((one) => !one.startsWith('--'));
  const known = Object.values(SETS).flatMap((names) => names());
  const unknown = [
    ...options.filter((option) => !OPTIONS.includes(option)),
    ...wanted.filter((name) => !known.includes(name)),
  ];
  if (unknown.length > 0) {
    throw new Error(`unknown ${unknown.join(' ')}; known are ${[...OPTIONS, ...known].join(', ')}`);
  }
  const step = options.includes('--quick') ? QUICK_STEP : 1;
  const outcomes = known
    .filter((name) => wanted.length === 0 || wanted.includes(name))
    .flatMap((name) => outcomesIn(name, step));
  console.log(render(outcomes));
  if (options.includes('--save-baseline')) {
    fs.writeFileSync(BASELINE, `${JSON.stringify(baselineOf(outcomes), null, 2)}\n`);
  }
  const scores = Object.values(scoresOf(outcomes));
  if (scores.some(({ mutants, score, unexplained }) => mutants > 0 && (score < AT_LEAST || unexplained > 0))) {
    process.exitCode = 1;
  }
}

function outcomesIn(design: string, step: number): Outcome[] {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'mutation-design-'));
  try {
    if (Object.hasOwn(DESIGNS, design)) {
      writeDesign(design, outdir);
    } else {
      synthesize(design, outdir);
    }
    const laboratory = new Laboratory(outdir);
    try {
      return outcomesOf(
        design,
        laboratory,
        laboratory.mutants.filter((_, index) => index % step === 0),
      );
    } finally {
      laboratory.close();
    }
  } finally {
    fs.rmSync(outdir, { recursive: true, force: true });
  }
}

function scoresOf(outcomes: readonly Outcome[]): Record<string, Score> {
  return Object.fromEntries(
    Object.entries(SETS).map(([set, names]) => [
      set,
      scoreOf(outcomes.filter(({ design }) => names().includes(design))),
    ]),
  );
}

const COLUMNS = ['mutants', 'alone', 'unmasked', 'equivalent', 'gaps', 'unexplained'] as const;

function render(outcomes: readonly Outcome[]): string {
  const kinds = groups(outcomes, ({ mutant }) => mutant.kind);
  const designs = groups(outcomes, ({ design }) => design);
  const survivors = outcomes.filter(({ noticed }) => noticed !== 'alone').map((outcome) => `  ${describe(outcome)}`);
  const sets = Object.entries(scoresOf(outcomes)).filter(([, { mutants }]) => mutants > 0);
  return [
    row('kind', [...COLUMNS, 'score']),
    ...kinds.map(([kind, some]) => scoreRow(kind, scoreOf(some))),
    '',
    row('design', [...COLUMNS, 'score']),
    ...designs.map(([design, some]) => scoreRow(design, scoreOf(some))),
    ...sets.map(([set, score]) => scoreRow(set.toUpperCase(), score)),
    '',
    '  Not noticed alone:',
    ...survivors.sort(),
  ].join('\n');
}

function groups(outcomes: readonly Outcome[], key: (outcome: Outcome) => string): [string, Outcome[]][] {
  const keys = [...new Set(outcomes.map(key))].sort();
  return keys.map((one) => [one, outcomes.filter((outcome) => key(outcome) === one)]);
}

function row(name: string, cells: readonly string[]): string {
  return `  ${name.padEnd(30)}${cells.map((cell) => cell.padStart(12)).join('')}`;
}

function scoreRow(name: string, score: Score): string {
  return row(name, [...COLUMNS.map((column) => String(score[column])), percent(score.score)]);
}

function describe({ design, mutant, maskedBy, reason }: Outcome): string {
  const why = maskedBy
    ? `masked by ${maskedBy.property || maskedBy.logicalId}`
    : reason
      ? `${reason.kind}: ${reason.reason}`
      : 'UNEXPLAINED';
  return `${design}: ${mutant.name}: ${why}`;
}

function baselineOf(outcomes: readonly Outcome[]) {
  const rounded = (score: Score) => ({ ...score, score: Math.round(score.score * 1000) / 1000 });
  const scores = (some: [string, Score][]) => Object.fromEntries(some.map(([name, score]) => [name, rounded(score)]));
  const survivors = outcomes.filter(({ noticed }) => noticed !== 'alone').map(describe);
  return {
    sets: scores(Object.entries(scoresOf(outcomes))),
    designs: scores(groups(outcomes, ({ design }) => design).map(([design, some]) => [design, scoreOf(some)])),
    survivors: survivors.sort(),
  };
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

main(process.argv.slice(2));
