import * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { acknowledge } from '../../core/private/acknowledgements';
import { ManagedPolicyRole } from '../../core/private/managed-policy-role';

/** What an instance role is made for. */
export interface InstanceRoleProps {
  readonly systemName: string;
  /** Where the application logs to. */
  readonly logGroup: logs.ILogGroup;
}

/**
 * What the agents on an instance may do: Session Manager, metrics under the system's own namespace, and writing to one log
 * group. Not Patch Manager: a fleet gets a new image. `AmazonSSMManagedInstanceCore` would read every parameter of the account as well.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-iam-instance-profile.html
 */
export function instanceRole(scope: Construct, { systemName, logGroup }: InstanceRoleProps): iam.Role {
  const role = new ManagedPolicyRole(scope, 'Role', {
    description: 'What the application and the agents on its instances may do',
    assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
  });
  role.addToPrincipalPolicy(
    new iam.PolicyStatement({
      actions: [
        'ssm:UpdateInstanceInformation',
        'ssmmessages:CreateControlChannel',
        'ssmmessages:CreateDataChannel',
        'ssmmessages:OpenControlChannel',
        'ssmmessages:OpenDataChannel',
      ],
      resources: ['*'], // the channels take no resource
    }),
  );
  role.addToPrincipalPolicy(
    new iam.PolicyStatement({
      actions: ['cloudwatch:PutMetricData'],
      resources: ['*'], // it takes no resource
      conditions: { StringEquals: { 'cloudwatch:namespace': systemName } },
    }),
  );
  role.addToPrincipalPolicy(
    new iam.PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
    }),
  );
  acknowledge(role, 'instanceAgents', ['Resource::*']);
  return role;
}
