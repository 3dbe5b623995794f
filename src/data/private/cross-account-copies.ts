import { Arn, ArnFormat, CfnResource, Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import type * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { CfnDBCluster } from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import { fail, Problems } from '../../core/private/fail';
import { partitionOf } from '../../core/private/tokens';

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
 * Whether copies of these may not go there. Of Amazon RDS and Aurora, AWS Backup's page had one step cross into another account or another
 * Region, not both, and later versions of it are silent, as `CopyDBSnapshot` learnt both. So it may fail, and nothing is claimed of it.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/recov-point-create-a-copy.html
 */
export function mayNotArrive(scope: Construct, vaultArn: string, resources: backup.BackupResource[]): boolean {
  const account = otherAccount(scope, vaultArn) !== undefined;
  return account && inOtherRegion(scope, vaultArn) && resources.some(({ resource }) => mayBeOfRds(resource));
}

/** Not what an ARN says, or what it is a reference to, is of another service; of what is chosen by tag nobody can say. */
function mayBeOfRds(resource: string | undefined): boolean {
  const [, service] = /^arn:[^:]+:([^:]+):/.exec(resource ?? '') ?? [];
  if (service !== undefined) {
    return service === 'rds';
  }
  const reference = resource === undefined ? undefined : Tokenization.reverseString(resource).firstToken;
  const target = Reference.isReference(reference) ? reference.target : undefined;
  return !CfnResource.isCfnResource(target) || target.cfnResourceType.startsWith('AWS::RDS::');
}

/** A Multi-AZ DB cluster of Amazon RDS, if the resource is one that is made here. */
function multiAzCluster({ resource }: backup.BackupResource): CfnDBCluster | undefined {
  const targets = Tokenization.reverseString(resource ?? '').tokens.map(
    (token) => Reference.isReference(token) && token.target,
  );
  return targets.find(
    (target): target is CfnDBCluster =>
      CfnResource.isCfnResource(target) &&
      target.cfnResourceType === 'AWS::RDS::DBCluster' &&
      (target as CfnDBCluster).dbClusterInstanceClass !== undefined, // clusters of Aurora have instances of their own
  );
}

/**
 * Copies stay in their partition, go to vaults only, and are made of all but Multi-AZ DB clusters; AWS Backup would say so once the first
 * backup is there. https://docs.aws.amazon.com/aws-backup/latest/devguide/recov-point-create-a-copy.html
 *
 * @throws InvalidCopyDestination, or NotCopied
 */
export function requireCopies(scope: Construct, vaultArn: string, resources: backup.BackupResource[]): void {
  const problems = new Problems(scope, 'InvalidCopyDestination');
  problems.require(
    Token.isUnresolved(vaultArn) || /^arn:[^:]+:backup:[^:]+:[^:]+:backup-vault:[^:]+$/.test(vaultArn),
    `copies go to a vault by its ARN, for example IsolatedVault.arnIn(…), got ${JSON.stringify(vaultArn)}`,
  );
  problems.throwIfAny();
  const { partition } = Arn.split(vaultArn, ArnFormat.COLON_RESOURCE_NAME);
  const { region } = Stack.of(scope);
  const known = ![partition, region].some((each) => each === undefined || Token.isUnresolved(each));
  problems.require(
    !known || partition === partitionOf(region),
    `copies cannot leave their partition, and the vault is in ${partition} while ${region} is in ${partitionOf(region)}`,
  );
  problems.throwIfAny();
  const [cluster] = resources.flatMap((each) => multiAzCluster(each) ?? []);
  if (cluster) {
    fail(
      scope,
      'NotCopied',
      `AWS Backup copies no snapshot of a Multi-AZ DB cluster, so every copy of ${cluster.node.path} would fail; leave out multiAzCluster, use Aurora, or do not copy`,
    );
  }
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
