import * as fs from 'node:fs';
import * as path from 'node:path';

/** A shape of an API, as `scripts/aws-model.py` takes it from the service models of the AWS CLI. */
type Shape =
  | string
  | { readonly enum: string[] }
  | { readonly list: Shape }
  | { readonly map: Shape }
  | { readonly members?: Record<string, Shape>; readonly required?: string[] };

interface Argument {
  readonly type: string;
  /** The member of the input that it fills. */
  readonly member?: string;
  readonly required?: boolean;
  readonly positional?: boolean;
}

interface Model {
  readonly commands: Record<string, { readonly arguments: Record<string, Argument>; readonly operation?: string }>;
  readonly operations: Record<string, { readonly input: Shape; readonly answer: Shape }>;
}

const model: Model = JSON.parse(fs.readFileSync(path.join(__dirname, 'aws-model.json'), 'utf-8'));

/** https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-options.html, those that we use. */
const GLOBAL: Record<string, Argument> = {
  region: { type: 'string' },
  query: { type: 'string' },
  output: { type: 'string' },
  'endpoint-url': { type: 'string' },
};
/** What the guide documents and the model lacks: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_FailoverState.html */
const UNLISTED = ['switching-over'];
const OUTPUTS = ['json', 'text', 'table'];

/** Where the AWS CLI has no such command: `rds failover-global-cluster`. */
export function problemsOfName(name: string): string[] {
  return name in model.commands ? [] : [unknown(name)];
}

/** What the AWS CLI would say against a command, given as its words after `aws`. */
export function problemsOfCommand(words: string[]): string[] {
  const first = words.findIndex((word) => word.startsWith('--'));
  const upTo = first < 0 ? words.length : first;
  const name = [words.slice(0, upTo), words.slice(0, 2)].map((of) => of.join(' ')).find((of) => model.commands[of]);
  if (!name) {
    return [unknown(words.slice(0, upTo).join(' '))];
  }
  const { arguments: own, operation } = model.commands[name];
  const { given, problems } = parsed(words.slice(name.split(' ').length), { ...own, ...GLOBAL });
  const api = operation ? model.operations[operation] : undefined;
  const missing = Object.entries(own).flatMap(([key, { required }]) =>
    required && !(key in given) ? [`--${key} is missing`] : [],
  );
  const wrong = Object.entries(given).flatMap(([key, values]) =>
    problemsOfValue(`--${key}`, (own[key] ?? GLOBAL[key]).type, values, memberOf(api?.input, own[key]?.member)),
  );
  return [...problems, ...missing, ...wrong, ...problemsOfQuery(given.query?.[0], api?.answer)].map(
    (problem) => `aws ${name}: ${problem}`,
  );
}

/** Services that the SDK of JavaScript, or AWS Step Functions, calls otherwise. */
const NAMES: Record<string, string> = {
  'application-auto-scaling': 'application-autoscaling',
  'auto-scaling': 'autoscaling',
  's3-control': 's3control',
  'secrets-manager': 'secretsmanager',
  sfn: 'stepfunctions',
};

/**
 * What a test makes up in place of AWS, held to what AWS takes and answers. Names of services are those of the SDK of JavaScript.
 *
 * @throws where there is no such operation, member or value
 */
export function likeAws<Answer>(service: string, operation: string, input: unknown, answer: Answer): Answer {
  const name = NAMES[service] ?? service;
  const problems = [...problemsOfCall(name, operation, input), ...problemsOfAnswer(name, operation, answer)];
  if (problems.length > 0) {
    throw new Error(problems.join('; '));
  }
  return answer;
}

/** What the API of a service would say against an input. */
export function problemsOfCall(service: string, operation: string, input: unknown): string[] {
  const name = `${service} ${operation}`;
  const known = model.operations[name];
  return known ? problemsOfInput(name, known.input, input) : [unknown(name)];
}

/** The same of a task of AWS Step Functions, which writes every member with a capital, those too that the service does not. */
export function problemsOfTaskCall(service: string, operation: string, input: Record<string, unknown>): string[] {
  const name = NAMES[service] ?? service;
  const own = Object.entries(input).map(([key, value]) => [key.charAt(0).toLowerCase() + key.slice(1), value]);
  const problems = problemsOfCall(name, operation, input);
  return problems.length > 0 && problemsOfCall(name, operation, Object.fromEntries(own)).length === 0 ? [] : problems;
}

/** Where an answer that a test makes up is none that the service could give. */
function problemsOfAnswer(service: string, operation: string, answer: unknown): string[] {
  const name = `${service} ${operation}`;
  const known = model.operations[name];
  return known ? problemsOfInput(`the answer of ${name}`, known.answer, answer, false) : [unknown(name)];
}

function unknown(name: string): string {
  return `test/support/aws-model.json has no ${name}: python3 scripts/aws-model.py '${name}'`;
}

function memberOf(shape: Shape | undefined, member: string | undefined): Shape | undefined {
  return typeof shape === 'object' && 'members' in shape && member ? shape.members?.[member] : undefined;
}

