import { countsArePossible } from '../../../../src/assessment/rules/validity/val-scaling-001-counts';
import { findingsOf, testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({
  Resources: { It: { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties } },
});

testRule(countsArePossible, [
  { name: 'in order', verdict: 'pass', template: it({ MinSize: '2', MaxSize: '6', DesiredCapacity: '4' }) },
  { name: 'a negative count', verdict: 'fail', template: it({ MinSize: '-1', MaxSize: '6' }) },
  { name: 'a minimum above the maximum', verdict: 'fail', template: it({ MinSize: '7', MaxSize: '6' }) },
  {
    name: 'a desired count above the maximum',
    verdict: 'fail',
    template: it({ MinSize: '2', MaxSize: '6', DesiredCapacity: '8' }),
  },
  { name: 'from a parameter', verdict: 'unknown', template: it({ MinSize: '2', MaxSize: { Ref: 'Max' } }) },
]);

test('a service does not run fewer tasks than none', () => {
  const failsOf = (Properties: Record<string, unknown>) =>
    findingsOf({ Resources: { It: { Type: 'AWS::ECS::Service', Properties } } }, [countsArePossible]).failed.length;
  expect([failsOf({ DesiredCount: 0 }), failsOf({ DesiredCount: -1 })]).toEqual([0, 1]);
});
