import { FailureScope } from '../../../core/failure-scope';
import { booleanOf, reasonOf, textOf } from '../../model';
import { defineRule, failed, NOT_APPLICABLE, PASS, undecided } from '../rule';

/** Families that can have a path of their own to their disks, and do not unless asked. */
const ON_REQUEST = new Set(['c1', 'c3', 'g2', 'i2', 'm1', 'm2', 'm3', 'r3']);

export const ebsOptimized = defineRule({
  id: 'RES-CMP-012',
  title: 'an instance of an old type has a path of its own to its disks',
  severity: 'warning',
  scope: FailureScope.COMPONENT,
  why: 'disks that share the network with everything else stall when the load is highest',
  fix: 'use a current instance type, or set EbsOptimized to true',
  docs: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ebs-optimized.html',
  alsoKnownAs: ['Config:EBS_OPTIMIZED_INSTANCE', 'GuardRegistry:EBS_OPTIMIZED_INSTANCE'],
  resourceTypes: ['AWS::EC2::Instance'],
  evaluate: (instance) => {
    const type = instance.property('InstanceType');
    const text = textOf(type);
    if (text === undefined) {
      return undecided(reasonOf(type) ?? 'its launch template decides the type', 'Properties.InstanceType');
    }
    if (!ON_REQUEST.has(text.split('.')[0])) {
      return NOT_APPLICABLE;
    }
    const optimized = instance.property('EbsOptimized');
    const reason = reasonOf(optimized);
    return reason !== undefined
      ? undecided(reason, 'Properties.EbsOptimized')
      : booleanOf(optimized) === true
        ? PASS
        : failed(`EbsOptimized is off for ${text}`, 'Properties.EbsOptimized');
  },
});
