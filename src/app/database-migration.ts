import type { Duration } from 'aws-cdk-lib';

/**
 * A change of the database's schema that comes with a new version. It runs as one task of the new version, with another command, before
 * any task of the new version starts. Ends it with anything but 0, the deployment ends as well, and the former version stays.
 *
 * The former version answers users while the command runs, and after it: let it add only, and remove what nobody uses with a later
 * version. It runs at each deployment, also at one that changes a setting or a password: let it do nothing where nothing is left to do.
 */
export interface DatabaseMigration {
  /** What the container runs instead of its own command, for example `['./migrate', 'up']`. */
  readonly command: string[];
  /**
   * When to give up: the task is stopped, wherever it is. A minute to two hours.
   *
   * @default Duration.minutes(30)
   */
  readonly timeLimit?: Duration;
}
