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
exports.isManagedElsewhere = (error) => REFUSALS.some((pattern) => pattern.test(error.message ?? ''));

/** Note what was found before a refusal, so that it can be named all the same. */
exports.withFound = async (found, action) => {
  try {
    return await action();
  } catch (error) {
    throw Object.assign(error, { found });
  }
};
