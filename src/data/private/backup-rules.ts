import { Duration } from 'aws-cdk-lib';
import { Problems } from '../../core/private/fail';
import type { BackupRule } from '../backup-policy';

/** What AWS Backup demands of a plan and CloudFormation does not check. https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html */
export function validateRules(rules: BackupRule[]): void {
  const problems = new Problems(undefined, 'InvalidBackupPolicy');
  problems.require(rules.length > 0, 'a backup policy needs at least one rule, got none');
  problems.require(
    new Set(rules.map((rule) => rule.name)).size === rules.length,
    `rules must have different names, got ${rules.map((rule) => rule.name).join(', ')}`,
  );
  problems.require(
    rules.filter((rule) => rule.continuous).length <= 1,
    'at most one rule can be continuous, because AWS Backup keeps one continuous backup of each resource',
  );
  for (const rule of rules) {
    validateRule(rule, problems);
  }
  problems.throwIfAny();
}

function validateRule(rule: BackupRule, problems: Problems): void {
  const start = rule.startWindow ?? Duration.hours(1);
  const completion = rule.completionWindow ?? Duration.hours(12);
  const known = [rule.every, rule.retention, start, completion].every((duration) => !duration.isUnresolved());
  problems.require(known, `durations of rule ${rule.name} must be known at synthesis, got one made from a token`);
  problems.require(/^[\w.-]{1,50}$/.test(rule.name), `a rule's name must match [A-Za-z0-9_.-]{1,50}, got ${rule.name}`);
  problems.require(
    /^(cron|rate)\(.+\)$/.test(rule.schedule),
    `the schedule of rule ${rule.name} must be a cron expression such as cron(0 5 ? * * *), got ${rule.schedule}`,
  );
  if (!known) {
    return;
  }
  const days = rule.retention.toDays({ integral: false });
  const most = rule.continuous ? 35 : 36_500;
  problems.require(
    Number.isInteger(days) && days >= 1 && days <= most,
    `the retention of rule ${rule.name} must be 1 to ${most} whole days, got ${rule.retention.toHumanString()}`,
  );
  problems.require(
    rule.continuous === true || rule.every.toMinutes({ integral: false }) >= 60,
    `AWS Backup makes snapshots at most hourly, got every ${rule.every.toHumanString()} for rule ${rule.name}`,
  );
  problems.require(
    start.toMinutes({ integral: false }) >= 60,
    `startWindow of rule ${rule.name} must be at least an hour, got ${start.toHumanString()}`,
  );
  problems.require(
    completion.toMinutes({ integral: false }) > start.toMinutes({ integral: false }),
    `completionWindow of rule ${rule.name} must be more than startWindow (${start.toHumanString()}), got ${completion.toHumanString()}`,
  );
}
