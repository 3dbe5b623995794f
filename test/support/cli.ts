import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { run } from '../../src/cli/run';

const root = path.join(__dirname, '..', '..');

/** What the command did. */
export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command in this process. */
export function cli(...args: string[]): Outcome {
  let out = '';
  let err = '';
  const code = run(args, {
    write: (text) => {
      out += text;
    },
    complain: (text) => {
      err += text;
    },
    showsProgress: true,
  });
  return { code, out, err };
}

/** A directory with files; objects are written as JSON. */
export function directoryOf(files: Record<string, unknown>): string {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'cli-'));
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(directory, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  }
  return directory;
}

/** The command as it is packed: the modules it may load, compiled, in a package of their own. */
export class PackedCli {
  private readonly directory = directoryOf({
    'package.json': { name: 'cdk-resilient-ehr', version: '1.2.3' },
    // says at the end which files were loaded
    'trap.js': `process.on('exit', () => require('fs').writeFileSync(process.env.LOADED, Object.keys(require.cache).join('\\n')));`,
  });

  public constructor() {
    execFileSync(process.execPath, [
      path.join(__dirname, 'compile.js'),
      path.join(root, 'src'),
      path.join(this.directory, 'lib'),
      ...['assessment', 'cli', 'core/failure-scope.ts', 'core/private/cidr.ts'],
    ]);
    fs.symlinkSync(path.join(root, 'node_modules'), path.join(this.directory, 'node_modules'));
  }

  /** Puts the judge into one file, as in what is published. */
  public putJudgeIntoOneFile(): this {
    const script = path.join(root, 'scripts', 'one-file-judge.js');
    execFileSync(process.execPath, [script, path.join(this.directory, 'lib')]);
    return this;
  }

  /** What `violations.ts` knows, which the plugin asks for. */
  public checks(): { readonly id: string }[] {
    const script = `process.stdout.write(JSON.stringify(require('./lib/assessment/violations').checks()))`;
    return JSON.parse(execFileSync(process.execPath, ['-e', script], { cwd: this.directory, encoding: 'utf-8' }));
  }

  public get main(): string {
    return path.join(this.directory, 'lib', 'cli', 'main.js');
  }

  /** Runs it in a process of its own, and tells which files it loaded, relative to `lib` or to `node_modules`. */
  public run(...args: string[]): Outcome & { loaded: string[] } {
    const trap = path.join(this.directory, 'trap.js');
    const list = path.join(this.directory, 'loaded.txt');
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--require', trap, this.main, ...args], {
      encoding: 'utf-8',
      env: { ...process.env, LOADED: list },
    });
    const loaded = fs.readFileSync(list, 'utf-8').split('\n');
    return {
      code: status,
      out: stdout,
      err: stderr,
      loaded: loaded.map((file) => file.replace(/^.*\/node_modules\//, 'node_modules/').replace(/^.*\/lib\//, 'lib/')),
    };
  }

  /** The first bytes of a long report, as `head` takes them. */
  public head(...args: string[]): string {
    const command = [process.execPath, this.main, ...args].map((word) => JSON.stringify(word)).join(' ');
    return execFileSync('bash', ['-c', `set -o pipefail; (${command} || test $? -eq 1) | head -c 10`], {
      encoding: 'utf-8',
    });
  }
}
