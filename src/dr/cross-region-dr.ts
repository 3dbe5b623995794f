import { Duration, Stack, Token } from 'aws-cdk-lib';
import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { MultiAzClinicalApp } from '../app';
import { type DrStrategy, FailureScope, type RecoveryNeed, type StrategyMetadata } from '../core';
import { overlaps } from '../core/private/cidr';
import { fail } from '../core/private/fail';
import { tagSystem } from '../core/private/system-tags';
import { knownRegion } from '../core/private/tokens';
import { DocumentStore } from '../data';
import type { CrossRegionDrProps } from './cross-region-dr-props';
import { Failover } from './failover';
import type { FailoverConfig, RegionDepartureCommands } from './failover-ref';
import type { MeasuredRestore } from './measured-restore';
import { serveBoth } from './private/active-active';
import { chooseStrategy } from './private/chosen-strategy';
import { requireNamesThere, requireRecoverable } from './private/cross-region-checks';
import {
  type DeclaredReplications,
  declaredCopies,
  requireDeclaredUsed,
  requireNamesOfTheirOwn,
  watchDeclared,
} from './private/declared-files';
import { keepHeadless } from './private/headless-database';
import { keepRestored } from './private/kept-restoration';
import { isUnlinked, requireLink } from './private/linked-database';
import {
  publishCommands,
  publishDatabaseReturn,
  publishFileReturn,
  publishReclaimCommands,
} from './private/published-commands';
import { declareNeeds, recoveryNeeds } from './private/recovery-needs';
import { alarmOnCacheLag, replicateCache } from './private/replicated-cache';
import { filesInRecovery, type ReplicatedFiles, receivedFiles, replicateFiles } from './private/replicated-files';
import { copyTo, replicateDatabase, replicateTables, watchCopies } from './private/replicated-stores';
import { alarmOnReplicationLag } from './private/replication-lag';
import { isRestore, measuredRecovery, requireRestored, restoredSide, storesOf } from './private/restoration';
import { awaitsDocuments, returnDocuments, tellOfDocuments } from './private/returned-documents';
import type { RecoveryEstimate } from './recovery-estimate';
import { RecoveryLanding } from './recovery-landing';
import type { RegionReconciliation } from './region-reconciliation';
import type { SourceCopies } from './source-copies';

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
 * It costs a second database cluster (of a headless database its storage alone) and network of full size, the standby share of compute, replication traffic, and copies.
 *
 * With active/active both Regions serve and write all the time, and nothing is promoted: see `DrStrategy.activeActive()`.
 *
 * With backup and restore, copies of the backups wait in the landing stack and nothing else: the recovery side is deployed, from recovery
 * points named in `restored`, after the Region was lost. It costs the copies, and hours in a disaster.
 */
