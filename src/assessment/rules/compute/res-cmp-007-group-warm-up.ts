import { FailureScope } from '../../../core/failure-scope';
import { defineRule, failed, PASS } from '../rule';

export const groupWarmUp = defineRule({
  id: 'RES-CMP-007',
  title: 'a group knows how long its instances take to start',
  severity: 'warning',
  scope: FailureScope.COMPONENT,
  why: 'a group that counts instances before they work scales too far, or too late',
  fix: 'set DefaultInstanceWarmup to the measured time',
  docs: 'https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-default-instance-warmup.html',
  alsoKnownAs: ['cdk-nag:AwsSolutions-AS1'],
  resourceTypes: ['AWS::AutoScaling::AutoScalingGroup'],
  evaluate: (group) =>
    ['DefaultInstanceWarmup', 'Cooldown'].some((name) => group.property(name).kind !== 'absent')
      ? PASS
      : failed('neither DefaultInstanceWarmup nor Cooldown is set', 'Properties.DefaultInstanceWarmup'),
});
