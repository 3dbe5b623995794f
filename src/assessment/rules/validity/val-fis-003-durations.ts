import { entryOf, textOf, type Value } from '../../model';
import { defineRule, failed, PASS, type RuleOutcome, undecided } from '../rule';

const DURATION = /^P(?=.)(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

function secondsOf(text: string): number | undefined {
  const [, ...parts] = DURATION.exec(text) ?? [];
  return parts.length === 0
    ? undefined
    : parts.reduce((sum, part, index) => sum + Number(part ?? 0) * [86400, 3600, 60, 1][index], 0);
}

function judge(name: string, parameter: string, value: Value): RuleOutcome {
  const text = textOf(value);
  const location = `Properties.Actions.${name}.Parameters.${parameter}`;
  if (text === undefined) {
    return undecided('a duration is set at deployment', location);
  }
  const seconds = secondsOf(text);
  if (seconds === undefined) {
    return failed(`cannot be read: ${text}`, location);
  }
  return seconds > 12 * 3600 ? failed(`${text} is longer than 12 hours`, location) : PASS;
}

export const experimentDurationsAreValid = defineRule({
  id: 'VAL-FIS-003',
  title: 'durations of an experiment are ISO 8601 and at most 12 hours',
  severity: 'error',
  scope: 'DEPLOYMENT',
  why: 'an action with a duration such as 5m, or of more than 12 hours, is refused',
  fix: 'write durations as PT5M, between one minute and 12 hours',
  docs: 'https://docs.aws.amazon.com/fis/latest/userguide/fis-actions-reference.html',
  resourceTypes: ['AWS::FIS::ExperimentTemplate'],
  evaluate: (resource) => {
    const actions = resource.property('Actions');
    const outcomes = Object.entries(actions.kind === 'dictionary' ? actions.entries : {}).flatMap(([name, action]) => {
      const parameters = entryOf(action, 'Parameters');
      return Object.entries(parameters.kind === 'dictionary' ? parameters.entries : {})
        .filter(([parameter]) => /^duration$|AfterDuration$/.test(parameter))
        .map(([parameter, value]) => judge(name, parameter, value));
    });
    return (
      outcomes.find(({ verdict }) => verdict === 'fail') ??
      outcomes.find(({ verdict }) => verdict === 'unknown') ??
      PASS
    );
  },
});
