import type { Rule } from '../rule';

/** Rules of this family, by id. */
export const ingressRules: readonly Rule[] = [];
