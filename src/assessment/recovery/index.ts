export { bestInterval, restoration, restorationFrom } from './data-recovery';
export { FIGURES } from './figures';
export { recoveryOf, type Situation } from './mechanisms';
export { startOf, stepsOfPlan } from './plan-steps';
export type { Recovery, Step } from './step';
export { inWords, NONE, open, seconds, sum, type Time } from './time';
