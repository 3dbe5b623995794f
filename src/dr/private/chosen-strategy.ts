import { Annotations } from 'aws-cdk-lib';
import { type DrStrategy, FailureScope } from '../../core';
import { fail } from '../../core/private/fail';
import type { CrossRegionDr } from '../cross-region-dr';
import { storeRefusals } from './cross-region-checks';
import { requireHeadlessStart } from './headless-database';
import { type RecoveryPathProps, recoveryPath } from './recovery-path';
import { isRestore, lostControlPlane, storesOf } from './restoration';
import {
  derivedStrategy,
  givenStrategy,
  refusalsOf,
  type StrategyChoice,
  type StrategyOutlook,
} from './strategy-choice';

/**
 * The strategy asked for, or the cheapest that meets the objectives.
 *
 * @throws ObjectivesNotMet where none does
 * @throws HeadlessDatabaseNotStarted where a plan would have to make an instance
 */
export function chooseStrategy(dr: CrossRegionDr, asked: DrStrategy | undefined): StrategyChoice {
  requireHeadlessStart(dr, asked);
  const objective = dr.primary.objectives.forScope(FailureScope.REGION);
  const choice = asked
    ? givenStrategy(asked, objective, outlookOf(dr, asked))
    : derivedStrategy(objective, (strategy) => outlookOf(dr, strategy), dr.measuredRestore !== undefined);
  const { strategyName } = choice.strategy;
  if (choice.shortfalls.length > 0) {
    fail(
      dr,
      'ObjectivesNotMet',
      [
        `${strategyName} does not meet the objectives for REGION: ${choice.shortfalls.join('; ')}`,
        ...(choice.refused ? [] : [whatItWouldMeet(choice)]),
        ...(choice.cheaper.length > 0 ? [`Of those that cost less, ${choice.cheaper.join('; ')}`] : []),
      ].join('. '),
    );
  }
  if (!asked) {
    Annotations.of(dr).addInfo(
      `${strategyName} was derived for ${dr.primary.systemName}: ${choice.metadata.reasons.join('; ')}`,
    );
  }
  return choice;
}

function whatItWouldMeet({ estimate: { rto, rtoReadOnly, rpo } }: StrategyChoice): string {
  return `It would meet an rto of ${rto.toHumanString()}, an rtoReadOnly of ${rtoReadOnly.toHumanString()} and an rpo of ${rpo.toHumanString()}`;
}

/** Those that follow by themselves, and those that the hospital says follow. */
function followingFiles({ primary, _declared: declared }: CrossRegionDr): RecoveryPathProps['files'] {
  const entries = Object.entries(primary.files).map(([name, { replication }]) => [
    name,
    { replication: replication ?? declared[name] },
  ]);
  return Object.fromEntries(entries);
}

function outlookOf(dr: CrossRegionDr, strategy: DrStrategy): StrategyOutlook {
  const { primary, failover, reconnectTime, measuredRestore, recoveryRegion } = dr;
  const { compute, database, documents, tables, cache, backup } = primary;
  const lost = isRestore(strategy) ? lostControlPlane(dr.primaryRegion) : undefined;
  return {
    estimate: recoveryPath(strategy, {
      failover,
      compute,
      database,
      documents,
      tables,
      files: followingFiles(dr),
      cache,
      reconnectTime,
      restored: storesOf(primary),
      backup,
      measuredRestore,
    }),
    refusals: [
      ...refusalsOf(strategy, compute),
      ...storeRefusals(strategy, { primary, recoveryRegion, declared: dr._declared }),
      ...(lost ? [lost] : []),
    ],
  };
}
