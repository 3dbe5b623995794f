import { runtimeSupported } from '../../../../src/assessment/rules/compute/res-cmp-031-runtime-supported';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const it = (properties: Record<string, unknown>) => templateOf({ It: resource('AWS::Lambda::Function', properties) });

testRule(runtimeSupported, [
  { name: 'a current runtime', verdict: 'pass', template: it({ Runtime: 'nodejs24.x' }) },
  { name: 'a deprecated runtime', verdict: 'fail', template: it({ Runtime: 'python3.8' }) },
  { name: 'a parameter decides', verdict: 'unknown', template: it({ Runtime: ref('P') }) },
  { name: 'an image', verdict: 'not-applicable', template: it({ PackageType: 'Image' }) },
]);
