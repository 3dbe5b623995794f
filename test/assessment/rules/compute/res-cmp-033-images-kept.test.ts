import { imagesKept } from '../../../../src/assessment/rules/compute/res-cmp-033-images-kept';
import { testRule } from '../../../support/rules';
import { resource, templateOf } from '../network/subnets';

const it = (properties: Record<string, unknown>) => templateOf({ It: resource('AWS::ECR::Repository', properties) });

testRule(imagesKept, [
  { name: 'a policy', verdict: 'pass', template: it({ LifecyclePolicy: { LifecyclePolicyText: '{}' } }) },
  { name: 'none', verdict: 'fail', template: it({}) },
]);
