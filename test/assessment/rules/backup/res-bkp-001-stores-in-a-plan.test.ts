import { storesInAPlan } from '../../../../src/assessment/rules/backup/res-bkp-001-stores-in-a-plan';
import { testRule } from '../../../support/rules';

testRule(storesInAPlan, [
  {
    name: 'by its ARN',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::DynamoDB::Table', Properties: {} },
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
    name: 'an Aurora DSQL cluster by its ARN',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::DSQL::Cluster', Properties: {} },
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
            BackupSelection: { SelectionName: 's', Resources: [{ 'Fn::GetAtt': ['It', 'ResourceArn'] }] },
          },
        },
      },
    },
  },
  {
    name: 'an Aurora DSQL cluster in no plan',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::DSQL::Cluster', Properties: {} } } },
  },
  {
    name: 'an Aurora cluster by an ARN around its name',
    verdict: 'pass',
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
    name: 'an Aurora cluster by the ARN of a db',
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
              Resources: [{ 'Fn::Sub': 'arn:${AWS::Partition}:rds:${AWS::Region}:${AWS::AccountId}:db:${It}' }],
            },
          },
        },
      },
    },
  },
  {
    name: 'by a tag',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: { Tags: [{ Key: 'backup', Value: 'yes' }] } },
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
    name: 'by another tag',
    verdict: 'fail',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: { Tags: [{ Key: 'backup', Value: 'no' }] } },
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
    name: 'tags of a file system',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::EFS::FileSystem', Properties: { FileSystemTags: [{ Key: 'backup', Value: 'yes' }] } },
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
              Resources: ['*'],
              Conditions: { StringEquals: [{ ConditionKey: 'aws:ResourceTag/backup', ConditionValue: 'yes' }] },
            },
          },
        },
      },
    },
  },
  {
    name: 'a condition that it does not meet',
    verdict: 'fail',
    template: {
      Resources: {
        It: { Type: 'AWS::EFS::FileSystem', Properties: {} },
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
              Resources: ['*'],
              Conditions: { StringEquals: [{ ConditionKey: 'aws:ResourceTag/backup', ConditionValue: 'yes' }] },
            },
          },
        },
      },
    },
  },
  {
    name: 'everything',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::EFS::FileSystem', Properties: {} },
        P: {
          Type: 'AWS::Backup::BackupPlan',
          Properties: {
            BackupPlan: { BackupPlanName: 'p', BackupPlanRule: [{ RuleName: 'r', TargetBackupVault: 'v' }] },
          },
        },
        S: {
          Type: 'AWS::Backup::BackupSelection',
          Properties: { BackupPlanId: { Ref: 'P' }, BackupSelection: { SelectionName: 's', Resources: ['*'] } },
        },
      },
    },
  },
  {
    name: 'every cluster',
    verdict: 'pass',
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
            BackupSelection: { SelectionName: 's', Resources: ['arn:aws:rds:*:*:cluster:*'] },
          },
        },
      },
    },
  },
  {
    name: 'every table',
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
            BackupSelection: { SelectionName: 's', Resources: ['arn:aws:dynamodb:*:*:table/*'] },
          },
        },
      },
    },
  },
  {
    name: 'by its given name',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'records' } },
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
            BackupSelection: { SelectionName: 's', Resources: ['arn:aws:s3:::records'] },
          },
        },
      },
    },
  },
  {
    name: 'by a name that holds the account of the deployment',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { 'Fn::Sub': 'records-${AWS::AccountId}' } } },
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
              Resources: [{ 'Fn::Sub': 'arn:aws:s3:::records-${AWS::AccountId}' }],
            },
          },
        },
      },
    },
  },
  {
    name: 'by the name of another',
    verdict: 'fail',
    template: {
      Resources: {
        It: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { 'Fn::Sub': 'records-${AWS::AccountId}' } } },
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
              Resources: [{ 'Fn::Sub': 'arn:aws:s3:::archive-${AWS::AccountId}' }],
            },
          },
        },
      },
    },
  },
  {
    name: 'a parameter is its name',
    verdict: 'unknown',
    template: {
      Parameters: { Choice: { Type: 'String' } },
      Resources: {
        It: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { Ref: 'Choice' } } },
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
            BackupSelection: { SelectionName: 's', Resources: ['arn:aws:s3:::records'] },
          },
        },
      },
    },
  },
  {
    name: 'everything but it',
    verdict: 'fail',
    template: {
      Resources: {
        It: { Type: 'AWS::DynamoDB::Table', Properties: {} },
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
            BackupSelection: { SelectionName: 's', Resources: ['*'], NotResources: [{ 'Fn::GetAtt': ['It', 'Arn'] }] },
          },
        },
      },
    },
  },
  {
    name: 'nothing at all',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::EFS::FileSystem', Properties: {} } } },
  },
  {
    name: 'the week that RDS keeps',
    verdict: 'fail',
    template: { Resources: { It: { Type: 'AWS::RDS::DBCluster', Properties: { BackupRetentionPeriod: 7 } } } },
  },
  {
    name: 'two weeks are enough where care does not depend on it',
    verdict: 'pass',
    template: { Resources: { It: { Type: 'AWS::RDS::DBCluster', Properties: { BackupRetentionPeriod: 14 } } } },
    careDependsOnIt: false,
  },
  {
    name: 'versions that never expire',
    verdict: 'pass',
    template: {
      Resources: { It: { Type: 'AWS::S3::Bucket', Properties: { VersioningConfiguration: { Status: 'Enabled' } } } },
    },
  },
  {
    name: 'a lifecycle policy for volumes',
    verdict: 'pass',
    template: {
      Resources: {
        It: { Type: 'AWS::EC2::Volume', Properties: { Tags: [{ Key: 'snap', Value: 'daily' }] } },
        L: {
          Type: 'AWS::DLM::LifecyclePolicy',
          Properties: { PolicyDetails: { TargetTags: [{ Key: 'snap', Value: 'daily' }] } },
        },
      },
    },
  },
  {
    name: 'a parameter lists what is selected',
    verdict: 'unknown',
    template: {
      Parameters: { Choice: { Type: 'String' } },
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
            BackupSelection: { SelectionName: 's', Resources: [{ Ref: 'Choice' }] },
          },
        },
      },
    },
  },
  {
    name: 'a parameter is in the name',
    verdict: 'unknown',
    template: {
      Parameters: { Choice: { Type: 'String' } },
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
              Resources: [{ 'Fn::Sub': ['arn:aws:rds:us-east-1:1:cluster:${name}', { name: { Ref: 'Choice' } }] }],
            },
          },
        },
      },
    },
  },
  {
    name: 'a parameter is the tag',
    verdict: 'unknown',
    template: {
      Parameters: { Choice: { Type: 'String' } },
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: { Tags: [{ Key: 'backup', Value: { Ref: 'Choice' } }] } },
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
    name: 'instance of a cluster',
    verdict: 'not-applicable',
    template: { Resources: { It: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: 'c' } } } },
  },
  {
    name: 'secondary of a global database',
    verdict: 'not-applicable',
    template: {
      Resources: {
        It: { Type: 'AWS::RDS::DBCluster', Properties: { GlobalClusterIdentifier: 'g' } },
        O: { Type: 'AWS::RDS::DBCluster', Properties: { GlobalClusterIdentifier: 'g', MasterUsername: 'ehr' } },
      },
    },
  },
  {
    name: 'access logs',
    verdict: 'not-applicable',
    template: {
      Resources: {
        It: { Type: 'AWS::S3::Bucket', Properties: {} },
        L: { Type: 'AWS::S3::Bucket', Properties: { LoggingConfiguration: { DestinationBucketName: { Ref: 'It' } } } },
      },
    },
  },
]);
