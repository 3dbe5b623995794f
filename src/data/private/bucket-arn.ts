import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** ARN of a bucket in this partition. Spelled out, so that a reader of the tokens can tell that it is a bucket. */
export function bucketArnByName(scope: Construct, bucketName: string): string {
  return Stack.of(scope).formatArn({
    service: 's3',
    region: '',
    account: '',
    resource: bucketName,
    arnFormat: ArnFormat.NO_RESOURCE_NAME,
  });
}
