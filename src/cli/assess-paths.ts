import { type AssessmentDocument, assess, documentOf } from '../assessment/judge';
import { FailureScope } from '../core/failure-scope';
import { findInput, readInput, readSystems, relativeTo } from './input';
import type { AssessArguments } from './options';
import { Progress } from './progress';
import type { Terminal } from './terminal';

/** Reads, judges and writes down. Nothing is written out before all of it is done. */
export function assessPaths(options: AssessArguments, generator: string, terminal: Terminal): AssessmentDocument {
  const progress = new Progress(terminal);
  const systems = readSystems(options.objectives);
  const input = findInput(options.paths);
  progress.reading(input.bytes);
  const assembly = readInput(input, options);
  const { scopes, rules, scenarios } = options;
  const assessment = assess(assembly, {
    systems,
    scopes,
    rules,
    scenarios,
    onProgress: (what, done, total) => progress.judging(what, done, total),
  });
  const relative = relativeTo(input.paths);
  const judged = {
    stacks: assembly.stacks.length,
    resources: [...assembly.resources()].length,
    templates: [...new Set(assembly.stacks.map(({ template }) => relative(template.file)))].sort(),
    leftOut: input.leftOut.map(relative),
    scopes: scopes ?? [...Object.values(FailureScope), 'DEPLOYMENT' as const],
  };
  return documentOf(assessment, judged, generator, relative);
}
