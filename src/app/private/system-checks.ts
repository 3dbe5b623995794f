import { Token } from 'aws-cdk-lib';
import { ObjectivesSource } from '../../core';
import { fail, Problems } from '../../core/private/fail';
import { warn } from '../../core/private/warnings';
import type { MultiAzClinicalApp } from '../multi-az-clinical-app';
import { livesElsewhere } from './regional-arn';

/** Stop at what cannot work in a system, before anything of it is made. */
export function requireClinicalApp(app: MultiAzClinicalApp): void {
  const { systemName, ingress, health, objectives, notifications, files, tables } = app.definition;
  const problems = new Problems(app, 'InvalidClinicalApp');
  problems.require(
    !Token.isUnresolved(systemName) && /^[a-z][a-z0-9-]{1,22}[a-z0-9]$/.test(systemName),
    `systemName must be 3 to 24 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen, got "${systemName}"`,
  );
  problems.require(ingress.length > 0, 'ingress is empty, so nobody could use the system; give at least one');
  requireNames(problems, 'a file share', files);
  requireNames(problems, 'a table', tables);
  problems.require(
    !notifications || !livesElsewhere(app, notifications),
    'the notifications topic is in another Region, where alarms of this one cannot publish; give a topic of this Region',
  );
  problems.throwIfAny();
  if (!health.startup && objectives.careDependsOnIt) {
    fail(
      app,
      'MissingStartupBudget',
      `a ${objectives.tier} system must know how long a task may take to start; measure the first boot with an empty database and set startup in its HealthProfile`,
    );
  }
}

function requireNames(problems: Problems, noun: string, named: { [name: string]: unknown } = {}): void {
  for (const name of Object.keys(named)) {
    problems.require(
      /^[a-z][a-z0-9]{0,19}$/.test(name),
      `the name of ${noun} must be 1 to 20 lower-case letters and digits, starting with a letter, got "${name}"`,
    );
  }
}

/** Say what is allowed, and should not go unseen. */
export function warnOfChoices(app: MultiAzClinicalApp): void {
  const { systemName, objectives, dataProtection } = app;
  if (objectives.source === ObjectivesSource.LIBRARY_DEFAULT) {
    warn(
      app,
      'objectivesAreDefaults',
      `the objectives of ${systemName} are this library's presets, not your organisation's; name the business-impact analysis behind yours with biaReference`,
    );
  }
  if (!dataProtection.retained) {
    warn(
      app,
      'dataDestroyedWithStack',
      `the data of ${systemName} is destroyed with its stack: ${dataProtection.acknowledgedLoss}`,
    );
  }
}
