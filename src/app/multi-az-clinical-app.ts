import { Duration, Stack, Token } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import {
  type AcceptedRisk,
  BirthRole,
  DataClass,
  DataProtection,
  type HealthProfile,
  type MeasuredRecovery,
  NotificationTopic,
  ObjectivesSource,
  type RecoveryBudget,
  type RecoveryThreshold,
  ResilienceMetadata,
  type ResilienceObjectives,
  type StrategyMetadata,
  UndeliveredEvents,
} from '../core';
import { fail, Problems } from '../core/private/fail';
import { tagSystem } from '../core/private/system-tags';
import { warn } from '../core/private/warnings';
import {
  type BackupPolicy,
  type CacheConfig,
  ClinicalBackup,
  type DatabaseConfig,
  type DocumentStoreConfig,
  type FileShareConfig,
  type ICache,
  type IDatabase,
  type IDocumentStore,
  type IFileShare,
  type ITableStore,
  type MalwareScan,
  type TableStoreConfig,
} from '../data';
import { type INetwork, Network, type NetworkConfig } from '../network';
import type { AvailabilityTarget } from './availability-target';
import type { ComputeConfig, ICompute } from './compute-ref';
import type { IIngress, IngressConfig } from './ingress-ref';
import { MultiAzClinicalAppGrants } from './multi-az-clinical-app-grants';
import type { IMultiAzClinicalApp } from './multi-az-clinical-app-ref';
import { ClinicalDashboard } from './private/clinical-dashboard';
import { grantDatabaseConnect } from './private/database-access';
import { grantReadWrite } from './private/document-access';
import { runningTasks } from './private/fargate-telemetry';
import { errorRate } from './private/https-telemetry';
import type { RecoverySide } from './private/recovery-side';
import { livesElsewhere } from './private/regional-arn';
import { requireRegionalObjectives } from './private/regional-budgets';
import { ASSUMED_ZONES, standbyNeed } from './private/static-stability';
import { budgetThresholds, rollbackThresholds, storeThresholds } from './private/system-thresholds';
import { grantTableReadWrite } from './private/table-access';
import { UnusualLoad } from './private/unusual-load';
import type { BoundProbe, Probes } from './probes';
import { UserImpact } from './user-impact';
import { manualZonalShift, type ZonalAutoshift } from './zonal-autoshift';
import type { ZonalShiftTarget } from './zonal-shift-target';

/** Properties of a clinical application. */
export interface MultiAzClinicalAppProps {
  /**
   * The system's name: 3 to 24 lower-case letters, digits and hyphens. Physical names start with it, so it is unique in an
   * account and Region. Another name later replaces the system.
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
   * Compute mounts them by name, and settings name them. Another name later replaces the share.
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
   * Its cache, for sessions and what can be computed again. Another Region has one of its own, which starts empty.
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
   * When file shares are backed up, and for how long those backups are kept. AWS Backup takes snapshots of files hourly at most.
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

/**
 * A clinical application over several Availability Zones, with its network, database, documents, load balancers, backups,
 * alarms and dashboard. Losing a zone needs no change to recover from: what is left carries the peak.
 */
export class MultiAzClinicalApp extends Construct implements IMultiAzClinicalApp {
  /** The system's name; the same in every Region. */
  public readonly systemName: string;
  /** What it must achieve. */
  public readonly objectives: ResilienceObjectives;
  /** What healthy means. */
  public readonly health: HealthProfile;
  /** Where it runs. */
  public readonly network: NetworkConfig;
  /** How it runs. */
  public readonly compute: ComputeConfig;
  /** Its ways in, in the order they were defined. */
  public readonly ingress: IngressConfig[];
  /** Its database, if it has one. */
  public readonly database?: DatabaseConfig;
  /** Its document store, if it has one. */
  public readonly documents?: DocumentStoreConfig;
  /** Its file shares, by name. */
  public readonly files: { [name: string]: FileShareConfig };
  /** Its tables, by name. */
  public readonly tables: { [name: string]: TableStoreConfig };
  /** Its cache, if it has one. */
  public readonly cache?: CacheConfig;
  /** Its backups, if it has anything to back up. */
  public readonly backup?: ClinicalBackup;
  /** Where alarms and backup events are sent. */
  public readonly notifications: sns.ITopic;
  /** What becomes of data and logs when the system is removed. */
  public readonly dataProtection: DataProtection;
  /** What its data is about. */
  public readonly dataClass: DataClass;
  /** The network as it was defined, from which that of another Region is made. */
  public readonly networkDefinition: INetwork;
  /** What the system was made from, and `CrossRegionDr` makes the recovery side from. */
  public readonly definition: MultiAzClinicalAppProps;
  /** The alarms that speak of people: a way in is shut, people cannot work, start the downtime procedures. */
  public readonly userImpact: UserImpact;
  /** What people look at: first whether the system can be used, then why not. */
  public readonly dashboard: cloudwatch.Dashboard;
  /** Every alarm of the system. Each notifies the topic. */
  public readonly alarms: cloudwatch.Alarm[] = [];
  /** Who may connect to the application. */
  public readonly connections: ec2.Connections;
  /** What others may do with its data. */
  public readonly grants: MultiAzClinicalAppGrants;
  private readonly budgets: RecoveryBudget[];
  private undelivered?: UndeliveredEvents;
  private readonly crossRegion: RecoveryBudget[] = [];

