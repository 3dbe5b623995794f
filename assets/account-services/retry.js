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

/** Calls AWS again, later and later, where that helps. */
exports.retrying = ({ aws, sleep, remainingMillis }) => {
  return async (service, operation, input = {}) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await aws(service, operation, input);
      } catch (error) {
        const wait = Math.min(FIRST_WAIT_MILLIS * 2 ** attempt, LONGEST_WAIT_MILLIS) * (0.5 + Math.random() / 2);
        if (attempt >= tries(error) || remainingMillis() < wait + LONGEST_WAIT_MILLIS) {
          throw error;
        }
        await sleep(wait);
      }
    }
  };
};

function tries(error) {
  if (THROTTLED.has(error.name) || BROKEN.has(error.name)) return TRIES;
  return NOT_YET_ALLOWED.test(error.message) ? NOT_YET_ALLOWED_TRIES : 1;
}

/** All items of an operation that answers in pages. */
exports.all = async (aws, service, operation, items, input = {}, [tokenIn, tokenOut] = ['NextToken', 'NextToken']) => {
  const found = [];
  let token;
  do {
    const page = await aws(service, operation, token ? { ...input, [tokenIn]: token } : input);
    found.push(...(page[items] ?? []));
    token = page[tokenOut];
  } while (token);
  return found;
};
