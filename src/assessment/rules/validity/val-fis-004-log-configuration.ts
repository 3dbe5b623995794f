import { reasonOf, textOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

const LOGS = ['LogConfiguration', 'CloudWatchLogsConfiguration'];

export const experimentLogsArrive = defineRule({
  id: 'VAL-FIS-004',
  title: 'the log group of an experiment is an ARN that ends in :*',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'the log configuration is free-form JSON that no schema checks; another key or an ARN without :* is refused',
  fix: 'set LogConfiguration.CloudWatchLogsConfiguration.LogGroupArn, with a capital L, to the Arn of the log group',
  docs: 'https://docs.aws.amazon.com/fis/latest/userguide/monitoring-logging.html',
  resourceTypes: ['AWS::FIS::ExperimentTemplate'],
  evaluate: (resource) => {
    const logs = resource.property(...LOGS);
    const location = ['Properties', ...LOGS].join('.');
    if (logs.kind === 'absent') {
      return NOT_APPLICABLE;
    }
    if (logs.kind !== 'dictionary') {
      return undecided(reasonOf(logs) ?? 'no log configuration', location);
    }
    const keys = Object.keys(logs.entries);
    if (keys.length !== 1 || keys[0] !== 'LogGroupArn') {
      return failed(`has ${keys.join(', ') || 'nothing'}`, location);
    }
    const arn = logs.entries.LogGroupArn;
    if (arn.kind === 'reference') {
      return arn.attribute === 'Arn' ? PASS : failed('refers to a name, not to an ARN', `${location}.LogGroupArn`);
    }
    const last = arn.kind === 'text' ? arn.parts[arn.parts.length - 1] : textOf(arn);
    if (typeof last !== 'string') {
      return undecided(reasonOf(arn) ?? 'the ARN is set at deployment', `${location}.LogGroupArn`);
    }
    return last.endsWith(':*') ? PASS : failed(`an ARN that ends in ${last.slice(-20)}`, `${location}.LogGroupArn`);
  },
});