  /**
   * @throws InvalidClinicalApp naming every mistake in the properties
   * @throws MissingStartupBudget when care depends on the system and nobody measured how long it takes to start
   * @throws ObjectivesBeyondBackup when deletion or corruption may lose less than any restore of what the system stores
   * @throws ObjectivesNotMet when recovering from the loss of a task or a zone takes longer, or loses more, than allowed
   */
  public constructor(scope: Construct, id: string, props: MultiAzClinicalAppProps) {
    super(scope, id);
    this.systemName = props.systemName;
    this.objectives = props.objectives;
    this.health = props.health;
    this.definition = props;
    this.dataProtection = props.dataProtection ?? DataProtection.retain();
    this.dataClass = props.dataClass ?? DataClass.PHI;
    this.networkDefinition = props.network ?? Network.dedicated();
    this.validate(props);
    tagSystem(this, { systemName: this.systemName, tier: this.objectives.tier, dataClass: this.dataClass });

    this.notifications = props.notifications ?? this.newTopic();
    this.network = this.networkDefinition.bind(new Construct(this, 'Network'), {
      systemName: this.systemName,
      dataProtection: this.dataProtection,
    });
    this.database = this.bindDatabase(props);
    this.documents = props.documents?.bind(new Construct(this, 'Documents'), {
      systemName: this.systemName,
      dataProtection: this.dataProtection,
    });
    this.files = this.bindFiles(props);
    this.tables = this.bindTables(props);
    this.cache = props.cache?.bind(new Construct(this, 'Cache'), {
      systemName: this.systemName,
      vpc: this.network.vpc,
      subnets: this.network.databaseSubnets,
      dataProtection: this.dataProtection,
    });
    this.compute = this.bindCompute(props);
    this.connections = this.compute.connections;
    this.ingress = props.ingress.map((ingress, index) => this.bindIngress(ingress, index, props));
    this.grants = MultiAzClinicalAppGrants.fromApp(this);

    this.connectData();
    this.backup = this.newBackup(props);
    this.compute.rollback?.rollBackOn(this.ingress.flatMap(({ deploymentAlarms }) => deploymentAlarms));
    const probes = this.probe(props.probes);
    this.userImpact = new UserImpact(this, 'UserImpact', {
      systemName: this.systemName,
      ingress: this.ingress,
      probes,
      downtimeTrigger: this.objectives.downtimeTrigger,
      notifications: this.notifications,
    });
    this.watch([...probes.flatMap(({ failing, downtime }) => [failing, downtime]), ...this.unusualLoad(props)]);
    this.pursue(props.availabilityTarget);
    this.shiftZones(props);
    this.dashboard = this.newDashboard();
    this.budgets = requireRegionalObjectives(this, {
      health: this.health,
      ingress: this.ingress,
      objectives: this.objectives,
      stores: [
        ...[...this.stores, ...definedOnly([this.cache])].map(({ recovery }) => recovery ?? []),
        ...definedOnly([this.compute.recovery]),
      ],
    });
    this.describe(props._recoverySide?.pairedRegion, props._recoverySide?.strategy);
    this.warn();
  }

