import { detailedMonitoring } from '../../../../src/assessment/rules/compute/res-cmp-011-detailed-monitoring';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

testRule(detailedMonitoring, [
  {
    name: 'an instance with it',
    verdict: 'pass',
    template: templateOf({ It: resource('AWS::EC2::Instance', { Monitoring: true }) }),
  },
  { name: 'an instance without', verdict: 'fail', template: templateOf({ It: resource('AWS::EC2::Instance') }) },
  {
    name: 'a launch configuration has it by default',
    verdict: 'pass',
    template: templateOf({ It: resource('AWS::AutoScaling::LaunchConfiguration') }),
  },
  {
    name: 'a launch configuration without',
    verdict: 'fail',
    template: templateOf({ It: resource('AWS::AutoScaling::LaunchConfiguration', { InstanceMonitoring: false }) }),
  },
  {
    name: 'a launch template with it',
    verdict: 'pass',
    template: templateOf({
      It: resource('AWS::EC2::LaunchTemplate', { LaunchTemplateData: { Monitoring: { Enabled: true } } }),
    }),
  },
  {
    name: 'a launch template without',
    verdict: 'fail',
    template: templateOf({ It: resource('AWS::EC2::LaunchTemplate', { LaunchTemplateData: {} }) }),
  },
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: templateOf({ It: resource('AWS::EC2::Instance', { Monitoring: ref('P') }) }),
  },
]);
