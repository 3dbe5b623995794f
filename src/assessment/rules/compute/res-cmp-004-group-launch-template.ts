import { FailureScope } from '../../../core/failure-scope';
import { defineRule, failed, PASS } from '../rule';

export const groupLaunchTemplate = defineRule({
  id: 'RES-CMP-004',
  title: 'a group starts instances from a launch template',
  severity: 'warning',
  scope: FailureScope.COMPONENT,
  why: 'launch configurations are no longer developed, have no versions to go back to, and know no newer instance types',
  fix: 'replace the launch configuration by a launch template',
  docs: 'https://docs.aws.amazon.com/autoscaling/ec2/userguide/launch-configurations.html',
  alsoKnownAs: [
    'SecurityHub:AutoScaling.9',
    'Config:AUTOSCALING_LAUNCH_TEMPLATE',
    'Prowler:autoscaling_group_using_ec2_launch_template',
    'ControlTower:CT.AUTOSCALING.PR.8',
  ],
  resourceTypes: ['AWS::AutoScaling::AutoScalingGroup'],
  evaluate: (group) => {
    // an instance to copy becomes a launch configuration
    const old = ['LaunchConfigurationName', 'InstanceId'].find((name) => group.property(name).kind !== 'absent');
    return old === undefined ? PASS : failed(`it starts instances by ${old}`, `Properties.${old}`);
  },
});
