import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { IConstruct } from 'constructs';

/**
 * Let CloudWatch Logs encrypt with a key: the log group of this name, or any of the account and Region.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export function allowLogGroup(scope: IConstruct, key: kms.IKey, logGroupName = '*'): void {
  const { region, urlSuffix } = Stack.of(scope);
  const arn = Stack.of(scope).formatArn({
    service: 'logs',
    resource: 'log-group',
    resourceName: logGroupName,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      actions: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
      principals: [iam.ServicePrincipal.fromStaticServicePrincipleName(`logs.${region}.${urlSuffix}`)],
      resources: ['*'], // in a key policy: this key
      conditions: { [logGroupName === '*' ? 'ArnLike' : 'ArnEquals']: { 'kms:EncryptionContext:aws:logs:arn': arn } },
    }),
  );
}
