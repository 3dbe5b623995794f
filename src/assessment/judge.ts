export * from './assess';
export * from './assessment';
export { ruleOfScope } from './findings';
export { InputError, parseTemplateText, type ReadOptions, readAssembly } from './model';
export { inWords } from './recovery';
export { SystemsFileError, systemsFromFile } from './systems';
export type { Estimate, Verdict } from './verdict';
