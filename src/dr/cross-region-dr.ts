import { Annotations, Duration, Stack, Token } from 'aws-cdk-lib';
import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { type ICompute, type IIngress, MultiAzClinicalApp } from '../app';
import { type DrStrategy, FailureScope } from '../core';
import { overlaps } from '../core/private/cidr';
import { fail } from '../core/private/fail';
import { tagSystem } from '../core/private/system-tags';
import { knownRegion } from '../core/private/tokens';
import { type DatabaseReplicaSource, DocumentStore, RecoveryVault, type TableReplicaSource } from '../data';
import type { INetwork } from '../network';
import { Failover } from './failover';
import type { FailoverConfig, IFailover } from './failover-ref';
import type { MeasuredRestore } from './measured-restore';
import { requireRecoverable, storeRefusals } from './private/cross-region-checks';
import { ForwardedRotation } from './private/forwarded-rotation';
import { publishCommands, publishReclaimCommands } from './private/published-commands';
import { recoveryPath } from './private/recovery-path';
import {
  isRestore,
  lostControlPlane,
  measuredRecovery,
  requireRestored,
  restoredSide,
  storesOf,
} from './private/restoration';
import {
  derivedStrategy,
  givenStrategy,
  refusalsOf,
  type StrategyChoice,
  type StrategyOutlook,
} from './private/strategy-choice';
import type { RecoveryEstimate } from './recovery-estimate';
import { RecoveryLanding } from './recovery-landing';
import type { RestoredStores } from './restored-stores';

/** What differs in the recovery Region. All else comes from the primary's own definition. */
export interface RecoveryOverrides {
  /**
   * Certificate of the recovery Region, in place of the one in the definition.
   *
   * @default - a definition without a certificate makes one in each Region; one with a certificate needs this
   */
  readonly certificate?: acm.ICertificate;
  /**
   * The network in the recovery Region.
   *
   * @default - the definition of the primary's network, with a range that does not overlap
   */
  readonly network?: INetwork;
  /**
   * How the application runs in the recovery Region.
   *
   * @default - as in the primary Region
   */
  readonly compute?: ICompute;
  /**
   * How users come in in the recovery Region.
   *
   * @default - as in the primary Region
   */
  readonly ingress?: IIngress[];
}

/** Properties of a CrossRegionDr. */
export interface CrossRegionDrProps {
  /** The application to recover, in its own Region and stack. */
  readonly primary: MultiAzClinicalApp;
  /**
   * How much runs in the recovery Region before a disaster. `ACTIVE_ACTIVE` is refused.
   *
   * @default - the cheapest that meets the objectives for REGION: backup and restore where `measuredRestore` is given, else a pilot
   * light, else a warm standby with half of the peak. Which, and why, is told when the app is synthesized and written into the
   * template's metadata
   */
  readonly strategy?: DrStrategy;
  /**
   * How long restoring takes. Backup and restore needs it.
   *
   * @default - nobody measured it: the data is kept live in the recovery Region
   */
  readonly measuredRestore?: MeasuredRestore;
  /**
   * Of backup and restore: the recovery points that the stores of the recovery Region are made from. Without them nothing is deployed there
   * but the landing. Once given, they stay.
   *
   * @default - nothing was restored
   */
  readonly restored?: RestoredStores;
  /**
   * How users move from one Region to the other.
   *
   * @default Failover.dns()
   */
  readonly failover?: IFailover;
  /**
   * How long the application keeps a connection that it opened while the database only read: the longest life its pool gives a
   * connection. Part of the RTO; measure it in an exercise.
   *
   * @default Duration.minutes(15)
   */
  readonly reconnectTime?: Duration;
  /**
   * What differs in the recovery Region.
   *
   * @default - nothing
   */
  readonly recovery?: RecoveryOverrides;
  /**
   * The Region that serves users now. Change it after a failover, so that the next deployment keeps the recovery Region at full
   * capacity instead of shrinking it to a standby.
   *
   * @default - the primary's Region
   */
  readonly activeRegion?: string;
}

