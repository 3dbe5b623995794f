import { mountTargetIsAloneInItsZone } from '../../../../src/assessment/rules/validity/val-efs-001-mount-target-per-zone';
import { testRule } from '../../../support/rules';

const it = (Properties: Record<string, unknown>, others: Record<string, unknown> = {}) => ({
  Resources: { It: { Type: 'AWS::EFS::MountTarget', Properties }, ...others },
});

testRule(mountTargetIsAloneInItsZone, [
  {
    name: 'one in each of two zones',
    verdict: 'pass',
    template: it(
      { FileSystemId: 'fs-1', SubnetId: { Ref: 'A' } },
      {
        A: { Type: 'AWS::EC2::Subnet', Properties: { AvailabilityZone: 'us-east-1a' } },
        B: { Type: 'AWS::EC2::Subnet', Properties: { AvailabilityZone: 'us-east-1b' } },
        Other: { Type: 'AWS::EFS::MountTarget', Properties: { FileSystemId: 'fs-1', SubnetId: { Ref: 'B' } } },
      },
    ),
  },
  {
    name: 'two in one zone',
    verdict: 'fail',
    template: it(
      { FileSystemId: 'fs-1', SubnetId: { Ref: 'A' } },
      {
        A: { Type: 'AWS::EC2::Subnet', Properties: { AvailabilityZone: 'us-east-1a' } },
        B: { Type: 'AWS::EC2::Subnet', Properties: { AvailabilityZone: 'us-east-1a' } },
        Other: { Type: 'AWS::EFS::MountTarget', Properties: { FileSystemId: 'fs-1', SubnetId: { Ref: 'B' } } },
      },
    ),
  },
  {
    name: 'two in one imported subnet',
    verdict: 'fail',
    template: it(
      { FileSystemId: 'fs-1', SubnetId: 'subnet-1' },
      { Other: { Type: 'AWS::EFS::MountTarget', Properties: { FileSystemId: 'fs-1', SubnetId: 'subnet-1' } } },
    ),
  },
  {
    name: 'another file system in its zone',
    verdict: 'pass',
    template: it(
      { FileSystemId: 'fs-1', SubnetId: 'subnet-1' },
      { Other: { Type: 'AWS::EFS::MountTarget', Properties: { FileSystemId: 'fs-2', SubnetId: 'subnet-1' } } },
    ),
  },
  {
    name: 'imported subnets',
    verdict: 'unknown',
    template: it(
      { FileSystemId: 'fs-1', SubnetId: 'subnet-1' },
      { Other: { Type: 'AWS::EFS::MountTarget', Properties: { FileSystemId: 'fs-1', SubnetId: 'subnet-2' } } },
    ),
  },
]);
