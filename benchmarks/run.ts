/**
 * npm run bench                       measure and compare with the baseline
 * npm run bench -- --quick            fewer repetitions and copies
 * npm run bench -- --check            exit code 1 when a bound is missed
 * npm run bench -- --save-baseline    make this run the baseline
 */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { missed } from './bounds';
import { type Figures, FULL, measure, QUICK } from './figures';
import { render } from './report';
import { Workshop } from './workshop';

interface Run {
  readonly machine: Record<string, string | number>;
  readonly quick: boolean;
  readonly figures: Figures;
}

const BASELINE = path.join(__dirname, 'baseline.json');
const OUTPUT = path.join(__dirname, '..', 'test-reports', 'benchmark.json');
const OPTIONS = ['--quick', '--check', '--save-baseline'];

function main(options: string[]): void {
  const unknown = options.filter((option) => !OPTIONS.includes(option));
  if (unknown.length > 0) {
    throw new Error(`unknown option ${unknown.join(' ')}; known are ${OPTIONS.join(', ')}`);
  }
  const quick = options.includes('--quick');
  const workshop = new Workshop();
  try {
    const run: Run = { machine: machine(), quick, figures: measure(workshop, quick ? QUICK : FULL) };
    write(OUTPUT, run);
    console.log(render(run.figures, readBaseline()?.figures));
    console.log(`  All figures: ${path.relative(process.cwd(), OUTPUT)}`);
    if (options.includes('--save-baseline')) {
      write(BASELINE, run);
    }
    if (options.includes('--check') && missed(run.figures).length > 0) {
      process.exitCode = 1;
    }
  } finally {
    workshop.close();
  }
}

function machine(): Run['machine'] {
  const cdk = JSON.parse(fs.readFileSync(require.resolve('aws-cdk-lib/package.json'), 'utf-8')).version;
  const [{ model }] = os.cpus();
  const memoryGigabytes = Math.round(os.totalmem() / 2 ** 30);
  return { node: process.version, cdk, cores: os.cpus().length, model, memoryGigabytes, platform: process.platform };
}

function readBaseline(): Run | undefined {
  return fs.existsSync(BASELINE) ? JSON.parse(fs.readFileSync(BASELINE, 'utf-8')) : undefined;
}

function write(file: string, run: Run): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `${JSON.stringify(run, undefined, 2)}\n`);
}

main(process.argv.slice(2));
