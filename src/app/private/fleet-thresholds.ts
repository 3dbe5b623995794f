import type { Duration } from 'aws-cdk-lib';
import { FailureScope, type HealthProfile, RecoveryAutomation, type RecoveryThreshold } from '../../core';
import { LAUNCH } from './startup-budget';

const GUIDE = 'https://docs.aws.amazon.com/autoscaling/ec2/userguide';

/** What a fleet does by itself, from the values it is made of. */
export interface FleetBehaviour {
  readonly health: HealthProfile;
  readonly startup: Duration;
  readonly maxInstances: number;
  readonly targetCpuUtilizationPercent: number;
}

/** What Amazon EC2 Auto Scaling does without a person, and when. */
export function fleetThresholds({ health, startup, ...behaviour }: FleetBehaviour): RecoveryThreshold[] {
  const automation = RecoveryAutomation.AUTOMATIC;
  return [
    {
      scope: FailureScope.COMPONENT,
      measured: 'each instance: its status checks, and the probes of its load balancer',
      threshold: `a check fails, or ${health.unhealthyThreshold} probes in a row, ${health.interval.toHumanString()} apart`,
      action: 'Amazon EC2 Auto Scaling replaces it',
      automation,
      expected: health.detectionTime.plus(LAUNCH).plus(startup),
      source: `${GUIDE}/ec2-auto-scaling-health-checks.html, the start-up time of the health profile, and ${LAUNCH.toHumanString()} to launch and boot (judgement)`,
    },
    {
      scope: FailureScope.COMPONENT,
      measured: 'average CPU of the instances',
      threshold: `it stays above ${behaviour.targetCpuUtilizationPercent} %`,
      action: `more instances start, ${behaviour.maxInstances} at most`,
      automation,
      source: `${GUIDE}/as-scaling-target-tracking.html`,
    },
  ];
}
