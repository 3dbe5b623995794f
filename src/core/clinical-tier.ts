/**
 * How critical a system is to care. A tier carries preset objectives (`ResilienceObjectives.forTier`), which a
 * business-impact analysis should replace.
 */
export enum ClinicalTier {
  /** What everything else stands on: identity, DNS, network, keys, the downtime viewer. */
  FOUNDATION = 'FOUNDATION',
  /** Care stops or turns dangerous without it: EHR core, order entry, medication, emergency, intensive care. */
  LIFE_CRITICAL = 'LIFE_CRITICAL',
  /** Care slows without it: laboratory, imaging, pharmacy stock, scheduling, portal. */
  CARE_ESSENTIAL = 'CARE_ESSENTIAL',
  /** The organisation slows without it: billing, staff, analytics. */
  OPERATIONAL = 'OPERATIONAL',
  /** Training, test, sandbox: rebuilt from code. */
  NON_PRODUCTION = 'NON_PRODUCTION',
}
