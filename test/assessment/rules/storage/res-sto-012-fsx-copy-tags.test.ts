import { fsxCopyTags } from '../../../../src/assessment/rules/storage/res-sto-012-fsx-copy-tags';
import { testRule } from '../../../support/rules';

testRule(fsxCopyTags, [
  {
    name: 'copied',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::FSx::FileSystem', Properties: { WindowsConfiguration: { CopyTagsToBackups: true } } },
      },
    },
  },
  {
    name: 'the default',
    verdict: 'fail',
    template: {
      Resources: {
        It: { Type: 'AWS::FSx::FileSystem', Properties: { OpenZFSConfiguration: { DeploymentType: 'SINGLE_AZ_1' } } },
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
          Properties: { LustreConfiguration: { CopyTagsToBackups: { Ref: 'Choice' } } },
        },
      },
    },
  },
  {
    name: 'ONTAP',
    verdict: 'not-applicable',
    template: {
      Resources: {
        It: { Type: 'AWS::FSx::FileSystem', Properties: { OntapConfiguration: { DeploymentType: 'MULTI_AZ_1' } } },
      },
    },
  },
]);
