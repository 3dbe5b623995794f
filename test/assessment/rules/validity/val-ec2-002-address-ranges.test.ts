import { addressRangeIsValid } from '../../../../src/assessment/rules/validity/val-ec2-002-address-ranges';
import { findingsOf, testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>) => ({ Resources: { It: { Type: 'AWS::EC2::VPC', Properties } } });

testRule(addressRangeIsValid, [
  { name: 'a network', verdict: 'pass', template: it({ CidrBlock: '10.0.0.0/16' }) },
  { name: 'no range', verdict: 'fail', template: it({ CidrBlock: 'ten.0.0.0/16' }) },
  { name: 'too large for a network', verdict: 'fail', template: it({ CidrBlock: '10.0.0.0/8' }) },
  { name: 'a number above 255', verdict: 'fail', template: it({ CidrBlock: '10.0.300.0/24' }) },
  { name: 'no prefix', verdict: 'fail', template: it({ CidrBlock: '10.0.0.0' }) },
  { name: 'from a parameter', verdict: 'unknown', template: it({ CidrBlock: { Ref: 'Range' } }) },
  { name: 'from an address pool', verdict: 'not-applicable', template: it({ Ipv4IpamPoolId: 'pool' }) },
]);

test('a security group takes everything from 0.0.0.0/0 to one address', () => {
  const failsOf = (Properties: Record<string, unknown>) =>
    findingsOf({ Resources: { It: { Type: 'AWS::EC2::SecurityGroupIngress', Properties } } }, [addressRangeIsValid])
      .failed.length;
  expect([failsOf({ CidrIp: '0.0.0.0/0' }), failsOf({ CidrIp: '10.0.0.1/33' })]).toEqual([0, 1]);
});
