import {
  type Assembly,
  entryOf,
  everyStep,
  isSkipped,
  itemsOf,
  numberOf,
  type PlanStep,
  type Resource,
  referencesIn,
  regionOfArn,
  textOf,
  type Value,
} from '../model';
import { FIGURES } from './figures';
import type { Step } from './step';
import { open, seconds, sum, type Time } from './time';

const MINUTE = 60;

/** Blocks whose time has a figure. What other blocks take is known to nobody but those who measured it. */
const FIGURE_OF_BLOCK: Readonly<Record<string, Step>> = {
  ExecutionApprovalConfig: FIGURES.humanDecision,
  EcsCapacityIncreaseConfig: FIGURES.taskReplacement,
  Ec2AsgCapacityIncreaseConfig: FIGURES.instanceReplacement,
  GlobalAuroraConfig: FIGURES.auroraGlobalFailover,
  DocumentDbConfig: FIGURES.auroraGlobalFailover,
  NeptuneGlobalDatabaseConfig: FIGURES.auroraGlobalFailover,
  AuroraProvisionedScalingConfig: FIGURES.auroraInstanceAgain,
  RdsPromoteReadReplicaConfig: FIGURES.readReplicaPromotion,
  RdsSwitchoverReadReplicaConfig: FIGURES.readReplicaPromotion,
  Route53HealthCheckConfig: FIGURES.planMovesRecords,
  ArcRoutingControlConfig: FIGURES.planMovesRecords,
};

/** Until a plan begins: an alarm starts it, or somebody does. Where its first step asks a person, that is the decision. */
export function startOf(plan: Resource, steps: readonly PlanStep[], region: string, assembly: Assembly): Step[] {
  const trigger = itemsOf(plan.property('Triggers')).find(
    (one) => textOf(entryOf(one, 'Action')) === 'activate' && textOf(entryOf(one, 'TargetRegion')) === region,
  );
  if (trigger) {
    const alarms = itemsOf(entryOf(trigger, 'Conditions')).map((condition) =>
      detectionTime(plan, textOf(entryOf(condition, 'AssociatedAlarmName')), assembly),
    );
    const slowest = { seconds: Math.max(0, ...alarms.map((time) => time.seconds)), open: sum(alarms).open };
    return [{ what: 'an alarm starts the plan', time: slowest, source: 'template: period × evaluation periods' }];
  }
  return steps[0]?.block === 'ExecutionApprovalConfig' ? [] : [FIGURES.humanDecision];
}

function detectionTime(plan: Resource, name: string | undefined, assembly: Assembly): Time {
  const alarm = alarmOf(
    entryOf(entryOf(plan.property('AssociatedAlarms'), name ?? ''), 'ResourceIdentifier'),
    assembly,
  );
  const [period, periods] = ['Period', 'EvaluationPeriods'].map((property) =>
    alarm ? numberOf(alarm.property(property)) : undefined,
  );
  return period === undefined || periods === undefined
    ? open('how soon the alarm that starts the plan sounds is not in the templates')
    : seconds(period * periods);
}

/** A plan knows an alarm of another Region by an ARN that is made of its name. */
function alarmOf(identifier: Value, assembly: Assembly): Resource | undefined {
  const [reference] = referencesIn(identifier);
  const [, name] = textOf(identifier)?.split(':alarm:') ?? [];
  return (
    reference?.resource ??
    assembly
      .resourcesOf('AWS::CloudWatch::Alarm')
      .find((alarm) => alarm.region === regionOfArn(identifier) && textOf(alarm.property('AlarmName')) === name)
  );
}

/** Steps of a plan in their order: those side by side take as long as the slowest. */
export function stepsOfPlan(steps: readonly PlanStep[]): Step[] {
  return steps.filter((step) => !isSkipped(step)).map(stepOf);
}

function stepOf(step: PlanStep): Step {
  const what = `step ${step.name}`;
  if (step.branches.length > 0) {
    const parts = stepsOfPlan(step.branches);
    const times = parts.map(({ time }) => time);
    const sideBySide = step.block === 'ParallelConfig';
    return {
      what: `${what}: ${parts.map((part) => part.what).join(sideBySide ? ' | ' : ', ')}`,
      time: sideBySide ? slowest(times) : sum(times),
      byHand: everyStep(step.branches).some(({ block }) => block === 'ExecutionApprovalConfig'),
      source: sideBySide ? 'template: the slowest of its steps' : 'template: its steps, one after the other',
    };
  }
  const figure = step.block === undefined ? undefined : FIGURE_OF_BLOCK[step.block];
  const reason = `how long step ${step.name} takes: rehearse the plan and measure it`;
  return figure
    ? { ...figure, what: `${what}: ${figure.what}`, time: withinTimeout(figure.time, step) }
    : { what, time: open(reason), source: 'template: the block says only when it is given up' };
}

/** A plan gives a step up at its timeout: whether it is done by then is open. */
function withinTimeout(time: Time, { name, timeoutMinutes }: PlanStep): Time {
  if (typeof timeoutMinutes !== 'number') {
    return { ...time, open: [...time.open, timeoutMinutes.reason] };
  }
  const limit = timeoutMinutes * MINUTE;
  return limit >= time.seconds
    ? time
    : open(`step ${name} is given up after ${timeoutMinutes} min, and may take ${time.seconds / MINUTE} min`, limit);
}

function slowest(times: readonly Time[]): Time {
  return { seconds: Math.max(0, ...times.map((time) => time.seconds)), open: sum(times).open };
}
