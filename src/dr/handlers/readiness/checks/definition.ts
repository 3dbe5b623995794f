import { orAbsent } from '../absent';
import type { Check } from '../check';

/** How long the deployment of one Region may be behind that of the other. */
const SETTLES_IN = 2 * 3600 * 1000;

interface Wanted {
  readonly parameter: string;
}

/** The parameter; null where there is none. */
type Facts = { readonly value: string; readonly changed: number } | null;

interface Answer {
  readonly Parameter: { readonly Value: string; readonly LastModifiedDate: Date };
}

/** Both Regions were deployed from the same definition. */
export const definition: Check<Wanted, Facts> = {
  compares: true,

  async read(aws, { parameter }) {
    const answer = await orAbsent(aws<Answer>('ssm', 'GetParameter', { Name: parameter }));
    return answer && { value: answer.Parameter.Value, changed: answer.Parameter.LastModifiedDate.getTime() };
  },

  judge({ parameter }, here, there, { now }) {
    if (here === null || there === null) {
      return [`there is no parameter ${parameter}${here ? ' in the other Region' : ''}: it was not deployed`];
    }
    const settled = there !== undefined && now - Math.max(here.changed, there.changed) >= SETTLES_IN;
    return settled && here.value !== there.value
      ? ['the two Regions were deployed from different definitions; deploy the stacks of both']
      : [];
  },
};
