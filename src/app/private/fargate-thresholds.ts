import { Duration } from 'aws-cdk-lib';
import { FailureScope, type HealthProfile, RecoveryAutomation, type RecoveryThreshold } from '../../core';

const GUIDE = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide';

/** What a Fargate service does by itself, from the values it is made of. */
export interface FargateBehaviour {
  readonly health: HealthProfile;
  readonly startup: Duration;
  readonly running: number;
  readonly maxTasks: number;
  readonly targetCpuUtilizationPercent: number;
}

/** What Amazon ECS does without a person, and when. */
export function fargateThresholds(behaviour: FargateBehaviour): RecoveryThreshold[] {
  const { health, startup, running, maxTasks } = behaviour;
  const automation = RecoveryAutomation.AUTOMATIC;
  return [
    {
      scope: FailureScope.COMPONENT,
      measured: 'each task: whether it runs, and its probes',
      threshold: `it stops, or ${health.unhealthyThreshold} probes fail in a row, ${health.interval.toHumanString()} apart`,
      action: 'Amazon ECS stops it and starts another',
      automation,
      expected: Duration.seconds(health.detectionTime.toSeconds() + startup.toSeconds()),
      source: `${GUIDE}/load-balancer-healthcheck.html, and the start-up time of the health profile`,
    },
    {
      scope: FailureScope.COMPONENT,
      measured: 'average CPU of the tasks',
      threshold: `it stays above ${behaviour.targetCpuUtilizationPercent} %`,
      action: `more tasks start, ${maxTasks} at most`,
      automation,
      source: `${GUIDE}/service-autoscaling-targettracking.html`,
    },
    {
      scope: FailureScope.COMPONENT,
      measured: 'tasks of a new version',
      threshold: `${circuitBreakerThreshold(running)} in a row do not get healthy`,
      action: 'the deployment is rolled back (circuit breaker)',
      automation,
      source: `${GUIDE}/deployment-circuit-breaker.html`,
    },
  ];
}

/** Half the tasks, 3 to 200: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html */
function circuitBreakerThreshold(running: number): number {
  return Math.min(200, Math.max(3, Math.ceil(running / 2)));
}
