import { FailureScope } from '../../../core/failure-scope';
import { entryOf, itemsOf, reasonOf, textOf } from '../../model';
import { defineRule, failed, PASS, undecided } from '../rule';

const EVENTS = ['LAUNCH', 'LAUNCH_ERROR', 'TERMINATE', 'TERMINATE_ERROR'];

export const groupNotifications = defineRule({
  id: 'RES-CMP-008',
  title: 'a group tells somebody when instances start, end, or fail to',
  severity: 'warning',
  scope: FailureScope.COMPONENT,
  why: 'a group that cannot start instances stays short of them without anybody noticing',
  fix: 'add a notification for launch, launch error, termination and termination error',
  docs: 'https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-sns-notifications.html',
  alsoKnownAs: ['cdk-nag:AwsSolutions-AS3'],
  resourceTypes: ['AWS::AutoScaling::AutoScalingGroup'],
  evaluate: (group) => {
    const configurations = ['NotificationConfigurations', 'NotificationConfiguration'].flatMap((name) =>
      itemsOf(group.property(name)),
    );
    const types = configurations.flatMap((one) => itemsOf(entryOf(one, 'NotificationTypes')));
    const told = new Set(types.map(textOf));
    const missing = EVENTS.filter((event) => !told.has(`autoscaling:EC2_INSTANCE_${event}`));
    if (missing.length === 0) {
      return PASS;
    }
    const reason = [...configurations, ...types].map(reasonOf).find(Boolean);
    return reason === undefined
      ? failed(`nobody is told of ${missing.join(', ')}`, 'Properties.NotificationConfigurations')
      : undecided(reason, 'Properties.NotificationConfigurations');
  },
});
