import { fsxReplicated } from '../../../../src/assessment/rules/storage/res-sto-013-fsx-replicated';
import { testRule } from '../../../support/rules';

testRule(fsxReplicated, [
  {
    name: 'a task every hour',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::FSx::FileSystem', Properties: { WindowsConfiguration: {} } },
        W: {
          Type: 'AWS::DataSync::LocationFSxWindows',
          Properties: { FsxFilesystemArn: { 'Fn::GetAtt': ['It', 'ResourceARN'] } },
        },
        T: {
          Type: 'AWS::DataSync::Task',
          Properties: { SourceLocationArn: { Ref: 'W' }, Schedule: { ScheduleExpression: 'rate(1 hour)' } },
        },
      },
    },
  },
  {
    name: 'a task without a schedule',
    verdict: 'fail',
    template: {
      Resources: {
        It: { Type: 'AWS::FSx::FileSystem', Properties: { WindowsConfiguration: {} } },
        W: {
          Type: 'AWS::DataSync::LocationFSxWindows',
          Properties: { FsxFilesystemArn: { 'Fn::GetAtt': ['It', 'ResourceARN'] } },
        },
        T: { Type: 'AWS::DataSync::Task', Properties: { SourceLocationArn: { Ref: 'W' } } },
      },
    },
  },
  {
    name: 'no task',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::FSx::FileSystem', Properties: { WindowsConfiguration: {} } } } },
  },
  {
    name: 'a parameter decides',
    verdict: 'unknown',
    template: {
      Parameters: { Choice: { Type: 'String' } },
      Resources: {
        It: { Type: 'AWS::FSx::FileSystem', Properties: { WindowsConfiguration: {} } },
        W: {
          Type: 'AWS::DataSync::LocationFSxWindows',
          Properties: { FsxFilesystemArn: { 'Fn::GetAtt': ['It', 'ResourceARN'] } },
        },
        T: {
          Type: 'AWS::DataSync::Task',
          Properties: { SourceLocationArn: { Ref: 'W' }, Schedule: { Ref: 'Choice' } },
        },
      },
    },
  },
  {
    name: 'another kind',
    verdict: 'not-applicable',
    template: { Resources: { It: { Type: 'AWS::FSx::FileSystem', Properties: { OpenZFSConfiguration: {} } } } },
  },
]);
