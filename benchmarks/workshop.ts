import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

const ROOT = path.join(__dirname, '..');

/** A temporary folder with the library and the benchmarks as JavaScript, and the processes that measure there. */
export class Workshop {
  private readonly directory = fs.mkdtempSync(path.join(os.tmpdir(), 'benchmarks-'));

  /** ts-node would be measured with the code otherwise. Types are checked elsewhere. */
  public constructor() {
    const compiler = require.resolve('typescript/bin/tsc');
    const project = path.join(ROOT, 'benchmarks', 'tsconfig.json');
    const options = ['--noEmit', 'false', '--noCheck', '--declaration', 'false', '--outDir', this.directory];
    const slim = ['--inlineSourceMap', 'false', '--inlineSources', 'false'];
    execFileSync(process.execPath, [compiler, '-p', project, ...options, ...slim], { stdio: 'inherit' });
    fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(this.directory, 'node_modules'));
  }

  /** What users import: the compiled package if there is one, otherwise what was compiled here. */
  public get packagePath(): string {
    return this.fileOfPackage('index.js');
  }

  /** The judge in it. */
  public get judgePath(): string {
    return this.fileOfPackage('assessment', 'judge.js');
  }

  public get hasCompiledPackage(): boolean {
    return fs.existsSync(path.join(ROOT, 'lib', 'index.js'));
  }

  /** Run a script of `children` in a fresh process, as the CDK CLI would, and return what it printed. */
  public run<T>(child: string, ...args: string[]): T {
    const script = path.join(this.directory, 'benchmarks', 'children', `${child}.js`);
    const output = execFileSync(process.execPath, [script, ...args], {
      cwd: ROOT,
      maxBuffer: 2 ** 26,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        TMPDIR: this.directory,
        CDK_VALIDATION: 'false', // seconds for CDK's validation would hide milliseconds of ours
        CDK_CONTEXT_JSON: JSON.stringify(context()),
      },
    });
    return JSON.parse(output.toString());
  }

  private fileOfPackage(...file: string[]): string {
    return this.hasCompiledPackage ? path.join(ROOT, 'lib', ...file) : path.join(this.directory, 'src', ...file);
  }

  public close(): void {
    fs.rmSync(this.directory, { recursive: true, force: true });
  }
}

/** The feature flags of cdk.json, and what the CLI adds to them. */
function context(): Record<string, unknown> {
  const { context: flags } = JSON.parse(fs.readFileSync(path.join(ROOT, 'cdk.json'), 'utf-8'));
  return { ...flags, 'aws:cdk:enable-path-metadata': true, 'aws:cdk:enable-asset-metadata': true };
}
