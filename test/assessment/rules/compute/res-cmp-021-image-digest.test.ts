import { imageDigest } from '../../../../src/assessment/rules/compute/res-cmp-021-image-digest';
import { testRule } from '../../../support/rules';
import { ref, resource, templateOf } from '../network/subnets';

const it = (properties: Record<string, unknown>) =>
  templateOf({ It: resource('AWS::ECS::TaskDefinition', properties), Repository: resource('AWS::ECR::Repository') });
const image = (Image: unknown) => ({ ContainerDefinitions: [{ Name: 'app', Image }] });

testRule(imageDigest, [
  { name: 'a digest', verdict: 'pass', template: it(image(`registry/app@sha256:${'a'.repeat(64)}`)) },
  {
    name: 'an asset of the cdk',
    verdict: 'pass',
    template: it(
      image({ 'Fn::Sub': `\${AWS::AccountId}.dkr.ecr.us-east-1.\${AWS::URLSuffix}/assets:${'b'.repeat(64)}` }),
    ),
  },
  { name: 'a tag', verdict: 'fail', template: it(image('hapiproject/hapi:v8.2.0')) },
  { name: 'no tag', verdict: 'fail', template: it(image('hapiproject/hapi')) },
  {
    name: 'a tag of a repository of the stack',
    verdict: 'fail',
    template: it(image({ 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Repository', 'RepositoryUri'] }, ':latest']] })),
  },
  { name: 'a parameter decides', verdict: 'unknown', template: it(image(ref('P'))) },
  { name: 'no container', verdict: 'not-applicable', template: it({}) },
]);
