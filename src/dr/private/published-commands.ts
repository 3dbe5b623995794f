import { CfnOutput } from 'aws-cdk-lib';
import type { CrossRegionDr } from '../cross-region-dr';
import { isRestore } from './restoration';
import { listCommand, restoredTypes } from './restore-steps';

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
  const scope = recovery ? dr : dr.landing.stack;
  for (const [id, description, value] of commands) {
    if (value) {
      new CfnOutput(scope, id, { description, value });
    }
  }
}
