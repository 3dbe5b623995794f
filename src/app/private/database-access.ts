import * as iam from 'aws-cdk-lib/aws-iam';
import type { DatabaseConfig } from '../../data';

/** Let a principal connect as the users that IAM lets into the database, if it lets in any. */
export function grantDatabaseConnect({ iamConnectArns = [] }: DatabaseConfig, grantee: iam.IGrantable): void {
  if (iamConnectArns.length > 0) {
    iam.Grant.addToPrincipal({ grantee, actions: ['rds-db:connect'], resourceArns: iamConnectArns });
  }
}