/** Words after the name of a command, by argument: a flag has no value, and all words up to the next argument are its values. */
function parsed(words: string[], known: Record<string, Argument>) {
  const given: Record<string, string[]> = {};
  const problems: string[] = [];
  const positional = Object.values(known).some((argument) => argument.positional);
  let current: string | undefined;
  for (const word of words) {
    const name = /^--([a-z].*)$/s.exec(word)?.[1];
    if (name !== undefined && !known[name]) {
      problems.push(`takes no --${name}`);
    } else if (name !== undefined && given[name]) {
      problems.push(`has --${name} twice`);
    } else if (name !== undefined) {
      given[name] = [];
    } else if (current !== undefined && given[current] && known[current].type !== 'boolean') {
      given[current].push(word);
    } else if (!positional) {
      problems.push(`does not know what to do with ${word}`);
    }
    current = name ?? current;
  }
  return { given, problems };
}

function problemsOfValue(name: string, type: string, values: string[], shape: Shape | undefined): string[] {
  if (type === 'boolean') {
    return [];
  }
  if (values.length === 0 || values.some((value) => value === '')) {
    return [`${name} has no value`];
  }
  if (type !== 'list' && type !== 'map' && type !== 'structure' && values.length > 1) {
    return [`${name} takes one value, not ${values.join(' ')}`];
  }
  if (name === '--output') {
    return OUTPUTS.includes(values[0]) ? [] : [`${name} is none of ${OUTPUTS.join(', ')}`];
  }
  return shape === undefined ? [] : problemsOfInput(name, shape, asRead(values, shape));
}

/** As the AWS CLI reads it: JSON, shorthand (`Key=Name,Values=a`), or as it stands. */
function asRead(values: string[], shape: Shape): unknown {
  const [first] = values;
  if (/^[[{]/.test(first) && typeof shape === 'object' && !('enum' in shape)) {
    return JSON.parse(first);
  }
  if (typeof shape === 'object' && 'list' in shape) {
    return values.map((value) => asRead([value], shape.list));
  }
  if (typeof shape === 'object' && ('members' in shape || 'map' in shape)) {
    return shorthand(first, shape);
  }
  return shape === 'integer' || shape === 'long' || shape === 'double' ? Number(first) : first;
}

function shorthand(text: string, shape: { members?: Record<string, Shape>; map?: Shape }): Record<string, unknown> {
  const pairs = text.split(/,(?=[A-Za-z]+=)/).map((pair) => [pair.slice(0, pair.indexOf('=')), pair] as const);
  return Object.fromEntries(
    pairs.map(([key, pair]) => {
      const value = pair.slice(key.length + 1);
      const of = shape.members?.[key] ?? shape.map ?? 'string';
      const many = typeof of === 'object' && 'list' in of;
      return [key, of === 'boolean' ? value === 'true' : asRead(many ? value.split(',') : [value], of)];
    }),
  );
}

function problemsOfInput(at: string, shape: Shape, value: unknown, complete = true): string[] {
  if (value === undefined || typeof value === 'symbol') {
    return []; // left out, or of a resource that gets its name when it is deployed
  }
  if (typeof shape === 'string') {
    return problemsOfScalar(at, shape, value);
  }
  if ('enum' in shape) {
    return [...shape.enum, ...UNLISTED].includes(`${value}`)
      ? []
      : [`${at} is none of ${shape.enum.join(', ')}: ${value}`];
  }
  if ('list' in shape) {
    return Array.isArray(value)
      ? value.flatMap((each, i) => problemsOfInput(`${at}[${i}]`, shape.list, each, complete))
      : [`${at} is no list`];
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [`${at} is no structure: ${JSON.stringify(value)}`];
  }
  const of = (key: string): Shape | undefined => ('map' in shape ? shape.map : shape.members?.[key]);
  const required = 'map' in shape || !complete ? [] : (shape.required ?? []);
  return [
    ...required.filter((key) => !(key in value)).map((key) => `${at}.${key} is missing`),
    ...Object.entries(value).flatMap(([key, each]) => {
      const known = of(key);
      return known === undefined ? [`${at} has no ${key}`] : problemsOfInput(`${at}.${key}`, known, each, complete);
    }),
  ];
}

function problemsOfScalar(at: string, shape: string, value: unknown): string[] {
  const kinds: Record<string, string[]> = {
    string: ['string'],
    boolean: ['boolean'],
    integer: ['number'],
    long: ['number'],
    float: ['number'],
    double: ['number'],
    timestamp: ['string', 'number', 'object'],
    blob: ['string', 'object'],
  };
  return kinds[shape].includes(typeof value) && !Number.isNaN(value)
    ? []
    : [`${at} is no ${shape}: ${JSON.stringify(value)}`];
}

/** Every name in a query is somewhere in the answer; what is quoted or called is none. https://jmespath.org/specification.html */
function problemsOfQuery(query: string | undefined, answer: Shape | undefined): string[] {
  if (query === undefined || answer === undefined) {
    return [];
  }
  const known = namesIn(answer);
  const names = query.replace(/'[^']*'|`[^`]*`/g, '').match(/[A-Za-z_]\w*(?![\w(])/g) ?? [];
  return names.filter((name) => !known.has(name)).map((name) => `its answer has no ${name}, which --query names`);
}

function namesIn(shape: Shape): Set<string> {
  if (typeof shape === 'string' || 'enum' in shape) {
    return new Set();
  }
  if ('list' in shape || 'map' in shape) {
    return namesIn('list' in shape ? shape.list : shape.map);
  }
  return new Set(Object.entries(shape.members ?? {}).flatMap(([name, each]) => [name, ...namesIn(each)]));
}
