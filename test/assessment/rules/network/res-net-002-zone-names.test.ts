import { Assembly, templateFrom } from '../../../../src/assessment/model';
import { checkRules } from '../../../../src/assessment/rules/check-rules';
import { zoneNames } from '../../../../src/assessment/rules/network/res-net-002-zone-names';
import { testRule } from '../../../support/rules';
import { ref, resource, subnet, templateOf } from './subnets';

testRule(zoneNames, [
  { name: 'a place among the zones of the region', verdict: 'pass', template: templateOf({ It: subnet(0) }) },
  {
    name: 'a zone of the region that the stack is bound to',
    verdict: 'pass',
    template: templateOf({ It: subnet(0, { AvailabilityZone: 'us-east-1a' }) }),
  },
  {
    name: 'a zone of another region',
    verdict: 'fail',
    template: templateOf({ It: resource('AWS::AutoScaling::AutoScalingGroup', { AvailabilityZones: ['eu-west-1a'] }) }),
  },
  { name: 'no zone', verdict: 'not-applicable', template: templateOf({ It: resource('AWS::EC2::Instance') }) },
  {
    name: 'a zone from a parameter',
    verdict: 'not-applicable',
    template: templateOf({ It: resource('AWS::EC2::Volume', { AvailabilityZone: ref('P') }) }),
  },
]);

test('fails in a stack for any account and region', () => {
  const template = templateFrom(templateOf({ A: subnet(0, { AvailabilityZone: 'us-east-1a' }) }) as never, 'S.json');
  const assembly = new Assembly([{ id: 'S', name: 'S', path: 'S', template }]);
  expect(checkRules(assembly, () => true, [zoneNames]).failed.map(({ observed }) => observed)).toEqual([
    'zone us-east-1a is written out in a stack for any account and region',
  ]);
});
