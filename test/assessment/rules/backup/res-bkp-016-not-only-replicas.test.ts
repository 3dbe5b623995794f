import { notOnlyReplicas } from '../../../../src/assessment/rules/backup/res-bkp-016-not-only-replicas';
import { testRule } from '../../../support/rules';

testRule(notOnlyReplicas, [
  {
    name: 'a global table in a plan',
    verdict: 'pass',
    template: {
      Resources: {
        It: {
          Type: 'AWS::DynamoDB::GlobalTable',
          Properties: { Replicas: [{ Region: 'us-east-1' }, { Region: 'us-west-2' }] },
        },
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
            BackupSelection: { SelectionName: 's', Resources: [{ 'Fn::GetAtt': ['It', 'Arn'] }] },
          },
        },
      },
    },
  },
  {
    name: 'Aurora DSQL clusters alone',
    verdict: 'fail',
    template: {
      Resources: {
        It: {
          Type: 'AWS::DSQL::Cluster',
          Properties: { MultiRegionProperties: { WitnessRegion: 'us-east-2', Clusters: ['arn:a', 'arn:b'] } },
        },
      },
    },
  },
  {
    name: 'a global table alone',
    verdict: 'fail',
    template: {
      Resources: {
        It: {
          Type: 'AWS::DynamoDB::GlobalTable',
          Properties: { Replicas: [{ Region: 'us-east-1' }, { Region: 'us-west-2' }] },
        },
      },
    },
  },
  {
    name: 'a replicated bucket',
    verdict: 'fail',
    template: {
      Resources: {
        It: {
          Type: 'AWS::S3::Bucket',
          Properties: {
            ReplicationConfiguration: { Rules: [{ Status: 'Enabled', Destination: { Bucket: 'arn:aws:s3:::o' } }] },
          },
        },
      },
    },
  },
  {
    name: 'a global database',
    verdict: 'fail',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: { GlobalClusterIdentifier: 'g', MasterUsername: 'ehr' } },
        O: { Type: 'AWS::RDS::DBCluster', Properties: { GlobalClusterIdentifier: 'g' } },
      },
    },
  },
  {
    name: 'a parameter lists what is selected',
    verdict: 'unknown',
    template: {
      Parameters: { Choice: { Type: 'String' } },
      Resources: {
        It: {
          Type: 'AWS::EFS::FileSystem',
          Properties: { ReplicationConfiguration: { Destinations: [{ Region: 'us-west-2' }] } },
        },
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
    name: 'no replica',
    verdict: 'not-applicable',
    template: { Resources: { It: { Type: 'AWS::EFS::FileSystem', Properties: {} } } },
  },
]);
