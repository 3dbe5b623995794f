import { planIsTriggeredFromWhatSurvives } from '../../../../src/assessment/rules/recovery/res-dr-017-plan-trigger-alarm';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>, others: Record<string, unknown> = {}) => ({
  Resources: { It: { Type: 'AWS::ARCRegionSwitch::Plan', Properties }, ...others },
});

const trigger = (TargetRegion: string, ResourceIdentifier: unknown) => ({
  AssociatedAlarms: { down: { AlarmType: 'trigger', ResourceIdentifier } },
  Triggers: [{ Action: 'activate', TargetRegion, Conditions: [{ AssociatedAlarmName: 'down', Condition: 'red' }] }],
});

testRule(planIsTriggeredFromWhatSurvives, [
  {
    name: 'watched from the other Region',
    verdict: 'pass',
    template: it(trigger('us-west-2', 'arn:aws:cloudwatch:us-west-2:1:alarm:down')),
  },
  {
    name: 'watched from the lost Region',
    verdict: 'fail',
    template: it(trigger('us-west-2', 'arn:aws:cloudwatch:us-east-1:1:alarm:down')),
  },
  {
    name: 'an alarm of this stack',
    verdict: 'fail',
    template: it(trigger('us-west-2', { 'Fn::GetAtt': ['Alarm', 'Arn'] }), {
      Alarm: { Type: 'AWS::CloudWatch::Alarm' },
    }),
  },
  { name: 'an imported alarm', verdict: 'unknown', template: it(trigger('us-west-2', { 'Fn::ImportValue': 'alarm' })) },
  { name: 'no trigger', verdict: 'not-applicable', template: it({}) },
]);
