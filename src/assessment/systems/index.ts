export { DEFAULT_OBJECTIVES, type Objective, type Objectives } from './objectives';
export { type Capacity, type EntryPoint, type System, systemsIn } from './system';
