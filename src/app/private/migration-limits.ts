import { Duration } from 'aws-cdk-lib';
import type { Problems } from '../../core/private/fail';
import type { DatabaseMigration } from '../database-migration';

/** CloudFormation gives a service three hours for a deployment, which takes the tasks' start and the bake time too. */
const LONGEST_MINUTES = 120;

/** When to give up, unless somebody says otherwise. Judgement. */
export function timeLimitOf({ timeLimit }: DatabaseMigration): Duration {
  return timeLimit ?? Duration.minutes(30);
}

/** Note every mistake in a migration. */
export function requireMigration(problems: Problems, { command, timeLimit }: DatabaseMigration): void {
  problems.require(
    command.length > 0 && command.every((word) => word !== ''),
    `command of a migration must be words that are not empty, got [${command.map((word) => `"${word}"`).join(', ')}]`,
  );
  if (timeLimit && !timeLimit.isUnresolved()) {
    const minutes = timeLimit.toMinutes({ integral: false });
    problems.require(
      minutes >= 1 && minutes <= LONGEST_MINUTES,
      `timeLimit of a migration must be 1 to ${LONGEST_MINUTES} minutes, as CloudFormation waits three hours for a whole deployment, got ${timeLimit.toHumanString()}`,
    );
  }
}
