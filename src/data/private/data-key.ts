import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { DataProtection } from '../../core';

/**
 * A customer key for data. While the data is kept, nobody can schedule the key's deletion or disable it without changing
 * its policy first: without its key an Aurora cluster is lost for good.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.html
 */
export function dataKey(scope: Construct, id: string, description: string, dataProtection: DataProtection): kms.Key {
  const key = new kms.Key(scope, id, {
    description,
    enableKeyRotation: true,
    removalPolicy: dataProtection.removalPolicy,
  });
  if (dataProtection.retained) {
    key.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'KeepTheKeyOfKeptData',
        effect: iam.Effect.DENY,
        principals: [new iam.AnyPrincipal()],
        actions: ['kms:ScheduleKeyDeletion', 'kms:DisableKey'],
        resources: ['*'], // in a key policy: this key
      }),
    );
  }
  return key;
}

/** Let CloudWatch Logs encrypt one log group. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html */
export function allowLogGroup(key: kms.IKey, scope: Construct, logGroupName: string): void {
  const stack = Stack.of(scope);
  const arn = stack.formatArn({
    service: 'logs',
    resource: 'log-group',
    resourceName: logGroupName,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal(`logs.${stack.region}.amazonaws.com`)],
      actions: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
      resources: ['*'], // in a key policy: this key
      conditions: { ArnEquals: { 'kms:EncryptionContext:aws:logs:arn': arn } },
    }),
  );
}
