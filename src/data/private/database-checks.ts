import { Token } from 'aws-cdk-lib';
import type { Problems } from '../../core/private/fail';

/** Night in America. */
export const DEFAULT_QUIET_HOUR = 8;

/** The rules that a database's own name follows in every engine but Oracle. */
export function requireDatabaseName(problems: Problems, name: string, reserved: string[]): void {
  problems.require(
    !Token.isUnresolved(name) && /^[A-Za-z]\w{0,62}$/.test(name) && !reserved.includes(name.toLowerCase()),
    `databaseName must be letters, digits and underscores, at most 63, starting with a letter, and none of ${reserved.join(', ')}, got ${JSON.stringify(name)}`,
  );
}

/** Names that MySQL keeps for itself. */
export const RESERVED_MYSQL_NAMES = ['information_schema', 'mysql', 'performance_schema', 'rdsadmin', 'sys'];
/** Names that PostgreSQL, and Amazon RDS in it, keep for themselves. */
export const RESERVED_POSTGRES_NAMES = ['rdsadmin', 'template0', 'template1'];

/** Port and quiet hour, as every database takes them. */
export function requirePlace(problems: Problems, port: number | undefined, quietHour: number | undefined): void {
  requireWhole(problems, 'port', port, 1150, 65535);
  requireWhole(problems, 'quietHour', quietHour, 0, 23);
}

/** A whole number within bounds, where it is given. */
export function requireWhole(
  problems: Problems,
  name: string,
  value: number | undefined,
  least: number,
  most: number,
): void {
  problems.require(
    value === undefined || (Number.isInteger(value) && !Token.isUnresolved(value) && value >= least && value <= most),
    `${name} must be a whole number from ${least} to ${most}, known at synthesis, got ${value}`,
  );
}
