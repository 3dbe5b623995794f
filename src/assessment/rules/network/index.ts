import type { Rule } from '../rule';

/** Rules of this family, by id. */
export const networkRules: readonly Rule[] = [];
