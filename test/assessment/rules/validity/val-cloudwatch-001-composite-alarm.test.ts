import { compositeAlarmNamesAlarms } from '../../../../src/assessment/rules/validity/val-cloudwatch-001-composite-alarm';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>, others: Record<string, unknown> = {}) => ({
  Resources: { It: { Type: 'AWS::CloudWatch::CompositeAlarm', Properties }, ...others },
});

testRule(compositeAlarmNamesAlarms, [
  {
    name: 'two alarms',
    verdict: 'pass',
    template: it(
      { AlarmRule: { 'Fn::Sub': '(ALARM("${A.Arn}") OR NOT OK(b))' } },
      { A: { Type: 'AWS::CloudWatch::Alarm' }, B: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmName: 'b' } } },
    ),
  },
  {
    name: 'a state that does not exist',
    verdict: 'fail',
    template: it(
      { AlarmRule: 'FAILED("b")' },
      { B: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmName: 'b' } } },
    ),
  },
  {
    name: 'what is no alarm',
    verdict: 'fail',
    template: it({ AlarmRule: { 'Fn::Sub': 'ALARM("${T}")' } }, { T: { Type: 'AWS::SNS::Topic' } }),
  },
  { name: 'itself', verdict: 'fail', template: it({ AlarmName: 'a', AlarmRule: 'ALARM(a)' }) },
  { name: 'an alarm from elsewhere', verdict: 'unknown', template: it({ AlarmRule: 'ALARM("does-not-exist")' }) },
  {
    name: 'a name from a parameter',
    verdict: 'unknown',
    template: it({ AlarmRule: { 'Fn::Sub': 'ALARM("${Name}")' } }),
  },
  { name: 'an imported expression', verdict: 'unknown', template: it({ AlarmRule: { 'Fn::ImportValue': 'rule' } }) },
]);
