import { FailureScope } from '../../../core/failure-scope';
import { booleanOf, reasonOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

/** Where each type says so, and what it does where it does not say. */
const MONITORING: Record<string, { readonly path: readonly string[]; readonly otherwise: boolean }> = {
  'AWS::EC2::Instance': { path: ['Monitoring'], otherwise: false },
  'AWS::AutoScaling::LaunchConfiguration': { path: ['InstanceMonitoring'], otherwise: true },
  'AWS::EC2::LaunchTemplate': { path: ['LaunchTemplateData', 'Monitoring', 'Enabled'], otherwise: false },
};

export const detailedMonitoring = defineRule({
  id: 'RES-CMP-011',
  title: 'instances are measured every minute',
  severity: 'warning',
  scope: FailureScope.COMPONENT,
  why: 'measured every five minutes, scaling and alarms see a failure too late',
  fix: 'turn detailed monitoring on',
  docs: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/manage-detailed-monitoring.html',
  alsoKnownAs: [
    'Config:EC2_INSTANCE_DETAILED_MONITORING_ENABLED',
    'GuardRegistry:EC2_INSTANCE_DETAILED_MONITORING_ENABLED',
    'cdk-nag:AwsSolutions-EC28',
    'TrustedAdvisor:Amazon EC2 detailed monitoring not enabled',
    'Powerpipe-WA-Reliability:ec2_instance_detailed_monitoring_enabled',
    'ControlTower:CT.EC2.PR.10',
    'ControlTower:CT.EC2.PR.13',
  ],
  resourceTypes: Object.keys(MONITORING),
  evaluate: (resource) => {
    const { path, otherwise } = MONITORING[resource.type];
    const value = resource.property(...path);
    const location = `Properties.${path.join('.')}`;
    const reason = reasonOf(value);
    if (reason !== undefined) {
      return undecided(reason, location);
    }
    return (booleanOf(value) ?? otherwise) ? PASS : failed('detailed monitoring is off', location);
  },
});
