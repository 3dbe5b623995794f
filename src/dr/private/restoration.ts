import { Token } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { MultiAzClinicalApp } from '../../app';
import type { RestoredSide } from '../../app/private/recovery-side';
import { type DrStrategy, DrStrategyName, type MeasuredRecovery } from '../../core';
import { fail, Problems } from '../../core/private/fail';
import { partitionOf } from '../../core/private/tokens';
import { warn } from '../../core/private/warnings';
import type { StoreRestoration } from '../../data';
import type { CrossRegionDr } from '../cross-region-dr';
import type { MeasuredRestore } from '../measured-restore';
import type { RestoredStores } from '../restored-stores';

/** A store of a system, and how it comes back. */
export interface RestorableStore {
  /** For example `database`, or `table visits`. */
  readonly store: string;
  readonly restoration?: StoreRestoration;
  /** Where it cannot come back: what would. */
  readonly alternative?: string;
}

/** What file shares and tables say of it. */
interface Restorable {
  readonly restoration?: StoreRestoration;
  readonly restorationAlternative?: string;
}

/** As Amazon RDS takes it: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBInstanceToPointInTime.html */
const UTC = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/;

/** Where AWS keeps the control planes of IAM and Amazon Route 53: https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/global-services.html */
const GLOBAL_CONTROL_PLANES: Readonly<Record<string, string>> = { aws: 'us-east-1', 'aws-us-gov': 'us-gov-west-1' };

/** Whether a strategy makes the recovery Region from copies of backups. */
export function isRestore({ strategyName }: DrStrategy): boolean {
  return strategyName === DrStrategyName.BACKUP_AND_RESTORE;
}

/** Every store whose recovery points are copied. Documents are not among them: they are replicated. */
export function storesOf({ database, files, tables, compute }: MultiAzClinicalApp): RestorableStore[] {
  const named = (kind: string, stores: { [name: string]: Restorable }) =>
    Object.entries(stores).map(([name, { restoration, restorationAlternative: alternative }]) => ({
      store: `${kind} ${name}`,
      restoration,
      alternative,
    }));
  return [
    ...(database
      ? [{ store: 'database', restoration: database.restoration, alternative: database.replicationAlternative }]
      : []),
    ...named('file share', files),
    ...named('table', tables),
    ...Object.entries(compute.disks ?? {}).map(([name, restoration]) => ({ store: `disk ${name}`, restoration })),
  ];
}

/** Why a system cannot come back from copies of its backups. */
export function restorationRefusals(primary: MultiAzClinicalApp): string[] {
  const refused = storesOf(primary).filter(({ restoration }) => restoration === undefined);
  return [
    ...refused.map(
      ({ store, alternative }) =>
        `no template can make the ${store} from a copy of a recovery point${alternative ? `: ${alternative}` : ', and nothing here restores it by hand; keep it live with a strategy such as DrStrategy.pilotLight()'}`,
    ),
    ...((primary.compute.backupResources ?? []).length > 0 && !primary.compute.disks
      ? [
          'the compute keeps data on disks of its own, and does not say how they come back; let its engine replicate them, and give the other Region a system of its own',
        ]
      : []),
  ];
}

/** What the lost Region keeps from recovering by a deployment, if it does. */
export function lostControlPlane(primaryRegion: string): string | undefined {
  return GLOBAL_CONTROL_PLANES[partitionOf(primaryRegion)] === primaryRegion
    ? `recovery is a deployment, which needs the control planes of IAM and Amazon Route 53, and both are in ${primaryRegion}, the Region to recover from`
    : undefined;
}

/** Stop where the strategy and what was restored do not go together; warn where the deployment needs the lost Region. */
export function requireRestored(dr: CrossRegionDr, restored: RestoredStores | undefined): void {
  const { strategy, activeRegion, recoveryRegion, primaryRegion, failover } = dr;
  if (!isRestore(strategy)) {
    if (restored) {
      fail(
        dr,
        'RestoredNotUsed',
        `restored names recovery points, but ${strategy.strategyName} was derived, which keeps the data live; say strategy: DrStrategy.backupAndRestore(), or leave restored out`,
      );
    }
    return;
  }
  const problems = new Problems(dr, 'CannotRestore');
  problems.require(
    restored !== undefined || activeRegion !== recoveryRegion,
    `activeRegion is ${recoveryRegion}, but nothing was restored there; name the recovery points of all stores with restored`,
  );
  problems.require(
    failover.executeCommand === undefined,
    'the plan of the failover switches to what runs in the recovery Region, and nothing does; use Failover.dns() or Failover.manual()',
  );
  problems.throwIfAny();
  const lost = lostControlPlane(primaryRegion);
  if (lost) {
    warn(
      dr,
      'recoveryNeedsLostRegion',
      `${lost}; until they are back nothing is recovered. Keep the system in another Region, use DrStrategy.pilotLight(), or acknowledge this with who accepts it`,
    );
  }
}

/** What somebody measured, for whoever judges the templates. */
export function measuredRecovery(
  primary: MultiAzClinicalApp,
  measured: MeasuredRestore | undefined,
): MeasuredRecovery | undefined {
  if (!measured) {
    return undefined;
  }
  const paths = storesOf(primary).flatMap(({ restoration }) => restoration?.path ?? []);
  return {
    restores: Object.fromEntries(paths.map((path) => [path, measured.restoreTime])),
    rebuildTime: measured.deployTime,
    copyTime: measured.copyTime,
  };
}

/** Each store from its recovery point; an error where one is missing, or would be made empty. */
export function restoredSide(
  scope: Construct,
  primary: MultiAzClinicalApp,
  restored: RestoredStores,
  encryptionKey: kms.IKey,
): RestoredSide {
  const { database, databaseTime, files = {}, tables = {}, disks = {} } = restored;
  const problems = new Problems(scope, 'InvalidRestoredStores');
  problems.require(
    (database !== undefined) === (primary.database !== undefined),
    primary.database
      ? 'restored names no recovery point of the database, which would start empty, and be replaced once it is named'
      : `restored names a recovery point of a database, but the system has none, got ${database}`,
  );
  problems.require(
    databaseTime === undefined || Token.isUnresolved(databaseTime) || UTC.test(databaseTime),
    `databaseTime must be a moment in UTC such as 2026-11-27T21:45:00Z, got ${JSON.stringify(databaseTime)}`,
  );
  requireEach(problems, 'file share', Object.keys(primary.files), Object.keys(files));
  requireEach(problems, 'table', Object.keys(primary.tables), Object.keys(tables));
  requireEach(problems, 'disk', Object.keys(primary.compute.disks ?? {}), Object.keys(disks));
  problems.throwIfAny();
  const over = Object.entries(tables).map(([name, recoveryPointArn]) => [name, { recoveryPointArn, encryptionKey }]);
  return { database, databaseTime, files, tables: Object.fromEntries(over), disks };
}

function requireEach(problems: Problems, kind: string, ours: string[], named: string[]): void {
  for (const name of ours) {
    problems.require(
      named.includes(name),
      `restored names no recovery point of the ${kind} ${name}, which would start empty, and be replaced once it is named`,
    );
  }
  for (const name of named) {
    problems.require(ours.includes(name), `restored names a ${kind} ${name}, which the system does not have`);
  }
}
