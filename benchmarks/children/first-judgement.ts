/**
 * Judges the reference hospital once, in a process that has synthesized it and judged nothing yet, as every synthesis of a user does,
 * and prints what that took: the code of the judge is loaded and runs for the first time.
 */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App } from 'aws-cdk-lib';
import { buildReferenceHospital } from '../reference-hospital';
import { processorTime } from '../statistics';

export interface FirstJudgementFigures {
  /** Milliseconds until the code is there. */
  readonly loading: number;
  /** Milliseconds to read what is judged: nothing for the pack, which walks the tree that was built. */
  readonly reading: number;
  /** Milliseconds of the judgement alone. */
  readonly judging: number;
}

const [judge, judgePath] = process.argv.slice(2);
const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'judged-'));
const app = new App({ outdir });
buildReferenceHospital(app);
app.synth();

function byHipaaPack(): FirstJudgementFigures {
  const start = processorTime();
  const { HIPAASecurityChecks } = require('cdk-nag') as typeof import('cdk-nag');
  const loaded = processorTime();
  new HIPAASecurityChecks(app).validateScope(app);
  return { loading: loaded - start, reading: 0, judging: processorTime() - loaded };
}

/** Every scope, rule and outage. Rules and outages are loaded when they are wanted, which counts as judging. */
function byOurs(): FirstJudgementFigures {
  const start = processorTime();
  const { assess, readAssembly } = require(judgePath) as typeof import('../../src/assessment/judge');
  const loaded = processorTime();
  const assembly = readAssembly([outdir]);
  const read = processorTime();
  assess(assembly, { scenarios: true });
  return { loading: loaded - start, reading: read - loaded, judging: processorTime() - read };
}

process.stdout.write(JSON.stringify(judge === 'hipaa-pack' ? byHipaaPack() : byOurs()));
