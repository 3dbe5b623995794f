import { zoneIsInItsRegion } from '../../../../src/assessment/rules/validity/val-ec2-001-zone-exists';
import { findingsOf, testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({ Resources: { It: { Type: 'AWS::EC2::Subnet', Properties } } });

testRule(zoneIsInItsRegion, [
  { name: 'a zone of the Region', verdict: 'pass', template: it({ AvailabilityZone: 'us-east-1a' }) },
  { name: 'a slot', verdict: 'pass', template: it({ AvailabilityZone: { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] } }) },
  { name: 'a local zone', verdict: 'pass', template: it({ AvailabilityZone: 'us-east-1-bos-1a' }) },
  { name: 'a zone of another Region', verdict: 'fail', template: it({ AvailabilityZone: 'us-west-2a' }) },
  { name: 'a placeholder', verdict: 'fail', template: it({ AvailabilityZone: 'dummy1a' }) },
  { name: 'a letter that may not exist', verdict: 'unknown', template: it({ AvailabilityZone: 'us-east-1z' }) },
  { name: 'from a parameter', verdict: 'unknown', template: it({ AvailabilityZone: { Ref: 'Zone' } }) },
  { name: 'AWS chooses', verdict: 'not-applicable', template: it({}) },
]);

test('zones of a cluster count too', () => {
  const failsOf = (Properties: Record<string, unknown>) =>
    findingsOf({ Resources: { It: { Type: 'AWS::RDS::DBCluster', Properties } } }, [zoneIsInItsRegion]).failed.length;
  expect([
    failsOf({ AvailabilityZones: ['us-east-1a', 'us-east-1b'] }),
    failsOf({ AvailabilityZones: ['us-east-1a', 'eu-west-1b'] }),
  ]).toEqual([0, 1]);
});
