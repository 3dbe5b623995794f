import { Assembly, templateFrom } from '../../../../src/assessment/model';
import { systemRunsInASecondRegion } from '../../../../src/assessment/rules/recovery/res-dr-022-second-region';

const stack = (id: string, region: string | undefined, Type: string) => ({
  id,
  name: id,
  path: id,
  region,
  template: templateFrom({ Resources: { It: { Type } } } as never, `${id}.template.json`),
});

function judge(stacks: ReturnType<typeof stack>[], careDependsOnIt = true) {
  const assembly = new Assembly(stacks);
  const [service] = assembly.resourcesOf('AWS::ECS::Service');
  return systemRunsInASecondRegion.evaluate(service, { assembly, careDependsOn: () => careDependsOnIt }).verdict;
}

const EAST = stack('East', 'us-east-1', 'AWS::ECS::Service');

test('passes with a service in each of two Regions', () => {
  expect(judge([EAST, stack('West', 'us-west-2', 'AWS::ECS::Service')])).toBe('pass');
});

test('fails with one Region, or with something else in the other', () => {
  expect(judge([EAST])).toBe('fail');
  expect(judge([EAST, stack('East2', 'us-east-1', 'AWS::ECS::Service')])).toBe('fail');
  expect(judge([EAST, stack('West', 'us-west-2', 'AWS::SNS::Topic')])).toBe('fail');
});

test('passes with two Regions, whatever else there is', () => {
  const west = stack('West', 'us-west-2', 'AWS::ECS::Service');
  expect(judge([EAST, west, stack('Anywhere', undefined, 'AWS::ECS::Service')])).toBe('pass');
});

test('is unknown when a stack goes to any Region', () => {
  expect(judge([EAST, stack('Anywhere', undefined, 'AWS::ECS::Service')])).toBe('unknown');
});

test('does not apply where care does not depend on it', () => {
  expect(judge([EAST], false)).toBe('not-applicable');
});
