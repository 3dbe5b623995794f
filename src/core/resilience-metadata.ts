import { type Duration, type IResolvable, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { DrStrategyName } from './dr-strategy';
import { FailureScope } from './failure-scope';
import type { HealthProfile } from './health-profile';
import type { HospitalLinkMetadata } from './hospital-link-metadata';
import type { Licence } from './licence';
import type { RecoveryBudget, RecoveryStep } from './recovery-step';
import type { RecoveryThreshold } from './recovery-threshold';
import type { ResilienceObjectives } from './resilience-objectives';

/** What a Region was when the system was first deployed there. After a failover it may well be the other way round. */
export enum BirthRole {
  PRIMARY = 'PRIMARY',
  RECOVERY = 'RECOVERY',
}

/** A risk somebody decided to live with. */
export interface AcceptedRisk {
  /** What is accepted, for example `one zone only, for the training environment`. */
  readonly risk: string;
  /** Why. */
  readonly reason: string;
  /** Who decided. A role, or a name your organisation agrees to publish: it is written into the template. */
  readonly acceptedBy: string;
  /** The last day it holds, as YYYY-MM-DD. */
  readonly expires: string;
}

/** Where users or other systems come in. */
export interface EntryPoint {
  /** The address users know, for example `ehr.example.org`. */
  readonly address: string;
  /** The application protocol: `HTTPS`, `MLLP`, `DICOM`, or what a vendor calls its own. */
  readonly protocol: string;
  /** The port. */
  readonly port: number;
  /** Construct path of the load balancer behind it. */
  readonly path: string;
}

/** Capacity, in whatever unit the compute scales by. */
export interface DeclaredCapacity {
  /** Units that carry the declared peak. */
  readonly peak: number;
  /** Units that run all the time. */
  readonly running: number;
  /** What is counted: `task`, `instance`. */
  readonly unit: string;
}

/** How a system is prepared for the loss of its Region, and why so. */
export interface StrategyMetadata {
  /** The strategy. */
  readonly strategyName: DrStrategyName;
  /** Capacity that runs in the recovery Region all the time, as a share of the declared peak. */
  readonly capacityPercent: number;
  /** Whether somebody chose it, or the objectives did. */
  readonly chosen: boolean;
  /** Why this one: what it meets, and where cheaper ones fall short. */
  readonly reasons: string[];
}

/** What was measured of a recovery from copies, for whoever judges the template. */
export interface MeasuredRecovery {
  /** How long restoring a store took, by its construct path. */
  readonly restores: { [path: string]: Duration };
  /**
   * How long deploying everything but the data took.
   *
   * @default - nobody measured it
   */
  readonly rebuildTime?: Duration;
  /**
   * How long it took from a due backup to its copy.
   *
   * @default - nobody measured it
   */
  readonly copyTime?: Duration;
}

/** A copy of a store in another Region that the hospital keeps, and no template shows. */
export interface DeclaredCopy {
  /** What keeps it, for example `NetApp SnapMirror, 5min`. */
  readonly means: string;
  /** How far it may be behind. */
  readonly recoveryPoint: Duration;
  /** How long it takes until it can be written to, once somebody has decided. */
  readonly promotionTime: Duration;
  /** Where the figures come from. */
  readonly source: string;
  /** Who or what notices that it is behind. */
  readonly watchedBy: string;
}

/** What a construct tells the judge about the system it made. */
export interface SystemMetadata {
  /** The system's name; the same in every Region. */
  readonly systemName: string;
  /** What the Region was when the system was first deployed there. */
  readonly bornAs: BirthRole;
  /** What it must achieve. */
  readonly objectives: ResilienceObjectives;
  /** What healthy means. */
  readonly health: HealthProfile;
  /** Where users come in. */
  readonly entryPoints: EntryPoint[];
  /** What it can carry. */
  readonly capacity: DeclaredCapacity;
  /**
   * Construct paths of parts that serve nobody themselves, such as the arbiter of a mirror: while one is lost the service goes on,
   * with less behind it.
   *
   * @default - none: whatever the system runs, it needs
   */
  readonly supporting?: string[];
  /**
   * The other Region of the system.
   *
   * @default - none: it lives in one Region
   */
  readonly pairedRegion?: string;
  /**
   * How it is prepared for the loss of its Region.
   *
   * @default - not
   */
  readonly strategy?: StrategyMetadata;
  /**
   * What recovering takes, for the scopes that the construct can compute it for.
   *
   * @default - nothing computed
   */
  readonly recoveryBudgets?: RecoveryBudget[];
  /**
   * What restores and rehearsals took when somebody measured them.
   *
   * @default - nobody did
   */
  readonly measured?: MeasuredRecovery;
  /**
   * Copies in another Region that the hospital keeps, by the construct path of the store, or of what it is made in. They are shown as declared,
   * and meet no objective.
   *
   * @default - none
   */
  readonly declaredCopies?: { [path: string]: DeclaredCopy };
  /**
   * What happens when something that is measured passes a threshold.
   *
   * @default - nothing declared
   */
  readonly recoveryThresholds?: RecoveryThreshold[];
  /**
   * What somebody decided to live with.
   *
   * @default - nothing
   */
  readonly acceptedRisks?: AcceptedRisk[];
  /**
   * Licences that limit how copies may be used.
   *
   * @default - none
   */
  readonly licences?: Licence[];
}

/**
 * Template metadata under `cdk-resilient-ehr`: what constructs tell whoever judges the template. The shape is a contract
 * with a version; README.md beside this file documents it.
 */
export class ResilienceMetadata {
  /** The key in the template's `Metadata` section. */
  public static readonly KEY = 'cdk-resilient-ehr';
  /** Version of the shape. Grows with every change that a reader must know about. */
  public static readonly SCHEMA_VERSION = 1;

  /** Describe a system in the template of the stack around its construct. A second description of a path replaces the first. */
  public static addSystem(scope: IConstruct, system: SystemMetadata): void {
    add(scope, 'systems', render(system));
  }

  /** Describe the link to a hospital, likewise. */
  public static addHospitalLink(scope: IConstruct, { sites, recoveryThresholds }: HospitalLinkMetadata): void {
    add(scope, 'hospitalLinks', { sites, recoveryThresholds: recoveryThresholds.map(renderThreshold) });
  }

  /**
   * Say what a system needs to start in its recovery Region, and where each is, likewise: a token for a list of `RecoveryNeed`.
   *
   * @internal
   */
  public static _addRecoveryNeeds(scope: IConstruct, needs: IResolvable): void {
    add(scope, 'recoveryNeeds', needs);
  }

  private constructor() {}
}

function add(scope: IConstruct, kind: 'systems' | 'hospitalLinks' | 'recoveryNeeds', description: unknown): void {
  const options = Stack.of(scope).templateOptions;
  const existing = options.metadata?.[ResilienceMetadata.KEY];
  options.metadata = {
    ...options.metadata,
    [ResilienceMetadata.KEY]: {
      ...existing,
      schemaVersion: ResilienceMetadata.SCHEMA_VERSION,
      [kind]: { ...existing?.[kind], [scope.node.path]: description },
    },
  };
}

function renderThreshold({ expected, ...threshold }: RecoveryThreshold): Record<string, unknown> {
  return { ...threshold, expectedSeconds: expected?.toSeconds() };
}

function render(system: SystemMetadata): Record<string, unknown> {
  const { recoveryBudgets, recoveryThresholds, acceptedRisks, licences, measured, declaredCopies, ...described } =
    system;
  const { objectives, health, entryPoints, capacity, ...identity } = described;
  return {
    ...identity,
    tier: objectives.tier,
    objectives: {
      source: objectives.source,
      biaReference: objectives.biaReference,
      maxTolerableDowntimeSeconds: objectives.maxTolerableDowntime.toSeconds(),
      workRecoverySeconds: objectives.workRecovery.toSeconds(),
      downtimeTriggerSeconds: objectives.downtimeTrigger.toSeconds(),
      scopes: renderScopes(objectives),
    },
    health: {
      protocol: health.protocol,
      path: health.path,
      port: health.port,
      detectionSeconds: health.detectionTime.toSeconds(),
      startupSeconds: health.startup?.toSeconds(),
      deepPath: health.deep?.path,
    },
    entryPoints,
    capacity,
    recoveryBudgets: (recoveryBudgets ?? []).map(renderBudget),
    recoveryThresholds: (recoveryThresholds ?? []).map(renderThreshold),
    acceptedRisks: acceptedRisks ?? [],
    ...(licences?.length ? { licences } : {}),
    ...(measured ? renderMeasured(measured) : {}),
    ...(declaredCopies ? { declaredCopies: renderCopies(declaredCopies) } : {}),
  };
}

function renderCopies(copies: { [path: string]: DeclaredCopy }): Record<string, unknown> {
  const rendered = Object.entries(copies).map(([path, { recoveryPoint, promotionTime, ...copy }]) => [
    path,
    { ...copy, recoveryPointSeconds: recoveryPoint.toSeconds(), promotionSeconds: promotionTime.toSeconds() },
  ]);
  return Object.fromEntries(rendered);
}

function renderMeasured({ restores, rebuildTime, copyTime }: MeasuredRecovery): Record<string, unknown> {
  const seconds = Object.entries(restores).map(([path, time]) => [path, time.toSeconds()]);
  return {
    measuredRestoreSeconds: Object.fromEntries(seconds),
    measuredRebuildSeconds: rebuildTime?.toSeconds(),
    measuredCopySeconds: copyTime?.toSeconds(),
  };
}

function renderScopes(objectives: ResilienceObjectives): Record<string, unknown> {
  return Object.fromEntries(
    Object.values(FailureScope).map((scope) => {
      const { rto, rpo, rtoReadOnly } = objectives.forScope(scope);
      return [
        scope,
        { rtoSeconds: rto.toSeconds(), rpoSeconds: rpo.toSeconds(), rtoReadOnlySeconds: rtoReadOnly?.toSeconds() },
      ];
    }),
  );
}

function renderBudget({ scope, untilReadable, untilWritable, recoveryPoint }: RecoveryBudget): Record<string, unknown> {
  const seconds = (steps: RecoveryStep[]) => steps.reduce((sum, { duration }) => sum + duration.toSeconds(), 0);
  const renderSteps = (steps: RecoveryStep[]) =>
    steps.map(({ duration, ...step }) => ({ ...step, seconds: duration.toSeconds() }));
  return {
    scope,
    rtoReadOnlySeconds: seconds(untilReadable),
    rtoSeconds: seconds([...untilReadable, ...untilWritable]),
    rpoSeconds: recoveryPoint.toSeconds(),
    untilReadable: renderSteps(untilReadable),
    untilWritable: renderSteps(untilWritable),
  };
}
