/** Who asks for what, as IAM sees it. */
export interface Request {
  /** A service such as `events.amazonaws.com`, or the ARN of a role. */
  readonly principal: { readonly service: string } | { readonly aws: string };
  readonly action: string;
  readonly resource: string;
  /** Condition keys that the request carries, as the documentation of the sender says; none that it does not. */
  readonly context?: Record<string, string | string[]>;
}

/** A statement of a policy whose references are resolved. */
export interface Statement {
  readonly Effect: string;
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Resource?: unknown;
  readonly NotResource?: unknown;
  readonly Condition?: Record<string, Record<string, unknown>>;
}

/** What a policy says: an explicit deny wins, then an allow; else it is denied for want of one. */
export type Decision = 'allowed' | 'explicitly denied' | 'implicitly denied';

/**
 * Decide a request as IAM does within one policy. What this simulation does not know is an error, never a guess.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function decide(statements: Statement[], request: Request): Decision {
  const matching = statements.filter((statement) => matches(statement, request));
  if (matching.some(({ Effect }) => Effect === 'Deny')) return 'explicitly denied';
  return matching.some(({ Effect }) => Effect === 'Allow') ? 'allowed' : 'implicitly denied';
}

function matches(statement: Statement, { principal, action, resource, context = {} }: Request): boolean {
  if (statement.NotPrincipal || statement.NotResource) {
    throw new Error('NotPrincipal and NotResource are not simulated');
  }
  const among = (actions: unknown) =>
    list(actions).some((pattern) => like(action.toLowerCase(), pattern.toLowerCase()));
  return (
    matchesPrincipal(statement.Principal, principal) &&
    (statement.NotAction === undefined ? among(statement.Action) : !among(statement.NotAction)) &&
    (statement.Resource === undefined || list(statement.Resource).some((pattern) => like(resource, pattern))) &&
    Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
      Object.entries(keys).every(([key, wanted]) => holds(operator, sentValues(context, key), list(wanted))),
    )
  );
}

/** A policy of a role has no principal: it is the role's. `"AWS": "*"` means everyone, services too. */
function matchesPrincipal(wanted: unknown, principal: Request['principal']): boolean {
  if (wanted === undefined || wanted === '*') return true;
  const { AWS, Service } = wanted as { AWS?: unknown; Service?: unknown };
  if (list(AWS).includes('*')) return true;
  if ('service' in principal) return list(Service).includes(principal.service);
  const account = principal.aws.split(':')[4];
  return list(AWS).some((arn) => arn === principal.aws || arn === account || arn.endsWith(`:iam::${account}:root`));
}

/**
 * A key that the request does not carry fails an operator, but for `…IfExists`, `Null`, `ForAllValues` and negated ones.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
function holds(operator: string, values: string[] | undefined, wanted: string[]): boolean {
  if (operator === 'Null') return wanted.includes(String(values === undefined));
  const parts = /^(?:(ForAnyValue|ForAllValues):)?(.*?)(IfExists)?$/.exec(operator);
  const [, set, base, ifExists] = parts as unknown as [string, string | undefined, string, string?];
  const compare = OPERATORS[base];
  if (!compare) throw new Error(`the operator ${operator} is not simulated`);
  if (values === undefined) {
    return ifExists !== undefined || set === 'ForAllValues' || (set === undefined && base.includes('Not'));
  }
  if (set === undefined && values.length !== 1) throw new Error(`${operator} compares one value, got ${values}`);
  return set === 'ForAnyValue'
    ? values.some((value) => compare(value, wanted))
    : values.every((value) => compare(value, wanted));
}

const OPERATORS: Record<string, ((value: string, wanted: string[]) => boolean) | undefined> = {
  StringEquals: (value, wanted) => wanted.includes(value),
  StringNotEquals: (value, wanted) => !wanted.includes(value),
  StringLike: (value, wanted) => wanted.some((pattern) => like(value, pattern)),
  StringNotLike: (value, wanted) => !wanted.some((pattern) => like(value, pattern)),
  ArnEquals: (value, wanted) => wanted.some((pattern) => likeArn(value, pattern)), // takes wildcards, as ArnLike does
  ArnLike: (value, wanted) => wanted.some((pattern) => likeArn(value, pattern)),
  ArnNotLike: (value, wanted) => !wanted.some((pattern) => likeArn(value, pattern)),
  Bool: (value, wanted) => wanted.includes(value),
};

function sentValues(context: Record<string, string | string[]>, key: string): string[] | undefined {
  const sent = Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase());
  return sent && [sent[1]].flat();
}

/** Each of the six parts of an ARN is compared by itself: `*` does not reach over a colon, but in the last. */
function likeArn(value: string, pattern: string): boolean {
  const parts = (arn: string) => [...arn.split(':').slice(0, 5), arn.split(':').slice(5).join(':')];
  const wanted = parts(pattern);
  return parts(value).every((part, index) => like(part, wanted[index] ?? ''));
}

function like(value: string, pattern: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${expression}$`, 's').test(value);
}

function list(value: unknown): string[] {
  return value === undefined ? [] : [value].flat().map(String);
}
