import { groupWarmUp } from '../../../../src/assessment/rules/compute/res-cmp-007-group-warm-up';
import { testRule } from '../../../support/rules';
import { resource, templateOf } from '../network/subnets';

const it = (properties: Record<string, unknown>) =>
  templateOf({ It: resource('AWS::AutoScaling::AutoScalingGroup', properties) });

testRule(groupWarmUp, [
  { name: 'a warm-up time', verdict: 'pass', template: it({ DefaultInstanceWarmup: 120 }) },
  { name: 'a cooldown', verdict: 'pass', template: it({ Cooldown: '120' }) },
  { name: 'neither', verdict: 'fail', template: it({}) },
]);
