export * from './assess';
export * from './assessment';
export { InputError, type ReadOptions, readAssembly } from './model';
export { inWords } from './recovery';
export type { Estimate, Verdict } from './verdict';
