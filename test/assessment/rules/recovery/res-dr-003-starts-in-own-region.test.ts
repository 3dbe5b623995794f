import { Assembly, templateFrom } from '../../../../src/assessment/model';
import { computeStartsFromItsOwnRegion } from '../../../../src/assessment/rules/recovery/res-dr-003-starts-in-own-region';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({
  Resources: { It: { Type: 'AWS::ECS::TaskDefinition', Properties } },
});

testRule(computeStartsFromItsOwnRegion, [
  {
    name: 'everything in its Region',
    verdict: 'pass',
    template: it({
      ContainerDefinitions: [
        {
          Image: { 'Fn::Sub': '${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/app' },
          Secrets: [{ ValueFrom: 'arn:aws:secretsmanager:us-east-1:1:secret:db' }],
        },
      ],
    }),
  },
  {
    name: 'a secret of another Region',
    verdict: 'fail',
    template: it({
      ContainerDefinitions: [
        {
          Image: 'app',
          Secrets: [{ ValueFrom: { 'Fn::Sub': 'arn:aws:secretsmanager:us-west-2:${AWS::AccountId}:secret:db' } }],
        },
      ],
    }),
  },
  {
    name: 'an image of another Region',
    verdict: 'fail',
    template: it({ ContainerDefinitions: [{ Image: '1.dkr.ecr.eu-west-1.amazonaws.com/app' }] }),
  },
  {
    name: 'a parameter of another Region in the environment',
    verdict: 'fail',
    template: it({
      ContainerDefinitions: [
        { Image: 'app', Environment: [{ Name: 'P', Value: 'arn:aws:ssm:us-west-2:1:parameter/p' }] },
      ],
    }),
  },
  {
    name: 'a topic of another Region',
    verdict: 'pass',
    template: it({
      ContainerDefinitions: [{ Image: 'app', Environment: [{ Name: 'T', Value: 'arn:aws:sns:us-west-2:1:topic' }] }],
    }),
  },
  {
    name: 'an image from a parameter',
    verdict: 'unknown',
    template: it({ ContainerDefinitions: [{ Image: { Ref: 'Image' } }] }),
  },
  {
    name: 'care does not depend on it',
    verdict: 'not-applicable',
    template: it({ ContainerDefinitions: [{ Image: '1.dkr.ecr.eu-west-1.amazonaws.com/app' }] }),
    careDependsOnIt: false,
  },
]);

test.each([
  ['passes where nothing names a Region', 'nginx', 'pass'],
  ['is unknown where something does', '1.dkr.ecr.eu-west-1.amazonaws.com/app', 'unknown'],
])('in a stack for any Region: %s', (_, Image, verdict) => {
  const template = templateFrom(it({ ContainerDefinitions: [{ Image }] }) as never, 'S.template.json');
  const assembly = new Assembly([{ id: 'S', name: 'S', path: 'S', template }]);
  const [task] = assembly.resources();
  expect(computeStartsFromItsOwnRegion.evaluate(task, { assembly, careDependsOn: () => true }).verdict).toBe(verdict);
});
