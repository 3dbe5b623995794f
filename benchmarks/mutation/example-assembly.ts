import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

const ROOT = path.join(__dirname, '..', '..');
const EXAMPLES = path.join(ROOT, 'examples');

/** Every example there is. */
export function examples(): string[] {
  return fs.readdirSync(EXAMPLES).filter((file) => file.endsWith('.ts'));
}

/** Synthesizes an example as `cdk synth` does, with the paths of constructs in its templates; findings do not stop it. */
export function synthesize(example: string, outdir: string): void {
  const { context } = JSON.parse(fs.readFileSync(path.join(ROOT, 'cdk.json'), 'utf-8'));
  const more = { 'aws:cdk:enable-path-metadata': true, '@aws-cdk/core:failSynthOnValidationErrors': false };
  execFileSync(process.execPath, ['-r', 'ts-node/register/transpile-only', path.join(EXAMPLES, example)], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      CDK_OUTDIR: outdir,
      CDK_CONTEXT_JSON: JSON.stringify({ ...context, ...more }),
      TS_NODE_PROJECT: path.join(EXAMPLES, 'tsconfig.json'),
    },
  });
}
