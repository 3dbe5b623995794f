import type * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import type * as backup from 'aws-cdk-lib/aws-backup';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct, IConstruct } from 'constructs';
import type {
  DataProtection,
  DeclaredCapacity,
  HealthProfile,
  RecoveryCall,
  RecoveryStep,
  RecoveryThreshold,
  ResilienceObjectives,
} from '../core';
import type {
  CacheConfig,
  DatabaseConfig,
  DocumentStoreConfig,
  FileShareConfig,
  StoreRecovery,
  StoreRestoration,
  TableStoreConfig,
} from '../data';
import type { NetworkConfig } from '../network';
import type { ZonalShiftTarget } from './zonal-shift-target';

/** What compute is told when it is bound to a system. */
export interface ComputeBindOptions {
  /** The system's name; physical names start with it. */
  readonly systemName: string;
  /** Where to run. */
  readonly network: NetworkConfig;
  /** What the system must achieve. */
  readonly objectives: ResilienceObjectives;
  /** What healthy means. */
  readonly health: HealthProfile;
  /** What becomes of logs when the system is removed. */
  readonly dataProtection: DataProtection;
  /** Share of the declared peak that runs all the time, 0 to 100: below 100 in a standby Region. */
  readonly capacityPercent: number;
  /**
   * The database to use.
   *
   * @default - none
   */
  readonly database?: DatabaseConfig;
  /**
   * The document store to use.
   *
   * @default - none
   */
  readonly documents?: DocumentStoreConfig;
  /**
   * The file shares to use, by name.
   *
   * @default - none
   */
  readonly files?: { [name: string]: FileShareConfig };
  /**
   * The tables to use, by name.
   *
   * @default - none
   */
  readonly tables?: { [name: string]: TableStoreConfig };
  /**
   * The cache to use.
   *
   * @default - none
   */
  readonly cache?: CacheConfig;
  /**
   * Make its disks from snapshots instead of empty, by the names in `disks` of what it returns. For good: without them, or with others, the
   * next deployment replaces what was restored.
   *
   * @default - disks start empty
   */
  readonly restoredDisks?: { readonly [name: string]: string };
  /**
   * Keeps events that rules of Amazon EventBridge could not deliver.
   *
   * @default - they are dropped
   */
  readonly deadLetterQueue?: sqs.IQueue;
  /**
   * Who is told of what no alarm can see, such as a replacement of tasks that failed.
   *
   * @default - nobody
   */
  readonly notifications?: sns.ITopic;
}

/** Lets the system undo a bad deployment. */
export interface IDeploymentRollback {
  /** Roll a deployment back when one of these alarms goes off while it runs. The alarms have explicit names. */
  rollBackOn(alarms: cloudwatch.Alarm[]): void;
}

/** What Network Load Balancers send connections to, port by port. */
export interface INetworkTargets {
  /**
   * What serves a port: the target of one target group. Whoever uses it opens the way between the security groups.
   *
   * @throws PortNotListened when the application does not listen on the port
   */
  forPort(port: number): elbv2.INetworkLoadBalancerTarget;
}

/** What requests take through an Application Load Balancer while deployments move them. */
export interface ShiftedRoute {
  /** What users get before the first deployment. */
  readonly targets: elbv2.ApplicationTargetGroup;
  /** Where the next version starts. The two change places with each deployment. */
  readonly alternateTargets: elbv2.ApplicationTargetGroup;
  /** The rule whose weights decide between them. Whoever deploys changes it; a template must not. */
  readonly rule: elbv2.ApplicationListenerRule;
}

/** Compute whose deployments move requests between two target groups. */
export interface IShiftedRequests {
  /**
   * Move the requests of this route, once.
   *
   * @throws TooManyShiftedRoutes when another ingress has asked already
   */
  shift(route: ShiftedRoute): void;
}

/** How compute that waits in a recovery Region is brought to full capacity. */
export interface ComputeActivation {
  /** Units that run afterwards: as many as carry the peak, also when a zone is lost. */
  readonly units: number;
  /** The call that does it, asked of this Region. Calling it again changes nothing. */
  readonly call: RecoveryCall;
  /** How long it takes until they serve. */
  readonly steps: RecoveryStep[];
  /**
   * The call that puts out what a first deployment starts although nothing is to run. Made once.
   *
   * @default - a first deployment starts nothing
   */
  readonly putOut?: RecoveryCall;
  /**
   * The call that stops it, asked of this Region: before the only one that may run starts in the other.
   *
   * @default - it may run in both Regions
   */
  readonly stop?: RecoveryCall;
}

