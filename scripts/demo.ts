/**
 * Synthesizes the reference hospital the way a user would, and says in plain words what was made. Everything printed is read from
 * the cloud assembly: nothing here knows the example.
 */
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { judge } from './judgement';

const root = path.join(__dirname, '..');
const out = path.join(root, 'cdk.out');

interface Budget {
  readonly scope: string;
  readonly rtoSeconds: number;
  readonly rtoReadOnlySeconds: number;
  readonly rpoSeconds: number;
}

interface System {
  readonly systemName: string;
  readonly bornAs: string;
  readonly pairedRegion?: string;
  readonly tier: string;
  readonly objectives: {
    readonly source: string;
    readonly biaReference?: string;
    readonly scopes: Record<string, { rtoSeconds: number; rpoSeconds: number; rtoReadOnlySeconds?: number }>;
  };
  readonly capacity: { readonly peak: number; readonly running: number; readonly unit: string };
  readonly entryPoints: { readonly address: string }[];
  readonly recoveryBudgets: Budget[];
}

interface StackSummary {
  readonly name: string;
  readonly region: string;
  readonly template: string;
  readonly resources: number;
  readonly kilobytes: number;
  readonly systems: System[];
}

interface PluginReport {
  readonly pluginName: string;
  readonly violations: { readonly ruleName: string; readonly description: string }[];
  readonly suppressedViolations?: unknown[];
}

async function main(): Promise<void> {
  fs.rmSync(out, { recursive: true, force: true }); // a report of an earlier run would be taken for this one's
  const seconds = await synthesize();
  const stacks = readStacks();
  print(`Synthesized ${stacks.length} stacks in ${seconds} s, without an AWS account.`);
  printStacks(stacks);
  printSystems(stacks);
  printChecks();
  printJudgement();
  print(`\nTemplates: ${shown(out)}/*.template.json`);
}

/** `cdk synth`, with a sign of life every few seconds. */
function synthesize(): Promise<number> {
  const started = Date.now();
  const elapsed = () => Math.round((Date.now() - started) / 1000);
  print('Synthesizing the reference hospital in two Regions, and validating every template …');
  const progress = setInterval(() => print(`  … ${elapsed()} s`), 5000);
  const cdk = path.join(root, 'node_modules', '.bin', 'cdk');
  const child = spawn(cdk, ['synth', '--quiet', '--output', out], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true', AWS_EC2_METADATA_DISABLED: 'true' },
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(progress);
      if (code === 0) resolve(elapsed());
      else reject(new Error(`cdk synth failed with exit code ${code}; what it found is above`));
    });
  });
}

function readStacks(): StackSummary[] {
  const manifest = readJson(path.join(out, 'manifest.json'));
  return Object.entries<Record<string, never>>(manifest.artifacts)
    .filter(([, artifact]) => artifact.type === 'aws:cloudformation:stack')
    .map(([id, artifact]) => readStack(id, artifact));
}

function readStack(id: string, artifact: Record<string, never>): StackSummary {
  const { templateFile, stackName } = artifact.properties as { templateFile: string; stackName?: string };
  const text = fs.readFileSync(path.join(out, templateFile), 'utf-8');
  const template = JSON.parse(text);
  return {
    name: stackName ?? id,
    region: String(artifact.environment).split('/').pop() ?? '',
    template: templateFile,
    resources: Object.keys(template.Resources ?? {}).length,
    kilobytes: Math.ceil(text.length / 1024),
    systems: Object.values(template.Metadata?.['cdk-resilient-ehr']?.systems ?? {}),
  };
}

function printStacks(stacks: StackSummary[]): void {
  print('\nStacks');
  const width = Math.max(...stacks.map(({ name }) => name.length));
  for (const { name, region, resources, kilobytes } of stacks) {
    print(
      `  ${name.padEnd(width)}  ${region.padEnd(14)} ${String(resources).padStart(4)} resources ${String(kilobytes).padStart(5)} KB`,
    );
  }
}

