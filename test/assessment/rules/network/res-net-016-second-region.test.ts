import { Assembly, templateFrom } from '../../../../src/assessment/model';
import { checkRules } from '../../../../src/assessment/rules/check-rules';
import { vpcInSecondRegion } from '../../../../src/assessment/rules/network/res-net-016-second-region';
import { resource } from './subnets';

/** A stack with a VPC in each Region; `undefined` is a stack for any Region. */
function findings(regions: (string | undefined)[], careDependsOnIt = true) {
  const sources = regions.map((region, index) => ({
    id: `S${index}`,
    name: `S${index}`,
    path: `S${index}`,
    region,
    template: templateFrom({ Resources: { vpc: resource('AWS::EC2::VPC') } } as never, `S${index}.json`),
  }));
  const { failed, unknown } = checkRules(new Assembly(sources), () => careDependsOnIt, [vpcInSecondRegion]);
  return { failed: failed.map(({ observed }) => observed), unknown: unknown.length };
}

test('passes when two regions have a vpc', () => {
  expect(findings(['us-east-1', 'us-west-2'])).toEqual({ failed: [], unknown: 0 });
});

test('fails when one region has them all', () => {
  expect(findings(['us-east-1', 'us-east-1']).failed).toEqual(Array(2).fill('no vpc outside us-east-1'));
});

test('does not apply where care does not depend on the system', () => {
  expect(findings(['us-east-1'], false)).toEqual({ failed: [], unknown: 0 });
});

test('is undecided when a stack goes to any region', () => {
  expect(findings(['us-east-1', undefined])).toEqual({ failed: [], unknown: 2 });
});
