import { Duration, Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { RecoveryStep } from '../../core';
import type { DsqlMultiRegion } from '../aurora-dsql-database';
import type { DatabaseReplicaSource, DatabaseReplicationTarget, IDatabaseReplication } from '../database-ref';
import { requireRegionsAgree } from './dsql-peers';
import { requireSameTarget } from './one-recovery-region';

/**
 * The cluster of another Region is made there, and named here in the definition. Both take writes, and agree on every one with a witness: a write
 * that was answered is in two of three Regions.
 */
export class DsqlReplication implements IDatabaseReplication {
  public readonly recoveryPoint = Duration.seconds(0);
  public readonly recoveryPointSource =
    'https://docs.aws.amazon.com/aurora-dsql/latest/userguide/disaster-recovery-resiliency.html';
  public readonly promotion: RecoveryStep[] = [];
  public readonly writesInBoth = true;
  public readonly linked: boolean;
  private target?: DatabaseReplicationTarget;

  public constructor(
    private readonly scope: Construct,
    private readonly multiRegion: DsqlMultiRegion,
    /** Name of the stack of the cluster. */
    public readonly stackName: string,
  ) {
    this.linked = multiRegion.clusterArns !== undefined;
    scope.node.addValidation({
      validate: () =>
        this.target
          ? []
          : [
              'the database on Amazon Aurora DSQL is to be in two Regions, but the system is in one, where its cluster would wait for the other for ever; give the system a CrossRegionDr, or leave out multiRegion',
            ],
    });
  }

  public replicateTo(target: DatabaseReplicationTarget): DatabaseReplicaSource {
    const { region } = Stack.of(this.scope);
    if (this.target) {
      requireSameTarget(this.scope, 'the database is', this.target.region, target.region);
    }
    requireRegionsAgree(this.scope, this.multiRegion, [region, target.region]);
    this.target = target;
    return {
      region,
      globalIdentifier: this.multiRegion.clusterArns?.find((arn) => arn.includes(`:${region}:`)) ?? this.stackName,
      encryptionKey:
        (this.scope.node.tryFindChild('RecoveryKey') as kms.IKey | undefined) ??
        kms.Key.fromKeyArn(this.scope, 'RecoveryKey', target.encryptionKeyArn),
    };
  }
}
