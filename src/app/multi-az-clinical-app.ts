import { Stack } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import {
  DataClass,
  DataProtection,
  type DeclaredCopy,
  type HealthProfile,
  type MeasuredRecovery,
  NotificationTopic,
  type RecoveryBudget,
  type RecoveryThreshold,
  type ResilienceObjectives,
  type StrategyMetadata,
  UndeliveredEvents,
} from '../core';
import { tagSystem } from '../core/private/system-tags';
import type {
  CacheConfig,
  ClinicalBackup,
  DatabaseConfig,
  DocumentStoreConfig,
  FileShareConfig,
  TableStoreConfig,
} from '../data';
import { type INetwork, Network, type NetworkConfig } from '../network';
import type { ComputeConfig } from './compute-ref';
import type { IIngress, IngressConfig } from './ingress-ref';
import { MultiAzClinicalAppGrants } from './multi-az-clinical-app-grants';
import type { MultiAzClinicalAppProps } from './multi-az-clinical-app-props';
import type { IMultiAzClinicalApp } from './multi-az-clinical-app-ref';
import { ClinicalDashboard } from './private/clinical-dashboard';
import { requireRegionalObjectives } from './private/regional-budgets';
import { requireClinicalApp, warnOfChoices } from './private/system-checks';
import { bornAs, describeSystem } from './private/system-description';
import { SystemMetrics } from './private/system-metrics';
import { SystemStores } from './private/system-stores';
import { systemThresholds } from './private/system-thresholds';
import { probe, pursueAvailability, unusualLoad } from './private/system-watch';
import { shiftZones } from './private/system-zones';
import { UserImpact } from './user-impact';

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
  private readonly stores: SystemStores;
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
    requireClinicalApp(this);
    tagSystem(this, { systemName: this.systemName, tier: this.objectives.tier, dataClass: this.dataClass });

    this.notifications = props.notifications ?? this.newTopic();
    this.network = this.networkDefinition.bind(new Construct(this, 'Network'), {
      systemName: this.systemName,
      dataProtection: this.dataProtection,
    });
    this.stores = new SystemStores(this);
    this.database = this.stores.database;
    this.documents = this.stores.documents;
    this.files = this.stores.files;
    this.tables = this.stores.tables;
    this.cache = this.stores.cache;
    this.compute = this.bindCompute();
    this.connections = this.compute.connections;
    this.ingress = props.ingress.map((ingress, index) => this.bindIngress(ingress, index));
    this.grants = MultiAzClinicalAppGrants.fromApp(this);

    this.stores.connect(this.compute);
    this.backup = this.stores.backUp(this.compute);
    this.compute.rollback?.rollBackOn(this.ingress.flatMap(({ deploymentAlarms }) => deploymentAlarms));
    const probes = probe(this);
    this.userImpact = new UserImpact(this, 'UserImpact', {
      systemName: this.systemName,
      ingress: this.ingress,
      probes,
      downtimeTrigger: this.objectives.downtimeTrigger,
      notifications: this.notifications,
    });
    this.watch([...probes.flatMap(({ failing, downtime }) => [failing, downtime]), ...unusualLoad(this)]);
    pursueAvailability(this);
    shiftZones(this);
    this.dashboard = this.newDashboard();
    this.budgets = requireRegionalObjectives(this, {
      health: this.health,
      ingress: this.ingress,
      objectives: this.objectives,
      stores: [
        ...this.stores.watched.map(({ recovery }) => recovery ?? []),
        ...(this.compute.recovery ? [this.compute.recovery] : []),
      ],
    });
    describeSystem(this, {
      pairedRegion: props._recoverySide?.pairedRegion,
      strategy: props._recoverySide?.strategy,
      recoveryBudgets: this.budgets,
    });
    warnOfChoices(this);
  }

  /** Requests that reached the load balancers: the sum over one minute. */
  public metricRequests(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    return new SystemMetrics(this).requests(options);
  }

  /** Requests that the application answered with a server error: the sum over one minute. */
  public metricServerErrors(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    return new SystemMetrics(this).serverErrors(options);
  }

  /** Share of requests, in percent, that end in a server error of the application or the load balancer. */
  public metricServerErrorRate(): cloudwatch.IMetric {
    return new SystemMetrics(this).serverErrorRate();
  }

  /** Response time of the application in seconds: the 99th percentile over one minute. */
  public metricResponseTime(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    return new SystemMetrics(this).responseTime(options);
  }

  /** Connections that are open through the first Network Load Balancer: the average over one minute. */
  public metricConnections(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    return new SystemMetrics(this).connections(options);
  }

  /** Tasks that run: the minimum over one minute. */
  public metricRunningTasks(options?: cloudwatch.MetricOptions): cloudwatch.IMetric {
    return new SystemMetrics(this).runningTasks(options);
  }

  /** Events of backups, rotations and zones that could not be delivered, if it has any of these. Its alarm notifies the topic. */
  public get undeliveredEvents(): UndeliveredEvents | undefined {
    return this.undelivered;
  }

  /** What happens when something that is measured passes a threshold: what machines do first, then what people do. */
  public get recoveryThresholds(): RecoveryThreshold[] {
    return systemThresholds(this, this.crossRegion);
  }

  /** @internal */
  public _pairWith(
    region: string,
    budget: RecoveryBudget,
    strategy?: StrategyMetadata,
    measured?: MeasuredRecovery,
    declaredCopies?: { readonly [path: string]: DeclaredCopy },
  ): void {
    this.crossRegion.push(budget);
    const recoveryBudgets = [...this.budgets, ...this.crossRegion];
    describeSystem(this, { pairedRegion: region, strategy, measured, declaredCopies, recoveryBudgets });
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

  private newTopic(): sns.ITopic {
    return new NotificationTopic(this, 'Notifications', { dataProtection: this.dataProtection }).topic;
  }

  private bindCompute(): ComputeConfig {
    return this.definition.compute.bind(new Construct(this, 'Compute'), {
      systemName: this.systemName,
      network: this.network,
      objectives: this.objectives,
      health: this.health,
      dataProtection: this.dataProtection,
      capacityPercent: this.definition._recoverySide?.capacityPercent ?? 100,
      database: this.database,
      documents: this.documents,
      files: this.files,
      tables: this.tables,
      cache: this.cache,
      restoredDisks: this.definition._recoverySide?.restored?.disks,
      deadLetterQueue: this.database?.rotatedSecretName ? this._keepUndelivered() : undefined,
      notifications: this.notifications,
    });
  }

  private bindIngress(ingress: IIngress, index: number): IngressConfig {
    return ingress.bind(new Construct(this, `Ingress${index === 0 ? '' : index + 1}`), {
      systemName: this.systemName,
      network: this.network,
      compute: this.compute,
      health: this.health,
      objectives: this.objectives,
      dataProtection: this.dataProtection,
      bornAs: bornAs(this),
      certificate: this.definition._recoverySide?.certificate,
    });
  }

  private watch(others: cloudwatch.Alarm[]): void {
    const parts = [this.compute, ...this.ingress, ...this.stores.watched];
    const alarms = parts.flatMap((part) => part.alarms);
    const deploymentAlarms = this.ingress.flatMap((ingress) => ingress.deploymentAlarms);
    for (const alarm of new Set([...alarms, ...deploymentAlarms, ...this.userImpact.minuteAlarms, ...others])) {
      this._addAlarm(alarm);
    }
  }

  private newDashboard(): cloudwatch.Dashboard {
    const parts = [...this.ingress, this.compute, ...this.stores.watched];
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
}
