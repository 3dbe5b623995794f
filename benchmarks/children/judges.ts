/** Judges one assembly of the reference hospital in turn with cdk-nag's HIPAA pack and with ours, and prints the milliseconds of each pair. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App } from 'aws-cdk-lib';
import { HIPAASecurityChecks } from 'cdk-nag';
import { assess, readAssembly } from '../../src/assessment/judge';
import { buildReferenceHospital } from '../reference-hospital';
import { processorTime } from '../statistics';
import { synthesize } from './synthesize';

export interface JudgesFigures {
  readonly hipaaPack: number;
  readonly ours: number;
  /** What of ours is reading and parsing. */
  readonly reading: number;
  readonly synthesis: number;
}

const WARM_UP = 3;

const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'judged-'));
const app = new App({ outdir });
buildReferenceHospital(app);
app.synth();
const pack = new HIPAASecurityChecks(app);

function time(action: () => void): number {
  const start = processorTime();
  action();
  return processorTime() - start;
}

function timeOurs(): Pick<JudgesFigures, 'ours' | 'reading'> {
  const start = processorTime();
  const assembly = readAssembly([outdir]);
  const reading = processorTime() - start;
  assess(assembly, { scenarios: true });
  return { reading, ours: processorTime() - start };
}

/** Ours reads the files again each time, as after every synthesis; the pack walks the tree it already has. */
function measureOnce(): JudgesFigures {
  return {
    hipaaPack: time(() => pack.validateScope(app)),
    ...timeOurs(),
    synthesis: synthesize(buildReferenceHospital),
  };
}

const rounds = Array.from({ length: WARM_UP + Number(process.argv[2]) }, measureOnce);
process.stdout.write(JSON.stringify(rounds.slice(WARM_UP)));
