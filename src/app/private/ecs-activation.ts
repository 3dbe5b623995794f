import { Duration, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { RecoveryAutomation, RecoveryCall, type RecoveryStep } from '../../core';
import type { ComputeActivation } from '../compute-ref';

/** What starting an Amazon ECS service has to know. */
export interface EcsStartProps {
  /** Name of the system, of the cluster and of the service. */
  readonly systemName: string;
  readonly startup: Duration;
}

/** What bringing a service that scales to full capacity has to know. */
export interface EcsActivationProps extends EcsStartProps {
  readonly units: number;
  readonly maxTasks: number;
}

/** Amazon ECS places a task and pulls its image. Judgement: it grows with the image. */
const PLACEMENT = Duration.minutes(3);

/**
 * Raising the minimum changes the service's count at once, and is what a deployment with this Region as the active one says as
 * well. https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html
 */
export function ecsActivation(scope: Construct, props: EcsActivationProps): ComputeActivation {
  const { systemName, units, maxTasks, startup } = props;
  const stack = Stack.of(scope);
  const target = stack.formatArn({
    service: 'application-autoscaling',
    resource: 'scalable-target',
    resourceName: '*',
  });
  return {
    units,
    call: new RecoveryCall({
      description: `Starts ${units} tasks of ${systemName} in this Region and keeps at least as many`,
      service: 'application-autoscaling',
      api: 'RegisterScalableTarget',
      region: stack.region,
      inputs: {
        ServiceNamespace: 'ecs',
        ScalableDimension: 'ecs:service:DesiredCount',
        ResourceId: `service/${systemName}/${systemName}`,
        MinCapacity: units,
        MaxCapacity: maxTasks,
      },
      permissions: [{ actions: ['application-autoscaling:RegisterScalableTarget'], resources: [target] }],
    }),
    steps: [start(units, startup)],
    putOut: setCount(scope, systemName, 0, 'Stops the one task that Amazon ECS starts with a new service'),
  };
}

/** A service that runs once does not scale: its count is set, and is what nothing else sets. */
export function startsOnce(scope: Construct, { systemName, startup }: EcsStartProps): ComputeActivation {
  return {
    units: 1,
    call: setCount(scope, systemName, 1, `Starts the one task of ${systemName} in this Region`),
    steps: [start(1, startup)],
    stop: setCount(scope, systemName, 0, `Stops the one task of ${systemName} in this Region`),
  };
}

function setCount(scope: Construct, systemName: string, desiredCount: number, description: string): RecoveryCall {
  const stack = Stack.of(scope);
  const service = stack.formatArn({ service: 'ecs', resource: 'service', resourceName: `${systemName}/${systemName}` });
  return new RecoveryCall({
    description,
    service: 'ecs',
    api: 'UpdateService',
    region: stack.region,
    inputs: { cluster: systemName, service: systemName, desiredCount },
    permissions: [{ actions: ['ecs:UpdateService'], resources: [service] }],
  });
}

function start(units: number, startup: Duration): RecoveryStep {
  return {
    description: units === 1 ? 'Amazon ECS starts a task' : `Amazon ECS starts ${units} tasks`,
    duration: startup.plus(PLACEMENT),
    automation: RecoveryAutomation.ONE_COMMAND,
    source:
      'the declared startup budget, and 3 minutes to place tasks and pull the image (judgement). Needs the control plane of this Region, and capacity that nobody has reserved',
  };
}
