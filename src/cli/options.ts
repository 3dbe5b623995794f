import { parseArgs } from 'node:util';
import { FailureScope } from '../core/failure-scope';
import { UsageError } from './usage-error';

/** From which finding on the command fails. Each includes those before it. */
export const FAIL_ON = ['none', 'miss', 'error', 'unknown'] as const;

export type FailOn = (typeof FAIL_ON)[number];

/** What `assess` was asked for. */
export interface AssessArguments {
  readonly paths: readonly string[];
  readonly json: boolean;
  readonly objectives?: string;
  readonly region?: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly failOn: FailOn;
  /** Everything if left out. */
  readonly scopes?: readonly (FailureScope | 'DEPLOYMENT')[];
  readonly rules: boolean;
  readonly scenarios: boolean;
}

export type Command = { readonly help: true } | { readonly version: true } | { readonly assess: AssessArguments };

const OPTIONS = {
  json: { type: 'boolean' },
  objectives: { type: 'string' },
  region: { type: 'string' },
  parameter: { type: 'string', multiple: true },
  'fail-on': { type: 'string' },
  scope: { type: 'string', multiple: true },
  rules: { type: 'boolean' },
  'no-rules': { type: 'boolean' },
  scenarios: { type: 'boolean' },
  'no-scenarios': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

/** @throws UsageError */
export function commandOf(args: readonly string[]): Command {
  const { values, positionals } = parsed(args);
  const [command, ...paths] = positionals;
  if (values.help) {
    return { help: true };
  }
  if (values.version) {
    return { version: true };
  }
  if (command !== 'assess') {
    throw new UsageError(
      command === undefined ? 'no command was given; use assess' : `no command is called "${command}"`,
    );
  }
  return {
    assess: {
      paths,
      json: values.json ?? false,
      objectives: values.objectives,
      region: values.region,
      parameters: Object.fromEntries((values.parameter ?? []).map(parameterOf)),
      failOn: failOnOf(values['fail-on'] ?? 'error'),
      scopes: values.scope?.flatMap((names) => names.split(',')).map(scopeOf),
      rules: !values['no-rules'],
      scenarios: !values['no-scenarios'] && (values.scenarios ?? values.scope === undefined),
    },
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true, strict: true });
  } catch (error) {
    const [problem] = (error as Error).message.split(/\. |\n/);
    throw new UsageError(problem.replace(/^./, (letter) => letter.toLowerCase()));
  }
}

function parameterOf(text: string): [string, string] {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined) {
    throw new UsageError(`--parameter ${text} is not of the form Name=Value`);
  }
  return [name, value];
}

function failOnOf(text: string): FailOn {
  const found = FAIL_ON.find((one) => one === text);
  if (!found) {
    throw new UsageError(`--fail-on ${text} is none of ${FAIL_ON.join(', ')}`);
  }
  return found;
}

function scopeOf(text: string): FailureScope | 'DEPLOYMENT' {
  const known = [...Object.values(FailureScope), 'DEPLOYMENT' as const];
  const found = known.find((scope) => scope === text.trim().toUpperCase().replaceAll('-', '_'));
  if (!found) {
    throw new UsageError(`--scope ${text} is none of ${known.join(', ')}`);
  }
  return found;
}
