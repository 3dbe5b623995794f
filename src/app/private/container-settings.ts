import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Problems } from '../../core/private/fail';
import type { CacheConfig, DatabaseConfig, DocumentStoreConfig, FileShareConfig, TableStoreConfig } from '../../data';

/** What settings and secrets may refer to, in the Region they are bound in. */
export interface SettingSources {
  readonly database?: DatabaseConfig;
  readonly documents?: DocumentStoreConfig;
  readonly files?: { [name: string]: FileShareConfig };
  readonly tables?: { [name: string]: TableStoreConfig };
  readonly cache?: CacheConfig;
}

const PLACEHOLDER = /\{([^{}]*)\}/g;

/** Replace the placeholders of a template by what they mean in this Region. */
export function formatSetting(scope: Construct, name: string, template: string, sources: SettingSources): string {
  const values = placeholders(scope, sources);
  const problems = new Problems(scope, 'InvalidAppSetting');
  const formatted = template.replace(PLACEHOLDER, (whole, key: string) => {
    problems.require(
      key in values,
      `the setting "${name}" refers to ${whole}, which is not one of ${Object.keys(values).join(', ')}`,
    );
    const value = values[key];
    problems.require(
      !(key in values) || value !== undefined,
      `the setting "${name}" refers to ${whole}, but the system has no ${key.split('.')[0]}`,
    );
    return value ?? whole;
  });
  problems.throwIfAny();
  return formatted;
}

function placeholders(
  scope: Construct,
  { database, documents, files = {}, tables = {}, cache }: SettingSources,
): Record<string, string | undefined> {
  return {
    'database.writer': database?.endpoints.writer,
    'database.reader': database?.endpoints.reader,
    'database.port': database?.endpoints.port,
    'database.name': database?.endpoints.databaseName,
    'documents.bucket': documents?.bucket.bucketName,
    'cache.primary': cache?.endpoints.primary,
    'cache.reader': cache?.endpoints.reader,
    'cache.port': cache?.endpoints.port,
    region: Stack.of(scope).region,
    ...Object.fromEntries(
      Object.entries(files).flatMap(([name, { dnsName, path }]) => [
        [`files.${name}.host`, dnsName],
        [`files.${name}.path`, path],
      ]),
    ),
    ...Object.fromEntries(Object.entries(tables).map(([name, { table }]) => [`tables.${name}.name`, table.tableName])),
  };
}
