import { backupRules } from './backup';
import { computeRules } from './compute';
import { databaseRules } from './database';
import { ingressRules } from './ingress';
import { networkRules } from './network';
import { recoveryRules } from './recovery';
import type { Rule } from './rule';
import { storageRules } from './storage';
import { validityRules } from './validity';

/** Every rule, by family. README.md beside this file is generated from it. */
export const catalog: readonly Rule[] = [
  ...networkRules,
  ...computeRules,
  ...ingressRules,
  ...databaseRules,
  ...storageRules,
  ...backupRules,
  ...recoveryRules,
  ...validityRules,
];
