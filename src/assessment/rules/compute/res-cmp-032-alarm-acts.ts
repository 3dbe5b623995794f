import { FailureScope } from '../../../core/failure-scope';
import { type Assembly, booleanOf, itemsOf, type Resource, reasonOf } from '../../model';
import { referrersOf } from '../network/referrers';
import { defineRule, failed, PASS, undecided } from '../rule';

/** What watches an alarm by itself. */
const WATCHERS: readonly (readonly [type: string, ...path: string[]])[] = [
  ['AWS::CloudWatch::CompositeAlarm', 'AlarmRule'],
  ['AWS::Route53::HealthCheck', 'HealthCheckConfig', 'AlarmIdentifier'],
  ['AWS::ECS::Service', 'DeploymentConfiguration', 'Alarms'],
  ['AWS::CodeDeploy::DeploymentGroup', 'AlarmConfiguration'],
  ['AWS::FIS::ExperimentTemplate', 'StopConditions'],
  ['AWS::ARCZonalShift::ZonalAutoshiftConfiguration', 'PracticeRunConfiguration'],
  ['AWS::AppConfig::Environment', 'Monitors'],
];

export const alarmActs = defineRule({
  id: 'RES-CMP-032',
  title: 'an alarm tells somebody, or something acts on it',
  severity: 'error',
  scope: FailureScope.COMPONENT,
  why: 'a failure that nobody hears of lasts until somebody happens to look',
  fix: 'add an action for the ALARM state, and leave actions enabled',
  docs: 'https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html',
  alsoKnownAs: [
    'Config:CLOUDWATCH_ALARM_ACTION_CHECK',
    'SecurityHub:CloudWatch.15',
    'Prowler:cloudwatch_alarm_actions_alarm_state_configured',
    'GuardRegistry:CLOUDWATCH_ALARM_ACTION_CHECK',
    'cdk-nag:HIPAA.Security-CloudWatchAlarmAction',
    'ControlTower:CT.CLOUDWATCH.PR.1',
    'SecurityHub:CloudWatch.17',
    'Config:CLOUDWATCH_ALARM_ACTION_ENABLED_CHECK',
    'Prowler:cloudwatch_alarm_actions_enabled',
    'ControlTower:CT.CLOUDWATCH.PR.4',
  ],
  resourceTypes: ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'],
  evaluate: (alarm, { assembly }) => {
    if (isWatched(alarm, assembly)) {
      return PASS;
    }
    const enabled = alarm.property('ActionsEnabled');
    const actions = alarm.property('AlarmActions');
    if (booleanOf(enabled) === false) {
      return failed('its actions are turned off', 'Properties.ActionsEnabled');
    }
    if (itemsOf(actions).length === 0) {
      return failed('it has no action', 'Properties.AlarmActions');
    }
    const reason = reasonOf(enabled) ?? (actions.kind === 'unknown' ? actions.reason : undefined);
    return reason === undefined ? PASS : undecided(reason, 'Properties.AlarmActions');
  },
});

function isWatched(alarm: Resource, assembly: Assembly): boolean {
  return WATCHERS.some(([type, ...path]) => referrersOf(alarm, assembly, type, ...path).certain.length > 0);
}
