import { FailureScope } from '../../core/failure-scope';
import { isObject, type Json, type JsonObject } from '../model';

/** A risk that somebody decided to live with, as declared. */
export interface AcceptedRisk {
  readonly risk: string;
  readonly reason: string;
  readonly acceptedBy: string;
  /** The last day it holds, YYYY-MM-DD. */
  readonly expires: string;
}

/** What healthy means, and how long noticing and starting take, as declared. */
export interface Health {
  readonly protocol?: string;
  readonly path?: string;
  readonly detectionSeconds?: number;
  readonly startupSeconds?: number;
}

/** What a construct, or a person, says that recovery takes. */
export interface RecoveryBudget {
  readonly scope: FailureScope;
  readonly rtoSeconds: number;
  readonly rtoReadOnlySeconds?: number;
  readonly rpoSeconds: number;
}

/** A copy of a store in another Region that no template shows, as declared. */
export interface DeclaredCopy {
  /** Construct path of the store, or of what it is made in. */
  readonly path: string;
  readonly means: string;
  readonly source: string;
  readonly recoveryPointSeconds: number;
  readonly promotionSeconds: number;
}

/** Copies of any of a system's declarations. What is not declared in full is no copy. */
export function declaredCopiesFrom(declarations: readonly JsonObject[]): DeclaredCopy[] {
  return declarations.flatMap(({ declaredCopies: given }) =>
    Object.entries(isObject(given) ? given : {}).flatMap(([path, copy]) => (isObject(copy) ? copyOf(path, copy) : [])),
  );
}

function copyOf(path: string, { means, source, recoveryPointSeconds, promotionSeconds }: JsonObject): DeclaredCopy[] {
  return typeof means === 'string' &&
    typeof source === 'string' &&
    typeof recoveryPointSeconds === 'number' &&
    typeof promotionSeconds === 'number'
    ? [{ path, means, source, recoveryPointSeconds, promotionSeconds }]
    : [];
}

/** Accepted risks of any of a system's declarations, each once. What is not declared in full accepts nothing. */
export function acceptedRisksFrom(declarations: readonly JsonObject[]): AcceptedRisk[] {
  const risks = declarations.flatMap(({ acceptedRisks }) => listOf(acceptedRisks)).flatMap(acceptedRisk);
  return [...new Map(risks.map((risk) => [JSON.stringify(risk), risk])).values()];
}

function acceptedRisk({ risk, reason, acceptedBy, expires }: JsonObject): AcceptedRisk[] {
  return typeof risk === 'string' &&
    typeof reason === 'string' &&
    typeof acceptedBy === 'string' &&
    typeof expires === 'string'
    ? [{ risk, reason, acceptedBy, expires }]
    : [];
}

export function healthFrom({ health }: JsonObject): Health | undefined {
  if (!isObject(health)) {
    return undefined;
  }
  return {
    protocol: textOrNothing(health.protocol),
    path: textOrNothing(health.path),
    detectionSeconds: numberOrNothing(health.detectionSeconds),
    startupSeconds: numberOrNothing(health.startupSeconds),
  };
}

/** Budgets by scope; the first declaration that has one for a scope counts. */
export function recoveryBudgetsFrom(declarations: readonly JsonObject[]): RecoveryBudget[] {
  const budgets = new Map<FailureScope, RecoveryBudget>();
  for (const json of declarations.flatMap(({ recoveryBudgets }) => listOf(recoveryBudgets))) {
    const scope = Object.values(FailureScope).find((candidate) => candidate === json.scope);
    const [rtoSeconds, rpoSeconds] = [numberOrNothing(json.rtoSeconds), numberOrNothing(json.rpoSeconds)];
    if (scope && rtoSeconds !== undefined && rpoSeconds !== undefined && !budgets.has(scope)) {
      const rtoReadOnlySeconds = numberOrNothing(json.rtoReadOnlySeconds);
      budgets.set(scope, { scope, rtoSeconds, rtoReadOnlySeconds, rpoSeconds });
    }
  }
  return [...budgets.values()];
}

function listOf(json: Json | undefined): JsonObject[] {
  return Array.isArray(json) ? json.filter(isObject) : [];
}

function textOrNothing(json: Json | undefined): string | undefined {
  return typeof json === 'string' ? json : undefined;
}

function numberOrNothing(json: Json | undefined): number | undefined {
  return typeof json === 'number' ? json : undefined;
}
