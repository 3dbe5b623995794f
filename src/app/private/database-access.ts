import * as iam from 'aws-cdk-lib/aws-iam';
import type { DatabaseConfig } from '../../data';

/** Let a principal connect as the users that IAM lets into the database, if it lets in any. */
export function grantDatabaseConnect(
  { iamConnectArns = [], iamConnectAction = 'rds-db:connect' }: DatabaseConfig,
  grantee: iam.IGrantable,
): iam.Grant | undefined {
  return iamConnectArns.length > 0
    ? iam.Grant.addToPrincipal({ grantee, actions: [iamConnectAction], resourceArns: iamConnectArns })
    : undefined;
}

/** Let a principal connect as an administrator, if IAM lets in any. */
export function grantDatabaseAdministration(
  { iamConnectArns = [], iamAdministerAction }: DatabaseConfig,
  grantee: iam.IGrantable,
): iam.Grant | undefined {
  return iamAdministerAction
    ? iam.Grant.addToPrincipal({ grantee, actions: [iamAdministerAction], resourceArns: iamConnectArns })
    : undefined;
}