function printSystems(stacks: StackSummary[]): void {
  for (const { region, systems } of stacks) {
    for (const system of systems.filter(({ bornAs }) => bornAs === 'PRIMARY')) {
      printSystem(system, region, stacks);
    }
  }
}

function printSystem(system: System, region: string, stacks: StackSummary[]): void {
  const { objectives, capacity, entryPoints, tier, systemName, pairedRegion } = system;
  const standby = stacks.flatMap((s) => s.systems).find((s) => s.systemName === systemName && s.bornAs === 'RECOVERY');
  const source = objectives.biaReference ?? 'library defaults, not yours';
  print(`\n${systemName} (${tier}, objectives from ${source})`);
  print(`  users come in at ${entryPoints.map(({ address }) => address).join(', ')}`);
  print(
    `  ${region}: ${capacity.running} ${capacity.unit}s run where ${capacity.peak} carry the peak, so one zone can go`,
  );
  if (pairedRegion && standby) {
    print(`  ${pairedRegion}: ${standby.capacity.running} ${standby.capacity.unit}s wait`);
  }
  print('\n  loses                    reads again   writes again   loses data of   objective (read / write / data)');
  for (const budget of system.recoveryBudgets) {
    const goal = objectives.scopes[budget.scope];
    print(
      `  ${budget.scope.toLowerCase().replaceAll('_', ' ').padEnd(24)} ${pad(budget.rtoReadOnlySeconds, 13)} ${pad(budget.rtoSeconds, 14)} ${pad(budget.rpoSeconds, 15)} ${human(goal.rtoReadOnlySeconds ?? goal.rtoSeconds)} / ${human(goal.rtoSeconds)} / ${human(goal.rpoSeconds)}`,
    );
  }
  print('  (budgets computed from the design, not measured; the steps and their sources are in the template metadata)');
}

function printChecks(): void {
  const file = path.join(out, 'validation-report.json');
  const reports: PluginReport[] = fs.existsSync(file) ? readJson(file).pluginReports : [];
  print('\nChecks');
  for (const { pluginName, violations, suppressedViolations } of reports) {
    const acknowledged = suppressedViolations?.length ?? 0;
    print(
      `  ${pluginName}: ${violations.length} open findings, ${acknowledged} acknowledged with a reason (ACKNOWLEDGEMENTS.md)`,
    );
  }
  print(`  a check that passed without an acknowledgement is not listed; the whole report: ${shown(file)}`);
}

/** Failures played through the templates by the judge, which does not know the constructs. */
function printJudgement(): void {
  const { document, text, json } = judge(out);
  print(
    `\nJudged from the templates alone, every failure played through (${document.rules.checked} rules, and outages that happened)`,
  );
  for (const { name, verdicts } of document.systems) {
    print(`  ${name}`);
    for (const { scope, verdict, estimate, chain } of verdicts) {
      const outcome =
        estimate && verdict === 'MEETS'
          ? `works again in ${human(estimate.rto.seconds)}, loses ${human(estimate.rpo.seconds)}`
          : (estimate?.rto.open[0] ?? chain.at(-1) ?? '');
      print(`    ${scope.toLowerCase().replaceAll('_', ' ').padEnd(24)} ${verdict.padEnd(16)} ${outcome}`.trimEnd());
    }
  }
  for (const { id, title, severity } of document.rules.failed) {
    print(`  ${severity}, rule broken: ${title} (${id})`);
  }
  print('  (its own estimates, from the figures of AWS; the budgets above are what the design promises)');
  print(`  every reason and every fix: ${shown(text)}; for machines: ${shown(json)}`);
  print(`\n${document.proof.statement}`);
}

function shown(file: string): string {
  return path.relative(process.cwd(), file) || file;
}

function pad(seconds: number, width: number): string {
  return human(seconds).padEnd(width);
}

function human(seconds: number): string {
  if (seconds === 0) return 'none';
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.ceil(seconds / 60)} min`;
  return `${Math.round(seconds / 360) / 10} h`;
}

function readJson(file: string) {
  return JSON.parse(fs.readFileSync(file, 'utf-8'));
}

function print(line: string): void {
  console.log(line);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
