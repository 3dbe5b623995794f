import type { Check } from '../check';
import { isUsable, type KeyState, readKey } from '../key-state';

const DAY = 24 * 3600 * 1000;

interface Wanted {
  readonly keys: readonly WantedKey[];
}

interface WantedKey {
  readonly arn: string;
  /** What it encrypts, for example `database`. */
  readonly of: string;
}

/** The customer keys of this Region work: what they encrypt cannot be read, started or restored without them. */
export const keys: Check<Wanted, (KeyState | null)[]> = {
  compares: false, // each Region has keys of its own

  read: (aws, { keys: wanted }) => Promise.all(wanted.map(({ arn }) => readKey(aws, arn))),

  judge: ({ keys: wanted }, here, _there, { now }) =>
    wanted.flatMap(({ arn, of }, i) => {
      const key = here[i];
      if (isUsable(key)) {
        return [];
      }
      const days = key?.deletion === undefined ? '' : `, and deleted in ${Math.floor((key.deletion - now) / DAY)} days`;
      return [`the key of ${of}, ${arn}, is ${key?.state ?? 'missing'}${days}`];
    }),
};
