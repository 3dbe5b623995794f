import { Arn, ArnFormat, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

/** The account of a vault, where it is written out and is not the one around the construct. */
export function otherAccount(scope: Construct, vaultArn: string): string | undefined {
  // an ARN of tokens has as many colons as any other, so it can be taken apart
  const { account } = Arn.split(vaultArn, ArnFormat.COLON_RESOURCE_NAME);
  const known = account !== undefined && !Token.isUnresolved(account);
  return known && account !== Stack.of(scope).account ? account : undefined;
}

/** Whether a vault survives the account around the construct: not where that account is only known at deployment. */
export function inOtherAccount(scope: Construct, vaultArn: string): boolean {
  return !Token.isUnresolved(Stack.of(scope).account) && otherAccount(scope, vaultArn) !== undefined;
}

/** Whether a vault survives the Region around the construct: not where one of the two is only known at deployment. */
export function inOtherRegion(scope: Construct, vaultArn: string): boolean {
  const { region } = Arn.split(vaultArn, ArnFormat.COLON_RESOURCE_NAME);
  const own = Stack.of(scope).region;
  return ![region, own].some((each) => each === undefined || Token.isUnresolved(each)) && region !== own;
}

/**
 * Let another account read what it copies: recovery points of Aurora are under the key of their cluster, those of Amazon S3 under the
 * key of their vault. https://docs.aws.amazon.com/aws-backup/latest/devguide/create-cross-account-backup.html
 */
export function shareWith(key: kms.IKey, account: string): void {
  const principals = [new iam.AccountPrincipal(account)];
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
      principals,
      resources: ['*'], // in a key policy: this key
    }),
  );
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      actions: ['kms:CreateGrant'],
      principals,
      resources: ['*'],
      conditions: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    }),
  );
}
