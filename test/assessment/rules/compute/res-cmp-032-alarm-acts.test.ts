import { alarmActs } from '../../../../src/assessment/rules/compute/res-cmp-032-alarm-acts';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const it = (properties: Record<string, unknown>) => templateOf({ It: resource('AWS::CloudWatch::Alarm', properties) });

testRule(alarmActs, [
  { name: 'an action', verdict: 'pass', template: it({ AlarmActions: ['arn'] }) },
  { name: 'no action', verdict: 'fail', template: it({ OKActions: ['arn'] }) },
  { name: 'actions are turned off', verdict: 'fail', template: it({ AlarmActions: ['arn'], ActionsEnabled: false }) },
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: it({ AlarmActions: ['arn'], ActionsEnabled: ref('P') }),
  },
  {
    name: 'a health check watches it',
    verdict: 'pass',
    template: templateOf({
      It: resource('AWS::CloudWatch::Alarm'),
      Check: resource('AWS::Route53::HealthCheck', { HealthCheckConfig: { AlarmIdentifier: { Name: ref('It') } } }),
    }),
  },
  {
    name: 'a composite alarm watches it',
    verdict: 'pass',
    template: templateOf({
      It: resource('AWS::CloudWatch::Alarm'),
      Both: resource('AWS::CloudWatch::CompositeAlarm', { AlarmRule: { 'Fn::Sub': 'ALARM("${It.Arn}")' } }),
    }),
  },
  {
    name: 'a composite alarm that nobody hears',
    verdict: 'fail',
    template: templateOf({ It: resource('AWS::CloudWatch::CompositeAlarm', { AlarmRule: 'FALSE' }) }),
  },
]);
