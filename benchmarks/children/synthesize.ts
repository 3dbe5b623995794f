import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App } from 'aws-cdk-lib';
import { processorTime } from '../statistics';

/** Build an app, synthesize it, throw the assembly away, and say how many milliseconds the first two took. */
export function synthesize(build: (app: App) => void): number {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'synth-'));
  const start = processorTime();
  const app = new App({ outdir });
  build(app);
  app.synth();
  const taken = processorTime() - start;
  fs.rmSync(outdir, { recursive: true });
  return taken;
}
