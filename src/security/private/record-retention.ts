import { Duration } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { DataProtection } from '../../core/data-protection';
import { fail } from '../../core/private/fail';
import { warn } from '../../core/private/warnings';

/** Seven years: the six of 45 CFR 164.316(b)(2)(i), which count from when a record was last in effect, and one in hand. */
export const DEFAULT_RECORD_RETENTION = Duration.days(2557);

const SIX_YEARS_IN_DAYS = 2191;

/** Refuse a retention that S3 cannot keep. */
export function requireWholeDays(scope: IConstruct, retention: Duration): number {
  const days = retention.isUnresolved() ? Number.NaN : retention.toDays({ integral: false });
  if (!(Number.isInteger(days) && days >= 1)) {
    const got = retention.isUnresolved() ? 'a token' : retention.toHumanString();
    fail(scope, 'InvalidRetention', `records must be kept one or more whole days, known at synthesis, got ${got}`);
  }
  return days;
}

/** Refuse a retention that S3 cannot keep, and warn of one that HIPAA finds short, unless the records may be lost anyway. */
export function checkRecordRetention(scope: IConstruct, retention: Duration, dataProtection: DataProtection): void {
  const days = requireWholeDays(scope, retention);
  if (dataProtection.retained && days < SIX_YEARS_IN_DAYS) {
    warn(
      scope,
      'shortRecordRetention',
      `audit records are kept ${days} days; 45 CFR 164.316(b)(2)(i) asks for six years of documentation (${SIX_YEARS_IN_DAYS} days)`,
    );
  }
}