  /** Requests that reached the load balancers: the sum over one minute. */
  public metricRequests(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    return this.loadBalancer('metricRequests').metrics.requestCount({ period: Duration.minutes(1), ...options });
  }

  /** Requests that the application answered with a server error: the sum over one minute. */
  public metricServerErrors(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    return this.loadBalancer('metricServerErrors').metrics.httpCodeTarget(elbv2.HttpCodeTarget.TARGET_5XX_COUNT, {
      period: Duration.minutes(1),
      ...options,
    });
  }

  /** Share of requests, in percent, that end in a server error of the application or the load balancer. */
  public metricServerErrorRate(): cloudwatch.IMetric {
    return errorRate(this.loadBalancer('metricServerErrorRate'));
  }

  /** Response time of the application in seconds: the 99th percentile over one minute. */
  public metricResponseTime(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    return this.loadBalancer('metricResponseTime').metrics.targetResponseTime({
      period: Duration.minutes(1),
      statistic: 'p99',
      ...options,
    });
  }

  /** Connections that are open through the first Network Load Balancer: the average over one minute. */
  public metricConnections(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    const found = this.ingress.find(({ networkLoadBalancer }) => networkLoadBalancer)?.networkLoadBalancer;
    if (!found) {
      fail(this, 'MetricNotAvailable', 'metricConnections needs an ingress with a Network Load Balancer');
    }
    return found.metrics.activeFlowCount({ period: Duration.minutes(1), ...options });
  }

  /** Tasks that run: the minimum over one minute. */
  public metricRunningTasks(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    const { service } = this.compute;
    if (!service) {
      fail(this, 'MetricNotAvailable', 'metricRunningTasks needs compute that is an Amazon ECS service');
    }
    return runningTasks(service).with({ ...options });
  }

  /** Events of backups, rotations and zones that could not be delivered, if it has any of these. Its alarm notifies the topic. */
  public get undeliveredEvents(): UndeliveredEvents | undefined {
    return this.undelivered;
  }

  /** What happens when something that is measured passes a threshold: what machines do first, then what people do. */
  public get recoveryThresholds(): RecoveryThreshold[] {
    const { zonalAutoshift } = this.definition;
    const targets = definedOnly(this.ingress.map(({ zonalShift }) => zonalShift)); // where users are
    return [
      ...[...this.ingress, this.compute].flatMap((part) => part.recoveryThresholds ?? []),
      ...rollbackThresholds(this.compute, this.ingress),
      ...storeThresholds('application', this.compute.recovery),
      ...storeThresholds('database', this.database?.recovery),
      ...storeThresholds('document store', this.documents?.recovery),
      ...Object.entries(this.files).flatMap(([name, { recovery }]) => storeThresholds(`file share ${name}`, recovery)),
      ...Object.entries(this.tables).flatMap(([name, { recovery }]) => storeThresholds(`table ${name}`, recovery)),
      ...(zonalAutoshift?._thresholds(targets) ?? manualZonalShift(targets)),
      ...this.crossRegion.flatMap(budgetThresholds),
      ...this.userImpact.thresholds,
    ];
  }

  /** @internal */
  public _pairWith(
    region: string,
    budget: RecoveryBudget,
    strategy?: StrategyMetadata,
    measured?: MeasuredRecovery,
  ): void {
    this.crossRegion.push(budget);
    this.describe(region, strategy, measured);
  }

  /**
   * Where rules send what they cannot deliver: made with the first rule, so that a system without any has no idle queue.
   *
   * @internal
   */
  public _keepUndelivered(): sqs.Queue {
    if (!this.undelivered) {
      this.undelivered = new UndeliveredEvents(this, 'UndeliveredEvents');
      this._addAlarm(this.undelivered.alarm);
    }
    return this.undelivered.queue;
  }

  /** @internal */
  public _addAlarm(alarm: cloudwatch.Alarm): void {
    alarm.addAlarmAction(new actions.SnsAction(this.notifications));
    alarm.addOkAction(new actions.SnsAction(this.notifications));
    this.alarms.push(alarm); // the dashboard reads this when the template is written
  }

