export * from './assess';
export * from './assessment';
export * from './document';
export { ruleOfScope } from './findings';
export { type Cell, cellsOf } from './matrix';
export { type Assembly, decoded, InputError, parseTemplateText, type ReadOptions, readAssembly } from './model';
export { inWords } from './recovery';
export { SystemsFileError, systemsFromFile } from './systems';
export type { Estimate, Verdict } from './verdict';
