import { groupLaunchTemplate } from '../../../../src/assessment/rules/compute/res-cmp-004-group-launch-template';
import { testRule } from '../../../support/rules';
import { resource, templateOf } from '../network/subnets';

const it = (properties: Record<string, unknown>) =>
  templateOf({ It: resource('AWS::AutoScaling::AutoScalingGroup', properties) });

testRule(groupLaunchTemplate, [
  {
    name: 'a launch template',
    verdict: 'pass',
    template: it({ LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '1' } }),
  },
  { name: 'a launch configuration', verdict: 'fail', template: it({ LaunchConfigurationName: 'old' }) },
  { name: 'a copy of an instance', verdict: 'fail', template: it({ InstanceId: 'i-1' }) },
]);