/**
 * Survive the loss of a Region: a second, smaller copy of an application in another Region, fed by replication, to which users
 * are sent when the first Region is gone.
 *
 * Create it in a stack of the recovery Region. It makes two things there, and adds to the primary only what replication and
 * routing need:
 *
 * 1. a landing stack (`<this stack>-Landing`) with a key, a bucket and a vault for the copies, deployed before the primary;
 * 2. the recovery side of the application in this stack, from the primary's own definition, deployed after the primary.
 *
 * Recovery launches nothing that must come from the lost Region and asks it nothing. Reading resumes by itself; writing waits for
 * one command, `PromoteDatabase` in this stack's outputs, because promotion can lose what was not yet replicated.
 *
 * It costs a second database cluster and network of full size, the standby share of compute, replication traffic, and copies.
 *
 * With backup and restore, copies of the backups wait in the landing stack and nothing else: the recovery side is deployed, from recovery
 * points named in `restored`, after the Region was lost. It costs the copies, and hours in a disaster.
 */
export class CrossRegionDr extends Construct {
  /** The application that is recovered. */
  public readonly primary: MultiAzClinicalApp;
  /** @internal The same application in this Region; with backup and restore there is none before something was restored. */
  public readonly _recovery?: MultiAzClinicalApp;
  /** Where copies land in this Region. */
  public readonly landing: RecoveryLanding;
  /** How much runs here before a disaster. */
  public readonly strategy: DrStrategy;
  /** How users move. */
  public readonly failover: FailoverConfig;
  /** How long the loss of the primary Region takes to recover from, and what it may lose. */
  public readonly estimate: RecoveryEstimate;
  /** Goes off when the database's copy is further behind than the RPO for REGION, or is no copy. */
  public readonly replicationLagAlarm?: cloudwatch.Alarm;
  /** How long restoring takes, where somebody measured it. */
  public readonly measuredRestore?: MeasuredRestore;
  /** How long the application keeps a connection that it opened while the database only read. */
  public readonly reconnectTime: Duration;
  /** The Region that serves users now, as declared. */
  public readonly activeRegion: string;
  /** The primary's Region. */
  public readonly primaryRegion: string;
  /** This Region. */
  public readonly recoveryRegion: string;

  public constructor(scope: Construct, id: string, props: CrossRegionDrProps) {
    super(scope, id);
    this.primary = props.primary;
    this.primaryRegion = knownRegion(props.primary, 'the recovery Region must know it by name');
    this.recoveryRegion = knownRegion(this, 'the primary Region must know it by name');
    this.activeRegion = props.activeRegion ?? this.primaryRegion;
    requireRecoverable(this, {
      primary: props.primary,
      primaryRegion: this.primaryRegion,
      recoveryRegion: this.recoveryRegion,
      activeRegion: this.activeRegion,
      strategy: props.strategy,
      restoreMeasured: props.measuredRestore !== undefined,
      restored: props.restored !== undefined,
    });

    this.measuredRestore = props.measuredRestore;
    const mayRestore = props.strategy ? isRestore(props.strategy) : props.measuredRestore !== undefined;
    const definition = this.primary.definition;
    const { systemName, objectives } = this.primary;
    this.landing = new RecoveryLanding(this, 'Landing', {
      systemName,
      objectives,
      dataProtection: this.primary.dataProtection,
      documents: definition.documents,
      backupPolicy: this.primary.backup?.policy,
      fileBackupPolicy: this.primary.backup?.filePolicy,
      restores: mayRestore,
    });
    tagSystem(this.landing, { systemName, tier: objectives.tier, dataClass: this.primary.dataClass });
    const additions = new Construct(this.primary, 'Replication');
    this.reconnectTime = props.reconnectTime ?? Duration.minutes(15);
    this.copy();
    // a plan has to know the members of the database; whether there will be any is decided below where a restore may do
    const early = mayRestore ? undefined : this.replicate(additions);
    this.failover = (props.failover ?? Failover.dns()).bind(this, {
      systemName,
      primaryRegion: this.primaryRegion,
      recoveryRegion: this.recoveryRegion,
      health: this.primary.health,
      objective: objectives.forScope(FailureScope.REGION),
      compute: this.primary.compute,
      database: this.primary.database,
      routes: this.primary.ingress.flatMap(({ routing }) => (routing ? [routing] : [])),
      landingScope: this.landing.stack,
      primaryScope: additions,
      notifications: this.landing.notifications.topic,
    });
    const choice = this.chooseStrategy(props.strategy);
    this.strategy = choice.strategy;
    this.estimate = choice.estimate;
    const restores = isRestore(this.strategy);
    const databaseReplica = restores ? undefined : (early ?? this.replicate(additions));
    const tableReplicas = restores ? undefined : this.replicateTables();
    this.watchCopies();
    requireRestored(this, props.restored);
    const certificate = props.recovery?.certificate ?? (restores ? this.prepare() : undefined);

    this._recovery =
      restores && !props.restored
        ? undefined
        : new MultiAzClinicalApp(this, 'App', {
            ...definition,
            network: props.recovery?.network ?? this.primary.networkDefinition.inRecoveryRegion(),
            compute: props.recovery?.compute ?? definition.compute,
            ingress: props.recovery?.ingress ?? definition.ingress,
            documents: this.landing.importedDocuments && DocumentStore.existing(this.landing.importedDocuments),
            notifications: this.landing.notifications.topic,
            _recoverySide: {
              pairedRegion: this.primaryRegion,
              capacityPercent: this.capacityHere,
              certificate,
              strategy: choice.metadata,
              databaseReplica,
              tableReplicas,
              restored: props.restored && restoredSide(this, this.primary, props.restored, this.landing.importedKey),
            },
          });
    this.requireSeparateRanges();
    const budget = {
      scope: FailureScope.REGION,
      untilReadable: this.estimate.untilReadable,
      untilWritable: this.estimate.untilWritable,
      recoveryPoint: this.estimate.rpo,
    };
    this.primary._pairWith(
      this.recoveryRegion,
      budget,
      choice.metadata,
      restores ? measuredRecovery(this.primary, props.measuredRestore) : undefined,
    );
    this.replicationLagAlarm = this.alarmOnReplicationLag();
    this.orderStacks();
    publishCommands(this);
    publishReclaimCommands(additions, this);
  }

