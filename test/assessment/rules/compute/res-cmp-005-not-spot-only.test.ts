import { notSpotOnly } from '../../../../src/assessment/rules/compute/res-cmp-005-not-spot-only';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const policy = (InstancesDistribution: unknown) => ({ MixedInstancesPolicy: { InstancesDistribution } });
const group = (properties: Record<string, unknown>) =>
  templateOf({
    It: resource('AWS::AutoScaling::AutoScalingGroup', properties),
    Spot: resource('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: { InstanceMarketOptions: { MarketType: 'spot' } },
    }),
    Old: resource('AWS::AutoScaling::LaunchConfiguration', { SpotPrice: '0.1' }),
  });
const fleet = (TargetCapacitySpecification: unknown) =>
  templateOf({ It: resource('AWS::EC2::EC2Fleet', { TargetCapacitySpecification }) });

testRule(notSpotOnly, [
  {
    name: 'a base on demand',
    verdict: 'pass',
    template: group(policy({ OnDemandBaseCapacity: 2, OnDemandPercentageAboveBaseCapacity: 0 })),
  },
  { name: 'on demand by default', verdict: 'pass', template: group(policy({})) },
  { name: 'spot only', verdict: 'fail', template: group(policy({ OnDemandPercentageAboveBaseCapacity: 0 })) },
  {
    name: 'a base that is not decided',
    verdict: 'unknown',
    template: group(policy({ OnDemandBaseCapacity: ref('P'), OnDemandPercentageAboveBaseCapacity: 0 })),
  },
  {
    name: 'a launch template for spot',
    verdict: 'fail',
    template: group({ LaunchTemplate: { LaunchTemplateId: ref('Spot') } }),
  },
  {
    name: 'a launch configuration for spot',
    verdict: 'fail',
    template: group({ LaunchConfigurationName: ref('Old') }),
  },
  {
    name: 'a launch template of another stack',
    verdict: 'not-applicable',
    template: group({ LaunchTemplate: { LaunchTemplateId: 'lt-1' } }),
  },
  {
    name: 'a fleet with a part on demand',
    verdict: 'pass',
    template: fleet({ DefaultTargetCapacityType: 'spot', TotalTargetCapacity: 4, OnDemandTargetCapacity: 2 }),
  },
  { name: 'a fleet on demand by default', verdict: 'pass', template: fleet({ TotalTargetCapacity: 4 }) },
  {
    name: 'a fleet of spot',
    verdict: 'fail',
    template: fleet({ DefaultTargetCapacityType: 'spot', TotalTargetCapacity: 4 }),
  },
  {
    name: 'a fleet that a parameter decides',
    verdict: 'unknown',
    template: fleet({ DefaultTargetCapacityType: ref('P') }),
  },
]);
