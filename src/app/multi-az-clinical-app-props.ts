import type * as sns from 'aws-cdk-lib/aws-sns';
import type { AcceptedRisk, DataClass, DataProtection, HealthProfile, ResilienceObjectives } from '../core';
import type { BackupPolicy, ICache, IDatabase, IDocumentStore, IFileShare, ITableStore, MalwareScan } from '../data';
import type { INetwork } from '../network';
import type { AvailabilityTarget } from './availability-target';
import type { ICompute } from './compute-ref';
import type { IIngress } from './ingress-ref';
import type { RecoverySide } from './private/recovery-side';
import type { Probes } from './probes';
import type { ZonalAutoshift } from './zonal-autoshift';

/** Properties of a clinical application. */
export interface MultiAzClinicalAppProps {
  /**
   * The system's name: 3 to 24 lower-case letters, digits and hyphens. Physical names start with it, so it is unique in an
   * account and Region. Another name later makes another system, with empty stores; those with data stay behind, outside the
   * stack.
   */
  readonly systemName: string;
  /** What it must achieve. */
  readonly objectives: ResilienceObjectives;
  /** How it runs. */
  readonly compute: ICompute;
  /** What healthy means. */
  readonly health: HealthProfile;
  /** Its ways in; at least one. */
  readonly ingress: IIngress[];
  /**
   * Its database.
   *
   * @default - none
   */
  readonly database?: IDatabase;
  /**
   * Its document store.
   *
   * @default - none
   */
  readonly documents?: IDocumentStore;
  /**
   * Its file shares, each under a name of its own: 1 to 20 lower-case letters and digits, for example `sites` or `archive`.
   * Compute mounts them by name, and settings name them. Another name later makes another, empty share, and
   * keeps the former one outside the stack.
   *
   * @default - none
   */
  readonly files?: { [name: string]: IFileShare };
  /**
   * Its tables, each under a name of its own: 1 to 20 lower-case letters and digits, for example `visits` or `sessions`. The table is
   * called `<systemName>-<name>`, and settings name it as `{tables.visits.name}`. Another name later makes another table.
   *
   * @default - none
   */
  readonly tables?: { [name: string]: ITableStore };
  /**
   * Its cache, for sessions and what can be computed again. Another Region has one of its own, which starts empty
   * unless it follows (`globalDatastore` of `Cache.valkey`).
   *
   * @default - none
   */
  readonly cache?: ICache;
  /**
   * Where it runs.
   *
   * @default Network.dedicated()
   */
  readonly network?: INetwork;
  /**
   * When its data is backed up, and for how long backups are kept.
   *
   * @default BackupPolicy.forObjectives(objectives)
   */
  readonly backup?: BackupPolicy;
  /**
   * When file shares, disks and a database on Aurora DSQL are backed up, and for how long those backups are kept. AWS Backup takes snapshots of
   * them hourly at most.
   *
   * @default BackupPolicy.forFiles(objectives)
   */
  readonly fileBackup?: BackupPolicy;
  /**
   * Whether GuardDuty scans new backups of documents and of instances for malware. The topic of the system hears of what it finds.
   *
   * @default - not
   */
  readonly backupMalwareScan?: MalwareScan;
  /**
   * The share of requests that must succeed. Alarms go off when errors come so fast that it will be missed.
   *
   * @default - none: alarms on error rates and response times only
   */
  readonly availabilityTarget?: AvailabilityTarget;
  /**
   * Alarms on far fewer requests, or far slower answers, than usual at the hour. They learn for two weeks, and cost as
   * alarms on three metrics do, each. In a standby Region, which has no usual load, they are not made.
   *
   * @default false
   */
  readonly watchUnusualLoad?: boolean;
  /**
   * Whether somebody outside the application asks it, as a user would. Not in a Region that waits with nothing running.
   *
   * @default - nobody asks: load balancers probe their targets, and that is all
   */
  readonly probes?: Probes;
  /**
   * Whether AWS moves traffic away from an impaired zone by itself, and practises it every week.
   *
   * @default - it does not; a person can, with one command
   */
  readonly zonalAutoshift?: ZonalAutoshift;
  /**
   * What becomes of data and logs when the system is removed.
   *
   * @default DataProtection.retain()
   */
  readonly dataProtection?: DataProtection;
  /**
   * What its data is about. Every resource is tagged with it (`ehr:data-class`), with the tier (`ehr:tier`) and with the system
   * (`ehr:system`). A tag you add yourself, with `Tags.of`, wins.
   *
   * @default DataClass.PHI
   */
  readonly dataClass?: DataClass;
  /**
   * Where alarms are sent. The policies of the topic and of its key must let CloudWatch publish, or alarms are lost without
   * a trace: `NotificationTopic` does. It must be in the Region of the stack.
   *
   * @default - a new NotificationTopic; subscribe somebody to it
   */
  readonly notifications?: sns.ITopic;
  /**
   * What somebody decided to live with. Written into the template, and shown in reports.
   *
   * @default - nothing
   */
  readonly acceptedRisks?: AcceptedRisk[];
  /** @internal */
  readonly _recoverySide?: RecoverySide;
}
