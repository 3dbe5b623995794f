import { CfnOutput, Lazy } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { CrossRegionDr } from '../cross-region-dr';
import { isActiveActive } from './active-active';
import { capitalized } from './replicated-files';
import { isRestore } from './restoration';
import { listCommand, restoredTypes } from './restore-steps';

/** What an output is called, what it is for, and what to type, where there is something. */
type Command = [id: string, description: string, command: string | undefined];

/**
 * The commands for the loss of the recovery Region while users are in it, as outputs of the primary's stack. None asks anything of the
 * recovery Region. A store that was restored, or promoted for good, has no way back: what it holds is gone with its Region.
 */
export function publishReclaimCommands(
  scope: Construct,
  { primary, failover, departure, recoveryRegion }: CrossRegionDr,
): void {
  const { compute, database, cache } = primary;
  const lost = `When ${recoveryRegion} is lost while users are there`;
  const commands: Command[] = [
    [
      'ReclaimDatabase',
      `${lost}: makes the database write here again; what was not yet replicated back is lost`,
      database?.replication?.reclaimCommand,
    ],
    [
      'ReclaimCache',
      `${lost}, or users return: makes the cache write here again; what was not yet replicated back is lost`,
      cache?.replication?.reclaimCommand,
    ],
    [
      'ReclaimCompute',
      `${lost}: starts the application here again`,
      compute.runsOnce ? compute.activation?.call.command : undefined,
    ],
    [
      'ResumeWrites',
      `When the copy in ${recoveryRegion} lags or is lost, and the database here takes no commits, or before ReclaimDatabase: lets it take them again, and bounds the loss no longer`,
      database?.replication?.resumeWritesCommand,
    ],
    ['OpenGate', `${lost}, before ReclaimUsers: lets them be moved, five seconds later`, failover.unlockCommand],
    ['ReclaimUsers', `${lost}: sends users here again`, failover.reclaimCommand],
    ['SendUsersHere', `Sends users of ${recoveryRegion} here and keeps them here`, departure?.leaveCommand],
    ['LetUsersReturn', `Lets ${recoveryRegion} serve users again`, departure?.returnCommand],
  ];
  publish(scope, commands);
}

/** What completes the way back of a database, as an output of the primary's stack, which it asks alone. */
export function publishDatabaseReturn(scope: Construct, { primary, recoveryRegion }: CrossRegionDr): void {
  publish(scope, [
    [
      'CompleteDatabaseReturn',
      `Once the replica of the database in ${recoveryRegion} was promoted here: waits, and gives it the password of the secret and a standby`,
      primary.database?.replication?.returnCompletion,
    ],
  ]);
}

/** The way back of files, as outputs of the primary's stack, which knows the ids of both sides. */
export function publishFileReturn(scope: Construct, { _files, primaryRegion, recoveryRegion }: CrossRegionDr): void {
  const commands = Object.entries(_files?.commands ?? {}).flatMap(([name, command]): Command[] => [
    [
      `MirrorFiles${capitalized(name)}`,
      `After a failover: overwrites the file share ${name} here with that of ${recoveryRegion}, and goes on doing so`,
      command.mirrorBack,
    ],
    [
      `ReturnFiles${capitalized(name)}`,
      `Once it has caught up and nobody writes: makes the file share ${name} writable here`,
      command.returnHere,
    ],
    [
      `ResumeFiles${capitalized(name)}`,
      `When users are back in ${primaryRegion}: replicates the file share ${name} to ${recoveryRegion} again`,
      command.resume,
    ],
  ]);
  publish(scope, commands);
}

