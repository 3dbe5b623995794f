import { Duration, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as efs from 'aws-cdk-lib/aws-efs';
import type { Construct } from 'constructs';
import { RecoveryAutomation, type RecoveryStep } from '../../core';
import { Problems } from '../../core/private/fail';
import { knownRegion } from '../../core/private/tokens';
import type {
  FileShareLandingOptions,
  FileShareReplicationCommands,
  FileShareReplicationTarget,
  IFileShareReplication,
  LandedFileShare,
} from '../file-share-replication';
import { requireSameTarget } from './one-recovery-region';

const REPLICATION = 'https://docs.aws.amazon.com/efs/latest/ug/efs-replication.html';
const FAILOVER = 'https://docs.aws.amazon.com/efs/latest/ug/delete-replications.html';

/**
 * Replicates an Amazon EFS file system to one in another Region that is there already. Amazon EFS makes up ids, and no stack looks one up
 * in another Region: somebody writes the id down. The configuration stays in the template for good. CloudFormation compares
 * templates, so what commands do to it in a failover, a later deployment leaves alone; and Amazon EFS protects a file system that was
 * promoted from being overwritten until somebody says otherwise.
 *
 * https://docs.aws.amazon.com/efs/latest/ug/replicate-existing-destination.html
 */
export class EfsReplication implements IFileShareReplication {
  public readonly recoveryPoint = Duration.minutes(15);
  public readonly recoveryPointSource =
    `judgement: "most file systems" within 15 minutes, without a guarantee; an alarm tells (${REPLICATION})`;
  public readonly promotion: RecoveryStep[] = [
    {
      description: 'the replication of files is ended, and their copies can be written to',
      duration: Duration.minutes(15),
      automation: RecoveryAutomation.ONE_COMMAND,
      source: `judgement: "several minutes" (${FAILOVER})`,
    },
  ];
  public readonly alarms: cloudwatch.Alarm[] = [];
  private target?: FileShareReplicationTarget;

  /** @param landing makes the file system that receives the files, alike but for its key and its protection */
  public constructor(
    private readonly scope: Construct,
    private readonly shareName: string,
    private readonly fileSystem: efs.FileSystem,
    private readonly landing: (scope: Construct, options: FileShareLandingOptions) => LandedFileShare,
  ) {}

  public land(scope: Construct, options: FileShareLandingOptions): LandedFileShare {
    return this.landing(scope, options);
  }

  public replicateTo(target: FileShareReplicationTarget): FileShareReplicationCommands {
    const { region, fileSystemId } = target;
    const own = knownRegion(this.scope, `its file share ${this.shareName} is replicated to another Region`);
    this.validate(target, own);
    if (!this.target) {
      const resource = this.fileSystem.node.defaultChild as efs.CfnFileSystem;
      resource.replicationConfiguration = { destinations: [{ region, fileSystemId }] };
      this.alarms.push(this.lagAlarm(target));
      this.target = target;
    }
    return this.commands(own, target);
  }

  private validate({ region, fileSystemId }: FileShareReplicationTarget, own: string): void {
    const problems = new Problems(this.scope, 'InvalidFileReplication');
    problems.require(region !== own, `a file share cannot be replicated to its own Region, got ${region}`);
    problems.require(
      /^fs-[0-9a-f]{8,40}$/.test(fileSystemId), // a token does not look like one
      `the file system in ${region} must be given by its id, such as fs-0123456789abcdef0, written out, because nothing of another Region is looked up; got ${Token.isUnresolved(fileSystemId) ? 'a token' : `"${fileSystemId}"`}`,
    );
    problems.throwIfAny();
    if (this.target) {
      const { region: known, fileSystemId: id } = this.target;
      requireSameTarget(
        this.scope,
        `the file share ${this.shareName} is`,
        `${id} in ${known}`,
        `${fileSystemId} in ${region}`,
      );
    }
  }

  /**
   * Silence means that nothing is replicated: an alarm, unless the other Region is meant to serve users now. That this Region is the one
   * that publishes the metric is a judgement: AWS says it has one dimension, the file system, and not which.
   *
   * https://docs.aws.amazon.com/efs/latest/ug/efs-metrics.html
   */
  private lagAlarm({ region, rpo, serving }: FileShareReplicationTarget): cloudwatch.Alarm {
    const { BREACHING, MISSING } = cloudwatch.TreatMissingData;
    return new cloudwatch.Alarm(this.scope, 'ReplicationLagAlarm', {
      alarmDescription: `File share ${this.shareName}: its copy in ${region} is further behind than the RPO of ${rpo.toHumanString()}, or nothing is replicated`,
      metric: new cloudwatch.Metric({
        namespace: 'AWS/EFS',
        metricName: 'TimeSinceLastSync',
        dimensionsMap: { FileSystemId: this.fileSystem.fileSystemId },
        statistic: cloudwatch.Stats.MAXIMUM,
        period: Duration.minutes(5),
      }),
      threshold: rpo.toSeconds(),
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 3,
      treatMissingData: serving ? MISSING : BREACHING,
    });
  }

  private commands(own: string, { region, fileSystemId: there }: FileShareReplicationTarget) {
    const here = this.fileSystem.fileSystemId;
    return {
      inspect: describe(region, there),
      promote: promoteCommand(region, there),
      mirrorBack: [
        // what a failover left on this side, which had not been asked; there may be nothing
        `${endOf(own, here)} --deletion-mode LOCAL_CONFIGURATION_ONLY;`,
        `${replicate({ region, fileSystemId: there }, { region: own, fileSystemId: here })}`,
      ].join(' '),
      returnHere: endOf(own, there),
      resume: replicate({ region: own, fileSystemId: here }, { region, fileSystemId: there }),
    };
  }
}

/** One side of a replication. */
interface Side {
  readonly region: string;
  readonly fileSystemId: string;
}

/**
 * Ends the replication from the Region of the copy, without naming the other side: the copy knows its source. If that cannot be reached,
 * only this side is changed, as AWS says for this case and no other.
 *
 * https://docs.aws.amazon.com/efs/latest/ug/API_DeleteReplicationConfiguration.html
 */
function promoteCommand(region: string, fileSystemId: string): string {
  const source = `aws efs describe-replication-configurations --region ${region} --file-system-id ${fileSystemId} --query "Replications[0].SourceFileSystemId" --output text`;
  const end = endOf(region, '$SOURCE');
  const protection = `aws efs describe-file-systems --region ${region} --file-system-id ${fileSystemId} --query "FileSystems[0].FileSystemProtection.ReplicationOverwriteProtection" --output text`;
  return [
    `SOURCE=$(${source}) && { ${end} || ${end} --deletion-mode LOCAL_CONFIGURATION_ONLY; }`,
    `until [ "$(${protection})" = ENABLED ]; do sleep 15; done`, // until then it only reads
  ].join(' && ');
}

function describe(region: string, fileSystemId: string): string {
  return `aws efs describe-replication-configurations --region ${region} --file-system-id ${fileSystemId} --query "Replications[0].Destinations[0].[Status,LastReplicatedTimestamp]" --output text`;
}

function endOf(region: string, sourceFileSystemId: string): string {
  return `aws efs delete-replication-configuration --region ${region} --source-file-system-id ${sourceFileSystemId}`;
}

function replicate(from: Side, to: Side): string {
  return [
    `aws efs update-file-system-protection --region ${to.region} --file-system-id ${to.fileSystemId} --replication-overwrite-protection DISABLED`,
    `aws efs create-replication-configuration --region ${from.region} --source-file-system-id ${from.fileSystemId} --destinations Region=${to.region},FileSystemId=${to.fileSystemId}`,
  ].join(' && ');
}
