/** A task as it is called. */
export interface TaskCall {
  readonly state: string;
  readonly resource: string;
  readonly parameters: Record<string, unknown>;
}

/** What a task answers: its result, or the error it throws. */
export type TaskAnswer = unknown | TaskError;

/** An error by its name, as Step Functions matches it. */
export class TaskError {
  public constructor(public readonly name: string) {}
}

/** How an execution went. */
export interface Execution {
  readonly status: 'SUCCEEDED' | 'FAILED';
  readonly path: string[];
  readonly calls: TaskCall[];
}

interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly Default?: string;
  readonly End?: boolean;
  readonly Resource?: string;
  readonly Parameters?: unknown;
  readonly Result?: unknown;
  readonly ResultSelector?: unknown;
  readonly ResultPath?: string | null;
  readonly ItemsPath?: string;
  readonly ItemSelector?: unknown;
  readonly ItemProcessor?: Definition;
  readonly Choices?: Rule[];
  readonly Retry?: { readonly ErrorEquals: string[]; readonly MaxAttempts?: number }[];
  readonly Catch?: Catcher[];
}

interface Catcher {
  readonly ErrorEquals: string[];
  readonly ResultPath?: string | null;
  readonly Next: string;
}

/** A state machine in Amazon States Language. */
export interface Definition {
  readonly StartAt: string;
  readonly TimeoutSeconds?: number;
  readonly States: Record<string, State>;
}

interface Rule {
  readonly Next?: string;
  readonly And?: Rule[];
  readonly Or?: Rule[];
  readonly Variable?: string;
  readonly IsPresent?: boolean;
  readonly StringEquals?: string;
  readonly StringEqualsPath?: string;
  readonly BooleanEquals?: boolean;
  readonly NumericGreaterThanEquals?: number;
}

type Data = Record<string, unknown>;

/**
 * Walk through a state machine with stubbed tasks, as Step Functions would with JSONPath. Waiting takes no time. What this does not know
 * is an error, never a guess. `enteredAt` says when it gets to a state, where that matters.
 *
 * https://states-language.net/spec.html
 */
export function execute(
  definition: Definition,
  input: Data,
  answer: (call: TaskCall) => TaskAnswer,
  enteredAt: (state: string) => string = () => CONTEXT.Execution.StartTime,
): Execution {
  const path: string[] = [];
  const calls: TaskCall[] = [];
  const status = run(definition, input, CONTEXT, { path, calls, answer, enteredAt });
  return { status: status instanceof TaskError ? 'FAILED' : 'SUCCEEDED', path, calls };
}

const CONTEXT = {
  Execution: { Id: 'arn:aws:states:us-east-1:111122223333:execution:response:1', StartTime: '2026-11-27T09:30:00Z' },
  Task: { Token: 'TOKEN' },
};

interface Walk {
  readonly path: string[];
  readonly calls: TaskCall[];
  readonly answer: (call: TaskCall) => TaskAnswer;
  readonly enteredAt: (state: string) => string;
}

function run(definition: Definition, input: Data, context: Data, walk: Walk): Data | TaskError {
  let data = input;
  let name: string | undefined = definition.StartAt;
  while (name !== undefined) {
    const state: State | undefined = definition.States[name];
    if (!state) throw new Error(`there is no state ${name}`);
    if (walk.path.push(name) > 1000) throw new Error(`runs in circles: ${walk.path.slice(-6)}`);
    if (state.Type === 'Fail') return new TaskError('States.Failed');
    if (state.Type === 'Succeed') return data;
    if (state.Type === 'Choice') {
      name = choose(state, data, name);
      continue;
    }
    const entered = { ...context, State: { Name: name, EnteredTime: walk.enteredAt(name) } };
    const result = resultOf(state, name, data, entered, walk);
    if (result instanceof TaskError) {
      const handler: Catcher | undefined = state.Catch?.find(({ ErrorEquals }) => covers(ErrorEquals, result.name));
      if (!handler) return result;
      data = place(data, { Error: result.name }, handler.ResultPath);
      name = handler.Next;
    } else {
      data = place(data, result, state.ResultPath);
      name = state.End ? undefined : state.Next;
    }
  }
  return data;
}