/** Every command of a recovery as an output, where somebody at a terminal of the surviving Region finds it. */
export function publishCommands(dr: CrossRegionDr): void {
  const { failover, departure, primary, strategy, _recovery: recovery } = dr;
  const activation = recovery?.compute.activation;
  if (dr._waits) {
    return; // nothing runs here that users could be sent to
  }
  const commands: Command[] = [
    ['FailOver', 'Takes every step of a failover to this Region', failover.executeCommand],
    ['FailBack', 'Takes every step back to the primary Region; loses nothing', failover.executeReturnCommand],
    ['OpenGate', 'First, whenever users are to be moved: lets them be, five seconds later', failover.unlockCommand],
    ['SendUsersHere', 'Sends users to this Region and keeps them here', failover.leaveCommand],
    ['CloseGate', 'Last, whenever users were moved: keeps them where they are', failover.lockCommand],
    [
      'StartCompute',
      'Brings compute in this Region to full capacity',
      isActiveActive(strategy) ? undefined : activation?.call.command, // it is at full capacity all the time
    ],
    [
      'PutOutCompute',
      'Once, after the first deployment: stops what Amazon ECS started, so that nothing runs before a disaster',
      strategy.capacityPercent === 0 ? activation?.putOut?.command : undefined,
    ],
    [
      'StartDatabase',
      'Before StartCompute and PromoteDatabase: makes an instance of the database in this Region, and waits for it',
      recovery?.database?.headless?.startCommand,
    ],
    [
      'RemoveTemporaryInstance',
      'After a deployment with activeRegion: removes the instance of StartDatabase; the database fails over within this Region',
      recovery?.database?.headless?.removeTemporaryCommand,
    ],
    [
      'RemoveInstances',
      'While the primary Region writes: removes every instance of the database in this Region, so that storage alone is paid for',
      recovery?.database?.headless?.removeInstancesCommand,
    ],
    ['PromoteDatabase', 'Makes the database write in this Region', recovery?.database?.promoteCommand],
    [
      'SetDatabasePassword',
      'After PromoteDatabase, before StartCompute: waits, and gives the database the password of the secret in this Region',
      recovery?.database?.passwordCommand,
    ],
    [
      'AddDatabaseStandby',
      'When users are here: gives the database the standby that a replica cannot have',
      recovery?.database?.standbyCommand,
    ],
    [
      'DetachDatabase',
      'Only where PromoteDatabase is refused: makes the database write in this Region by itself; nothing undoes it',
      recovery?.database?.detachCommand,
    ],
    [
      'PromoteCache',
      'Makes the cache write in this Region; what was not yet replicated is lost',
      recovery?.cache?.promoteCall?.command,
    ],
    [
      'DetachCache',
      'Only where PromoteCache is refused, or before the copy is removed: makes the cache here one of its own; nothing undoes it',
      recovery?.cache?.detachCommand,
    ],
    ['DemoteDatabase', demotion(dr), primary.database?.replication?.returnCommand],
    ...Object.entries(dr._files?.commands ?? {}).flatMap(([name, { inspect, promote }]): Command[] => [
      [`InspectFiles${capitalized(name)}`, `Prints until when the copy of the file share ${name} is complete`, inspect],
      [
        `PromoteFiles${capitalized(name)}`,
        `Makes the file share ${name} writable in this Region; what was not yet replicated is lost`,
        promote,
      ],
    ]),
    ['LetUsersReturn', 'Lets users return to the primary Region', failover.returnCommand],
    [
      'ReclaimUsers',
      'When the primary Region is lost while users were sent there: sends users here again',
      departure?.reclaimCommand,
    ],
    [
      'ListReplicatedBackups',
      'Prints the ARN of the replicated backups of the database, and the newest moment they restore to',
      primary.database?.backupReplication?.listCommand,
    ],
    ...(isRestore(strategy) ? restoredTypes(dr) : []).map(
      (type): Command => [
        `ListCopies${type}`,
        `Prints the copies of what AWS Backup calls ${type}, newest first`,
        listCommand(dr, type),
      ],
    ),
  ];
  // a stack without resources is not deployed, so before anything was restored the landing tells
  publish(recovery ? dr : dr.landing.stack, commands);
}

/** It asks nobody, and what does is made after it. */
function demotion(dr: CrossRegionDr): string {
  const demotes = 'Makes the database write in the primary Region again, once it has caught up; loses nothing';
  return Lazy.string({
    produce: () =>
      dr._reconciliation?.returnCommand
        ? `${demotes}. Does not ask whether all is reconciled: ReturnDatabase of the primary's stack does, take that`
        : demotes,
  });
}

function publish(scope: Construct, commands: Command[]): void {
  for (const [id, description, value] of commands) {
    if (value) {
      new CfnOutput(scope, id, { description, value });
    }
  }
}
