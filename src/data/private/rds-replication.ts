import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as kms from 'aws-cdk-lib/aws-kms';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { RecoveryStep } from '../../core';
import { fail } from '../../core/private/fail';
import { knownRegion } from '../../core/private/tokens';
import type {
  DatabaseBindOptions,
  DatabaseReplicaSource,
  DatabaseReplicationTarget,
  IDatabaseReplication,
} from '../database-ref';
import { requireSameTarget } from './one-recovery-region';
import { databaseIdentifierOf, secretNameOf } from './physical-names';
import { instanceArn, REPLICA_RECOVERY_POINT, REPLICA_RECOVERY_POINT_SOURCE, replicaPromotion } from './rds-recovery';
import { returnByReplica, returnCompletion } from './rds-return';
import type { RdsSettings } from './rds-settings';

/**
 * A read replica in another Region. The source needs nothing for it but its backups and its name; only the credentials have to
 * follow. Promotion cannot be undone: the way back is a new replica in the other direction, so no single command returns.
 */
export class RdsReplication implements IDatabaseReplication {
  public readonly recoveryPoint = REPLICA_RECOVERY_POINT;
  public readonly recoveryPointSource = REPLICA_RECOVERY_POINT_SOURCE;
  public readonly promotion: RecoveryStep[];
  public readonly signInAfterPromotion: boolean;
  public readonly unreplicated?: string;
  /** None here: the replica's Region sees how far it is behind. */
  public readonly alarms: cloudwatch.Alarm[] = [];
  public returnByReplica?: string[];
  public instanceArns?: string[];
  public returnCompletion?: string;
  private source?: DatabaseReplicaSource;
  private target?: DatabaseReplicationTarget;

  public constructor(
    private readonly scope: Construct,
    private readonly identifier: string,
    private readonly settings: RdsSettings,
    private readonly secret: secretsmanager.CfnSecret,
    private readonly options: DatabaseBindOptions,
  ) {
    this.signInAfterPromotion = settings.engine.bareReplica === true;
    this.promotion = replicaPromotion(options.systemName, this.signInAfterPromotion);
    this.unreplicated =
      settings.loginsKeptBy &&
      `logins, server roles and jobs that were made or changed since the replica was made, but for the password of the system: ${settings.loginsKeptBy}`;
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
    this.secret.replicaRegions = [{ region: target.region, kmsKeyId: target.encryptionKeyArn }];
    this.target = target;
    const replica = databaseIdentifierOf(this.options.systemName, target.region);
    this.returnByReplica = returnByReplica(this.scope, this.settings, this.identifier, {
      region: target.region,
      identifier: replica,
    });
    this.instanceArns = [instanceArn(this.scope, this.identifier), instanceArn(this.scope, replica, target.region)];
    const secretName = secretNameOf(this.options.systemName);
    this.returnCompletion = this.signInAfterPromotion
      ? returnCompletion(this.scope, this.identifier, secretName)
      : undefined;
    this.source = {
      region,
      globalIdentifier: instanceArn(this.scope, this.identifier),
      secretName,
      encryptionKey: kms.Key.fromKeyArn(this.scope, 'ReplicaCredentialsKey', target.encryptionKeyArn),
    };
    return this.source;
  }
}

function described(target: DatabaseReplicationTarget): string {
  return `${target.region} with ${target.encryptionKeyArn}`;
}
