import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { fail } from '../../core/private/fail';

/**
 * Physical names must be the same text in every Region, because nothing is looked up across Regions. They start with the
 * system's name, which therefore must fit the strictest of them.
 */
export function requireSystemName(scope: IConstruct, systemName: string, longest: number): void {
  const fits =
    !Token.isUnresolved(systemName) &&
    systemName.length <= longest &&
    /^[a-z]([a-z0-9]|-(?=[a-z0-9]))*$/.test(systemName);
  if (!fits) {
    fail(
      scope,
      'InvalidSystemName',
      `systemName must be 1 to ${longest} characters known at synthesis: lower-case letters, digits and single hyphens, starting with a letter, not ending with a hyphen, got ${JSON.stringify(systemName)}`,
    );
  }
}

/** 63 of a DB instance identifier, less `-`, the longest Region name (14), `-` and a letter. */
export const LONGEST_DATABASE_SYSTEM_NAME = 46;

/** Longest identifier of an ElastiCache replication group. */
export const LONGEST_CACHE_SYSTEM_NAME = 40;

/** The same, less `-copy`. */
export const LONGEST_FOLLOWED_CACHE_SYSTEM_NAME = 35;

/** 63 of a bucket name, less `-documents-`, an account (12), `-` and the longest Region name (14). */
export const LONGEST_DOCUMENTS_SYSTEM_NAME = 25;

/** 255 of a table name, less `-` and the longest name a system gives a table (20): far more than a system's name has. */
export const LONGEST_TABLE_SYSTEM_NAME = 234;

/** 50 of a vault name, less `-recovery`. */
export const LONGEST_BACKUP_SYSTEM_NAME = 41;

/** Name of the documents bucket. */
export function documentsBucketName(systemName: string, region: string, account: string): string {
  return `${systemName}-documents-${account}-${region}`;
}

/** Alias of the key that the documents bucket has of its own, for the Region that replicates back into it. */
export function documentsKeyAlias(systemName: string): string {
  return `alias/${systemName}-documents`;
}

/** Name of the credentials of a database, the same in every Region. */
export function secretNameOf(systemName: string): string {
  return `${systemName}/database`;
}

/** Identifier of a system's database in a Region: unique in the account, because the Regions of a global database may not share one. */
export function databaseIdentifierOf(systemName: string, region: string): string {
  return `${systemName}-${region}`;
}

/**
 * Identifier of the copy of a cache. Not that of a cache of its own in the same Region, so that a system whose caches were independent may let
 * one follow: CloudFormation makes the copy beside what it replaces.
 */
export function cacheCopyIdentifierOf(systemName: string): string {
  return `${systemName}-copy`;
}

/** Of a volume of ONTAP, which takes no hyphens. */
export function ontapVolumeName(systemName: string, shareName: string): string {
  return `${systemName}_${shareName}`.replace(/-/g, '_');
}
