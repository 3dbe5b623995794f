import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { DataProtection } from '../../core';

/** Properties of a LogDestination. */
export interface LogDestinationProps {
  /** What is logged, for the key's description. */
  readonly contents: string;
  /** How long to keep it. */
  readonly retention: logs.RetentionDays;
  /** What becomes of it when it is removed. */
  readonly dataProtection: DataProtection;
  /** Physical name; generated if left out. */
  readonly logGroupName?: string;
}

/** A log group under a customer key of its own, which CloudWatch Logs may use for log groups of this account only. */
export class LogDestination extends Construct {
  public readonly encryptionKey: kms.Key;
  public readonly logGroup: logs.LogGroup;

  public constructor(scope: Construct, id: string, props: LogDestinationProps) {
    super(scope, id);
    const stack = Stack.of(this);
    const { removalPolicy } = props.dataProtection;
    this.encryptionKey = new kms.Key(this, 'Key', {
      description: `Encrypts ${props.contents}`,
      enableKeyRotation: true,
      removalPolicy,
    });
    // The condition AWS documents: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
    this.encryptionKey.addToResourcePolicy(
      new iam.PolicyStatement({
        actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
        principals: [new iam.ServicePrincipal(`logs.${stack.region}.amazonaws.com`)],
        resources: ['*'], // in a key policy: this key
        conditions: {
          ArnLike: {
            'kms:EncryptionContext:aws:logs:arn': stack.formatArn({ service: 'logs', resource: 'log-group:*' }),
          },
        },
      }),
    );
    this.logGroup = new logs.LogGroup(this, 'Group', {
      logGroupName: props.logGroupName,
      encryptionKey: this.encryptionKey,
      retention: props.retention,
      removalPolicy,
    });
  }
}
