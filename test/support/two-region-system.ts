import { App, Duration, Stack } from 'aws-cdk-lib';
import {
  ClinicalTier,
  CrossRegionDr,
  type CrossRegionDrProps,
  DrStrategy,
  HealthProfile,
  MultiAzClinicalApp,
  Network,
  ResilienceObjectives,
} from '../../src';
import type { Combination } from './pairwise';
import * as choices from './two-region-choices';
import { ACCOUNT, PRIMARY, RECOVERY } from './two-region-choices';

const measuredRestore = { restoreTime: Duration.hours(5), copyTime: Duration.hours(3), source: 'a test' };
/** A pilot light whose database has no instances. */
export const HEADLESS = 'PILOT_LIGHT without instances';
/** Strategies, and none, by name. */
export const STRATEGIES: Record<string, Partial<CrossRegionDrProps>> = {
  'left out': {},
  'left out, a restore measured': { measuredRestore },
  BACKUP_AND_RESTORE: { strategy: DrStrategy.backupAndRestore(), measuredRestore },
  PILOT_LIGHT: { strategy: DrStrategy.pilotLight() },
  [HEADLESS]: { strategy: DrStrategy.pilotLight({ headlessDatabase: true }) },
  WARM_STANDBY: { strategy: DrStrategy.warmStandby() },
  HOT_STANDBY: { strategy: DrStrategy.hotStandby() },
  ACTIVE_ACTIVE: { strategy: DrStrategy.activeActive() },
};

/** Everything that a system in two Regions is made of. */
export const FACTORS = {
  strategy: Object.keys(STRATEGIES),
  database: Object.keys(choices.DATABASE),
  files: Object.keys(choices.FILES),
  tables: Object.keys(choices.TABLES),
  documents: Object.keys(choices.DOCUMENTS),
  cache: Object.keys(choices.CACHE),
  compute: Object.keys(choices.COMPUTE),
  ingress: Object.keys(choices.INGRESS),
  failover: Object.keys(choices.FAILOVER),
};
export type Factor = keyof typeof FACTORS;
export type System = Combination<Factor>;

/** One choice of each, which goes with every strategy. */
export const PLAIN: System = {
  strategy: 'PILOT_LIGHT',
  database: 'none',
  files: 'none',
  tables: 'none',
  documents: 'none',
  cache: 'none',
  compute: 'fargate',
  ingress: 'https',
  failover: 'dns',
};

const day = { rto: Duration.hours(48), rpo: Duration.hours(48) };
const objectives = ResilienceObjectives.forTier(ClinicalTier.OPERATIONAL, {
  biaReference: 'BIA-1',
  region: day,
  twoAvailabilityZones: day,
  deletion: day,
  corruption: day,
});

/** What somebody restored, once the Region was lost. */
function restoredOf({ database, files, tables, compute }: System): CrossRegionDrProps['restored'] {
  const snapshot = database.startsWith('aurora') ? 'cluster-snapshot' : 'snapshot';
  const name = Object.keys(choices.FILES[files]())[0];
  return {
    database: database === 'none' ? undefined : `arn:aws:rds:${RECOVERY}:${ACCOUNT}:${snapshot}:awsbackup:copyjob-1`,
    files: name ? { [name]: `arn:aws:fsx:${RECOVERY}:${ACCOUNT}:backup/backup-0ecdf967356c809c7` } : undefined,
    tables: tables === 'none' ? undefined : { visits: `arn:aws:backup:${RECOVERY}:${ACCOUNT}:recovery-point:1` },
    disks:
      compute === 'statefulPair'
        ? { 'first /dev/sdf': 'snap-0123456789abcdef0', 'second /dev/sdf': 'snap-0fedcba9876543210' }
        : undefined,
  };
}

/** Nobody reads where a resource was made, and nobody waits for endpoints. */
const QUICK = { 'aws:cdk:disable-stack-trace': true };

/**
 * A system in two Regions. What has to be known before is given: file systems and recovery points, which are used at once.
 */
export function twoRegions(system: System, more: Partial<CrossRegionDrProps> = {}): CrossRegionDr {
  const app = new App({ context: QUICK });
  const { strategy, database, files, tables, documents, cache, compute, ingress, failover } = system;
  const stack = new Stack(app, 'Ehr', { env: { account: ACCOUNT, region: PRIMARY } });
  const shares = choices.FILES[files]();
  const primary = new MultiAzClinicalApp(stack, 'Ehr', {
    systemName: 'ehr',
    objectives,
    network: Network.dedicated({ interfaceEndpoints: [] }),
    compute: choices.COMPUTE[compute](Object.keys(shares)),
    database: choices.DATABASE[database](),
    documents: choices.DOCUMENTS[documents](),
    files: shares,
    tables: choices.TABLES[tables](),
    cache: choices.CACHE[cache](),
    ingress: choices.INGRESS[ingress](stack),
    health: HealthProfile.http('/readyz', { startup: Duration.seconds(60) }),
  });
  const recoveryStack = new Stack(app, 'EhrDr', { env: { account: ACCOUNT, region: RECOVERY } });
  const restores = strategy === 'BACKUP_AND_RESTORE';
  return new CrossRegionDr(recoveryStack, 'Dr', {
    primary,
    failover: choices.FAILOVER[failover](recoveryStack),
    returnDocuments: documents !== 'none',
    replicatedFiles: files === 'efs' && !restores ? { sites: 'fs-0123456789abcdef0' } : undefined,
    restored: restores ? restoredOf(system) : undefined,
    activeRegion: restores ? RECOVERY : undefined,
    ...STRATEGIES[strategy],
    ...more,
  });
}