  private validate(props: MultiAzClinicalAppProps): void {
    const { systemName, ingress, health, objectives, notifications, files = {}, tables = {} } = props;
    const problems = new Problems(this, 'InvalidClinicalApp');
    problems.require(
      !Token.isUnresolved(systemName) && /^[a-z][a-z0-9-]{1,22}[a-z0-9]$/.test(systemName),
      `systemName must be 3 to 24 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen, got "${systemName}"`,
    );
    problems.require(ingress.length > 0, 'ingress is empty, so nobody could use the system; give at least one');
    for (const name of Object.keys(files)) {
      problems.require(
        /^[a-z][a-z0-9]{0,19}$/.test(name),
        `the name of a file share must be 1 to 20 lower-case letters and digits, starting with a letter, got "${name}"`,
      );
    }
    for (const name of Object.keys(tables)) {
      problems.require(
        /^[a-z][a-z0-9]{0,19}$/.test(name),
        `the name of a table must be 1 to 20 lower-case letters and digits, starting with a letter, got "${name}"`,
      );
    }
    problems.require(
      !notifications || !livesElsewhere(this, notifications),
      'the notifications topic is in another Region, where alarms of this one cannot publish; give a topic of this Region',
    );
    problems.throwIfAny();
    if (!health.startup && objectives.careDependsOnIt) {
      fail(
        this,
        'MissingStartupBudget',
        `a ${objectives.tier} system must know how long a task may take to start; measure the first boot with an empty database and set startup in its HealthProfile`,
      );
    }
  }

  private newTopic(): sns.ITopic {
    return new NotificationTopic(this, 'Notifications', { dataProtection: this.dataProtection }).topic;
  }

  private bindDatabase(props: MultiAzClinicalAppProps): DatabaseConfig | undefined {
    return props.database?.bind(new Construct(this, 'Database'), {
      systemName: this.systemName,
      vpc: this.network.vpc,
      subnets: this.network.databaseSubnets,
      objectives: this.objectives,
      dataProtection: this.dataProtection,
      replicaOf: props._recoverySide?.databaseReplica,
      restoredFrom: props._recoverySide?.restored?.database,
      notifications: this.notifications,
    });
  }

  private bindFiles({ files = {}, _recoverySide }: MultiAzClinicalAppProps): { [name: string]: FileShareConfig } {
    const entries = Object.entries(files);
    const scope = entries.length > 0 ? new Construct(this, 'Files') : this;
    const bound = entries.map(([shareName, share]): [string, FileShareConfig] => [
      shareName,
      share.bind(new Construct(scope, shareName), {
        systemName: this.systemName,
        shareName,
        vpc: this.network.vpc,
        subnets: this.network.databaseSubnets,
        clientSubnets: this.network.applicationSubnets,
        dataProtection: this.dataProtection,
        restoredFrom: _recoverySide?.restored?.files[shareName],
      }),
    ]);
    return Object.fromEntries(bound);
  }

  private bindTables({ tables = {}, _recoverySide }: MultiAzClinicalAppProps): { [name: string]: TableStoreConfig } {
    const entries = Object.entries(tables);
    const scope = entries.length > 0 ? new Construct(this, 'Tables') : this;
    const bound = entries.map(([storeName, table]): [string, TableStoreConfig] => [
      storeName,
      table.bind(new Construct(scope, storeName), {
        systemName: this.systemName,
        storeName,
        dataProtection: this.dataProtection,
        restored: _recoverySide?.restored?.tables[storeName],
        replicaOf: _recoverySide?.tableReplicas?.[storeName],
      }),
    ]);
    return Object.fromEntries(bound);
  }

  private bindCompute(props: MultiAzClinicalAppProps): ComputeConfig {
    return props.compute.bind(new Construct(this, 'Compute'), {
      systemName: this.systemName,
      network: this.network,
      objectives: this.objectives,
      health: this.health,
      dataProtection: this.dataProtection,
      capacityPercent: props._recoverySide?.capacityPercent ?? 100,
      database: this.database,
      documents: this.documents,
      files: this.files,
      tables: this.tables,
      cache: this.cache,
      deadLetterQueue: this.database?.rotatedSecretName ? this._keepUndelivered() : undefined,
      notifications: this.notifications,
    });
  }

