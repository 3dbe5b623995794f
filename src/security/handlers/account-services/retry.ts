import type { Aws, AwsService } from './aws';

const THROTTLED = new Set([
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'PriorRequestNotComplete',
]);
const BROKEN = new Set([
  'InternalServerException',
  'InternalServerErrorException',
  'InternalException',
  'ServiceUnavailable',
]);

/** A new role may not have its permissions yet: IAM is eventually consistent. */
const NOT_YET_ALLOWED = /is not authorized to perform/;
const NOT_YET_ALLOWED_TRIES = 5;
const TRIES = 8;
const FIRST_WAIT_MILLIS = 500;
const LONGEST_WAIT_MILLIS = 20_000;

/** How calls are repeated. */
export interface RetryOptions {
  readonly aws: Aws;
  readonly sleep: (millis: number) => Promise<void>;
  readonly remainingMillis: () => number;
}

/** Calls AWS again, later and later, where that helps. */
export function retrying({ aws, sleep, remainingMillis }: RetryOptions): Aws {
  return async <Answer>(service: AwsService, operation: string, input: object = {}) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await aws<Answer>(service, operation, input);
      } catch (error) {
        const wait = Math.min(FIRST_WAIT_MILLIS * 2 ** attempt, LONGEST_WAIT_MILLIS) * (0.5 + Math.random() / 2);
        if (attempt >= tries(asError(error)) || remainingMillis() < wait + LONGEST_WAIT_MILLIS) {
          throw error;
        }
        await sleep(wait);
      }
    }
  };
}

function tries({ name, message }: Error): number {
  if (THROTTLED.has(name) || BROKEN.has(name)) return TRIES;
  return NOT_YET_ALLOWED.test(message) ? NOT_YET_ALLOWED_TRIES : 1;
}

/** What was thrown, which in JavaScript may be anything. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** The names of the token in the question and in the answer. */
export type TokenNames = readonly [string, string];

/** All items of an operation that answers in pages. */
export async function all<Item>(
  aws: Aws,
  service: AwsService,
  operation: string,
  items: string,
  input: object = {},
  [tokenIn, tokenOut]: TokenNames = ['NextToken', 'NextToken'],
): Promise<Item[]> {
  const found: Item[] = [];
  let token: string | undefined;
  do {
    const page: Record<string, unknown> = await aws(service, operation, token ? { ...input, [tokenIn]: token } : input);
    found.push(...((page[items] ?? []) as Item[]));
    token = page[tokenOut] as string | undefined;
  } while (token);
  return found;
}
