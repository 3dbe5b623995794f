/**
 * ts-node benchmarks/mutation/run.ts                  every mutant of every example
 * ts-node benchmarks/mutation/run.ts --quick          every fifth
 * ts-node benchmarks/mutation/run.ts --save-baseline  make this run baseline.json
 *
 * Exit code 1 when the score is below 95 %, or when a survivor has no reason.
 */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { examples, synthesize } from './example-assembly';
import { Laboratory } from './laboratory';
import { type Outcome, outcomesOf, type Score, scoreOf } from './score';

const BASELINE = path.join(__dirname, 'baseline.json');
const OPTIONS = ['--quick', '--save-baseline'];
const AT_LEAST = 0.95;
const QUICK_STEP = 5;

function main(options: readonly string[]): void {
  const unknown = options.filter((option) => !OPTIONS.includes(option));
  if (unknown.length > 0) {
    throw new Error(`unknown option ${unknown.join(' ')}; known are ${OPTIONS.join(', ')}`);
  }
  const outcomes = examples().flatMap((example) => outcomesIn(example, options.includes('--quick') ? QUICK_STEP : 1));
  const score = scoreOf(outcomes);
  console.log(render(outcomes, score));
  if (options.includes('--save-baseline')) {
    fs.writeFileSync(BASELINE, `${JSON.stringify(baselineOf(outcomes, score), null, 2)}\n`);
  }
  if (score.score < AT_LEAST || score.unexplained > 0) {
    process.exitCode = 1;
  }
}

function outcomesIn(example: string, step: number): Outcome[] {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'mutation-example-'));
  try {
    synthesize(example, outdir);
    const laboratory = new Laboratory(outdir);
    try {
      return outcomesOf(
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

function render(outcomes: readonly Outcome[], score: Score): string {
  const kinds = [...new Set(outcomes.map(({ mutant }) => mutant.kind))].sort();
  const table = kinds.map((kind) => {
    const { mutants, alone, unmasked, equivalent, gaps } = scoreOf(
      outcomes.filter(({ mutant }) => mutant.kind === kind),
    );
    return `  ${kind.padEnd(26)}${[mutants, alone, unmasked, equivalent, gaps].map((count) => String(count).padStart(10)).join('')}`;
  });
  const survivors = outcomes.filter(({ noticed }) => noticed !== 'alone').map((outcome) => `  ${describe(outcome)}`);
  return [
    `  ${'kind'.padEnd(26)}${['mutants', 'alone', 'unmasked', 'equivalent', 'gaps'].map((name) => name.padStart(10)).join('')}`,
    ...table,
    '',
    `  ${score.alone} of ${score.mutants} noticed alone, ${score.unmasked} once a second protection is gone too,`,
    `  ${score.equivalent} equivalent, ${score.gaps} known gaps, ${score.unexplained} unexplained: score ${percent(score.score)}`,
    '',
    '  Not noticed alone:',
    ...survivors.sort(),
  ].join('\n');
}

function describe({ mutant, maskedBy, reason }: Outcome): string {
  const why = maskedBy
    ? `masked by ${maskedBy.property || maskedBy.logicalId}`
    : reason
      ? `${reason.kind}: ${reason.reason}`
      : 'UNEXPLAINED';
  return `${mutant.name}: ${why}`;
}

function baselineOf(outcomes: readonly Outcome[], score: Score) {
  const survivors = outcomes.filter(({ noticed }) => noticed !== 'alone').map(describe);
  return { examples: examples(), ...score, score: Math.round(score.score * 1000) / 1000, survivors: survivors.sort() };
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

main(process.argv.slice(2));