  private bindIngress(ingress: IIngress, index: number, props: MultiAzClinicalAppProps): IngressConfig {
    return ingress.bind(new Construct(this, `Ingress${index === 0 ? '' : index + 1}`), {
      systemName: this.systemName,
      network: this.network,
      compute: this.compute,
      health: this.health,
      objectives: this.objectives,
      dataProtection: this.dataProtection,
      bornAs: this.bornAs,
      certificate: props._recoverySide?.certificate,
    });
  }

  private get bornAs(): BirthRole {
    return this.definition._recoverySide ? BirthRole.RECOVERY : BirthRole.PRIMARY;
  }

  /** Everything that keeps records. */
  private get stores(): (DatabaseConfig | DocumentStoreConfig | FileShareConfig | TableStoreConfig)[] {
    return [
      ...definedOnly<DatabaseConfig | DocumentStoreConfig>([this.database, this.documents]),
      ...Object.values(this.files),
      ...Object.values(this.tables),
    ];
  }

  private connectData(): void {
    if (this.database) {
      this.database.connections.allowFrom(this.compute.connections, databasePort(this.database), 'Application');
      grantDatabaseConnect(this.database, this.compute);
    }
    if (this.documents) {
      grantReadWrite(this, this.documents, this.compute);
    }
    for (const table of Object.values(this.tables)) {
      grantTableReadWrite(table, this.compute);
    }
    for (const { connections } of [...Object.values(this.files), ...definedOnly([this.cache])]) {
      connections.allowDefaultPortFrom(this.compute.connections, 'Application');
    }
  }

  private newBackup(props: MultiAzClinicalAppProps): ClinicalBackup | undefined {
    const { backup: policy, fileBackup: filePolicy, backupMalwareScan: malwareScan } = props;
    const moments = [...definedOnly([this.database, this.documents]), ...Object.values(this.tables)];
    const resources = moments.flatMap((store) => store.backupResources);
    // of disks, as of files, AWS Backup takes snapshots only
    const snapshots = [...Object.values(this.files), this.compute];
    const files = snapshots.flatMap(({ backupResources }) => backupResources ?? []);
    if (resources.length + files.length === 0) {
      return undefined;
    }
    return new ClinicalBackup(this, 'Backup', {
      systemName: this.systemName,
      resources,
      files,
      sourceKeys: definedOnly([...this.stores.map(({ encryptionKey }) => encryptionKey), this.compute.backupKey]),
      objectives: this.objectives,
      policy,
      filePolicy,
      malwareScan,
      notifications: this.notifications,
      deadLetterQueue: this._keepUndelivered(),
      dataProtection: this.dataProtection,
    });
  }

  private probe(probes: Probes | undefined): BoundProbe[] {
    if (!probes || this.compute.capacity.running === 0) {
      return [];
    }
    return probes._bind(new Construct(this, 'Probes'), {
      systemName: this.systemName,
      network: this.network,
      health: this.health,
      ingress: this.ingress,
      dataProtection: this.dataProtection,
      downtimeTrigger: this.objectives.downtimeTrigger,
    });
  }

  /** Fewer requests than usual mean nothing where usually there are none. */
  private unusualLoad({ watchUnusualLoad, _recoverySide }: MultiAzClinicalAppProps): cloudwatch.Alarm[] {
    if (!watchUnusualLoad || _recoverySide) {
      return [];
    }
    const scope = new Construct(this, 'UnusualLoad');
    return this.ingress.flatMap(({ applicationLoadBalancer: loadBalancer }, index) =>
      loadBalancer ? new UnusualLoad(scope, `WayIn${index + 1}`, loadBalancer).alarms : [],
    );
  }

  private pursue(target: AvailabilityTarget | undefined): void {
    if (!target) {
      return;
    }
    const scope = new Construct(this, 'AvailabilityTarget');
    this.ingress.forEach(({ applicationLoadBalancer: loadBalancer }, index) => {
      if (loadBalancer) {
        const { systemName, notifications } = this;
        target._bind(scope, { systemName, notifications, loadBalancer, wayIn: index + 1 });
      }
    });
  }