function resultOf(state: State, name: string, data: Data, context: Data, walk: Walk): unknown | TaskError {
  if (state.Type === 'Wait') return data;
  if (state.Type === 'Pass')
    return state.Parameters === undefined ? (state.Result ?? data) : fill(state.Parameters, data, context);
  if (state.Type === 'Map') {
    const items = read(state.ItemsPath ?? '$', data, context) as unknown[];
    const results = items.map((Value, Index) => {
      const inner = { ...context, Map: { Item: { Value, Index } } };
      return run(state.ItemProcessor as Definition, fill(state.ItemSelector, data, inner) as Data, inner, walk);
    });
    return results.find((result) => result instanceof TaskError) ?? results;
  }
  if (state.Type !== 'Task') throw new Error(`states of type ${state.Type} are not simulated`);
  const call = {
    state: name,
    resource: state.Resource ?? '',
    parameters: fill(state.Parameters, data, context) as Data,
  };
  for (let attempt = 0; ; attempt++) {
    walk.calls.push(call);
    const result = walk.answer(call);
    if (!(result instanceof TaskError)) {
      return state.ResultSelector === undefined ? result : fill(state.ResultSelector, result as Data, context);
    }
    const retrier = state.Retry?.find(({ ErrorEquals }) => covers(ErrorEquals, result.name));
    if (attempt >= (retrier ? (retrier.MaxAttempts ?? 3) : 0)) return result;
  }
}

function covers(names: string[], name: string): boolean {
  return names.includes(name) || names.includes('States.ALL');
}

function choose({ Choices = [], Default }: State, data: Data, name: string): string {
  const next = Choices.find((rule) => holds(rule, data))?.Next ?? Default;
  if (next === undefined) throw new Error(`no choice of ${name} matches`);
  return next;
}

function holds({ And, Or, Variable = '$', ...test }: Rule, data: Data): boolean {
  if (And) return And.every((rule) => holds(rule, data));
  if (Or) return Or.some((rule) => holds(rule, data));
  const value = read(Variable, data, {});
  if (test.IsPresent !== undefined) return (value !== undefined) === test.IsPresent;
  if (value === undefined) throw new Error(`${Variable} is not there, which fails an execution`);
  if (test.StringEquals !== undefined) return value === test.StringEquals;
  if (test.StringEqualsPath !== undefined) return value === read(test.StringEqualsPath, data, {});
  if (test.BooleanEquals !== undefined) return value === test.BooleanEquals;
  if (test.NumericGreaterThanEquals !== undefined) return (value as number) >= test.NumericGreaterThanEquals;
  throw new Error(`the comparison ${JSON.stringify(test)} is not simulated`);
}

function place(data: Data, result: unknown, resultPath: string | null | undefined): Data {
  if (resultPath === null) return data;
  if (resultPath === undefined || resultPath === '$') return result as Data;
  const field = /^\$\.(\w+)$/.exec(resultPath)?.[1];
  if (!field) throw new Error(`the path ${resultPath} is not simulated`);
  return { ...data, [field]: result };
}

/** A template: keys that end in `.$` are paths or intrinsic functions. */
function fill(template: unknown, data: unknown, context: Data): unknown {
  if (Array.isArray(template)) return template.map((item) => fill(item, data, context));
  if (template === null || typeof template !== 'object') return template;
  return Object.fromEntries(
    Object.entries(template).map(([key, value]) =>
      key.endsWith('.$')
        ? [key.slice(0, -2), evaluate(value as string, data, context)]
        : [key, fill(value, data, context)],
    ),
  );
}

