import { subnetGroupSpansZones } from '../../../../src/assessment/rules/validity/val-rds-001-subnet-group';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>, others: Record<string, unknown> = {}) => ({
  Resources: { It: { Type: 'AWS::RDS::DBSubnetGroup', Properties }, ...others },
});

testRule(subnetGroupSpansZones, [
  {
    name: 'two zones',
    verdict: 'pass',
    template: it(
      { SubnetIds: [{ Ref: 'A' }, { Ref: 'B' }] },
      {
        A: { Type: 'AWS::EC2::Subnet', Properties: { AvailabilityZone: 'us-east-1a' } },
        B: { Type: 'AWS::EC2::Subnet', Properties: { AvailabilityZone: 'us-east-1b' } },
      },
    ),
  },
  { name: 'one imported subnet', verdict: 'fail', template: it({ SubnetIds: ['subnet-1'] }) },
  { name: 'the same subnet twice', verdict: 'fail', template: it({ SubnetIds: ['subnet-1', 'subnet-1'] }) },
  {
    name: 'two subnets in one zone',
    verdict: 'fail',
    template: it(
      { SubnetIds: [{ Ref: 'A' }, { Ref: 'B' }] },
      {
        A: { Type: 'AWS::EC2::Subnet', Properties: { AvailabilityZone: 'us-east-1a' } },
        B: { Type: 'AWS::EC2::Subnet', Properties: { AvailabilityZone: 'us-east-1a' } },
      },
    ),
  },
  { name: 'two imported subnets', verdict: 'unknown', template: it({ SubnetIds: ['subnet-1', 'subnet-2'] }) },
  { name: 'a parameter', verdict: 'unknown', template: it({ SubnetIds: { Ref: 'Subnets' } }) },
]);
