import { type Duration, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { RecoveryAutomation, RecoveryCall } from '../../core';
import type { ComputeActivation } from '../compute-ref';
import { LAUNCH } from './startup-budget';

/** What bringing a group to full capacity has to know. */
export interface FleetActivationProps {
  /** Name of the system and of the group. */
  readonly systemName: string;
  readonly units: number;
  readonly maxInstances: number;
  readonly startup: Duration;
  /** Whether capacity is held for it. */
  readonly reserved: boolean;
}

/**
 * Raising the minimum above what is desired launches the difference at once, and is what a deployment with this Region as the
 * active one says as well. https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_UpdateAutoScalingGroup.html
 */
export function fleetActivation(scope: Construct, props: FleetActivationProps): ComputeActivation {
  const { systemName, units, maxInstances, startup, reserved } = props;
  const stack = Stack.of(scope);
  const group = `${stack.formatArn({ service: 'autoscaling', resource: 'autoScalingGroup' })}:*:autoScalingGroupName/${systemName}`;
  return {
    units,
    call: new RecoveryCall({
      description: `Starts ${units} instances of ${systemName} in this Region and keeps at least as many`,
      service: 'autoscaling',
      api: 'UpdateAutoScalingGroup',
      region: stack.region,
      inputs: { AutoScalingGroupName: systemName, MinSize: units, MaxSize: maxInstances },
      permissions: [{ actions: ['autoscaling:UpdateAutoScalingGroup'], resources: [group] }],
    }),
    steps: [
      {
        description: `Amazon EC2 Auto Scaling starts ${units} instances`,
        duration: startup.plus(LAUNCH),
        automation: RecoveryAutomation.ONE_COMMAND,
        source: `the declared startup budget, and 3 minutes to launch and boot (judgement). Needs the control plane of this Region, and ${reserved ? 'finds capacity that is reserved' : 'capacity that nobody has reserved'}`,
      },
    ],
  };
}
