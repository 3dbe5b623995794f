import type { Duration } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { ClinicalTier, FailureScope, type RecoveryStep } from '../../core';
import { fail } from '../../core/private/fail';
import { knownRegion } from '../../core/private/tokens';
import { warn } from '../../core/private/warnings';
import type {
  DatabaseBindOptions,
  DatabaseReplicaSource,
  DatabaseReplicationTarget,
  GlobalDatabaseMembers,
  IDatabaseReplication,
} from '../database-ref';
import { headlessRefusal, headlessStart } from './aurora-headless';
import type { AuroraMonitoring } from './aurora-monitoring';
import {
  clusterArn,
  ENFORCED_RECOVERY_POINT_SOURCE,
  failoverCall,
  GLOBAL_RECOVERY_POINT,
  GLOBAL_RECOVERY_POINT_SOURCE,
  globalPromotion,
  resumeWritesCommand,
  switchoverCommand,
} from './aurora-recovery';
import type { AuroraSettings } from './aurora-settings';
import type { DatabaseFoundation } from './database-foundation';
import { requireSameTarget } from './one-recovery-region';
import { secretNameOf } from './physical-names';

/** Smallest serverless capacity of a global database's members. https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-getting-started.html */
const LEAST_GLOBAL_ACU = 8;

/** Makes a cluster the first member of an Aurora global database. */
export class AuroraGlobalReplication implements IDatabaseReplication {
  public readonly recoveryPoint: Duration;
  public readonly recoveryPointSource: string;
  public readonly forwardsWrites: boolean;
  public readonly promotion: RecoveryStep[];
  public readonly headlessStart?: RecoveryStep[];
  public readonly headlessAlternative?: string;
  public readonly alarms: cloudwatch.Alarm[] = [];
  public returnCommand?: string;
  public reclaimCommand?: string;
  public resumeWritesCommand?: string;
  public members?: GlobalDatabaseMembers;
  private source?: DatabaseReplicaSource;
  private target?: DatabaseReplicationTarget;
  private global?: rds.CfnGlobalCluster;

  public constructor(
    private readonly scope: Construct,
    private readonly cluster: rds.CfnDBCluster,
    private readonly secret: secretsmanager.CfnSecret,
    private readonly foundation: DatabaseFoundation,
    private readonly monitoring: AuroraMonitoring,
    private readonly settings: AuroraSettings,
    private readonly options: DatabaseBindOptions,
  ) {
    this.promotion = globalPromotion(globalIdentifierOf(options.systemName));
    this.recoveryPoint = settings.enforcedRpo ?? GLOBAL_RECOVERY_POINT;
    this.recoveryPointSource = settings.enforcedRpo ? ENFORCED_RECOVERY_POINT_SOURCE : GLOBAL_RECOVERY_POINT_SOURCE;
    this.forwardsWrites = settings.writeForwarding ?? false;
    this.headlessAlternative = headlessRefusal(settings);
    this.headlessStart = this.headlessAlternative ? undefined : headlessStart();
  }

  public replicateTo(target: DatabaseReplicationTarget): DatabaseReplicaSource {
    if (this.source && this.target) {
      requireSameTarget(this.scope, 'the database is', described(this.target), described(target));
      return this.source;
    }
    const region = knownRegion(this.scope, 'its database is replicated to another Region');
    if (target.region === region) {
      fail(this.scope, 'ReplicaInSameRegion', `a database cannot be replicated to its own Region, got ${region}`);
    }
    this.requireCapacity();
    this.requireNoBacktrack();
    this.joinGlobalDatabase();
    this.secret.replicaRegions = [{ region: target.region, kmsKeyId: target.encryptionKeyArn }];
    const objective = this.options.objectives.forScope(FailureScope.REGION).rpo;
    // after a failover this cluster is the copy: until then the alarm has no data
    this.alarms.push(this.monitoring.replicationLagAlarm(this.scope, target.region, objective));
    this.target = target;
    this.returnCommand = switchoverCommand(
      this.scope,
      target.region,
      globalIdentifierOf(this.options.systemName),
      this.options.systemName,
    );
    this.enforceRpo(objective, target.region);
    const { systemName } = this.options;
    this.reclaimCommand = failoverCall(this.scope, globalIdentifierOf(systemName), systemName, target.region).command;
    this.members = {
      globalIdentifier: globalIdentifierOf(this.options.systemName),
      clusterArns: [region, target.region].map((of) => clusterArn(this.scope, this.options.systemName, of)),
    };
    this.source = {
      region,
      globalIdentifier: globalIdentifierOf(this.options.systemName),
      secretName: secretNameOf(this.options.systemName),
      encryptionKey: kms.Key.fromKeyArn(this.scope, 'ReplicaCredentialsKey', target.encryptionKeyArn),
    };
    return this.source;
  }

