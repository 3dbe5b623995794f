import { Assembly, templateFrom } from '../../../../src/assessment/model';
import { needsZones, zonesOfSubnets } from '../../../../src/assessment/rules/network/zones';
import { ref, resource, subnet, templateOf } from './subnets';

function zones(...subnets: unknown[]) {
  const template = templateOf({
    It: resource('Some::Type', { Subnets: subnets.length === 1 ? subnets[0] : subnets }),
    ById: subnet(0, { AvailabilityZone: undefined, AvailabilityZoneId: 'use1-az1' }),
    ByName: subnet(0, { AvailabilityZone: 'us-east-1a' }),
    Anywhere: resource('AWS::EC2::Subnet', { VpcId: ref('Vpc') }),
  });
  const assembly = new Assembly([
    { id: 'S', name: 'S', path: 'S', region: 'us-east-1', template: templateFrom(template as never, 'S.json') },
  ]);
  return zonesOfSubnets(assembly.resourcesOf('Some::Type')[0].property('Subnets'));
}

test('two subnets of one zone are one zone', () => {
  expect(needsZones(zones(ref('A'), ref('AToo')), 2, 'stands in')).toMatchObject({
    verdict: 'fail',
    observed: 'stands in one zone only',
  });
});

test('one subnet is one zone, whichever it is', () => {
  expect(needsZones(zones(['subnet-1']), 2, 'stands in').verdict).toBe('fail');
  expect(needsZones(zones([ref('P')]), 2, 'stands in').verdict).toBe('fail');
});

test('a subnet named twice is one subnet', () => {
  expect(needsZones(zones('subnet-1', 'subnet-1'), 2, 'stands in').verdict).toBe('fail');
});

test('imported subnets may lie in any zone', () => {
  expect(needsZones(zones('subnet-1', 'subnet-2'), 2, 'stands in')).toEqual({
    verdict: 'unknown',
    observed: 'the zone of subnet-1 is not in the templates',
  });
  expect(needsZones(zones(ref('Ps')), 2, 'stands in').verdict).toBe('unknown');
});

test('two known zones are enough, whatever the rest is', () => {
  expect(needsZones(zones(ref('A'), ref('B'), ref('P')), 2, 'stands in').verdict).toBe('pass');
});

test('a zone by its place and a zone by id may be the same', () => {
  expect(needsZones(zones(ref('A'), ref('ById')), 2, 'stands in')).toMatchObject({
    verdict: 'unknown',
    observed: 'some zones are given by id, others by place',
  });
});

test('a zone by name and a zone by its place may be the same', () => {
  expect(needsZones(zones(ref('A'), ref('ByName')), 2, 'stands in')).toMatchObject({
    verdict: 'unknown',
    observed: 'some zones are given by place, others by name',
  });
});

test('a subnet that leaves its zone to AWS lies anywhere', () => {
  expect(needsZones(zones(ref('A'), ref('Anywhere')), 2, 'stands in')).toMatchObject({
    verdict: 'unknown',
    observed: 'AWS chooses the zone of S/Anywhere',
  });
});

test('no subnet is no zone', () => {
  expect(needsZones(zones([]), 2, 'stands in')).toMatchObject({ observed: 'stands in no zone' });
});
