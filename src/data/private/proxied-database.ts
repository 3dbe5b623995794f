import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { IDependable } from 'constructs';
import type { DatabaseProxy } from '../database-proxy';
import type { DatabaseFoundation } from './database-foundation';

/** What stands behind a proxy: a cluster or an instance. */
export interface ProxiedDatabase {
  readonly proxy: DatabaseProxy;
  readonly foundation: DatabaseFoundation;
  readonly settings: { readonly databaseName: string; readonly engine: { readonly name: string } };
  readonly target: { readonly clusterIdentifier: string } | { readonly instanceIdentifier: string };
  /** What IAM calls it, other than its identifier. */
  readonly resourceId: string;
  /** What has to be there before the proxy looks for it. */
  readonly made: IDependable[];
  /**
   * What the proxy reads, where clients have passwords.
   *
   * @default - a database in another Region than its secret's
   */
  readonly secret?: secretsmanager.ISecret;
  /** Whether it has an instance that can be read while another one writes. */
  readonly readable: boolean;
  /** Whether nobody writes here until it is promoted. */
  readonly follows: boolean;
}