  /** The strategy asked for, or the cheapest that meets the objectives; an error where none does. */
  private chooseStrategy(asked: DrStrategy | undefined): StrategyChoice {
    const objective = this.primary.objectives.forScope(FailureScope.REGION);
    const outlookOf = (strategy: DrStrategy) => this.outlookOf(strategy);
    const choice = asked
      ? givenStrategy(asked, objective, outlookOf(asked))
      : derivedStrategy(objective, outlookOf, this.measuredRestore !== undefined);
    const { strategyName } = choice.strategy;
    if (choice.shortfalls.length > 0) {
      const { rto, rtoReadOnly, rpo } = choice.estimate;
      fail(
        this,
        'ObjectivesNotMet',
        `${strategyName} does not meet the objectives for REGION: ${choice.shortfalls.join('; ')}. ` +
          `It would meet an rto of ${rto.toHumanString()}, an rtoReadOnly of ${rtoReadOnly.toHumanString()} and an rpo of ${rpo.toHumanString()}`,
      );
    }
    if (!asked) {
      Annotations.of(this).addInfo(
        `${strategyName} was derived for ${this.primary.systemName}: ${choice.metadata.reasons.join('; ')}`,
      );
    }
    return choice;
  }

  private outlookOf(strategy: DrStrategy): StrategyOutlook {
    const { primary, failover, reconnectTime, measuredRestore, recoveryRegion } = this;
    const { compute, database, documents, tables, backup } = primary;
    const lost = isRestore(strategy) ? lostControlPlane(this.primaryRegion) : undefined;
    return {
      estimate: recoveryPath(strategy, {
        failover,
        compute,
        database,
        documents,
        tables,
        reconnectTime,
        restored: storesOf(primary),
        backup,
        measuredRestore,
      }),
      refusals: [
        ...refusalsOf(strategy, compute),
        ...storeRefusals(strategy, { primary, recoveryRegion }),
        ...(lost ? [lost] : []),
      ],
    };
  }

  /** Make the primary feed what lands: copies of backups, and documents. Only plain names cross the Regions. */
  private copy(): void {
    const { landing, recoveryRegion: region, primary } = this;
    const documents = primary.documents?.replication;
    primary.backup?.copyTo(RecoveryVault.arnIn(primary, primary.systemName, region));
    documents?.replicateTo({
      region,
      bucketName: documents.bucketNameIn(region, Stack.of(primary).account),
      encryptionKeyAlias: landing.encryptionKeyAlias,
    });
  }

