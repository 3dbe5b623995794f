import { machinesInAPlan } from '../../../../src/assessment/rules/backup/res-bkp-020-machines-in-a-plan';
import { testRule } from '../../../support/rules';

testRule(machinesInAPlan, [
  {
    name: 'by a tag',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::EC2::Instance', Properties: { Tags: [{ Key: 'backup', Value: 'yes' }] } },
        P: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: {
            BackupPlan: { BackupPlanName: 'p', BackupPlanRule: [{ RuleName: 'r', TargetBackupVault: 'v' }] },
          },
        },
        S: {
          Type: 'AWS::Backup::BackupSelection',
          Properties: {
            BackupPlanId: { Ref: 'P' },
            BackupSelection: {
              SelectionName: 's',
              ListOfTags: [{ ConditionType: 'STRINGEQUALS', ConditionKey: 'backup', ConditionValue: 'yes' }],
            },
          },
        },
      },
    },
  },
  {
    name: 'by its ARN',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::EC2::Instance', Properties: {} },
        P: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: {
            BackupPlan: { BackupPlanName: 'p', BackupPlanRule: [{ RuleName: 'r', TargetBackupVault: 'v' }] },
          },
        },
        S: {
          Type: 'AWS::Backup::BackupSelection',
          Properties: {
            BackupPlanId: { Ref: 'P' },
            BackupSelection: {
              SelectionName: 's',
              Resources: [{ 'Fn::Sub': 'arn:aws:ec2:${AWS::Region}:${AWS::AccountId}:instance/${It}' }],
            },
          },
        },
      },
    },
  },
  {
    name: 'by nothing',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::EC2::Instance', Properties: {} } } },
  },
  {
    name: 'a parameter lists what is selected',
    verdict: 'unknown',
    template: {
      Parameters: { Choice: { Type: 'String' } },
      Resources: {
        It: { Type: 'AWS::EC2::Instance', Properties: {} },
        P: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: {
            BackupPlan: { BackupPlanName: 'p', BackupPlanRule: [{ RuleName: 'r', TargetBackupVault: 'v' }] },
          },
        },
        S: {
          Type: 'AWS::Backup::BackupSelection',
          Properties: {
            BackupPlanId: { Ref: 'P' },
            BackupSelection: { SelectionName: 's', Resources: [{ Ref: 'Choice' }] },
          },
        },
      },
    },
  },
  {
    name: 'care does not depend on it',
    verdict: 'not-applicable',
    template: { Resources: { It: { Type: 'AWS::EC2::Instance', Properties: {} } } },
    careDependsOnIt: false,
  },
]);
