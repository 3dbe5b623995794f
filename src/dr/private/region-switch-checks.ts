import { type Duration, Stack, Token } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { Problems } from '../../core/private/fail';
import { partitionOf } from '../../core/private/tokens';
import type { FailoverBindOptions } from '../failover-ref';
import type { RegionSwitchOptions } from '../region-switch-failover';

/** https://docs.aws.amazon.com/r53recovery/latest/dg/working-with-rs-triggers.html */
const MOST_ALARMS = 10;

/** @throws RegionSwitchNotPossible naming everything that stands against a plan */
export function requirePlan(scope: Construct, options: RegionSwitchOptions, around: FailoverBindOptions): void {
  const { primaryRegion, systemName } = around;
  const problems = new Problems(scope, 'RegionSwitchNotPossible');
  problems.require(
    partitionOf(primaryRegion) === 'aws',
    `ARC Region switch with public DNS records is in the commercial Regions only, got ${primaryRegion}; use Failover.manual()`,
  );
  requireCompute(problems, options, around);
  requireDatabase(problems, around);
  problems.require(
    !Token.isUnresolved(options.approvers.roleName),
    'approvers is a role made by a stack, which the plan must outlive; give it by name, with Role.fromRoleName',
  );
  problems.require(systemName.length <= 32, `a plan's name is at most 32 characters, got ${systemName}`);
  requireTriggers(problems, scope, options, around);
  problems.throwIfAny();
}

/** ARC has no block for what must run once: it scales up what is activated, and stops nothing in the Region that is left. */
function requireCompute(problems: Problems, options: RegionSwitchOptions, around: FailoverBindOptions): void {
  const { compute, systemName, primaryRegion, recoveryRegion } = around;
  const { autoScalingGroupArns: arns } = options;
  problems.require(
    !compute.runsOnce,
    'the compute must run once, and the plan would start it in one Region without stopping it in the other; use Failover.dns(), whose steps people take',
  );
  problems.require(
    compute.service !== undefined || compute.autoScalingGroup !== undefined,
    'the plan scales an Amazon ECS service or an Auto Scaling group in both Regions, and the compute is neither; use Failover.dns(), whose steps people take',
  );
  if (!arns) {
    return;
  }
  problems.require(
    compute.autoScalingGroup !== undefined,
    'autoScalingGroupArns is given, but the compute is no Auto Scaling group; leave it out',
  );
  const regions = [primaryRegion, recoveryRegion];
  problems.require(
    arns.length === 2 && arns.every((arn, index) => isGroup(arn, regions[index], systemName)),
    `autoScalingGroupArns must be the ARNs of the group ${systemName} in ${regions.join(' and in ')}, in this order, got ${arns.join(', ') || 'none'}`,
  );
}

function isGroup(arn: string, region: string, name: string): boolean {
  const parts = arn.split(':');
  return parts[2] === 'autoscaling' && parts[3] === region && arn.endsWith(`:autoScalingGroupName/${name}`);
}

/** ARC switches read replicas of Oracle over without loss; those are refused before, because this library makes none. */
function requireDatabase(problems: Problems, { database }: FailoverBindOptions): void {
  const replication = database?.replication;
  problems.require(
    !database || !!replication?.members || !!replication?.instanceArns || replication?.writesInBoth === true,
    'the plan moves the writer of an Aurora global database or promotes a read replica of Amazon RDS, and the database is neither, or is not kept live in the other Region; use Failover.dns(), whose steps people take',
  );
  problems.require(
    !replication?.signInAfterPromotion,
    'nobody signs in to the copy of the database before it has the password of the secret, which no block of the plan gives it; use Failover.dns(), whose steps people take',
  );
}

function requireTriggers(
  problems: Problems,
  scope: Construct,
  { triggerAlarms, triggerDelay }: RegionSwitchOptions,
  { primaryRegion, recoveryRegion }: FailoverBindOptions,
): void {
  problems.require(
    triggerDelay === undefined || triggerAlarms !== undefined,
    'triggerDelay is given, but no triggerAlarms; nothing starts the plan but people',
  );
  problems.require(
    triggerDelay === undefined || isWholeMinutes(triggerDelay),
    `triggerDelay must be whole minutes, one at least, got ${triggerDelay?.toHumanString()}`,
  );
  if (!triggerAlarms) {
    return;
  }
  const names = triggerAlarms.map(alarmNameOf);
  problems.require(
    names.length >= 1 && names.length <= MOST_ALARMS && new Set(names).size === names.length,
    `triggerAlarms must be 1 to ${MOST_ALARMS} different alarms, got ${names.length}`,
  );
  for (const alarm of triggerAlarms) {
    problems.require(
      !Token.isUnresolved(alarmNameOf(alarm)),
      `the alarm ${alarm.node.path} has no name of its own, by which the plan, in a stack of another Region, could know it; give it an alarmName`,
    );
    const region = alarmRegionOf(alarm);
    problems.require(
      region === recoveryRegion,
      `the alarm ${alarm.node.path} is in ${region}, and ${region === primaryRegion ? 'says nothing when that Region is lost' : 'ARC reads alarms of the Region that is activated'}; watch ${primaryRegion} from ${recoveryRegion}, and name that alarm`,
    );
    const [theirs, ours] = [alarm.env.account, Stack.of(scope).account];
    problems.require(
      Token.isUnresolved(theirs) || Token.isUnresolved(ours) || theirs === ours,
      `the alarm ${alarm.node.path} is in the account ${theirs}, not in ${ours}, where the plan is`,
    );
  }
}

function isWholeMinutes(duration: Duration): boolean {
  const minutes = duration.toMinutes({ integral: false });
  return Number.isInteger(minutes) && minutes >= 1;
}

/** The explicit name: that of an alarm without one is known to its own stack only. */
export function alarmNameOf(alarm: cloudwatch.IAlarm): string {
  const made = alarm.node.defaultChild as cloudwatch.CfnAlarm | cloudwatch.CfnCompositeAlarm | undefined;
  return made?.alarmName ?? alarm.alarmName;
}

function alarmRegionOf(alarm: cloudwatch.IAlarm): string {
  const ofArn = Token.isUnresolved(alarm.alarmArn) ? undefined : alarm.alarmArn.split(':')[3];
  return ofArn ?? alarm.env.region;
}
