import { FailureScope } from '../../../core/failure-scope';
import { booleanOf, entryOf, numberOf, reasonOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

export const spotRebalance = defineRule({
  id: 'RES-CMP-006',
  title: 'a group with spot instances replaces them before they are taken back',
  severity: 'warning',
  scope: FailureScope.COMPONENT,
  why: 'without it the group runs below its size until replacements have started',
  fix: 'set CapacityRebalance to true',
  docs: 'https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-capacity-rebalancing.html',
  alsoKnownAs: [
    'Config:AUTOSCALING_CAPACITY_REBALANCING',
    'Prowler:autoscaling_group_capacity_rebalance_enabled',
    'TrustedAdvisor:Amazon EC2 Auto Scaling Group has Capacity Rebalancing Enabled',
  ],
  resourceTypes: ['AWS::AutoScaling::AutoScalingGroup'],
  evaluate: (group) => {
    const distribution = group.property('MixedInstancesPolicy', 'InstancesDistribution');
    const onDemand = entryOf(distribution, 'OnDemandPercentageAboveBaseCapacity');
    if (onDemand.kind === 'absent' || numberOf(onDemand) === 100) {
      return NOT_APPLICABLE;
    }
    const rebalance = group.property('CapacityRebalance');
    if (booleanOf(rebalance) === true) {
      return PASS;
    }
    const reason = reasonOf(onDemand) ?? reasonOf(rebalance);
    return reason === undefined
      ? failed('CapacityRebalance is off', 'Properties.CapacityRebalance')
      : undecided(reason, 'Properties.CapacityRebalance');
  },
});
