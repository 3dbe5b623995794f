import { CfnOutput } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { FailureScope } from '../../core';
import { Problems } from '../../core/private/fail';
import { warn } from '../../core/private/warnings';
import type { FileShareReplicationCommands, IFileShare, LandedFileShare, ReceivedFiles } from '../../data';
import type { CrossRegionDr } from '../cross-region-dr';
import { declaredCommands } from './declared-files';

/** File shares that follow into the recovery Region. */
export interface ReplicatedFiles {
  /** What landed there, by the name of the share. */
  readonly landed: { readonly [name: string]: LandedFileShare };
  /** What people type around a failover, by the name of the share; empty until the file systems are named. */
  readonly commands: { readonly [name: string]: FileShareReplicationCommands };
  /** Shares whose file system in the recovery Region nobody has named yet. */
  readonly waiting: string[];
}

const NONE: ReplicatedFiles = { landed: {}, commands: {}, waiting: [] };

/**
 * Make what receives the files, and feed it once somebody has written down its id: Amazon EFS makes ids up, CloudFormation only tells
 * them in their own Region, and no stack asks one in another. Until then there is no recovery side, which would claim what it has not.
 */
export function replicateFiles(dr: CrossRegionDr, named: { [name: string]: string } | undefined): ReplicatedFiles {
  const names = Object.keys(dr.primary.files).filter((name) => !dr._declared[name]);
  requireNames(dr, names, named ?? {});
  if (Object.keys(dr.primary.files).length === 0) {
    return NONE;
  }
  const waiting = names.filter((name) => named?.[name] === undefined);
  const landed = Object.fromEntries(names.map((name) => [name, land(dr, name)]));
  if (waiting.length > 0) {
    waitFor(dr, waiting);
  }
  if (waiting.length > 0) {
    return { landed, commands: {}, waiting };
  }
  const commands = names.map((name) => [name, feed(dr, name, named?.[name] ?? '')]);
  return { landed, commands: { ...Object.fromEntries(commands), ...declaredCommands(dr) }, waiting };
}

/** Those that the hospital replicates into, in this Region. */
export function receivedFiles({ _declared, activeRegion, recoveryRegion }: CrossRegionDr): {
  [name: string]: ReceivedFiles;
} {
  const serving = activeRegion === recoveryRegion;
  const entries = Object.entries(_declared).map(([name, { _mirrorsVolumes: mirror }]) => [name, { mirror, serving }]);
  return Object.fromEntries(entries);
}

/** As defined, but for what is defined anew here. */
export function filesInRecovery(
  defined: { [name: string]: IFileShare } | undefined,
  anew: { [name: string]: IFileShare } | undefined,
): { [name: string]: IFileShare } | undefined {
  return anew ? { ...defined, ...anew } : defined;
}

/** Ids of outputs are made of names. */
export function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function requireNames(dr: CrossRegionDr, names: string[], named: { [name: string]: string }): void {
  const problems = new Problems(dr, 'InvalidReplicatedFiles');
  for (const name of Object.keys(named)) {
    problems.require(
      names.includes(name),
      `replicatedFiles names a file share ${name}, which the system does not have`,
    );
  }
  problems.require(
    Object.keys(dr.primary.files).length === 0 || dr.failover.executeCommand === undefined,
    'the plan of the failover sends users before anybody has ended the replication of files, which they could not write to; use Failover.dns() or Failover.manual()',
  );
  problems.throwIfAny();
}

function land({ landing, primary }: CrossRegionDr, name: string): LandedFileShare {
  const { stack, encryptionKey, importedKey } = landing;
  const files = stack.node.tryFindChild('Files') ?? new Construct(stack, 'Files');
  const made = primary.files[name].replication?.land(new Construct(files, name), {
    encryptionKey,
    dataProtection: primary.dataProtection,
  }) as LandedFileShare; // a share that cannot be replicated was refused before
  new CfnOutput(stack, `FileSystem${capitalized(name)}`, {
    description: `What replicatedFiles must name for the file share ${name}`,
    value: made.fileSystemId,
  });
  return { ...made, encryptionKey: importedKey };
}

function feed(dr: CrossRegionDr, name: string, fileSystemId: string): FileShareReplicationCommands {
  return dr.primary.files[name].replication?.replicateTo({
    region: dr.recoveryRegion,
    fileSystemId,
    rpo: dr.primary.objectives.forScope(FailureScope.REGION).rpo,
    serving: dr.activeRegion === dr.recoveryRegion,
  }) as FileShareReplicationCommands;
}

function waitFor(dr: CrossRegionDr, waiting: string[]): void {
  const problems = new Problems(dr, 'FilesNotNamed');
  problems.require(
    dr.activeRegion !== dr.recoveryRegion,
    `activeRegion is ${dr.recoveryRegion}, but nothing runs there before replicatedFiles names the file systems of ${waiting.join(', ')}`,
  );
  problems.throwIfAny();
  warn(
    dr,
    'filesNotReplicated',
    `nothing of ${dr.primary.systemName} runs in ${dr.recoveryRegion} yet, because the file shares ${waiting.join(', ')} are not replicated: deploy ${dr.landing.stack.stackName}, and give replicatedFiles the ids in its outputs`,
  );
}
