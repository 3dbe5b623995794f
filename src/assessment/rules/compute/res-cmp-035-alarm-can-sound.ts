import { FailureScope } from '../../../core/failure-scope';
import { numberOf, reasonOf, textOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

export const alarmCanSound = defineRule({
  id: 'RES-CMP-035',
  title: 'an alarm on a metric of aws has a threshold that the metric can cross',
  severity: 'error',
  scope: FailureScope.COMPONENT,
  why: 'metrics of aws services count, measure or tell states, and are never below nought: such an alarm is silent for ever',
  fix: 'raise Threshold above nought, or compare with LessThanOrEqualToThreshold',
  docs: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html',
  resourceTypes: ['AWS::CloudWatch::Alarm'],
  evaluate: (alarm) => {
    const namespace = textOf(alarm.property('Namespace')) ?? '';
    const operator = alarm.property('ComparisonOperator');
    if (!namespace.startsWith('AWS/') || !/^(LessThan(OrEqualTo)?Threshold)?$/.test(textOf(operator) ?? '')) {
      return NOT_APPLICABLE;
    }
    const threshold = alarm.property('Threshold');
    const [limit, comparison] = [numberOf(threshold), textOf(operator)];
    if (limit === undefined || comparison === undefined) {
      return undecided(
        reasonOf(threshold) ?? reasonOf(operator) ?? 'its threshold is not decided',
        'Properties.Threshold',
      );
    }
    const silent = comparison === 'LessThanThreshold' ? limit <= 0 : limit < 0;
    return silent ? failed(`nothing is less than ${limit}`, 'Properties.Threshold') : PASS;
  },
});
