import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { judgementOf } from './judgement';
import type { Mutant, Template } from './mutant';
import { mutantsOf } from './mutants';

/** A copy of a cloud assembly in which templates are exchanged for mutants, judged, and put back. */
export class Laboratory {
  public readonly mutants: readonly Mutant[];
  public readonly healthy: ReadonlySet<string>;
  private readonly directory = fs.mkdtempSync(path.join(os.tmpdir(), 'mutation-'));
  private readonly texts = new Map<string, string>();

  public constructor(assembly: string) {
    for (const name of fs.readdirSync(assembly)) {
      if (name.endsWith('.json')) {
        fs.copyFileSync(path.join(assembly, name), path.join(this.directory, name));
      }
      if (name.endsWith('.template.json')) {
        this.texts.set(name, fs.readFileSync(path.join(assembly, name), 'utf-8'));
      }
    }
    this.mutants = [...this.texts].flatMap(([name, text]) => mutantsOf(name, JSON.parse(text)));
    this.healthy = judgementOf(this.directory);
  }

  /** What is said of the assembly with these properties weakened. */
  public judge(...mutants: readonly Mutant[]): ReadonlySet<string> {
    const files = new Set(mutants.map(({ file }) => file));
    try {
      for (const file of files) {
        const template = this.template(file);
        for (const mutant of mutants.filter((candidate) => candidate.file === file)) mutant.apply(template);
        this.write(file, JSON.stringify(template));
      }
      return judgementOf(this.directory);
    } finally {
      for (const file of files) this.write(file, this.textOf(file));
    }
  }

  /** A template as it was before anything was weakened. */
  public template(file: string): Template {
    return JSON.parse(this.textOf(file));
  }

  public close(): void {
    fs.rmSync(this.directory, { recursive: true, force: true });
  }

  private textOf(file: string): string {
    return this.texts.get(file) ?? '';
  }

  private write(file: string, text: string): void {
    fs.writeFileSync(path.join(this.directory, file), text);
  }
}
