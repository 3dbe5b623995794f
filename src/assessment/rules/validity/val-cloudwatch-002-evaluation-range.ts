import { numberOf, reasonOf } from '../../model';
import { periodOf } from '../compute/alarm-metrics';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

const HOUR = 3600;
const DAY = 24 * HOUR;

/** As the API says it of Period: seven days in all, and one day where periods are shorter than an hour. */
export const evaluationRangeIsPossible = defineRule({
  id: 'VAL-CLOUDWATCH-002',
  title: 'an alarm looks back over a day at most, or a week where its periods are hours',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'CloudWatch refuses alarms whose periods, one after the other, are longer',
  fix: 'lower EvaluationPeriods or Period',
  docs: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html',
  resourceTypes: ['AWS::CloudWatch::Alarm'],
  evaluate: (alarm) => {
    const [period, count] = [periodOf(alarm), alarm.property('EvaluationPeriods')];
    const [seconds, periods] = [numberOf(period), numberOf(count)];
    if (period.kind === 'absent') {
      return NOT_APPLICABLE;
    }
    if (seconds === undefined || periods === undefined) {
      return undecided(
        reasonOf(period) ?? reasonOf(count) ?? 'its periods are not decided',
        'Properties.EvaluationPeriods',
      );
    }
    const most = seconds < HOUR ? DAY : 7 * DAY;
    return seconds * periods > most
      ? failed(`it looks back over ${seconds * periods} s, ${most} s are the most`, 'Properties.EvaluationPeriods')
      : PASS;
  },
});
