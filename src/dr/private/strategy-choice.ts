import type { ComputeConfig } from '../../app';
import { DrStrategy, DrStrategyName, type ScopeObjective, type StrategyMetadata } from '../../core';
import type { RecoveryEstimate } from '../recovery-estimate';

/** A strategy, what it achieves, and why it is this one. */
export interface StrategyChoice {
  readonly strategy: DrStrategy;
  readonly estimate: RecoveryEstimate;
  /** Objectives it misses, or why it cannot be had; empty when it meets them. */
  readonly shortfalls: string[];
  /** Whether it cannot be had at all, so that what it would meet is of no use to anybody. */
  readonly refused: boolean;
  /** Why cheaper ones do not do; empty when somebody chose. */
  readonly cheaper: string[];
  readonly metadata: StrategyMetadata;
}

/** What a strategy achieves, and why it cannot be had at all. */
export interface StrategyOutlook {
  readonly estimate: RecoveryEstimate;
  readonly refusals: string[];
}

/**
 * The candidates of a derivation, from the cheapest to the dearest. Backup and restore is one where somebody measured a restore. A hot
 * standby differs in capacity alone, so nobody but a person can prefer it. So does active/active, whose estimate is that of a standby on the
 * same stores: what it is worth, users who prove the other Region all day, is no objective.
 */
const CANDIDATES = [() => DrStrategy.backupAndRestore(), () => DrStrategy.pilotLight(), () => DrStrategy.warmStandby()];

/** Why compute cannot wait the way a strategy wants it to. */
export function refusalsOf({ strategyName, capacityPercent }: DrStrategy, compute: ComputeConfig): string[] {
  if (strategyName === DrStrategyName.BACKUP_AND_RESTORE) {
    return [];
  }
  if (capacityPercent === 0) {
    return compute.activation
      ? []
      : [
          'the compute has no activation that starts it in a disaster; use compute that has, such as Compute.fargate(), or DrStrategy.warmStandby()',
        ];
  }
  return compute.runsOnce
    ? [
        `${strategyName} would run the application in both Regions, but it must run once; use DrStrategy.pilotLight(), and start it in the other Region when it has stopped in this one`,
      ]
    : [];
}

/** The strategy somebody asked for, whatever it achieves. */
export function givenStrategy(
  strategy: DrStrategy,
  objective: ScopeObjective,
  outlook: StrategyOutlook,
): StrategyChoice {
  const why = strategy.headlessDatabase ? 'somebody chose it, with a database without instances' : 'somebody chose it';
  return {
    strategy,
    estimate: outlook.estimate,
    shortfalls: outlook.estimate.shortfalls(objective),
    refused: false, // what cannot be had was refused before
    cheaper: [],
    metadata: metadataOf(strategy, true, [why]),
  };
}

/** The cheapest strategy that meets the objectives, or the fastest with what it misses. */
export function derivedStrategy(
  objective: ScopeObjective,
  outlookOf: (strategy: DrStrategy) => StrategyOutlook,
  restoreMeasured: boolean,
): StrategyChoice {
  const cheaper: string[] = [];
  let last: StrategyChoice | undefined;
  const candidates = CANDIDATES.map((make) => make()).filter(
    ({ strategyName }) => restoreMeasured || strategyName !== DrStrategyName.BACKUP_AND_RESTORE,
  );
  for (const strategy of candidates) {
    const { estimate, refusals } = outlookOf(strategy);
    const refused = refusals.length > 0;
    const shortfalls = refused ? refusals : estimate.shortfalls(objective);
    const meets = `${nameOf(strategy)} meets the objectives for REGION: reading after ${estimate.rtoReadOnly.toHumanString()}, writing after ${estimate.rto.toHumanString()}, a loss of ${estimate.rpo.toHumanString()}`;
    const metadata = metadataOf(strategy, false, [...cheaper, meets]);
    last = { strategy, estimate, shortfalls, refused, cheaper: [...cheaper], metadata };
    if (shortfalls.length === 0) {
      return last;
    }
    cheaper.push(`${nameOf(strategy)} does not: ${shortfalls.join('; ')}`);
  }
  return last as StrategyChoice;
}

function metadataOf(
  { strategyName, capacityPercent }: DrStrategy,
  chosen: boolean,
  reasons: string[],
): StrategyMetadata {
  return { strategyName, capacityPercent, chosen, reasons };
}

function nameOf({ strategyName, capacityPercent }: DrStrategy): string {
  return strategyName === DrStrategyName.WARM_STANDBY ? `${strategyName} with ${capacityPercent} %` : strategyName;
}
