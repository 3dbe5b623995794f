import { Duration } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';
import { FailureScope, type HealthProfile } from '../core';
import { Problems } from '../core/private/fail';
import type { StoreRecovery } from '../data';
import type { ComputeBindOptions, ComputeConfig, ICompute } from './compute-ref';
import type { FargateApplicationProps } from './fargate-compute';
import { startsOnce } from './private/ecs-activation';
import { FargateApplication, requireFargateApplication } from './private/fargate-application';
import { FargateTelemetry } from './private/fargate-telemetry';

const LOST_TASKS = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-concepts.html';

/** Properties of an application of which one task runs. */
export interface ActivePassiveComputeProps extends FargateApplicationProps {
  /**
   * How long Amazon ECS may take to place a task and to pull its image, before the application itself begins to start.
   * Measure it: it grows with the image.
   *
   * @default Duration.seconds(60) - judgement
   */
  readonly placementTime?: Duration;
}

/**
 * One task on AWS Fargate, replaced in another zone when it is lost: for interface engines and other applications that
 * cannot run twice. Made by `Compute.activePassive`.
 *
 * Nothing runs beside it, so losing it is an outage until another has started: that time is claimed as recovery, and a
 * system whose objectives allow less is refused. Starting asks the control planes of Amazon ECS and Amazon EC2, which
 * compute that is statically stable does not. A deployment is an outage of the same length.
 *
 * Amazon ECS counts tasks that run or are about to, not one that is being stopped: while the former task uses its
 * `stopTimeout`, or goes on unseen in a zone that does not answer, the new one may already run. Only the application can
 * fence that, with a lock in its database; most interface engines take one.
 *
 * What the application knows must be in the system's database or a file share: the disk of a task is gone with it.
 */
export class ActivePassiveCompute implements ICompute {
  /** @throws InvalidActivePassiveCompute naming every mistake in the properties */
  public constructor(private readonly props: ActivePassiveComputeProps) {
    const problems = new Problems(undefined, 'InvalidActivePassiveCompute');
    requireFargateApplication(problems, props);
    problems.throwIfAny();
  }

  /**
   * Called by the system; do not call this yourself.
   *
   * @throws MissingStartupBudget when care depends on the system and nobody measured how long a task takes to start
   */
  public bind(scope: Construct, options: ComputeBindOptions): ComputeConfig {
    const standby = options.capacityPercent === 0;
    const application = new FargateApplication(scope, this.props, options, {
      minHealthyPercent: 0,
      maxHealthyPercent: 100, // the former task first: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html
      availabilityZoneRebalancing: ecs.AvailabilityZoneRebalancing.DISABLED, // it would take a second task
      // named only where nothing may run: elsewhere Amazon ECS starts with one, and what people stopped stays stopped
      desiredCount: standby ? 0 : undefined,
    });
    const running = standby ? 0 : 1;
    const telemetry = new FargateTelemetry(scope, 'Telemetry', {
      service: application.service,
      capacity: { needed: running, running },
    });
    return {
      ...application.config(telemetry),
      capacity: { peak: 1, running, unit: 'task' },
      recovery: this.recovery(options.health, application.startup),
      runsOnce: true,
      activation: startsOnce(scope, { systemName: options.systemName, startup: application.startup }),
    };
  }

  /** The same for a task and for a zone: another task is started, in a zone that is left. */
  private recovery(health: HealthProfile, startup: Duration): StoreRecovery[] {
    const stop = this.props.stopTimeout ?? Duration.seconds(60);
    const placement = this.props.placementTime ?? Duration.seconds(60);
    const probes = Duration.seconds(health.interval.toSeconds() * health.healthyThreshold);
    const steps = { detection: health.detectionTime, stop, placement, startup, probes };
    const seconds = Object.values(steps).reduce((sum, step) => sum + step.toSeconds(), 0);
    const parts = Object.entries(steps).map(([name, step]) => `${name} ${step.toSeconds()} s`);
    return [FailureScope.COMPONENT, FailureScope.AVAILABILITY_ZONE].map((failure) => ({
      scope: failure,
      mechanism: `Amazon ECS starts another task (${parts.join(', ')})`,
      recoveryTime: Duration.seconds(seconds),
      recoveryPoint: Duration.seconds(0), // it keeps nothing
      source: `judgement, until an exercise has measured it: the sum of declared figures; that lost tasks are replaced: ${LOST_TASKS}`,
    }));
  }
}
