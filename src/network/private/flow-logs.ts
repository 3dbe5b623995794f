import { ArnFormat, type Duration, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { DataProtection } from '../../core';
import { fail } from '../../core/private/fail';
import { ManagedPolicyRole } from '../../core/private/managed-policy-role';

/** What a flow log needs. */
export interface FlowLogSettings {
  readonly vpc: ec2.Vpc;
  readonly encryptionKey: kms.IKey;
  readonly retention: Duration;
  readonly dataProtection: DataProtection;
}

/** Record every accepted and rejected flow of a VPC in an encrypted log group of the same stack. */
export function recordFlows(scope: Construct, settings: FlowLogSettings): logs.LogGroup {
  const logGroup = encryptedLogGroup(scope, 'FlowLogGroup', settings);
  settings.vpc.addFlowLog('FlowLog', {
    trafficType: ec2.FlowLogTrafficType.ALL,
    destination: ec2.FlowLogDestination.toCloudWatchLogs(logGroup, flowLogRole(scope)),
  });
  return logGroup;
}

/** A log group under a customer key, whose policy is extended for it. */
export function encryptedLogGroup(
  scope: Construct,
  id: string,
  { encryptionKey, retention, dataProtection }: Omit<FlowLogSettings, 'vpc'>,
): logs.LogGroup {
  allowLogGroups(encryptionKey, Stack.of(scope));
  return new logs.LogGroup(scope, id, {
    encryptionKey,
    retention: retentionDays(scope, retention),
    removalPolicy: dataProtection.removalPolicy,
  });
}

/** Only flow logs of this account and Region may use it: https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html */
function flowLogRole(scope: Construct): iam.Role {
  const stack = Stack.of(scope);
  return new ManagedPolicyRole(scope, 'FlowLogRole', {
    assumedBy: new iam.ServicePrincipal('vpc-flow-logs.amazonaws.com', {
      conditions: {
        StringEquals: { 'aws:SourceAccount': stack.account },
        ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'ec2', resource: 'vpc-flow-log', resourceName: '*' }) },
      },
    }),
  });
}

/**
 * Let CloudWatch Logs use the key for log groups of this stack, whose names CloudFormation starts with the stack's name. The
 * group cannot be named itself: it refers to the key.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
function allowLogGroups(key: kms.IKey, stack: Stack): void {
  const groups = stack.formatArn({
    service: 'logs',
    resource: 'log-group',
    resourceName: `${stack.stackName}-*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal(`logs.${stack.region}.amazonaws.com`)],
      actions: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
      resources: ['*'], // in a key policy: this key
      conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': groups } },
    }),
  );
}

/** CloudWatch Logs keeps records for one of a fixed list of days. */
function retentionDays(scope: Construct, retention: Duration): logs.RetentionDays {
  const known = !retention.isUnresolved();
  const days = known ? retention.toDays({ integral: false }) : Number.NaN;
  const allowed = Object.values(logs.RetentionDays).filter((value): value is logs.RetentionDays => {
    return typeof value === 'number' && value !== logs.RetentionDays.INFINITE;
  });
  if (!allowed.includes(days)) {
    const got = known ? `${days}` : 'a Duration made from a token';
    fail(
      scope,
      'InvalidFlowLogRetention',
      `flowLogRetention must be one of ${allowed.join(', ')} days, which CloudWatch Logs offers, got ${got}`,
    );
  }
  return days;
}
