import { groupNotifications } from '../../../../src/assessment/rules/compute/res-cmp-008-group-notifications';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const it = (properties: Record<string, unknown>) =>
  templateOf({ It: resource('AWS::AutoScaling::AutoScalingGroup', properties) });

testRule(groupNotifications, [
  {
    name: 'every event',
    verdict: 'pass',
    template: it({
      NotificationConfigurations: [
        {
          NotificationTypes: ['LAUNCH', 'LAUNCH_ERROR', 'TERMINATE', 'TERMINATE_ERROR'].map(
            (event) => `autoscaling:EC2_INSTANCE_${event}`,
          ),
        },
      ],
    }),
  },
  {
    name: 'nobody is told of errors',
    verdict: 'fail',
    template: it({ NotificationConfigurations: [{ NotificationTypes: ['autoscaling:EC2_INSTANCE_LAUNCH'] }] }),
  },
  { name: 'nobody is told', verdict: 'fail', template: it({}) },
  {
    name: 'events that are not decided',
    verdict: 'unknown',
    template: it({ NotificationConfigurations: [{ NotificationTypes: ref('Ps') }] }),
  },
]);