  private watch(others: cloudwatch.Alarm[]): void {
    const parts = [this.compute, ...this.ingress, ...this.stores, ...definedOnly([this.cache])];
    const alarms = parts.flatMap((part) => part.alarms);
    const deploymentAlarms = this.ingress.flatMap((ingress) => ingress.deploymentAlarms);
    for (const alarm of new Set([...alarms, ...deploymentAlarms, ...this.userImpact.minuteAlarms, ...others])) {
      this._addAlarm(alarm);
    }
  }

  private shiftZones({ zonalAutoshift, _recoverySide }: MultiAzClinicalAppProps): void {
    const { peak, running, unit } = this.compute.capacity;
    zonalAutoshift?._bind(this, {
      systemName: this.systemName,
      targets: this.zonalShiftTargets,
      notifications: this.notifications,
      deadLetterQueue: zonalAutoshift._announces ? this._keepUndelivered() : undefined,
      needed: standbyNeed(peak, _recoverySide?.capacityPercent ?? 100),
      running,
      unit,
      runsOnce: this.compute.runsOnce ?? false,
      zones: this.network.zoneCount ?? ASSUMED_ZONES,
      feltByUsers: this.ingress.flatMap((way) => [...(way.outageAlarms ?? way.alarms), ...way.deploymentAlarms]),
    });
  }

  private get zonalShiftTargets(): ZonalShiftTarget[] {
    return definedOnly([...this.ingress, this.compute].map(({ zonalShift }) => zonalShift));
  }

  private newDashboard(): cloudwatch.Dashboard {
    const parts = [...this.ingress, this.compute, ...this.stores, ...definedOnly([this.cache])];
    return new ClinicalDashboard(this, 'Dashboard', {
      systemName: this.systemName,
      region: Stack.of(this).region,
      userImpact: this.userImpact,
      downtimeTrigger: this.objectives.downtimeTrigger,
      alarms: this.alarms,
      thresholds: () => this.recoveryThresholds,
      ingress: this.ingress,
      engineering: parts.map(({ widgets }) => widgets),
    }).dashboard;
  }

  private describe(pairedRegion: string | undefined, strategy?: StrategyMetadata, measured?: MeasuredRecovery): void {
    ResilienceMetadata.addSystem(this, {
      systemName: this.systemName,
      bornAs: this.bornAs,
      objectives: this.objectives,
      health: this.health,
      entryPoints: this.ingress.flatMap(({ entryPoint, otherEntryPoints }) => [
        entryPoint,
        ...(otherEntryPoints ?? []),
      ]),
      capacity: this.compute.capacity,
      supporting: this.compute.supporting?.map(({ node }) => node.path),
      pairedRegion,
      strategy,
      measured,
      recoveryBudgets: [...this.budgets, ...this.crossRegion],
      recoveryThresholds: this.recoveryThresholds,
      acceptedRisks: this.definition.acceptedRisks,
      licences: this.database?.licences,
    });
  }

  private warn(): void {
    if (this.objectives.source === ObjectivesSource.LIBRARY_DEFAULT) {
      warn(
        this,
        'objectivesAreDefaults',
        `the objectives of ${this.systemName} are this library's presets, not your organisation's; name the business-impact analysis behind yours with biaReference`,
      );
    }
    if (!this.dataProtection.retained) {
      warn(
        this,
        'dataDestroyedWithStack',
        `the data of ${this.systemName} is destroyed with its stack: ${this.dataProtection.acknowledgedLoss}`,
      );
    }
  }

  private loadBalancer(metric: string): elbv2.ApplicationLoadBalancer {
    const found = this.ingress.find(({ applicationLoadBalancer }) => applicationLoadBalancer);
    return (
      found?.applicationLoadBalancer ??
      fail(this, 'MetricNotAvailable', `${metric} needs an ingress with an Application Load Balancer`)
    );
  }
}

/** A number where it is known: rules for known ports can be checked by others. */
function databasePort({ endpoints, connections }: DatabaseConfig): ec2.Port {
  if (!Token.isUnresolved(endpoints.port)) {
    return ec2.Port.tcp(Number(endpoints.port));
  }
  return connections.defaultPort ?? ec2.Port.tcp(Token.asNumber(endpoints.port));
}

function definedOnly<T>(values: (T | undefined)[]): T[] {
  return values.filter((value): value is T => value !== undefined);
}
