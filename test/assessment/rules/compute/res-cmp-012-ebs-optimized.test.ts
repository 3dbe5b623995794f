import { ebsOptimized } from '../../../../src/assessment/rules/compute/res-cmp-012-ebs-optimized';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const it = (properties: Record<string, unknown>) => templateOf({ It: resource('AWS::EC2::Instance', properties) });

testRule(ebsOptimized, [
  {
    name: 'an old type that asks for it',
    verdict: 'pass',
    template: it({ InstanceType: 'm3.xlarge', EbsOptimized: true }),
  },
  { name: 'an old type that does not', verdict: 'fail', template: it({ InstanceType: 'm3.xlarge' }) },
  { name: 'a current type', verdict: 'not-applicable', template: it({ InstanceType: 'm7i.large' }) },
  {
    name: 'the launch template decides the type',
    verdict: 'unknown',
    template: it({ LaunchTemplate: { LaunchTemplateId: 'lt-1' } }),
  },
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: it({ InstanceType: 'm3.xlarge', EbsOptimized: ref('P') }),
  },
]);
