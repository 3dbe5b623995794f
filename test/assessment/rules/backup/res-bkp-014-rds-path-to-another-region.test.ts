import { rdsPathToAnotherRegion } from '../../../../src/assessment/rules/backup/res-bkp-014-rds-path-to-another-region';
import { testRule } from '../../../support/rules';

testRule(rdsPathToAnotherRegion, [
  {
    name: 'backups that Amazon RDS replicates',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBInstance', Properties: { AutomaticBackupReplicationRegion: 'us-west-2' } },
      },
    },
  },
  {
    name: 'backups that Amazon RDS replicates to where the database is',
    verdict: 'fail',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBInstance', Properties: { AutomaticBackupReplicationRegion: 'us-east-1' } },
      },
    },
  },
  {
    name: 'backups that Amazon RDS replicates to a Region from elsewhere',
    verdict: 'unknown',
    template: {
      Resources: {
        It: {
          Type: 'AWS::RDS::DBInstance',
          Properties: { AutomaticBackupReplicationRegion: { 'Fn::ImportValue': 'elsewhere' } },
        },
      },
    },
  },
  {
    name: 'copies of its backups',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: {} },
        P: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: {
            BackupPlan: {
              BackupPlanName: 'p',
              BackupPlanRule: [
                {
                  RuleName: 'r',
                  TargetBackupVault: 'v',
                  CopyActions: [{ DestinationBackupVaultArn: 'arn:aws:backup:us-west-2:111111111111:backup-vault:v' }],
                },
              ],
            },
          },
        },
        S: {
          Type: 'AWS::Backup::BackupSelection',
          Properties: {
            BackupPlanId: { Ref: 'P' },
            BackupSelection: {
              SelectionName: 's',
              Resources: [{ 'Fn::Sub': 'arn:${AWS::Partition}:rds:${AWS::Region}:${AWS::AccountId}:cluster:${It}' }],
            },
          },
        },
      },
    },
  },
  {
    name: 'backups without copies',
    verdict: 'fail',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: {} },
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
              Resources: [{ 'Fn::Sub': 'arn:${AWS::Partition}:rds:${AWS::Region}:${AWS::AccountId}:cluster:${It}' }],
            },
          },
        },
      },
    },
  },
  {
    name: 'an instance alone',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::RDS::DBInstance', Properties: {} } } },
  },
  {
    name: 'a parameter names the vault',
    verdict: 'unknown',
    template: {
      Parameters: { Choice: { Type: 'String' } },
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: {} },
        P: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: {
            BackupPlan: {
              BackupPlanName: 'p',
              BackupPlanRule: [
                {
                  RuleName: 'r',
                  TargetBackupVault: 'v',
                  CopyActions: [{ DestinationBackupVaultArn: { Ref: 'Choice' } }],
                },
              ],
            },
          },
        },
        S: {
          Type: 'AWS::Backup::BackupSelection',
          Properties: {
            BackupPlanId: { Ref: 'P' },
            BackupSelection: {
              SelectionName: 's',
              Resources: [{ 'Fn::Sub': 'arn:${AWS::Partition}:rds:${AWS::Region}:${AWS::AccountId}:cluster:${It}' }],
            },
          },
        },
      },
    },
  },
  {
    name: 'care does not depend on it',
    verdict: 'not-applicable',
    template: { Resources: { It: { Type: 'AWS::RDS::DBCluster', Properties: {} } } },
    careDependsOnIt: false,
  },
  {
    name: 'instance of a cluster',
    verdict: 'not-applicable',
    template: { Resources: { It: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: 'c' } } } },
  },
]);