  /**
   * The global database is made from the engine, empty, and before its first member: made from a source cluster its
   * properties would drift with every switchover. Its identifier is plain text, so that nothing ties the Regions together.
   */
  public joinGlobalDatabase(): void {
    if (this.global) {
      return;
    }
    const globalClusterIdentifier = globalIdentifierOf(this.options.systemName);
    const { dataProtection } = this.options;
    this.global = new rds.CfnGlobalCluster(this.scope, 'Global', {
      globalClusterIdentifier,
      engine: this.settings.engine.name,
      engineVersion: this.settings.engine.version,
      storageEncrypted: true,
      deletionProtection: dataProtection.retained,
    });
    this.global.applyRemovalPolicy(dataProtection.removalPolicy);
    this.cluster.globalClusterIdentifier = globalClusterIdentifier;
    // on the cluster that writes it does nothing until that is the copy: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html
    this.cluster.enableGlobalWriteForwarding = this.settings.writeForwarding;
    this.cluster.addResourceDependency(this.global);
  }

  /**
   * In this Region alone. In two Regions AWS leaves the parameter of the other at its default: a cluster that was promoted has no copy within the
   * bound, and would take no commits. https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-disaster-recovery.html
   */
  private enforceRpo(objective: Duration, recoveryRegion: string): void {
    const { enforcedRpo } = this.settings;
    if (!enforcedRpo) {
      return;
    }
    if (enforcedRpo.toSeconds() > objective.toSeconds()) {
      fail(
        this.scope,
        'EnforcedRpoTooLong',
        `writing would stop only after more is at stake than the RPO of ${objective.toHumanString()} for REGION allows, got enforcedRpo ${enforcedRpo.toHumanString()}; shorten it, or leave it out`,
      );
    }
    this.foundation.parameterGroup.addParameter('rds.global_db_rpo', String(enforcedRpo.toSeconds()));
    this.resumeWritesCommand = resumeWritesCommand(this.scope, this.options.systemName);
    warn(
      this.scope,
      'writesStopWithoutCopy',
      `while the copy in ${recoveryRegion} is more than ${enforcedRpo.toHumanString()} behind, or is not there, nobody can write; leave enforcedRpo out until the copy follows, then acknowledge this with who accepts it`,
    );
  }

  /** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Managing.Backtrack.html */
  private requireNoBacktrack(): void {
    if (this.settings.backtrackWindow) {
      fail(
        this.scope,
        'BacktrackCannotReplicate',
        `a cluster that can be rewound cannot join an Aurora global database, got backtrackWindow ${this.settings.backtrackWindow.toHumanString()}; leave it out`,
      );
    }
  }

  private requireCapacity(): void {
    const { minAcu, instanceType } = this.settings.capacity;
    const instance = instanceType?.toString() ?? '';
    if (/^[mt]\d/.test(instance)) {
      fail(
        this.scope,
        'CapacityCannotReplicate',
        `an Aurora global database needs memory-optimized instances (class R or X) or serverless capacity, got ${instance}`,
      );
    }
    if (minAcu === undefined || Number.isNaN(minAcu) || minAcu < 0 || minAcu >= LEAST_GLOBAL_ACU) {
      return; // provisioned, a token (which CDK encodes as a negative number), or enough
    }
    const message = `a database that is replicated to another Region should keep at least ${LEAST_GLOBAL_ACU} ACU, got minAcu ${minAcu}: with less, replication falls behind and a failover meets a cold database`;
    if (this.options.objectives.careDependsOnIt) {
      fail(this.scope, 'CapacityTooSmallToReplicate', message);
    } else if (this.options.objectives.tier !== ClinicalTier.NON_PRODUCTION) {
      warn(this.scope, 'smallReplicatedDatabase', message);
    }
  }
}

/** Identifier that the clusters of both Regions share. */
export function globalIdentifierOf(systemName: string): string {
  return `${systemName}-global`;
}

function described(target: DatabaseReplicationTarget): string {
  return `${target.region} with ${target.encryptionKeyArn}`;
}
