import { Assembly, templateFrom } from '../../../../src/assessment/model';
import { referrersOf } from '../../../../src/assessment/rules/network/referrers';
import { ref, resource, templateOf } from './subnets';

function referrers(
  resources: Parameters<typeof templateOf>[0],
  more: Record<string, unknown> = {},
  path = ['Config', 'Of'],
) {
  const template = templateFrom({ ...templateOf(resources), ...more } as never, 'S.json');
  const assembly = new Assembly([{ id: 'S', name: 'S', path: 'S', template }]);
  return referrersOf(assembly.resourcesOf('AWS::EC2::VPC')[0], assembly, 'Some::User', ...path);
}

test('finds who refers to a resource, however deep', () => {
  const found = referrers({ It: resource('Some::User', { Config: { Of: [{ Id: ref('Vpc') }] } }) });
  expect(found.certain.map(({ logicalId }) => logicalId)).toEqual(['It']);
  expect(found.open).toBeUndefined();
});

test('a reference that is not decided leaves it open for every resource', () => {
  const found = referrers({ It: resource('Some::User', { Config: { Of: ref('P') } }) });
  expect(found).toEqual({ certain: [], open: 'depends on parameter P' });
});

test('who may not exist leaves it open', () => {
  const found = referrers(
    { It: { ...resource('Some::User', { Config: { Of: ref('Vpc') } }), Condition: 'C' } as never },
    { Conditions: { C: { 'Fn::Equals': [ref('P'), 'yes'] } } },
  );
  expect(found.certain).toEqual([]);
  expect(found.open).toBeDefined();
});

test('looks at one place of each item', () => {
  const user = resource('Some::User', { Targets: [{ Arn: ref('Vpc') }, { DeadLetters: { Arn: ref('A') } }] });
  expect(referrers({ It: user }, {}, ['Targets', '*', 'Arn']).certain).toHaveLength(1);
  expect(referrers({ It: user }, {}, ['Targets', '*', 'DeadLetters']).certain).toHaveLength(0);
});
