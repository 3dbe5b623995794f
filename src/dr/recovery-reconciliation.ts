import { Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { Problems } from '../core/private/fail';
import type { CrossRegionDr } from './cross-region-dr';
import { databaseKind } from './private/reconciled-stores';
import { isRestore } from './private/restoration';
import { RegionReconciliation } from './region-reconciliation';

/** Properties of a RecoveryReconciliation. */
export interface RecoveryReconciliationProps {
  /** Whose Regions are reconciled. */
  readonly dr: CrossRegionDr;
  /** Who approves that everything was compared, by role: for example the records of the clinic. */
  readonly approvers: iam.IRole;
  /**
   * Whether a plan of ARC Region switch, on its graceful way back to the primary Region, asks before it moves the database, and stops
   * while anything is not reconciled: also after a planned move, which nobody can tell from a failover. Takes a function in each Region.
   *
   * @default false: the runbook says to look before, and the plan does not ask
   */
  readonly planAsks?: boolean;
}

/**
 * After a Region was lost and is back: what was written in it and never reached the other one is kept, laid out for people to compare,
 * and, when somebody approved, sent to the other Region; only then may the database return. In each Region an automation of AWS Systems
 * Manager, because either may be the lost one; they do nothing before somebody starts them.
 *
 * | Store | What is kept | What people compare | What approval does |
 * | --- | --- | --- | --- |
 * | Aurora global database | a copy of the snapshot that Aurora takes of the former writer | a cluster restored from it, which nobody reaches but whom `comparison` lets in | removes that cluster, keeps the snapshot |
 * | Amazon RDS, replica promoted | a snapshot of the former primary | the former primary itself | nothing |
 * | documents | they are in the bucket of the lost Region | a list in `lists` of those without a copy | S3 Batch Replication of them |
 * | Amazon EFS that follows | a recovery point in the vault | what people restore from it | nothing |
 *
 * Each step looks at what is there and does what is missing, so that it may be started again at any time; called too early or too late,
 * it says what comes first. Nothing is overwritten: who enters what is missing are people.
 *
 * Costs next to nothing before a disaster; in one, a snapshot, a database for the days of comparing, a recovery point, and the charges of
 * S3 Batch Operations by the job and object.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-disaster-recovery.html
 */
export class RecoveryReconciliation extends Construct {
  /** Whose Regions are reconciled. */
  public readonly dr: CrossRegionDr;
  /** Who approves. */
  public readonly approvers: iam.IRole;
  /** Whether a plan of ARC Region switch asks before it moves the database back. */
  public readonly planAsks: boolean;
  /** What runs in the primary Region, when that one was lost. */
  public readonly primary: RegionReconciliation;
  /** What runs in the recovery Region, when that one was lost while users were in it; there is none before the application runs there. */
  public readonly recovery?: RegionReconciliation;

  /** @throws InvalidReconciliation where nothing can be told of what was lost */
  public constructor(scope: Construct, id: string, props: RecoveryReconciliationProps) {
    super(scope, id);
    this.dr = props.dr;
    this.approvers = props.approvers;
    this.planAsks = props.planAsks ?? false;
    this.validate();
    const { primary, _recovery: recovery } = props.dr;
    this.primary = new RegionReconciliation(primary, 'Reconciliation', this, primary);
    this.recovery =
      recovery && !this.wasPromotedForGood() ? new RegionReconciliation(this, 'Here', this, recovery) : undefined;
    props.dr._reconciliation = this.primary;
    const gates = [this.primary, this.recovery].flatMap((side) => side?._gateArn ?? []);
    if (gates.length > 0) {
      props.dr.failover.returnGate?.askBeforeReturn(this, gates);
    }
  }

  /** Let somebody start the automations in both Regions, and read what they found. */
  public grantReconciliation(grantee: iam.IGrantable): iam.Grant {
    const grant = this.primary.grantReconciliation(grantee);
    return this.recovery ? grant.combine(this.recovery.grantReconciliation(grantee)) : grant;
  }

  /** What was in a promoted replica is gone with its Region: there was nothing behind it. */
  private wasPromotedForGood(): boolean {
    return databaseKind(this.dr) === 'instance';
  }

  private validate(): void {
    const { dr } = this;
    const { primary, recoveryRegion } = dr;
    const problems = new Problems(this, 'InvalidReconciliation');
    const { region } = Stack.of(this);
    problems.require(
      region === recoveryRegion,
      `it is made in a stack of the recovery Region, ${recoveryRegion}, and adds to the primary, got a stack of ${region}`,
    );
    problems.require(
      !isRestore(dr.strategy),
      'a Region that is restored from copies has nothing that replication left behind; compare its stores with the former ones by the procedure of the engine',
    );
    problems.require(
      !!databaseKind(dr) || !!primary.documents?.replication || Object.keys(dr._files?.landed ?? {}).length > 0,
      `${primary.systemName} keeps nothing that is replicated and could be compared: a database with one writer, documents or Amazon EFS. Of tables that both Regions write the last write of an item is left, and nothing tells which one that was`,
    );
    problems.require(
      !this.planAsks || dr.failover.returnGate !== undefined,
      'planAsks is true, but no plan of ARC Region switch moves an Aurora global database back; leave it out',
    );
    problems.throwIfAny();
  }
}
