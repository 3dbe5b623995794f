export type { AcceptedRisk, DeclaredCopy, Health, RecoveryBudget } from './declared';
export { DEFAULT_OBJECTIVES, isCritical, type Objective, type Objectives } from './objectives';
export { type Capacity, type EntryPoint, isWithin, type System, scopesOf, systemsIn } from './system';
export { SystemsFileError, systemsFromFile } from './systems-file';
