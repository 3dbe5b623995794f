import type { Construct } from 'constructs';
import { fail } from '../../core/private/fail';

/** A store that is replicated already may be asked again, for the same; what is compared is said as the error says it. */
export function requireSameTarget(scope: Construct, stores: string, known: string, asked: string): void {
  if (known !== asked) {
    fail(
      scope,
      'AlreadyReplicated',
      `${stores} already replicated to ${known}, got ${asked}; one system has one recovery Region`,
    );
  }
}
