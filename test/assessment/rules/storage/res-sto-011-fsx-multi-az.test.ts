import { fsxMultiAz } from '../../../../src/assessment/rules/storage/res-sto-011-fsx-multi-az';
import { testRule } from '../../../support/rules';

testRule(fsxMultiAz, [
  {
    name: 'Windows over two zones',
    verdict: 'pass',
    template: {
      Resources: {
        It: {
          Type: 'AWS::FSx::FileSystem',
          Properties: { FileSystemType: 'WINDOWS', WindowsConfiguration: { DeploymentType: 'MULTI_AZ_1' } },
        },
      },
    },
  },
  {
    name: 'ONTAP of the second generation',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::FSx::FileSystem', Properties: { OntapConfiguration: { DeploymentType: 'MULTI_AZ_2' } } },
      },
    },
  },
  {
    name: 'the default of Windows',
    verdict: 'fail',
    template: {
      Resources: {
        It: { Type: 'AWS::FSx::FileSystem', Properties: { WindowsConfiguration: { ThroughputCapacity: 32 } } },
      },
    },
  },
  {
    name: 'OpenZFS in one zone',
    verdict: 'fail',
    template: {
      Resources: {
        It: {
          Type: 'AWS::FSx::FileSystem',
          Properties: { OpenZFSConfiguration: { DeploymentType: 'SINGLE_AZ_HA_2' } },
        },
      },
    },
  },
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: {
      Parameters: { Choice: { Type: 'String' } },
      Resources: {
        It: {
          Type: 'AWS::FSx::FileSystem',
          Properties: { WindowsConfiguration: { DeploymentType: { Ref: 'Choice' } } },
        },
      },
    },
  },
  {
    name: 'Lustre',
    verdict: 'not-applicable',
    template: {
      Resources: {
        It: { Type: 'AWS::FSx::FileSystem', Properties: { LustreConfiguration: { DeploymentType: 'SCRATCH_2' } } },
      },
    },
  },
]);