  /** Keep the data live here. Only plain names cross the Regions. */
  private replicate(additions: Construct): DatabaseReplicaSource | undefined {
    const { landing, recoveryRegion: region, primary } = this;
    const database = primary.database?.replication;
    const source = database?.replicateTo({ region, encryptionKeyArn: landing.encryptionKeyAliasArn });
    const secretName = primary.database?.rotatedSecretName;
    if (secretName) {
      const deadLetterQueue = primary._keepUndelivered();
      new ForwardedRotation(additions, 'Rotation', { secretName, recoveryRegion: region, deadLetterQueue });
    }
    return source && { ...source, encryptionKey: landing.importedKey };
  }

  /** Make the tables take writes here too. The replicas are the primary stack's; here they are known by name. */
  private replicateTables(): { [name: string]: TableReplicaSource } {
    const { landing, recoveryRegion: region, primary, primaryRegion } = this;
    const sources = Object.entries(primary.tables).map(([name, { replication }]): [string, TableReplicaSource] => {
      replication?.replicateTo({ region, encryptionKeyArn: landing.encryptionKeyAliasArn });
      return [name, { region: primaryRegion, encryptionKey: landing.importedKey }];
    });
    return Object.fromEntries(sources);
  }

  /**
   * The same application in this Region.
   *
   * @throws NothingRestored with backup and restore, before `restored` is given
   */
  public get recovery(): MultiAzClinicalApp {
    return (
      this._recovery ??
      fail(
        this,
        'NothingRestored',
        `nothing runs in ${this.recoveryRegion} before its stores were restored; name their recovery points with restored`,
      )
    );
  }

  private watchCopies(): void {
    const { database, documents, tables } = this.primary;
    const copied = [database, documents, ...Object.values(tables)];
    for (const alarm of copied.flatMap((store) => store?.replication?.alarms ?? [])) {
      this.primary._addAlarm(alarm);
    }
  }

  /** Make in the landing what a deployment in a disaster should not have to wait for; the certificate among it. */
  private prepare(): acm.ICertificate | undefined {
    const { landing, primary } = this;
    if (storesOf(primary).some(({ restoration }) => restoration?.before)) {
      landing._allowRestores();
    }
    return landing._certify(primary.ingress.flatMap(({ _ownCertificate }) => _ownCertificate ?? []));
  }

  /** What restored stores have to carry: the peak once users are here, nothing while they are not. */
  private get capacityHere(): number {
    if (this.activeRegion === this.recoveryRegion) {
      return 100;
    }
    return isRestore(this.strategy) && !this.primary.compute.activation ? 100 : this.strategy.capacityPercent;
  }

  private requireSeparateRanges(): void {
    const [ours, theirs] = [this._recovery?.network.cidr, this.primary.network.cidr];
    if (ours && theirs && !Token.isUnresolved(ours) && !Token.isUnresolved(theirs) && overlaps(ours, theirs)) {
      fail(
        this,
        'OverlappingCidrs',
        `the networks of ${this.primaryRegion} (${theirs}) and ${this.recoveryRegion} (${ours}) overlap, so a hospital cannot route to both; give recovery: { network } another range`,
      );
    }
  }

  /**
   * In this Region, which sees the lag of its own copy and survives the other. Silence means that it is no copy: an alarm,
   * unless this Region is meant to serve users now.
   */
  private alarmOnReplicationLag(): cloudwatch.Alarm | undefined {
    const lag = this._recovery?.database?.replicationLag;
    if (!lag) {
      return undefined;
    }
    const { rpo } = this.primary.objectives.forScope(FailureScope.REGION);
    const { BREACHING, MISSING } = cloudwatch.TreatMissingData;
    const alarm = new cloudwatch.Alarm(this, 'ReplicationLag', {
      alarmDescription: `${this.primary.systemName}: the database copy in ${this.recoveryRegion} is further behind than the RPO of ${rpo.toHumanString()}, or is no copy`,
      metric: lag,
      threshold: rpo.toSeconds(),
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 3,
      treatMissingData: this.activeRegion === this.recoveryRegion ? MISSING : BREACHING,
    });
    this._recovery?._addAlarm(alarm);
    return alarm;
  }

  /** For a first deployment. In a disaster, deploy this Region alone: `cdk deploy --exclusively`. */
  private orderStacks(): void {
    Stack.of(this.primary).addStackDependency(this.landing.stack);
    Stack.of(this).addStackDependency(Stack.of(this.primary));
  }
}
