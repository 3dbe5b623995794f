export { answersAlarms } from './automation';
export { DEPLOYMENT_ACCOUNT } from './backup-plans';
export { Component, type MechanismName, type RecoveryFacts, type Role, type Unit } from './component';
export type { BackupCopy, BackupSeries, DataTraits, Replica } from './data-traits';
export { Graph, type NotJudged } from './graph';
export type { Gateway, Link, Passage } from './links';
export type { Place } from './network';
export { GLOBAL, type Placement, REGIONAL, type Zone } from './placement';
