import {
  BirthRole,
  type DeclaredCopy,
  type MeasuredRecovery,
  type RecoveryBudget,
  ResilienceMetadata,
  type StrategyMetadata,
} from '../../core';
import type { MultiAzClinicalApp } from '../multi-az-clinical-app';

/** What is only known of a system once it has been made, or paired with another Region. */
export interface SystemFacts {
  readonly pairedRegion?: string;
  readonly strategy?: StrategyMetadata;
  readonly measured?: MeasuredRecovery;
  readonly declaredCopies?: { readonly [path: string]: DeclaredCopy };
  readonly recoveryBudgets: RecoveryBudget[];
}

/** Write into the template what the judge and reports read. Said again, it replaces what was said before. */
export function describeSystem(app: MultiAzClinicalApp, facts: SystemFacts): void {
  const { definition, systemName, objectives, health, compute, database } = app;
  ResilienceMetadata.addSystem(app, {
    systemName,
    bornAs: bornAs(app),
    objectives,
    health,
    entryPoints: app.ingress.flatMap(({ entryPoint, otherEntryPoints }) => [entryPoint, ...(otherEntryPoints ?? [])]),
    capacity: compute.capacity,
    supporting: compute.supporting?.map(({ node }) => node.path),
    ...facts,
    recoveryThresholds: app.recoveryThresholds,
    acceptedRisks: definition.acceptedRisks,
    licences: database?.licences,
  });
}

/** Which side of a pair it was made as, whichever is in use now. */
export function bornAs({ definition }: MultiAzClinicalApp): BirthRole {
  return definition._recoverySide ? BirthRole.RECOVERY : BirthRole.PRIMARY;
}
