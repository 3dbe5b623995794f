import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { type DeclaredCopy, FailureScope } from '../../core';
import { fail, Problems } from '../../core/private/fail';
import type { FileShareConfig, FileShareReplicationCommands } from '../../data';
import type { CrossRegionDr } from '../cross-region-dr';
import type { DeclaredReplication } from '../declared-replication';
import { isRestore } from './restoration';

/** Replications that the hospital runs, by the name of the share. */
export type DeclaredReplications = Readonly<Record<string, DeclaredReplication>>;

/** Add what is wrong with them, before anything is made. */
export function requireDeclared(
  problems: Problems,
  files: Readonly<Record<string, FileShareConfig>>,
  declared: DeclaredReplications,
): void {
  for (const [name, { _mirrorsVolumes: mirrors }] of Object.entries(declared)) {
    const share = files[name];
    problems.require(
      share !== undefined,
      `declaredReplications names a file share ${name}, which the system does not have`,
    );
    problems.require(
      !share?.replication,
      `declaredReplications names the file share ${name}, which is replicated by itself; leave it out, and name its copy with replicatedFiles`,
    );
    problems.require(
      !share || !mirrors || share.volume !== undefined,
      `SnapMirror replicates volumes of Amazon FSx for NetApp ONTAP, and the file share ${name} is none; use DeclaredReplication.byProcedure()`,
    );
  }
}

/** Stop where a live copy is declared, and the strategy keeps none. */
export function requireDeclaredUsed(dr: CrossRegionDr): void {
  const names = Object.keys(dr._declared);
  if (names.length > 0 && isRestore(dr.strategy)) {
    fail(
      dr,
      'DeclaredReplicationNotUsed',
      `declaredReplications names ${names.join(', ')}, but ${dr.strategy.strategyName} makes the files from copies of backups; leave it out, or use a strategy that keeps data live, such as DrStrategy.pilotLight()`,
    );
  }
}

/** What people type, for each share. */
export function declaredCommands(dr: CrossRegionDr): { [name: string]: FileShareReplicationCommands } {
  const { primary, primaryRegion, recoveryRegion } = dr;
  const entries = Object.entries(dr._declared).map(([shareName, { _commands: commands }]) => [
    shareName,
    commands({ systemName: primary.systemName, shareName, primaryRegion, recoveryRegion }),
  ]);
  return Object.fromEntries(entries);
}

/** What whoever judges the templates is told of them, by where the share is made. */
export function declaredCopies({ primary, _declared }: CrossRegionDr): { [path: string]: DeclaredCopy } | undefined {
  const entries = Object.entries(_declared).map(([name, { means, recoveryPoint, promotion, source, watchedBy }]) => [
    `${primary.node.path}/Files/${name}`,
    { means, recoveryPoint, promotionTime: promotion[0].duration, source, watchedBy },
  ]);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

/** Where somebody publishes how far a copy is behind: an alarm beyond the RPO, or in silence, unless users are in the recovery Region. */
export function watchDeclared(scope: Construct, dr: CrossRegionDr): void {
  const { primary, recoveryRegion, activeRegion } = dr;
  const { rpo } = primary.objectives.forScope(FailureScope.REGION);
  const { BREACHING, MISSING } = cloudwatch.TreatMissingData;
  for (const [name, { lag, means }] of Object.entries(dr._declared)) {
    if (lag) {
      primary._addAlarm(
        new cloudwatch.Alarm(new Construct(scope, `Files-${name}`), 'LagAlarm', {
          alarmDescription: `File share ${name}: its copy in ${recoveryRegion} (${means}) is further behind than the RPO of ${rpo.toHumanString()}, or nobody says`,
          metric: lag,
          threshold: rpo.toSeconds(),
          comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
          evaluationPeriods: 3,
          treatMissingData: activeRegion === recoveryRegion ? MISSING : BREACHING,
        }),
      );
    }
  }
}

/**
 * Two storage virtual machines of one name in one directory: the second takes the computer object of the first, and its users with it.
 *
 * @throws SameComputerObject
 */
export function requireNamesOfTheirOwn(dr: CrossRegionDr): void {
  const problems = new Problems(dr, 'SameComputerObject');
  for (const name of Object.keys(dr._declared)) {
    const [ours, theirs] = [dr._recovery?.files[name].dnsName, dr.primary.files[name].dnsName];
    problems.require(
      ours !== theirs,
      `the file share ${name} would be ${ours} in both Regions, and join the directory twice under one name; give recovery: { files } one with another netBiosName`,
    );
  }
  problems.throwIfAny();
}
