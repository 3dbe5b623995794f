import { FailureScope } from '../../../core/failure-scope';
import { entryOf, identityOf, itemsOf, reasonOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

const PATH = ['MixedInstancesPolicy', 'LaunchTemplate', 'Overrides'];

export const groupInstanceTypes = defineRule({
  id: 'RES-CMP-003',
  title: 'a group may start more than one instance type',
  severity: 'warning',
  scope: FailureScope.AVAILABILITY_ZONE,
  why: 'when a zone is lost everybody asks for the same types, and one type may be sold out',
  fix: 'name several instance types, or what they need, in MixedInstancesPolicy',
  docs: 'https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-mixed-instances-groups.html',
  alsoKnownAs: [
    'SecurityHub:AutoScaling.6',
    'Config:AUTOSCALING_MULTIPLE_INSTANCE_TYPES',
    'Prowler:autoscaling_group_multiple_instance_types',
    'ControlTower:CT.AUTOSCALING.PR.6',
  ],
  resourceTypes: ['AWS::AutoScaling::AutoScalingGroup'],
  evaluate: (group, { careDependsOn }) => {
    if (!careDependsOn(group)) {
      return NOT_APPLICABLE;
    }
    const overrides = group.property(...PATH);
    const items = itemsOf(overrides);
    const types = items.map((override) => entryOf(override, 'InstanceType'));
    const byNeed = items.some((override) => entryOf(override, 'InstanceRequirements').kind === 'dictionary');
    if (byNeed || new Set(types.map(identityOf).filter((id) => id !== undefined && id !== '-')).size > 1) {
      return PASS;
    }
    const reason = reasonOf(overrides);
    return reason === undefined
      ? failed('it may start one instance type only', `Properties.${PATH.join('.')}`)
      : undecided(reason, `Properties.${PATH.join('.')}`);
  },
});
