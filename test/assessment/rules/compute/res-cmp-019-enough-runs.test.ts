import { enoughRuns } from '../../../../src/assessment/rules/compute/res-cmp-019-enough-runs';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const joined = { 'Fn::Join': ['', ['service/', ref('Cluster'), '/', { 'Fn::GetAtt': ['It', 'Name'] }]] };
const scaling = (MinCapacity: number, ResourceId: unknown) => ({
  Scaling: resource('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity, ResourceId }),
});
const service = (properties: Record<string, unknown>, more: Parameters<typeof templateOf>[0] = {}) =>
  templateOf({
    It: resource('AWS::ECS::Service', { Cluster: ref('Cluster'), ...properties }),
    Cluster: resource('AWS::ECS::Cluster', { ClusterName: 'records' }),
    ...more,
  });

testRule(enoughRuns, [
  { name: 'two tasks', verdict: 'pass', template: service({ DesiredCount: 2 }) },
  { name: 'one task by default', verdict: 'fail', template: service({}) },
  { name: 'scaling may leave one', verdict: 'fail', template: service({ DesiredCount: 3 }, scaling(1, joined)) },
  { name: 'scaling leaves two', verdict: 'pass', template: service({}, scaling(2, joined)) },
  {
    name: 'scaling is named by text',
    verdict: 'pass',
    template: service({ ServiceName: 'app' }, scaling(2, 'service/records/app')),
  },
  { name: 'a parameter decides', verdict: 'unknown', template: service({ DesiredCount: ref('P') }) },
  {
    name: 'what scaling belongs to is not decided',
    verdict: 'unknown',
    template: service({ DesiredCount: 1 }, scaling(2, ref('P'))),
  },
  { name: 'one task on each instance', verdict: 'not-applicable', template: service({ SchedulingStrategy: 'DAEMON' }) },
  { name: 'care does not depend on it', verdict: 'not-applicable', careDependsOnIt: false, template: service({}) },
  {
    name: 'a group of two',
    verdict: 'pass',
    template: templateOf({ It: resource('AWS::AutoScaling::AutoScalingGroup', { MinSize: '2' }) }),
  },
  {
    name: 'a group of one',
    verdict: 'fail',
    template: templateOf({ It: resource('AWS::AutoScaling::AutoScalingGroup', { MinSize: '1' }) }),
  },
]);
