/**
 * Whether Amazon EventBridge would match an event. What this matcher does not know is an error, never a guess.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function matchesPattern(pattern: object, event: object): boolean {
  return Object.entries(pattern).every(([field, wanted]) => {
    if (field === '$or') return (wanted as object[]).some((alternative) => matchesPattern(alternative, event));
    const value = (event as Record<string, unknown>)[field];
    if (Array.isArray(wanted)) return wanted.some((matcher) => matchesValue(matcher, value));
    if (wanted === null || typeof wanted !== 'object') throw new Error(`${field} must be a list or an object`);
    return lists(value).some((item) => matchesPattern(wanted, isObject(item) ? item : {})); // an absent object has absent fields
  });
}

function matchesValue(matcher: unknown, value: unknown): boolean {
  if (isObject(matcher) && 'exists' in matcher) return matcher.exists === (value !== undefined);
  if (value === undefined) return false; // everything else needs a value, `anything-but` too
  return lists(value).some((item) => matchesOne(matcher, item));
}

function matchesOne(matcher: unknown, value: unknown): boolean {
  if (!isObject(matcher)) return matcher === value;
  const [[operator, operand], ...more] = Object.entries(matcher);
  const match = OPERATORS[operator];
  if (!match || more.length > 0) throw new Error(`the operator ${Object.keys(matcher)} is not simulated`);
  return match(operand, value);
}

const OPERATORS: Record<string, ((operand: unknown, value: unknown) => boolean) | undefined> = {
  prefix: (operand, value) => ofText(operand, value, (text, wanted) => text.startsWith(wanted)),
  suffix: (operand, value) => ofText(operand, value, (text, wanted) => text.endsWith(wanted)),
  'equals-ignore-case': (operand, value) => ofText(operand, value, (a, b) => a.toLowerCase() === b.toLowerCase()),
  wildcard: (operand, value) => ofText(operand, value, wildcard),
  'anything-but': (operand, value) =>
    isObject(operand) && !Array.isArray(operand)
      ? !matchesOne(operand, value)
      : !lists(operand).some((wanted) => wanted === value),
  numeric: (operand, value) => typeof value === 'number' && compare(operand as (string | number)[], value),
};

function compare([operator, operand, ...more]: (string | number)[], value: number): boolean {
  const limit = Number(operand);
  const results: Record<string, boolean | undefined> = {
    '=': value === limit,
    '<': value < limit,
    '<=': value <= limit,
    '>': value > limit,
    '>=': value >= limit,
  };
  const result = results[operator];
  if (result === undefined) throw new Error(`the comparison ${operator} is not simulated`);
  return result && (more.length === 0 || compare(more, value));
}

function ofText(operand: unknown, value: unknown, test: (text: string, wanted: string) => boolean): boolean {
  return typeof value === 'string' && lists(operand).some((wanted) => test(value, wanted as string));
}

function wildcard(text: string, pattern: string): boolean {
  const escaped = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`).test(text);
}

/** A list matches if one of its items does. */
function lists(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object';
}
