import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { compiled } from './compiled';

const root = path.join(__dirname, '..', '..');

/** A finding of a validation plugin. */
export interface Finding {
  readonly ruleName: string;
  readonly description: string;
  readonly reason?: string;
  readonly acknowledgedId?: string;
  readonly violatingConstructs: { readonly constructPath: string }[];
}

/** What one plugin said. */
export interface PluginReport {
  readonly pluginName: string;
  readonly violations: Finding[];
  readonly suppressedViolations?: Finding[];
}

/** A stack of a synthesized example. */
export interface SynthesizedStack {
  readonly id: string;
  /** By which other stacks name it. */
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly bytes: number;
  readonly template: Template;
}

/** A CloudFormation template. */
export interface Template {
  readonly Metadata?: Record<string, unknown>;
  readonly Resources: Record<string, TemplateResource>;
  readonly Outputs?: Record<string, { readonly Value: unknown }>;
}

/** A resource of a template. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** A synthesized example. */
export interface SynthesizedExample {
  readonly stacks: SynthesizedStack[];
  readonly reports: PluginReport[];
  readonly warnings: string[];
}

/** An example to synthesize, as it stands or with context. */
export interface ExampleRun {
  /** For example `openemr.ts`. */
  readonly file: string;
  readonly context?: Record<string, unknown>;
}

/** Run one example; see `synthesizeExamples`. */
export function synthesizeExample(
  file: string,
  context: Record<string, unknown> = {},
  options: { readonly validation?: boolean } = {},
): SynthesizedExample {
  return synthesizeExamples([{ file, context }], options)[0];
}

/**
 * Run examples the way `cdk synth` does, with every validation of CDK's as an error, and read what they wrote. Findings do not stop
 * them: the report is what is asked for. Without validation there is none, and it takes a fraction of the time.
 *
 * @throws what an example throws
 */
export function synthesizeExamples(runs: ExampleRun[], { validation = true } = {}): SynthesizedExample[] {
  const base = fs.mkdtempSync(path.join(os.tmpdir(), 'examples-'));
  const given = { ...readJson(path.join(root, 'cdk.json')).context, ...STRICT };
  const jobs = runs.map(({ file, context }, i) => ({
    program: path.join(compiled(), 'examples', file.replace(/\.ts$/, '.js')),
    outdir: path.join(base, String(i)),
    context: { ...given, ...context },
    validation,
  }));
  try {
    const answer = execFileSync(process.execPath, [path.join(__dirname, 'synthesize.js')], {
      cwd: root,
      input: JSON.stringify(jobs),
      stdio: ['pipe', 'pipe', 'ignore'], // reports are printed too
      maxBuffer: 2 ** 26,
      encoding: 'utf-8',
    });
    const outcomes: { error?: string }[] = JSON.parse(answer);
    const failed = outcomes.find(({ error }) => error !== undefined);
    if (failed) {
      throw new Error(failed.error);
    }
    return jobs.map(({ outdir }) => read(outdir));
  } finally {
    fs.rmSync(base, { recursive: true, force: true });
  }
}

const STRICT = {
  '@aws-cdk/core:validateAgainstDefaultRules': true,
  '@aws-cdk/core:strictCfnValidateErrors': true,
  '@aws-cdk/core:failSynthOnValidationErrors': false,
};

function read(outdir: string): SynthesizedExample {
  const { artifacts } = readJson(path.join(outdir, 'manifest.json'));
  const stacks = Object.keys(artifacts).filter((id) => artifacts[id].type === 'aws:cloudformation:stack');
  const report = path.join(outdir, 'validation-report.json');
  return {
    stacks: stacks.map((id) => readStack(outdir, id, artifacts[id])),
    reports: fs.existsSync(report) ? readJson(report).pluginReports : [],
    warnings: stacks.flatMap((id) => warningsOf(outdir, artifacts[id])),
  };
}

interface Artifact {
  readonly environment: string;
  readonly properties: { readonly templateFile: string; readonly stackName?: string };
  readonly metadata?: Record<string, { readonly type: string; readonly data?: unknown }[]>;
  readonly additionalMetadataFile?: string;
}

function readStack(outdir: string, id: string, { environment, properties }: Artifact): SynthesizedStack {
  const text = fs.readFileSync(path.join(outdir, properties.templateFile), 'utf-8');
  const name = properties.stackName ?? id;
  const [account, region] = environment.replace('aws://', '').split('/');
  return { id, name, account, region, bytes: text.length, template: JSON.parse(text) };
}

function warningsOf(outdir: string, { metadata, additionalMetadataFile }: Artifact): string[] {
  const more: Artifact['metadata'] = additionalMetadataFile ? readJson(path.join(outdir, additionalMetadataFile)) : {};
  return Object.values({ ...metadata, ...more })
    .flat()
    .filter(({ type }) => type === 'aws:cdk:warning' || type === 'aws:cdk:error')
    .map(({ data }) => String(data));
}

function readJson(file: string) {
  return JSON.parse(fs.readFileSync(file, 'utf-8'));
}
