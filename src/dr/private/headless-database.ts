import type { MultiAzClinicalApp } from '../../app';
import type { DrStrategy, RecoveryStep } from '../../core';
import { fail } from '../../core/private/fail';
import { warn } from '../../core/private/warnings';
import type { DatabaseConfig, DatabaseReplicaSource } from '../../data';
import type { CrossRegionDr } from '../cross-region-dr';
import type { RunbookStep } from './runbook-text';

/** Why a database cannot be kept without instances, where somebody asked for that. */
export function headlessRefusals({ headlessDatabase }: DrStrategy, { database }: MultiAzClinicalApp): string[] {
  if (!headlessDatabase || database?.replication?.headlessStart) {
    return [];
  }
  const why =
    database?.replication?.headlessAlternative ??
    'only the cluster of an Aurora global database keeps its storage in step without';
  return [
    `headlessDatabase would keep the database in the other Region without instances, but ${why}; leave out headlessDatabase`,
  ];
}

/** What it takes until it has an instance: as somebody measured it, or as AWS says. */
export function headlessStartSteps(
  { headlessDatabase, databaseStartTime }: DrStrategy,
  database: DatabaseConfig | undefined,
): RecoveryStep[] {
  const steps = headlessDatabase ? (database?.replication?.headlessStart ?? []) : [];
  return databaseStartTime
    ? steps.map((step) => ({
        ...step,
        duration: databaseStartTime,
        source:
          'declared as databaseStartTime. Needs the control plane of this Region, and capacity that nobody has reserved',
      }))
    : steps;
}

/** @throws HeadlessDatabaseNotStarted where one execution is to take every step, and cannot take the first */
export function requireHeadlessStart(dr: CrossRegionDr, asked: DrStrategy | undefined): void {
  if (asked?.headlessDatabase && dr.failover.executeCommand) {
    fail(
      dr,
      'HeadlessDatabaseNotStarted',
      'a plan cannot make an instance in a headless database before it moves the writer there, which Aurora asks for; use Failover.dns(), whose steps people take, or leave out headlessDatabase',
    );
  }
}

/** Tell the replica that it has no instances before a disaster, and whoever reads warnings what that costs in one. */
export function keepHeadless(
  dr: CrossRegionDr,
  source: DatabaseReplicaSource | undefined,
): DatabaseReplicaSource | undefined {
  const { strategy, recoveryRegion, activeRegion } = dr;
  if (!strategy.headlessDatabase || !source) {
    return source;
  }
  warn(
    dr,
    'headlessDatabase',
    `in a disaster an instance of the database has to be made in ${recoveryRegion} before anything else, when everybody asks for the same, of capacity that nobody reserved; ` +
      'before that nobody reads there, and AWS does not say whether it measures how far such a copy is behind. Where this stack was not deployed with instances before, its first tasks find no database, and the deployment fails. ' +
      'Rehearse it, and acknowledge this with who accepts it, or leave out headlessDatabase',
  );
  return { ...source, headless: true, serving: activeRegion === recoveryRegion };
}

/** Before anything starts there. */
export function headlessStartStep({ _recovery, strategy, primary }: CrossRegionDr): RunbookStep[] {
  const headless = _recovery?.database?.headless;
  const [start] = headlessStartSteps(strategy, primary.database);
  return headless && start
    ? [
        {
          title: 'Make an instance of the database, and wait until it is available',
          command: headless.startCommand,
          note: `Up to ${start.duration.toHumanString()}; nothing starts or reads before. Where AWS has no capacity: with another --db-instance-class of its kind`,
        },
      ]
    : [];
}

/** Once a deployment has made those of the definition. */
export function temporaryInstanceStep({ _recovery }: CrossRegionDr): RunbookStep[] {
  const headless = _recovery?.database?.headless;
  return headless
    ? [
        {
          title: 'Remove the instance that was made first, once the deployment has made the others',
          command: headless.removeTemporaryCommand,
          note: 'Aurora fails over to another: seconds without writes. Until then one instance serves alone',
        },
      ]
    : [];
}

/** After the deployment that says that users are back. */
export function headlessAgainStep({ _recovery, primaryRegion, recoveryRegion }: CrossRegionDr): RunbookStep[] {
  const headless = _recovery?.database?.headless;
  return headless
    ? [
        {
          title: `Remove the instances in ${recoveryRegion}, which the deployment kept: they cost, and nobody uses them`,
          command: headless.removeInstancesCommand,
          note: `Refused unless the writer is in ${primaryRegion}`,
        },
      ]
    : [];
}
