import { FailureScope } from '../../../core/failure-scope';
import { numberOf, reasonOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';
import { periodOf } from './alarm-metrics';

const HOUR = 3600;

export const alarmInTime = defineRule({
  id: 'RES-CMP-034',
  title: 'an alarm that measures by the minute sounds within an hour',
  severity: 'warning',
  scope: FailureScope.COMPONENT,
  why: 'a failure that has to last for hours before anybody is told has hurt users for as long',
  fix: 'lower EvaluationPeriods, or DatapointsToAlarm, or both',
  docs: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html',
  resourceTypes: ['AWS::CloudWatch::Alarm'],
  evaluate: (alarm) => {
    const period = periodOf(alarm);
    const datapoints = alarm.property('DatapointsToAlarm');
    const count = datapoints.kind === 'absent' ? alarm.property('EvaluationPeriods') : datapoints;
    const [seconds, periods] = [numberOf(period), numberOf(count)];
    if (period.kind === 'absent' || (seconds ?? 0) >= HOUR) {
      return NOT_APPLICABLE; // what is measured by the hour is no emergency
    }
    if (seconds === undefined || periods === undefined) {
      return undecided(
        reasonOf(period) ?? reasonOf(count) ?? 'its periods are not decided',
        'Properties.EvaluationPeriods',
      );
    }
    return seconds * periods > HOUR
      ? failed(`it sounds after ${Math.round((seconds * periods) / 60)} min`, 'Properties.EvaluationPeriods')
      : PASS;
  },
});
