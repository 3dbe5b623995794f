import { FailureScope } from '../../../core/failure-scope';
import { entryOf, itemsOf, type Resource, textOf, type Value } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, type RuleOutcome, undecided } from '../rule';

function regionOf(arn: Value): string | undefined {
  if (arn.kind === 'reference') {
    return arn.resource.region;
  }
  const start = arn.kind === 'text' ? arn.parts[0] : textOf(arn);
  return typeof start === 'string' ? start.split(':')[3] || undefined : undefined;
}

function judge(trigger: Value, plan: Resource): RuleOutcome[] {
  const target = textOf(entryOf(trigger, 'TargetRegion'));
  return itemsOf(entryOf(trigger, 'Conditions')).map((condition) => {
    const name = textOf(entryOf(condition, 'AssociatedAlarmName'));
    const alarm = name === undefined ? undefined : entryOf(plan.property('AssociatedAlarms'), name);
    const region = alarm && regionOf(entryOf(alarm, 'ResourceIdentifier'));
    if (target === undefined || region === undefined) {
      return undecided('the Region of a trigger or of its alarm is set at deployment', 'Properties.Triggers');
    }
    return region === target ? PASS : failed(`alarm ${name} is in ${region}, not in ${target}`, 'Properties.Triggers');
  });
}

export const planIsTriggeredFromWhatSurvives = defineRule({
  id: 'RES-DR-017',
  title: 'alarms that start a region switch plan are in the region that takes over',
  severity: 'error',
  scope: FailureScope.REGION,
  why: 'an alarm in the lost Region says nothing when it is needed',
  fix: 'watch a Region from the other one, and name that alarm in the trigger',
  docs: 'https://docs.aws.amazon.com/r53recovery/latest/dg/data-and-control-planes-rs.html',
  resourceTypes: ['AWS::ARCRegionSwitch::Plan'],
  evaluate: (resource) => {
    const activating = itemsOf(resource.property('Triggers')).filter(
      (trigger) => textOf(entryOf(trigger, 'Action')) === 'activate',
    );
    const outcomes = activating.flatMap((trigger) => judge(trigger, resource));
    if (outcomes.length === 0) {
      return NOT_APPLICABLE;
    }
    return (
      outcomes.find(({ verdict }) => verdict === 'fail') ??
      outcomes.find(({ verdict }) => verdict === 'unknown') ??
      PASS
    );
  },
});
