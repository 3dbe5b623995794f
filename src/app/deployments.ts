import { Duration } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Problems } from '../core/private/fail';
import type { DatabaseMigration } from './database-migration';
import { requireMigration } from './private/migration-limits';

/** The alarms that roll a deployment back look at up to five minutes. */
const SHORTEST_BAKE_MINUTES = 5;
/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html */
const LONGEST_BAKE_MINUTES = 1440;

/** Options of `Deployments.blueGreen`. */
export interface BlueGreenDeploymentOptions {
  /**
   * How long the former version keeps running after the last request has moved, for a return within seconds. Whole minutes, 5
   * to 1440: an alarm takes five to go off. Both versions are paid for.
   *
   * @default Duration.minutes(15) - judgement: three times what the slowest alarm takes
   */
  readonly bakeTime?: Duration;
  /**
   * A change of the database's schema, made before the first task of a new version starts.
   *
   * @default - none: run it yourself before the deployment, if there is one
   */
  readonly migration?: DatabaseMigration;
}

/** Options of `Deployments.linear`. */
export interface LinearDeploymentOptions extends BlueGreenDeploymentOptions {
  /**
   * Requests, of a hundred, that move in each step: 3 to 100, to one decimal place.
   *
   * @default 10
   */
  readonly stepPercent?: number;
  /**
   * How long to watch each step. Whole minutes, 5 to 1440.
   *
   * @default Duration.minutes(6)
   */
  readonly stepBakeTime?: Duration;
}

/** Options of `Deployments.canary`. */
export interface CanaryDeploymentOptions extends BlueGreenDeploymentOptions {
  /**
   * Requests, of a hundred, that the new version gets first: 0.1 to 100, to one decimal place. The alarms count requests: give
   * it a share that is more than 20 a minute, or errors go unseen.
   *
   * @default 5
   */
  readonly canaryPercent?: number;
  /**
   * How long to watch that share before the rest moves. Whole minutes, 5 to 1440.
   *
   * @default Duration.minutes(10)
   */
  readonly canaryBakeTime?: Duration;
}

type Strategy = Pick<
  ecs.FargateServiceProps,
  'deploymentStrategy' | 'bakeTime' | 'linearConfiguration' | 'canaryConfiguration'
>;

/**
 * How a new version takes over from the former one.
 *
 * All but `rolling` start a full second set of tasks beside the first, behind a target group of its own, and move requests there
 * when all of them are healthy. Until the bake time is over, twice the tasks run and are paid for, each set spread over all zones and
 * enough to lose one; the account's quota of Fargate vCPUs must allow for both. They need one `Ingress.https`, and one Region.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-blue-green.html
 */
export class Deployments {
  /** New tasks start before former ones stop, and get requests as soon as they are healthy. */
  public static rolling(): Deployments {
    return new Deployments({});
  }

  /**
   * All requests move at once.
   *
   * @throws InvalidDeployments naming every option that is out of range
   */
  public static blueGreen(options: BlueGreenDeploymentOptions = {}): Deployments {
    return Deployments.shifting({ deploymentStrategy: ecs.DeploymentStrategy.BLUE_GREEN }, options);
  }

  /**
   * Requests move in equal steps. Both versions answer the same people until the last one.
   *
   * @throws InvalidDeployments naming every option that is out of range
   */
  public static linear(options: LinearDeploymentOptions = {}): Deployments {
    const { stepPercent = 10, stepBakeTime = Duration.minutes(6) } = options;
    return Deployments.shifting(
      { deploymentStrategy: ecs.DeploymentStrategy.LINEAR, linearConfiguration: { stepPercent, stepBakeTime } },
      options,
      { stepBakeTime },
      { stepPercent, least: 3 },
    );
  }

  /**
   * A few requests move first, then the rest. Both versions answer the same people until then.
   *
   * @throws InvalidDeployments naming every option that is out of range
   */
  public static canary(options: CanaryDeploymentOptions = {}): Deployments {
    const { canaryPercent = 5, canaryBakeTime = Duration.minutes(10) } = options;
    return Deployments.shifting(
      {
        deploymentStrategy: ecs.DeploymentStrategy.CANARY,
        canaryConfiguration: { stepPercent: canaryPercent, stepBakeTime: canaryBakeTime },
      },
      options,
      { canaryBakeTime },
      { canaryPercent, least: 0.1 },
    );
  }

  private static shifting(
    strategy: Strategy,
    { bakeTime = Duration.minutes(15), migration }: BlueGreenDeploymentOptions,
    waits: Record<string, Duration> = {},
    { least = 0, ...percents }: Record<string, number> = {},
  ): Deployments {
    const problems = new Problems(undefined, 'InvalidDeployments');
    for (const [name, wait] of Object.entries({ bakeTime, ...waits })) {
      requireWait(problems, name, wait);
    }
    for (const [name, percent] of Object.entries(percents)) {
      problems.require(
        percent >= least && percent <= 100 && Math.abs(percent * 10 - Math.round(percent * 10)) < 1e-6,
        `${name} must be ${least} to 100, to one decimal place, got ${percent}`,
      );
    }
    if (migration) {
      requireMigration(problems, migration);
    }
    problems.throwIfAny();
    return new Deployments({ ...strategy, bakeTime }, migration);
  }

  /** @internal */
  public readonly _strategy: Strategy;
  /** @internal */
  public readonly _migration?: DatabaseMigration;

  private constructor(strategy: Strategy, migration?: DatabaseMigration) {
    this._strategy = strategy;
    this._migration = migration;
  }

  /**
   * Whether requests move between two target groups.
   *
   * @internal
   */
  public get _shifts(): boolean {
    return this._strategy.deploymentStrategy !== undefined;
  }
}

function requireWait(problems: Problems, name: string, wait: Duration): void {
  if (wait.isUnresolved()) {
    return;
  }
  const minutes = wait.toMinutes({ integral: false });
  problems.require(
    Number.isInteger(minutes) && minutes >= SHORTEST_BAKE_MINUTES && minutes <= LONGEST_BAKE_MINUTES,
    `${name} must be ${SHORTEST_BAKE_MINUTES} to ${LONGEST_BAKE_MINUTES} whole minutes, as an alarm takes ${SHORTEST_BAKE_MINUTES} to go off, got ${wait.toHumanString()}`,
  );
}
