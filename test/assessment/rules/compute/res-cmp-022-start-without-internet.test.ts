import { startWithoutInternet } from '../../../../src/assessment/rules/compute/res-cmp-022-start-without-internet';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const it = (properties: Record<string, unknown>) =>
  templateOf({ It: resource('AWS::ECS::TaskDefinition', properties), Repository: resource('AWS::ECR::Repository') });
const container = (definition: Record<string, unknown>) => ({ ContainerDefinitions: [{ Name: 'app', ...definition }] });

testRule(startWithoutInternet, [
  {
    name: 'an image in ecr',
    verdict: 'pass',
    template: it(container({ Image: '111111111111.dkr.ecr.us-east-1.amazonaws.com/app:1' })),
  },
  {
    name: 'a repository of the stack',
    verdict: 'pass',
    template: it(container({ Image: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Repository', 'RepositoryUri'] }, ':1']] } })),
  },
  { name: 'an image in docker hub', verdict: 'fail', template: it(container({ Image: 'openemr/openemr:7.0.3' })) },
  {
    name: 'an image in the public gallery',
    verdict: 'fail',
    template: it(container({ Image: 'public.ecr.aws/nginx/nginx:1' })),
  },
  {
    name: 'a download at start',
    verdict: 'fail',
    template: it(
      container({
        Image: 'x.dkr.ecr.us-east-1.amazonaws.com/app',
        Command: ['sh', '-c', 'curl --fail https://example.org/ca.pem && start'],
      }),
    ),
  },
  { name: 'a parameter decides', verdict: 'unknown', template: it(container({ Image: ref('P') })) },
  { name: 'no container', verdict: 'not-applicable', template: it({}) },
]);
