import { experimentLogsArrive } from '../../../../src/assessment/rules/validity/val-fis-004-log-configuration';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>, others: Record<string, unknown> = {}) => ({
  Resources: { It: { Type: 'AWS::FIS::ExperimentTemplate', Properties }, ...others },
});

testRule(experimentLogsArrive, [
  {
    name: 'the ARN of a log group',
    verdict: 'pass',
    template: it(
      { LogConfiguration: { CloudWatchLogsConfiguration: { LogGroupArn: { 'Fn::GetAtt': ['Logs', 'Arn'] } } } },
      { Logs: { Type: 'AWS::Logs::LogGroup' } },
    ),
  },
  {
    name: 'an ARN written out',
    verdict: 'pass',
    template: it({
      LogConfiguration: {
        CloudWatchLogsConfiguration: {
          LogGroupArn: { 'Fn::Sub': 'arn:aws:logs:us-east-1:${AWS::AccountId}:log-group:/fis:*' },
        },
      },
    }),
  },
  {
    name: 'without :*',
    verdict: 'fail',
    template: it({
      LogConfiguration: { CloudWatchLogsConfiguration: { LogGroupArn: 'arn:aws:logs:us-east-1:1:log-group:/fis' } },
    }),
  },
  {
    name: 'a key in lower case',
    verdict: 'fail',
    template: it({
      LogConfiguration: { CloudWatchLogsConfiguration: { logGroupArn: 'arn:aws:logs:us-east-1:1:log-group:/fis:*' } },
    }),
  },
  {
    name: 'the name of a log group',
    verdict: 'fail',
    template: it(
      { LogConfiguration: { CloudWatchLogsConfiguration: { LogGroupArn: { Ref: 'Logs' } } } },
      { Logs: { Type: 'AWS::Logs::LogGroup' } },
    ),
  },
  {
    name: 'from a parameter',
    verdict: 'unknown',
    template: it({ LogConfiguration: { CloudWatchLogsConfiguration: { LogGroupArn: { Ref: 'Logs' } } } }),
  },
  { name: 'no logs', verdict: 'not-applicable', template: it({}) },
]);
