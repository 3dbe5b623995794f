import { fail } from '../../core/private/fail';

/** There is no definition to repeat in another Region. */
export function networkIsRegional(what: string): never {
  fail(
    undefined,
    'NetworkIsRegional',
    `${what} exists in one Region only, got no network for the recovery Region; give recovery: { network } there`,
  );
}
