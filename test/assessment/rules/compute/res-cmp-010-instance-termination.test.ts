import { instanceTermination } from '../../../../src/assessment/rules/compute/res-cmp-010-instance-termination';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const it = (properties: Record<string, unknown>) => templateOf({ It: resource('AWS::EC2::Instance', properties) });

testRule(instanceTermination, [
  { name: 'protected', verdict: 'pass', template: it({ DisableApiTermination: true }) },
  { name: 'left out', verdict: 'fail', template: it({}) },
  { name: 'a parameter decides', verdict: 'unknown', template: it({ DisableApiTermination: ref('P') }) },
]);
