import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { acknowledge } from '../../core/private/acknowledgements';
import { ManagedPolicyRole } from '../../core/private/managed-policy-role';
import type { Latch } from './latch';

/** Properties of a LatchFunction. */
export interface LatchFunctionProps {
  readonly systemName: string;
  readonly latch: Latch;
  /** 1 sends users to the latch's Region, 0 lets them return. */
  readonly value: 0 | 1;
}

/**
 * Writes the latch for a plan of ARC Region switch, which cannot write a metric itself. Called twice, or late, it writes the same.
 * It has no log: it knows nothing, and the plan keeps the error it fails with.
 */
export class LatchFunction extends Construct {
  /** ARN of a system's function in a Region, made of names. */
  public static arnIn(scope: Construct, systemName: string, region: string): string {
    return Stack.of(scope).formatArn({
      service: 'lambda',
      region,
      resource: 'function',
      resourceName: nameFor(systemName),
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  public constructor(scope: Construct, id: string, { systemName, latch, value }: LatchFunctionProps) {
    super(scope, id);
    const role = new ManagedPolicyRole(this, 'Role', {
      description: `Lets a function send the users of ${systemName} to a Region`,
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    });
    role.addToPrincipalPolicy(
      new iam.PolicyStatement({
        actions: ['cloudwatch:PutMetricData'],
        resources: ['*'], // takes no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html
        conditions: { StringEquals: { 'cloudwatch:namespace': latch.namespace } },
      }),
    );
    // an L1, because the L2 makes a log group under recommended feature flags, and nothing is logged
    const handler = new lambda.CfnFunction(this, 'Function', {
      functionName: nameFor(systemName),
      description: `Sends the users of ${systemName} to this Region`,
      runtime: lambda.Runtime.NODEJS_LATEST.name,
      handler: 'index.handler',
      code: { zipFile: latchCode(latch, value) },
      timeout: 30,
      role: role.roleArn,
    });
    acknowledge(role, 'latchMetric', ['Resource::*']);
    acknowledge(handler, 'latchFunction');
  }
}

/**
 * Asks the Region of the latch and no other, and hears within its 30 seconds that this does not answer. An error stops the plan, which
 * retries until its timeout.
 */
export function latchCode(latch: Latch, value: 0 | 1): string {
  return `const { CloudWatchClient, PutMetricDataCommand } = require('@aws-sdk/client-cloudwatch');
const requestHandler = { connectionTimeout: 2000, requestTimeout: 4000, throwOnRequestTimeout: true };
const client = new CloudWatchClient({ region: '${latch.region}', maxAttempts: 5, requestHandler });
exports.handler = async () => {
  await client.send(new PutMetricDataCommand(${JSON.stringify(latch.input(value))}));
  return { latch: ${value} };
};
`;
}

function nameFor(systemName: string): string {
  return `${systemName}-send-users`;
}