export class CrossRegionDr extends Construct {
  /** The application that is recovered. */
  public readonly primary: MultiAzClinicalApp;
  /** @internal The same application in this Region; there is none before what it needs was restored, or its file systems are named. */
  public readonly _recovery?: MultiAzClinicalApp;
  /** @internal Its file shares in this Region, where the strategy keeps them live. */
  public readonly _files?: ReplicatedFiles;
  /** @internal With backup and restore: the certificate that waits for what will be restored. */
  public readonly _prepared?: acm.ICertificate;
  /** @internal What reconciles the primary Region after it was lost, where something does: the runbook tells how. */
  public _reconciliation?: RegionReconciliation;
  /** @internal Copies of its source, where somebody keeps them: the runbook tells how to come by one. */
  public _source?: SourceCopies;
  /** @internal Replications of its file shares that the hospital runs. */
  public readonly _declared: DeclaredReplications;
  /** Whether documents that are written in this Region are replicated back to the primary's. */
  public readonly returnsDocuments: boolean;
  /** Where copies land in this Region. */
  public readonly landing: RecoveryLanding;
  /** How much runs here before a disaster. */
  public readonly strategy: DrStrategy;
  /** How users move. */
  public readonly failover: FailoverConfig;
  /** How users leave this Region, where both serve; how they leave the primary Region is in `failover`. */
  public readonly departure?: RegionDepartureCommands;
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
    this._declared = props.declaredReplications ?? {};
    requireRecoverable(this, {
      primary: props.primary,
      primaryRegion: this.primaryRegion,
      recoveryRegion: this.recoveryRegion,
      activeRegion: this.activeRegion,
      strategy: props.strategy,
      restoreMeasured: props.measuredRestore !== undefined,
      restored: props.restored !== undefined,
      declared: this._declared,
      overriddenFiles: props.recovery?.files ?? {},
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
    this.returnsDocuments = props.returnDocuments ?? false;
    copyTo(this);
    returnDocuments(this);
    // a plan has to know the members of the database; whether there will be any is decided below where a restore may do
    const early = mayRestore ? undefined : replicateDatabase(this, additions);
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
    const choice = chooseStrategy(this, props.strategy);
    this.strategy = choice.strategy;
    this.estimate = choice.estimate;
    const restores = isRestore(this.strategy);
    const databaseReplica = restores ? undefined : keepHeadless(this, early ?? replicateDatabase(this, additions));
    const tableReplicas = restores ? undefined : replicateTables(this);
    this._files = restores ? undefined : replicateFiles(this, props.replicatedFiles);
    const cacheReplica = restores ? undefined : replicateCache(this, props.globalDatastoreId);
    tellOfDocuments(this);
    watchCopies(this);
    requireRestored(this, props.restored);
    requireDeclaredUsed(this);
    if (props.restored) {
      keepRestored(this);
    }
    const certificate = props.recovery?.certificate ?? (restores ? this.prepare() : undefined);
    this._prepared = certificate;

    this._recovery =
      this._waits || (restores && !props.restored)
        ? undefined
        : new MultiAzClinicalApp(this, 'App', {
            ...definition,
            network: props.recovery?.network ?? this.primary.networkDefinition.inRecoveryRegion(),
            compute: props.recovery?.compute ?? definition.compute,
            ingress: props.recovery?.ingress ?? definition.ingress,
            files: filesInRecovery(definition.files, props.recovery?.files),
            documents: this.landing.importedDocuments && DocumentStore.existing(this.landing.importedDocuments),
            notifications: this.landing.notifications.topic,
            _recoverySide: {
              pairedRegion: this.primaryRegion,
              capacityPercent: this.capacityHere,
              certificate,
              strategy: choice.metadata,
              databaseReplica,
              tableReplicas,
              cacheReplica,
              fileReplicas: this._files?.landed,
              receivedFiles: receivedFiles(this),
              restored: props.restored && restoredSide(this, this.primary, props.restored, this.landing.importedKey),
            },
          });
    this.requireSeparateRanges();
    requireNamesOfTheirOwn(this);
    requireNamesThere(this);
    watchDeclared(additions, this);
    this.departure = serveBoth(this);
    requireLink(this);
    if (!this._waits && !isUnlinked(this.primary)) {
      this.claim(choice.metadata);
    }
    this.replicationLagAlarm = alarmOnReplicationLag(this);
    alarmOnCacheLag(this);
    this.orderStacks();
    publishCommands(this);
    publishReclaimCommands(additions, this);
    publishDatabaseReturn(additions, this);
    publishFileReturn(additions, this);
    declareNeeds(this);
  }

  /**
   * The same application in this Region.
   *
   * @throws NothingRestored with backup and restore, before `restored` is given
   * @throws FilesNotNamed with file shares, before `replicatedFiles` is given
   * @throws DocumentsNotReturned with documents under active/active, before `returnDocuments` is given
   */
  public get recovery(): MultiAzClinicalApp {
    const [code, missing] = this.whatIsMissing;
    return this._recovery ?? fail(this, code, `nothing runs in ${this.recoveryRegion} before ${missing}`);
  }

  /** @internal Whether something has to be deployed before anything may run here. */
  public get _waits(): boolean {
    return (this._files?.waiting ?? []).length > 0 || awaitsDocuments(this);
  }

  /**
   * What the system needs to start in this Region, and where each is. Anything that is in the primary Region only is an error when the app
   * is synthesized. Empty with backup and restore, before something was restored.
   */
  public get needs(): RecoveryNeed[] {
    return recoveryNeeds(this);
  }

  private get whatIsMissing(): [code: string, missing: string] {
    if (awaitsDocuments(this)) {
      return ['DocumentsNotReturned', 'its documents return from there; deploy once, then give returnDocuments'];
    }
    return this._files
      ? ['FilesNotNamed', 'its file shares are replicated; name their file systems with replicatedFiles']
      : ['NothingRestored', 'its stores were restored; name their recovery points with restored'];
  }

  /** Tell whoever reads the primary's template what is prepared here. */
  private claim(strategy: StrategyMetadata): void {
    const budget = {
      scope: FailureScope.REGION,
      untilReadable: this.estimate.untilReadable,
      untilWritable: this.estimate.untilWritable,
      recoveryPoint: this.estimate.rpo,
    };
    const measured = isRestore(this.strategy) ? measuredRecovery(this.primary, this.measuredRestore) : undefined;
    this.primary._pairWith(this.recoveryRegion, budget, strategy, measured, declaredCopies(this));
  }

  /** Make in the landing what a deployment in a disaster should not have to wait for; the certificate among it. */
  private prepare(): acm.ICertificate | undefined {
    const { landing, primary } = this;
    if (storesOf(primary).some(({ restoration }) => restoration?.before)) {
      landing._allowRestores(primary.systemName);
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

  /** For a first deployment. In a disaster, deploy this Region alone: `cdk deploy --exclusively`. */
  private orderStacks(): void {
    Stack.of(this.primary).addStackDependency(this.landing.stack);
    Stack.of(this).addStackDependency(Stack.of(this.primary));
  }
}
