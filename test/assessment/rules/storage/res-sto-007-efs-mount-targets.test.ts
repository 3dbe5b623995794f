import { efsMountTargets } from '../../../../src/assessment/rules/storage/res-sto-007-efs-mount-targets';
import { testRule } from '../../../support/rules';

testRule(efsMountTargets, [
  {
    name: 'two zones',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::EFS::FileSystem', Properties: {} },
        M: { Type: 'AWS::EFS::MountTarget', Properties: { FileSystemId: { Ref: 'It' }, SubnetId: { Ref: 'A' } } },
        N: { Type: 'AWS::EFS::MountTarget', Properties: { FileSystemId: { Ref: 'It' }, SubnetId: { Ref: 'B' } } },
        A: { Type: 'AWS::EC2::Subnet', Properties: { AvailabilityZone: 'us-east-1a' } },
        B: { Type: 'AWS::EC2::Subnet', Properties: { AvailabilityZone: 'us-east-1b' } },
      },
    },
  },
  {
    name: 'two slots of the Region',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::EFS::FileSystem', Properties: {} },
        M: { Type: 'AWS::EFS::MountTarget', Properties: { FileSystemId: { Ref: 'It' }, SubnetId: { Ref: 'A' } } },
        N: { Type: 'AWS::EFS::MountTarget', Properties: { FileSystemId: { Ref: 'It' }, SubnetId: { Ref: 'B' } } },
        A: { Type: 'AWS::EC2::Subnet', Properties: { AvailabilityZone: { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] } } },
        B: { Type: 'AWS::EC2::Subnet', Properties: { AvailabilityZone: { 'Fn::Select': [1, { 'Fn::GetAZs': '' }] } } },
      },
    },
  },
  {
    name: 'one mount target',
    verdict: 'fail',
    template: {
      Resources: {
        It: { Type: 'AWS::EFS::FileSystem', Properties: {} },
        M: { Type: 'AWS::EFS::MountTarget', Properties: { FileSystemId: { Ref: 'It' }, SubnetId: 'subnet-1' } },
      },
    },
  },
  {
    name: 'two in one zone',
    verdict: 'fail',
    template: {
      Resources: {
        It: { Type: 'AWS::EFS::FileSystem', Properties: {} },
        M: { Type: 'AWS::EFS::MountTarget', Properties: { FileSystemId: { Ref: 'It' }, SubnetId: { Ref: 'A' } } },
        N: { Type: 'AWS::EFS::MountTarget', Properties: { FileSystemId: { Ref: 'It' }, SubnetId: { Ref: 'B' } } },
        A: { Type: 'AWS::EC2::Subnet', Properties: { AvailabilityZone: 'us-east-1a' } },
        B: { Type: 'AWS::EC2::Subnet', Properties: { AvailabilityZone: 'us-east-1a' } },
      },
    },
  },
  {
    name: 'imported subnets',
    verdict: 'unknown',
    template: {
      Resources: {
        It: { Type: 'AWS::EFS::FileSystem', Properties: {} },
        M: { Type: 'AWS::EFS::MountTarget', Properties: { FileSystemId: { Ref: 'It' }, SubnetId: 'subnet-1' } },
        N: { Type: 'AWS::EFS::MountTarget', Properties: { FileSystemId: { Ref: 'It' }, SubnetId: 'subnet-2' } },
      },
    },
  },
  {
    name: 'none in the templates',
    verdict: 'unknown',
    template: { Resources: { It: { Type: 'AWS::EFS::FileSystem', Properties: {} } } },
  },
  {
    name: 'One Zone',
    verdict: 'not-applicable',
    template: {
      Resources: { It: { Type: 'AWS::EFS::FileSystem', Properties: { AvailabilityZoneName: 'us-east-1a' } } },
    },
  },
]);
