import type { IConstruct } from 'constructs';
import { fail } from '../../core/private/fail';
import { otherInRegion } from '../../core/private/one-per-region';

/** Refuse a second baseline for an account and Region: its services could not be created twice. */
export function requireOnlyOneIn(region: string, scope: IConstruct): void {
  const other = otherInRegion(scope, 'security baseline', region);
  if (other !== undefined) {
    fail(
      scope,
      'SecondBaseline',
      `${other} is already the security baseline of ${region}, and its services exist once per account and Region; use that one`,
    );
  }
}
