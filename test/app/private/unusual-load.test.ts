import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { clinicalApp } from '../../support/app';
import { hospital } from '../../support/hospital';

const ALARM = 'AWS::CloudWatch::Alarm';
const band = Match.arrayWith([
  Match.objectLike({ Expression: Match.stringLikeRegexp('ANOMALY_DETECTION_BAND\\(.*, 3\\)') }),
]);

test('goes off for far fewer requests than usual, or none at all, and for far slower answers', () => {
  const template = Template.fromStack(Stack.of(clinicalApp({ app: { watchUnusualLoad: true } })));
  template.hasResourceProperties(ALARM, {
    ComparisonOperator: 'LessThanLowerThreshold',
    TreatMissingData: 'breaching',
    Metrics: band,
    ThresholdMetricId: Match.anyValue(),
    AlarmActions: [{ Ref: 'AppNotificationsTopic252BC2AD' }],
  });
  template.hasResourceProperties(ALARM, {
    ComparisonOperator: 'GreaterThanUpperThreshold',
    TreatMissingData: 'notBreaching',
    Metrics: band,
  });
});

test('is not watched unless asked for, nor where there is no usual load', () => {
  const unusual = { Properties: { ThresholdMetricId: Match.anyValue() } };
  expect(Template.fromStack(Stack.of(clinicalApp())).findResources(ALARM, unusual)).toEqual({});
  const { recoveryStack } = hospital({ app: () => ({ watchUnusualLoad: true }) });
  expect(Template.fromStack(recoveryStack).findResources(ALARM, unusual)).toEqual({});
});