/** Bound compute. */
export interface ComputeConfig {
  /** Who may connect, and to what it connects. */
  readonly connections: ec2.Connections;
  /** The identity the application runs under. */
  readonly grantPrincipal: iam.IPrincipal;
  /** The port the application listens on. */
  readonly port: number;
  /** What it can carry. */
  readonly capacity: DeclaredCapacity;
  /** Alarms on the compute, without actions. */
  readonly alarms: cloudwatch.Alarm[];
  /** What the dashboard shows of it. */
  readonly widgets: cloudwatch.IWidget[];
  /**
   * What it does by itself, and when.
   *
   * @default - nothing is declared
   */
  readonly recoveryThresholds?: RecoveryThreshold[];
  /**
   * What a zonal shift keeps from starting anything in a zone, beside the load balancers.
   *
   * @default - zonal shifts do not work on it
   */
  readonly zonalShift?: ZonalShiftTarget;
  /**
   * What an Application Load Balancer sends requests to.
   *
   * @default - it cannot be behind one
   */
  readonly applicationTarget?: elbv2.IApplicationLoadBalancerTarget;
  /**
   * How an Application Load Balancer takes part in its deployments. Takes the place of `applicationTarget`.
   *
   * @default - deployments replace what is behind one target group
   */
  readonly shiftedRequests?: IShiftedRequests;
  /**
   * What Network Load Balancers send connections to.
   *
   * @default - it cannot be behind one
   */
  readonly networkTargets?: INetworkTargets;
  /**
   * How it is brought to full capacity where less of it, or none, runs.
   *
   * @default - by nothing that this library knows: it cannot wait as a pilot light
   */
  readonly activation?: ComputeActivation;
  /**
   * How deployments are undone.
   *
   * @default - they are not
   */
  readonly rollback?: IDeploymentRollback;
  /**
   * What it brings to recovery inside its Region, where something has to start or to take over.
   *
   * @default - nothing has to: what is left carries the load as soon as the load balancer has noticed
   */
  readonly recovery?: StoreRecovery[];
  /**
   * Whether a second one must never run beside it, not in the other Region either.
   *
   * @default false
   */
  readonly runsOnce?: boolean;
  /**
   * Targets that fail their probes on purpose, because another of their kind serves: nothing is wrong with them.
   *
   * @default 0
   */
  readonly passiveTargets?: number;
  /**
   * Parts of it that serve nobody themselves, such as an arbiter: losing one leaves the service as it is.
   *
   * @default - none
   */
  readonly supporting?: IConstruct[];
  /**
   * What AWS Backup must contain of it. Data that compute keeps follows into another Region by its own means only, so
   * `CrossRegionDr` refuses to keep compute with anything here live, and restores it where `disks` tells how.
   *
   * @default - it keeps no data
   */
  readonly backupResources?: backup.BackupResource[];
  /**
   * The key of what is in `backupResources`: another account that copies of it go to is allowed to use it.
   *
   * @default - none
   */
  readonly backupKey?: kms.IKey;
  /**
   * How each of its disks comes back from a copy of what is in `backupResources`, by name.
   *
   * @default - none does
   */
  readonly disks?: { [name: string]: StoreRestoration };
  /**
   * The ECS service, where this is one.
   *
   * @default - not an ECS service
   */
  readonly service?: ecs.FargateService;
  /**
   * The Auto Scaling group, where this is one.
   *
   * @default - not an Auto Scaling group
   */
  readonly autoScalingGroup?: autoscaling.AutoScalingGroup;
  /**
   * Where the application's log goes, where that is a CloudWatch log group.
   *
   * @default - not to one that this library knows
   */
  readonly logGroup?: logs.ILogGroup;
}

/** How a system runs. Made by `Compute`, or your own. */
export interface ICompute {
  /** Called by the system; do not call this yourself. */
  bind(scope: Construct, options: ComputeBindOptions): ComputeConfig;
}
