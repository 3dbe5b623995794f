import * as fs from 'node:fs';
import * as path from 'node:path';
import { type AssessArguments, commandOf, type FailOn } from './options';
import type { Terminal } from './terminal';
import { UsageError } from './usage-error';

/** What the command exits with; README.md documents it. */
export const EXIT = { NOTHING_TO_FAIL_ON: 0, FINDINGS: 1, UNUSABLE_INPUT: 2, DEFECT: 3 } as const;

/** Runs the command, and returns what to exit with. The judge is loaded only when something is judged. */
export function run(args: readonly string[], terminal: Terminal): number {
  try {
    const command = commandOf(args);
    if ('help' in command) {
      const { HELP } = require('./help') as typeof import('./help');
      terminal.write(HELP);
      return EXIT.NOTHING_TO_FAIL_ON;
    }
    if ('version' in command) {
      terminal.write(`${version()}\n`);
      return EXIT.NOTHING_TO_FAIL_ON;
    }
    return assessAll(command.assess, terminal);
  } catch (error) {
    return failed(error as Error, terminal);
  }
}

function assessAll(options: AssessArguments, terminal: Terminal): number {
  const { assessPaths } = require('./assess-paths') as typeof import('./assess-paths');
  const document = assessPaths(options, `cdk-resilient-ehr ${version()}`, terminal);
  if (options.json) {
    terminal.write(`${JSON.stringify(document, undefined, 2)}\n`);
  } else {
    const { textReport } = require('./text-report') as typeof import('./text-report');
    terminal.write(textReport(document, terminal.width));
  }
  return fails(document.summary, options.failOn) ? EXIT.FINDINGS : EXIT.NOTHING_TO_FAIL_ON;
}

type Summary = import('../assessment/judge').Summary;

function fails(summary: Summary, failOn: FailOn): boolean {
  const { notRecoverable, misses, ruleErrors, unknown, ruleUnknowns } = summary;
  const counts: Record<FailOn, number> = {
    none: 0,
    miss: notRecoverable + misses,
    error: notRecoverable + misses + ruleErrors,
    unknown: notRecoverable + misses + ruleErrors + unknown + ruleUnknowns,
  };
  return counts[failOn] > 0;
}

/** One line where the caller can do something about it. */
function failed(error: Error & { code?: unknown; syscall?: unknown }, terminal: Terminal): number {
  const expected = ['InputError', 'SystemsFileError'].includes(error.name) || error instanceof UsageError;
  const refused = typeof error.syscall === 'string'; // the operating system did not let us read
  if (expected || refused) {
    terminal.complain(`cdk-resilient-ehr: ${error.message.replace(/\s+/g, ' ')}\n`);
    return EXIT.UNUSABLE_INPUT;
  }
  terminal.complain(`cdk-resilient-ehr: a defect of the judge, please report it: ${error.stack ?? error.message}\n`);
  return EXIT.DEFECT;
}

/** Of the package: two directories up, in src as in lib. */
function version(): string {
  const file = path.join(__dirname, '..', '..', 'package.json');
  return (JSON.parse(fs.readFileSync(file, 'utf-8')) as { version: string }).version;
}
