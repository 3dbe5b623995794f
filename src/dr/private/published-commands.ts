import { CfnOutput } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { CrossRegionDr } from '../cross-region-dr';
import { isRestore } from './restoration';
import { listCommand, restoredTypes } from './restore-steps';

/**
 * The commands for the loss of the recovery Region while users are in it, as outputs of the primary's stack. None asks anything of the
 * recovery Region. A store that was restored, or promoted for good, has no way back: what it holds is gone with its Region.
 */
export function publishReclaimCommands(scope: Construct, { primary, failover, recoveryRegion }: CrossRegionDr): void {
  const { compute, database } = primary;
  const lost = `When ${recoveryRegion} is lost while users are there`;
  const commands: [string, string, string | undefined][] = [
    [
      'ReclaimDatabase',
      `${lost}: makes the database write here again; what was not yet replicated back is lost`,
      database?.replication?.reclaimCommand,
    ],
    [
      'ReclaimCompute',
      `${lost}: starts the application here again`,
      compute.runsOnce ? compute.activation?.call.command : undefined,
    ],
    ['ReclaimUsers', `${lost}: sends users here again`, failover.reclaimCommand],
  ];
  publish(scope, commands);
}

/** Every command of a recovery as an output, where somebody at a terminal of the surviving Region finds it. */
export function publishCommands(dr: CrossRegionDr): void {
  const { failover, primary, strategy, _recovery: recovery } = dr;
  const activation = recovery?.compute.activation;
  const commands: [string, string, string | undefined][] = [
    ['FailOver', 'Takes every step of a failover to this Region', failover.executeCommand],
    ['FailBack', 'Takes every step back to the primary Region; loses nothing', failover.executeReturnCommand],
    ['SendUsersHere', 'Sends users to this Region and keeps them here', failover.leaveCommand],
    ['StartCompute', 'Brings compute in this Region to full capacity', activation?.call.command],
    [
      'PutOutCompute',
      'Once, after the first deployment: stops what Amazon ECS started, so that nothing runs before a disaster',
      strategy.capacityPercent === 0 ? activation?.putOut?.command : undefined,
    ],
    ['PromoteDatabase', 'Makes the database write in this Region', recovery?.database?.promoteCommand],
    [
      'DemoteDatabase',
      'Makes the database write in the primary Region again, once it has caught up; loses nothing',
      primary.database?.replication?.returnCommand,
    ],
    ['LetUsersReturn', 'Lets users return to the primary Region', failover.returnCommand],
    ...(isRestore(strategy) ? restoredTypes(dr) : []).map((type): [string, string, string] => [
      `ListCopies${type}`,
      `Prints the copies of what AWS Backup calls ${type}, newest first`,
      listCommand(dr, type),
    ]),
  ];
  // a stack without resources is not deployed, so before anything was restored the landing tells
  publish(recovery ? dr : dr.landing.stack, commands);
}

function publish(scope: Construct, commands: [string, string, string | undefined][]): void {
  for (const [id, description, value] of commands) {
    if (value) {
      new CfnOutput(scope, id, { description, value });
    }
  }
}
