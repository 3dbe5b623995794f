import { FailureScope } from '../../core/failure-scope';
import { isObject, type Json, type JsonObject } from '../model';

/** What must be achieved when something fails, in seconds. */
export interface Objective {
  readonly rtoSeconds: number;
  readonly rpoSeconds: number;
  /** Until users can read again, where that is asked for sooner. */
  readonly rtoReadOnlySeconds?: number;
}

/** Objectives of a system, and who says so. */
export interface Objectives {
  readonly source: 'BUSINESS_IMPACT_ANALYSIS' | 'LIBRARY_DEFAULT' | 'JUDGE_DEFAULT';
  readonly tier?: string;
  readonly scopes: Readonly<Record<FailureScope, Objective>>;
  /** Days an intruder or a fault may go unnoticed: recovery points must reach further back. */
  readonly dwellDays: number;
  /** Seconds that restores took when somebody measured them, by construct path of the store. */
  readonly measuredRestores?: Readonly<Record<string, number>>;
  /** Seconds that deploying everything but the data in another Region took, when somebody measured it. */
  readonly measuredRebuild?: number;
  /** Seconds from a due backup to its copy, likewise. */
  readonly measuredCopy?: number;
}

const MINUTE = 60;
const HOUR = 3600;

const of = (rtoSeconds: number, rpoSeconds: number, rtoReadOnlySeconds?: number): Objective => ({
  rtoSeconds,
  rpoSeconds,
  rtoReadOnlySeconds,
});

/** The preset of core's LIFE_CRITICAL tier, in plain seconds: a system that nobody classified is judged as if lives depend on it. */
export const DEFAULT_OBJECTIVES: Objectives = {
  source: 'JUDGE_DEFAULT',
  tier: 'LIFE_CRITICAL',
  // ransomware in Ireland's health service went unnoticed for 57 days in 2021
  dwellDays: 60,
  scopes: {
    [FailureScope.COMPONENT]: of(5 * MINUTE, 0),
    [FailureScope.AVAILABILITY_ZONE]: of(5 * MINUTE, 0),
    [FailureScope.TWO_AVAILABILITY_ZONES]: of(4 * HOUR, 5 * MINUTE, 15 * MINUTE),
    [FailureScope.REGION]: of(4 * HOUR, 5 * MINUTE, 15 * MINUTE),
    [FailureScope.CONTROL_PLANE]: of(5 * MINUTE, 0),
    [FailureScope.DELETION]: of(4 * HOUR, 15 * MINUTE),
    [FailureScope.CORRUPTION]: of(24 * HOUR, 15 * MINUTE),
    [FailureScope.ACCOUNT]: of(72 * HOUR, 24 * HOUR),
    [FailureScope.CONNECTIVITY]: of(15 * MINUTE, 0),
  },
};

const CRITICAL_TIERS = ['FOUNDATION', 'LIFE_CRITICAL'];

/** Whether care stops or turns dangerous without systems of a tier. A system that nobody classified is one of them. */
export function isCritical(tier: string | undefined): boolean {
  return tier === undefined || CRITICAL_TIERS.includes(tier);
}

const OTHER_TIERS_DWELL_DAYS = 14;

/** Objectives as constructs write them into a template; what is missing or malformed falls back to the default. */
export function objectivesFrom(system: JsonObject): Objectives {
  const given = isObject(system.objectives) ? system.objectives : undefined;
  const tier = typeof system.tier === 'string' ? system.tier : undefined;
  const dwellDays = isCritical(tier) ? DEFAULT_OBJECTIVES.dwellDays : OTHER_TIERS_DWELL_DAYS;
  if (!given) {
    return { ...DEFAULT_OBJECTIVES, tier: tier ?? DEFAULT_OBJECTIVES.tier, dwellDays };
  }
  const scopes = isObject(given.scopes) ? given.scopes : {};
  return {
    source: given.source === 'BUSINESS_IMPACT_ANALYSIS' ? 'BUSINESS_IMPACT_ANALYSIS' : 'LIBRARY_DEFAULT',
    tier,
    dwellDays,
    scopes: Object.fromEntries(
      Object.values(FailureScope).map((scope) => [
        scope,
        objectiveFrom(scopes[scope], DEFAULT_OBJECTIVES.scopes[scope]),
      ]),
    ) as Record<FailureScope, Objective>,
  };
}

/** What restore tests measured, from any of a system's declarations: `{ "measuredRestoreSeconds": { "<path>": 1800 } }`. */
export function measuredRestoresFrom(declarations: readonly JsonObject[]): Record<string, number> {
  const entries = declarations.flatMap(({ measuredRestoreSeconds: given }) =>
    isObject(given) ? Object.entries(given) : [],
  );
  return Object.fromEntries(entries.filter((entry): entry is [string, number] => typeof entry[1] === 'number'));
}

/** A measured number of seconds, from the first of a system's declarations that has it. */
export function measuredSecondsFrom(
  declarations: readonly JsonObject[],
  key: 'measuredRebuildSeconds' | 'measuredCopySeconds',
): number | undefined {
  return declarations.map((declaration) => declaration[key]).find((value) => typeof value === 'number');
}

function objectiveFrom(json: Json | undefined, otherwise: Objective): Objective {
  if (!isObject(json) || typeof json.rtoSeconds !== 'number' || typeof json.rpoSeconds !== 'number') {
    return otherwise;
  }
  const readOnly = json.rtoReadOnlySeconds;
  return of(json.rtoSeconds, json.rpoSeconds, typeof readOnly === 'number' ? readOnly : undefined);
}
