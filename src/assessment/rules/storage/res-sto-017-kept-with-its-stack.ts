import { FailureScope } from '../../../core/failure-scope';
import { defineRule, failed, NOT_APPLICABLE, PASS } from '../rule';

/** For these CloudFormation takes a snapshot unless told otherwise. */
const SNAPSHOT_BY_DEFAULT = ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance'];

/** What holds data stays when its stack goes. */
export const keptWithItsStack = defineRule({
  id: 'RES-STO-017',
  title: 'what holds data stays when its stack goes',
  severity: 'error',
  scope: FailureScope.DELETION,
  why: 'a deleted stack, a removed construct or a replacement deletes the data',
  fix: 'set DeletionPolicy and UpdateReplacePolicy to Retain, or to Snapshot where the type has snapshots',
  docs: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html',
  alsoKnownAs: ['cfn-lint/cloudformation-validate:I3011', 'cfn-lint/cloudformation-validate:W3011'],
  resourceTypes: [
    'AWS::RDS::DBInstance',
    'AWS::RDS::DBCluster',
    'AWS::DocDB::DBCluster',
    'AWS::Neptune::DBCluster',
    'AWS::DynamoDB::Table',
    'AWS::DynamoDB::GlobalTable',
    'AWS::DSQL::Cluster',
    'AWS::S3::Bucket',
    'AWS::EFS::FileSystem',
    'AWS::FSx::FileSystem',
    'AWS::EC2::Volume',
    'AWS::KMS::Key',
    'AWS::SecretsManager::Secret',
    'AWS::Backup::BackupVault',
    'AWS::Redshift::Cluster',
  ],
  evaluate(resource) {
    if (resource.type === 'AWS::RDS::DBInstance' && resource.property('DBClusterIdentifier').kind !== 'absent') {
      return NOT_APPLICABLE; // the cluster holds the data
    }
    const policy = resource.deletionPolicy ?? (SNAPSHOT_BY_DEFAULT.includes(resource.type) ? 'Snapshot' : 'Delete');
    if (policy === 'Delete') {
      return failed('is deleted with its stack', 'DeletionPolicy');
    }
    return resource.updateReplacePolicy === 'Delete'
      ? failed('is deleted when an update replaces it', 'UpdateReplacePolicy')
      : PASS;
  },
});
