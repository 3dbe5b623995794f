import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { ComputeConfig, IIngressRouting } from '../app';
import type { HealthProfile, RecoveryCall, RecoveryStep, ScopeObjective } from '../core';
import type { DatabaseConfig } from '../data';

/** What a failover is told when it is bound. */
export interface FailoverBindOptions {
  /** The system's name; physical names start with it. */
  readonly systemName: string;
  /** The Region the system was born in. */
  readonly primaryRegion: string;
  /** The Region it recovers in. */
  readonly recoveryRegion: string;
  /** What healthy means. */
  readonly health: HealthProfile;
  /** What losing the Region may cost. */
  readonly objective: ScopeObjective;
  /** How the system runs in the primary Region, and in the recovery Region by the same names. */
  readonly compute: ComputeConfig;
  /**
   * The database in the primary Region, already replicated.
   *
   * @default - none
   */
  readonly database?: DatabaseConfig;
  /** How users reach the primary Region: one for each ingress that this library routes to. */
  readonly routes: IIngressRouting[];
  /** Where to put what must stand in the recovery Region before the primary Region refers to it. */
  readonly landingScope: Construct;
  /** Where to put what must stand in the primary Region. */
  readonly primaryScope: Construct;
  /** Topic in the recovery Region for alarms. */
  readonly notifications: sns.ITopic;
}

/** What routing to two Regions that both serve is told, once there are two. */
export interface ActiveRoutingOptions {
  /** How users reach the recovery Region: one for each ingress that this library routes to. */
  readonly recoveryRoutes: IIngressRouting[];
  /** Where to put what must stand in the recovery Region, in the stack that is deployed after the primary's. */
  readonly recoveryScope: Construct;
  /** Topic in the primary Region for alarms. */
  readonly primaryNotifications: sns.ITopic;
}

/** How users leave one of two Regions that both serve, and come back to it. */
export interface RegionDepartureCommands {
  /** Sends users of the Region to the other one and keeps them there. It asks nothing of the Region that is left. */
  readonly leaveCommand: string;
  /** Lets users be served by both Regions again. */
  readonly returnCommand: string;
  /**
   * Lets users return when the Region they were sent to is lost. It asks nothing of that Region.
   *
   * @default - by `returnCommand` only
   */
  readonly reclaimCommand?: string;
}

/** Sends users to two Regions at once, and to the one that is left when the other does not answer. */
export interface IActiveRouting {
  /**
   * Called by `CrossRegionDr` with active/active, after `bind`: the recovery Region serves as the primary does. Do not call this yourself.
   *
   * @returns how users leave the recovery Region; how they leave the primary is in the bound failover
   */
  serveBoth(options: ActiveRoutingOptions): RegionDepartureCommands;
}

/** A way back that asks before it moves the database to the primary Region. */
export interface IReturnGate {
  /**
   * Called by `RecoveryReconciliation`, after `bind`. Do not call this yourself.
   *
   * @param scope where the functions are made: deployed before whatever calls them
   * @param functionArns a function of the primary Region and one of the recovery Region, by name; they fail while the database may not return
   */
  askBeforeReturn(scope: Construct, functionArns: string[]): void;
}

/** A bound failover. */
export interface FailoverConfig {
  /** From the loss of the Region until users reach the other one, where they can read. */
  readonly redirection: RecoveryStep[];
  /** From there until somebody has decided to write there. */
  readonly decision: RecoveryStep[];
  /**
   * Once the database writes there: what is left to do.
   *
   * @default - nothing
   */
  readonly completion?: RecoveryStep[];
  /**
   * Whether `decision` contains the start of the compute.
   *
   * @default false: somebody starts it
   */
  readonly scalesCompute?: boolean;
  /**
   * The command that runs every step of the failover, asked of the recovery Region.
   *
   * @default - people take the steps one by one
   */
  readonly executeCommand?: string;
  /**
   * The command that runs every step of the way back, losing nothing.
   *
   * @default - people take the steps one by one
   */
  readonly executeReturnCommand?: string;
  /**
   * The command that sends users to the recovery Region and keeps them there. It asks nothing of the lost Region.
   *
   * @default - users are not sent by this library
   */
  readonly leaveCommand?: string;
  /**
   * The same as data, for whoever makes the call for people.
   *
   * @default - people type the command
   */
  readonly leaveCall?: RecoveryCall;
  /**
   * The command that lets users return to the primary Region.
   *
   * @default - users are not sent by this library
   */
  readonly returnCommand?: string;
  /**
   * The command without which users cannot be moved, in either direction: before `leaveCommand`, `returnCommand` and `reclaimCommand`. It asks
   * neither of the two Regions.
   *
   * @default - nothing holds them back
   */
  readonly unlockCommand?: string;
  /**
   * The command after which users cannot be moved any more.
   *
   * @default - nothing holds them back
   */
  readonly lockCommand?: string;
  /**
   * The command that lets users return when the recovery Region is lost while they are there. It asks nothing of that Region. It may hold
   * names that only the stack of the primary Region knows, so it is put out there.
   *
   * @default - users are not sent by this library
   */
  readonly reclaimCommand?: string;
  /**
   * How users are served by both Regions at once. Active/active needs it.
   *
   * @default - they are served by one
   */
  readonly activeRouting?: IActiveRouting;
  /**
   * How `executeReturnCommand` asks before it moves the database back.
   *
   * @default - it does not ask, or moves none
   */
  readonly returnGate?: IReturnGate;
}

/** How users move from one Region to the other. Made by `Failover`, or your own. */
export interface IFailover {
  /** Called by `CrossRegionDr`, in a scope of the recovery stack; do not call this yourself. */
  bind(scope: Construct, options: FailoverBindOptions): FailoverConfig;
}
