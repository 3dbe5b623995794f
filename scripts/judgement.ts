import * as fs from 'node:fs';
import * as path from 'node:path';
import type { AssessmentDocument } from '../src/assessment/judge';
import { run } from '../src/cli/run';

/** What the judge says of a cloud assembly, and the files beside the templates that say all of it. */
export interface Judgement {
  readonly document: AssessmentDocument;
  /** The report for people. */
  readonly text: string;
  /** The same for machines. */
  readonly json: string;
}

/** Judges a cloud assembly with the package's own command, as a user would. */
export function judge(assembly: string): Judgement {
  const text = path.join(assembly, 'assessment.txt');
  const json = path.join(assembly, 'assessment.json');
  fs.writeFileSync(text, output('assess', assembly, '--scenarios'));
  fs.writeFileSync(json, output('assess', assembly, '--scenarios', '--json'));
  return { document: JSON.parse(fs.readFileSync(json, 'utf-8')), text, json };
}

function output(...args: string[]): string {
  const written: string[] = [];
  const complaints: string[] = [];
  const code = run(args, {
    write: (text) => written.push(text),
    complain: (text) => complaints.push(text),
    width: 120,
    showsProgress: false,
  });
  if (code > 1) {
    throw new Error(complaints.join('').trim());
  }
  return written.join('');
}