function evaluate(expression: string, data: unknown, context: Data): unknown {
  const call = /^States\.(\w+)\((.*)\)$/s.exec(expression);
  if (!call) {
    const value = read(expression, data, context);
    if (value === undefined) throw new Error(`${expression} is not there, which fails an execution`);
    return value;
  }
  const values = argumentsOf(call[2]).map((argument) => {
    if (/^-?\d+$/.test(argument)) return Number(argument);
    return argument.startsWith("'") ? argument.slice(1, -1) : evaluate(argument, data, context);
  });
  if (call[1] === 'UUID') return '7d444840-9dc0-11d1-b245-5ffdce74fad2';
  if (call[1] === 'Array') return values;
  if (call[1] === 'ArrayLength') return (values[0] as unknown[]).length;
  if (call[1] === 'ArrayGetItem') return (values[0] as unknown[])[values[1] as number];
  if (call[1] === 'MathAdd') return Number(values[0]) + Number(values[1]);
  if (call[1] === 'StringSplit') return splitAt(values[0] as string, values[1] as string);
  if (call[1] !== 'Format') throw new Error(`States.${call[1]} is not simulated`);
  const [format, ...rest] = values as string[];
  return format.replace(/\{\}/g, () => String(rest.shift()));
}

/** What stands between the commas of a call, but for those in quotes and in other calls. */
function argumentsOf(text: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let quoted = false;
  let start = 0;
  [...text].forEach((character, index) => {
    if (character === "'") quoted = !quoted;
    if (!quoted) depth += { '(': 1, ')': -1 }[character] ?? 0;
    if (character === ',' && depth === 0 && !quoted) {
      found.push(text.slice(start, index).trim());
      start = index + 1;
    }
  });
  return [...found, text.slice(start).trim()];
}

/** At any of the characters. Whether nothing between two of them is a piece is not documented; here it is none. */
function splitAt(text: string, characters: string): string[] {
  const pieces = [...text].map((each) => (characters.includes(each) ? '\n' : each)).join('');
  return pieces.split('\n').filter((piece) => piece !== '');
}

/** `$.a.b`, `$.a[0]`, `$.a[*].b`, `$.a[?(@.K == 'x')].b`, and the same of the context with `$$`. */
function read(path: string, data: unknown, context: Data): unknown {
  const [root, rest] = path.startsWith('$$') ? [context, path.slice(2)] : [data, path.slice(1)];
  const steps = rest.match(/\.\w+|\[\d+\]|\[\*\]|\[\?\(@\.\w+ == '[^']*'\)\]/g) ?? [];
  if (steps.join('') !== rest) throw new Error(`the path ${path} is not simulated`);
  let many = false;
  let found: unknown[] = [root];
  for (const step of steps) {
    const filter = /^\[\?\(@\.(\w+) == '([^']*)'\)\]$/.exec(step);
    if (step === '[*]' || filter) {
      many = true;
      found = found.flatMap((item) => (item as Data[] | undefined) ?? []);
      if (filter) found = found.filter((item) => (item as Data)[filter[1]] === filter[2]);
    } else {
      const key = step.startsWith('.') ? step.slice(1) : Number(step.slice(1, -1));
      found = found.map((item) => (item as Data | undefined)?.[key]).filter((item) => item !== undefined);
    }
  }
  return many ? found : found[0];
}

/** States that no path leads to: Step Functions refuses a machine that has them. */
export function unreachable({ StartAt, States }: Definition): string[] {
  const reached = new Set<string>();
  const visit = (name: string | undefined): void => {
    if (name === undefined || reached.has(name)) return;
    reached.add(name);
    const { Next, Default, Choices = [], Catch = [] } = States[name];
    for (const next of [Next, Default, ...Choices.map((rule) => rule.Next), ...Catch.map((rule) => rule.Next)])
      visit(next);
  };
  visit(StartAt);
  return Object.keys(States).filter((name) => !reached.has(name));
}
