import type { Duration } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { RecoveryAutomation, type RecoveryStep } from '../core';
import { Problems } from '../core/private/fail';
import { byProcedure, type ReplicationCommands, snapMirrorCommands } from './private/declared-commands';

/** What the hospital says of a replication of files that it runs itself. */
export interface DeclaredReplicationProps {
  /** How far the copy may be behind when the Region is lost: what was seen to happen, not what is scheduled. */
  readonly recoveryPoint: Duration;
  /** How long it takes until the copy can be written to, once somebody has decided. */
  readonly promotionTime: Duration;
  /** Where both figures come from, for example `failover exercise EX-12 of 2026-10-03`. Shown wherever they are. */
  readonly source: string;
  /** Who or what notices that the copy is behind, for example `storage team, Harvest alarm SnapMirrorLag`. */
  readonly watchedBy: string;
  /**
   * How far the copy is behind, in seconds: a metric in the primary Region that the hospital publishes. An alarm goes off beyond the RPO for
   * REGION, or in silence.
   *
   * @default - no alarm here; `watchedBy` is all there is
   */
  readonly lag?: cloudwatch.IMetric;
}

/** A replication by NetApp SnapMirror. */
export interface SnapMirrorProps extends DeclaredReplicationProps {
  /** ONTAP's name of its schedule, for example `5min`. */
  readonly schedule: string;
}

/** A replication by anything else: AWS DataSync, DFS Replication, a tool of a vendor. */
export interface ReplicationProcedure extends DeclaredReplicationProps {
  /** What replicates, for example `AWS DataSync, hourly`. */
  readonly means: string;
  /** How to see until when the copy is complete, in the recovery Region alone. A command, or where to look. */
  readonly inspect: string;
  /**
   * How to stop it and make the copy the one that is written to, in the recovery Region alone. A schedule that goes on when the lost Region
   * answers again overwrites what was written meanwhile.
   */
  readonly promote: string;
  /** How to overwrite the files of the primary Region with those of the recovery Region, with both there. */
  readonly mirrorBack: string;
  /** How to make the files of the primary Region writable again, once they have caught up. */
  readonly returnHere: string;
  /** How to replicate to the recovery Region again. */
  readonly resume: string;
}

/**
 * A replication of a file share into the recovery Region that no template can make, and the hospital runs. Budgets and the runbook count on
 * it; whoever judges the templates shows it as declared, and never as met.
 */
export class DeclaredReplication {
  /**
   * NetApp SnapMirror, between two file systems on Amazon FSx for NetApp ONTAP. The volume in the recovery Region is made as one that only
   * SnapMirror writes to. People peer the file systems and make the relationship.
   *
   * @throws InvalidDeclaredReplication naming everything that is wrong
   * @see https://docs.aws.amazon.com/fsx/latest/ONTAPGuide/scheduled-replication.html
   */
  public static snapMirror(props: SnapMirrorProps): DeclaredReplication {
    const problems = new Problems(undefined, 'InvalidDeclaredReplication');
    problems.require(
      /^[A-Za-z0-9_.-]+$/.test(props.schedule),
      `schedule must be the name of a schedule of ONTAP, such as 5min, got "${props.schedule}"`,
    );
    problems.throwIfAny();
    return new DeclaredReplication(
      `NetApp SnapMirror, ${props.schedule}`,
      props,
      snapMirrorCommands(props.schedule),
      true,
    );
  }

  /**
   * Anything else, with what people do around a failover.
   *
   * @throws InvalidDeclaredReplication naming everything that is wrong
   * @see https://docs.aws.amazon.com/fsx/latest/WindowsGuide/scheduled-replication-datasync.html
   */
  public static byProcedure(props: ReplicationProcedure): DeclaredReplication {
    const { means, inspect, promote, mirrorBack, returnHere, resume } = props;
    const procedure = { inspect, promote, mirrorBack, returnHere, resume };
    const problems = new Problems(undefined, 'InvalidDeclaredReplication');
    for (const [name, text] of Object.entries({ means, ...procedure })) {
      problems.require(text.trim() !== '', `${name} is empty; whoever is on call reads it in the worst hour`);
    }
    problems.throwIfAny();
    return new DeclaredReplication(means, props, byProcedure(procedure), false);
  }

  /** How far the copy may be behind when the Region is lost, as declared. */
  public readonly recoveryPoint: Duration;
  /** What it takes until the copy can be written to, as declared. */
  public readonly promotion: RecoveryStep[];
  /** Where the figures come from. */
  public readonly source: string;
  /** Who or what notices that the copy is behind. */
  public readonly watchedBy: string;
  /** How far it is behind, if somebody publishes it. */
  public readonly lag?: cloudwatch.IMetric;

  private constructor(
    /** What replicates. */
    public readonly means: string,
    props: DeclaredReplicationProps,
    /** @internal What people type around a failover. */
    public readonly _commands: ReplicationCommands,
    /** @internal Whether it takes volumes of ONTAP, which nothing else may write to. */
    public readonly _mirrorsVolumes: boolean,
  ) {
    const { recoveryPoint, promotionTime, source, watchedBy } = props;
    const problems = new Problems(undefined, 'InvalidDeclaredReplication');
    problems.require(
      source.trim() !== '',
      'source is empty; name the exercise, and its date, that the figures come from',
    );
    problems.require(
      watchedBy.trim() !== '',
      'watchedBy is empty; a copy that nobody watches is behind when it is needed',
    );
    problems.throwIfAny();
    this.recoveryPoint = recoveryPoint;
    this.promotion = [
      {
        description: 'somebody ends the replication of files, and their copies can be written to',
        duration: promotionTime,
        automation: RecoveryAutomation.MANUAL,
        source: `declared: ${source}`,
      },
    ];
    this.source = source;
    this.watchedBy = watchedBy;
    this.lag = props.lag;
  }
}
