/**
 * How services refuse what an organization's administrator decides for its members. Whoever is refused like this is
 * protected already, by somebody else.
 */
const REFUSALS = [
  /member accounts? cannot manage/i, // GuardDuty
  /(governed|managed) by an? organizations?\b.* policy/i, // GuardDuty and Security Hub, by a policy of AWS Organizations
  /associated with a central configuration policy/i, // Security Hub CSPM
  /only the (delegated |organization )?administrator/i, // Macie, Inspector, Security Hub
  /declarative policy/i, // EC2
];

/** Whether an error says that somebody else decides. */
export function isManagedElsewhere({ message = '' }: Error): boolean {
  return REFUSALS.some((pattern) => pattern.test(message));
}

/** Note what was found before a refusal, so that it can be named all the same. */
export async function withFound<Result>(found: string, action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    throw Object.assign(error as Error, { found });
  }
}

/** What was found before an error. */
export function foundBefore(error: Error & { readonly found?: string }): string | undefined {
  return error.found;
}
