import { Assembly, templateFrom } from '../../../../src/assessment/model';
import { checkRules } from '../../../../src/assessment/rules/check-rules';
import { secondRegion } from '../../../../src/assessment/rules/network/res-net-016-second-region';
import { type Definition, resource } from './subnets';

const vpc = resource('AWS::EC2::VPC');
const balancer = resource('AWS::ElasticLoadBalancingV2::LoadBalancer');
const certificate = resource('AWS::CertificateManager::Certificate');

function findings(stacks: Record<string, Record<string, Definition>>, careDependsOnIt = true) {
  const sources = Object.entries(stacks).map(([id, Resources]) => ({
    id,
    name: id,
    path: id,
    region: id === 'anywhere' ? undefined : id,
    template: templateFrom({ Resources } as never, `${id}.json`),
  }));
  const { failed, unknown } = checkRules(new Assembly(sources), () => careDependsOnIt, [secondRegion]);
  return {
    failed: failed.map(({ resource: { path } }) => path),
    unknown: unknown.map(({ resource: { path } }) => path),
  };
}

test('passes when both regions have the same', () => {
  expect(findings({ 'us-east-1': { vpc, balancer }, 'us-west-2': { vpc, balancer } })).toEqual({
    failed: [],
    unknown: [],
  });
});

test('fails when the second region has networks and no load balancer', () => {
  expect(findings({ 'us-east-1': { vpc, balancer }, 'us-west-2': { vpc } }).failed).toEqual(['us-east-1/balancer']);
});

test('says nothing of one region, nor of a second that holds a certificate only', () => {
  expect(findings({ 'us-east-1': { vpc, balancer }, 'us-west-2': { certificate } })).toEqual({
    failed: [],
    unknown: [],
  });
});

test('says nothing of what care does not depend on', () => {
  expect(findings({ 'us-east-1': { vpc, balancer }, 'us-west-2': { vpc } }, false)).toEqual({
    failed: [],
    unknown: [],
  });
});

test('is undecided when a stack goes to any region', () => {
  expect(findings({ 'us-east-1': { vpc, balancer }, anywhere: { vpc } }).unknown).toContain('us-east-1/balancer');
});
