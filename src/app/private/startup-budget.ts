import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { fail } from '../../core/private/fail';
import { warn } from '../../core/private/warnings';
import type { ComputeBindOptions } from '../compute-ref';

/** Amazon EC2 launches an instance and boots its image, before the application begins to start. Judgement: it grows with the image. */
export const LAUNCH = Duration.minutes(3);

/** Of what nobody measured, where care does not depend on it. */
const ASSUMED = Duration.seconds(60);

/**
 * Time in which failed probes do not replace what has just started.
 *
 * @param unit what starts, for example `a task`
 * @param replacer who replaces it, for example `Amazon ECS`
 */
export function startupBudget(
  scope: Construct,
  { health, objectives }: ComputeBindOptions,
  unit: string,
  replacer: string,
): Duration {
  if (health.startup) {
    return health.startup;
  }
  if (objectives.careDependsOnIt) {
    fail(
      scope,
      'MissingStartupBudget',
      `health.startup is not set, but a ${objectives.tier} system must know how long ${unit} may take to start: too short, and ${replacer} replaces what is still starting, for ever; measure the first boot with an empty database and set HealthProfile startup`,
    );
  }
  warn(
    scope,
    'assumedStartup',
    `health.startup is not set, so ${replacer} gives ${unit} ${ASSUMED.toSeconds()} seconds to start, and replaces for ever what takes longer; measure the first boot with an empty database and set HealthProfile startup`,
  );
  return ASSUMED;
}
