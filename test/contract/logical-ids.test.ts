import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { clinicalApp, hospital } from '../support/hospital';

/**
 * Resources that hold data, keys or identity. Another logical id replaces them, and a replaced store is a lost one: a change of
 * this list is a breaking change that needs a way to move the data. SecurityBaseline's singletons are pinned beside its tests.
 */
const STATEFUL = [
  'AWS::Backup::BackupVault',
  'AWS::EC2::VPC',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::KMS::Key',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::RDS::GlobalCluster',
  'AWS::Route53::RecordSet',
  'AWS::S3::Bucket',
  'AWS::SNS::Topic',
  'AWS::SecretsManager::Secret',
];

function stateful(stack: Stack): string[] {
  return Object.entries<{ Type: string }>(Template.fromStack(stack).toJSON().Resources)
    .filter(([, { Type }]) => STATEFUL.includes(Type))
    .map(([id, { Type }]) => `${id} ${Type}`)
    .sort();
}

describe('logical ids never move', () => {
  const { stack, recoveryStack, dr } = hospital();

  test('in the primary Region', () => {
    expect(stateful(stack)).toEqual([
      'EhrBackupKeyAFA00790 AWS::KMS::Key',
      'EhrBackupVaultBAC5470C AWS::Backup::BackupVault',
      'EhrComputeLogsKey4F1F99D7 AWS::KMS::Key',
      'EhrDatabaseClusterAF4B141F5 AWS::RDS::DBInstance',
      'EhrDatabaseClusterBF877E722 AWS::RDS::DBInstance',
      'EhrDatabaseClusterF4ED7030 AWS::RDS::DBCluster',
      'EhrDatabaseGlobal18D500A1 AWS::RDS::GlobalCluster',
      'EhrDatabaseKey0FA2D45F AWS::KMS::Key',
      'EhrDatabaseSecretEAC3D5B2 AWS::SecretsManager::Secret',
      'EhrDocumentsAccessLogs3F7053D2 AWS::S3::Bucket',
      'EhrDocumentsBucketA6420BAF AWS::S3::Bucket',
      'EhrDocumentsKeyD3C02B01 AWS::KMS::Key',
      'EhrIngressAccessLogsBucketF35EC18B AWS::S3::Bucket',
      'EhrIngressLoadBalancerF33A2783 AWS::ElasticLoadBalancingV2::LoadBalancer',
      'EhrIngressRecordA62246103 AWS::Route53::RecordSet',
      'EhrIngressWafLogsKey0CFDB4B1 AWS::KMS::Key',
      'EhrNetworkKey3B20D4E8 AWS::KMS::Key',
      'EhrNetworkVpc1A29D094 AWS::EC2::VPC',
      'EhrNotificationsKeyFCCF12D0 AWS::KMS::Key',
      'EhrNotificationsTopic48DA7294 AWS::SNS::Topic',
    ]);
  });

  test('in the landing stack', () => {
    expect(stateful(dr.landing.stack)).toEqual([
      'DocumentsAccessLogsE0128BD5 AWS::S3::Bucket',
      'DocumentsBucket089EA665 AWS::S3::Bucket',
      'Key961B73FD AWS::KMS::Key',
      'NotificationsTopicAE679CBD AWS::SNS::Topic',
      'Vault645BC77C AWS::Backup::BackupVault',
    ]);
  });

  test('in the recovery Region', () => {
    expect(stateful(recoveryStack)).toEqual([
      'DrAppBackupKey7DDA8504 AWS::KMS::Key',
      'DrAppBackupVaultC62ADFBC AWS::Backup::BackupVault',
      'DrAppComputeLogsKey0DD0293B AWS::KMS::Key',
      'DrAppDatabaseA9E22CD52 AWS::RDS::DBInstance',
      'DrAppDatabaseBD51C7617 AWS::RDS::DBInstance',
      'DrAppDatabaseCluster8730008C AWS::RDS::DBCluster',
      'DrAppDatabaseKey22C5B2A8 AWS::KMS::Key',
      'DrAppIngressAccessLogsBucketCFE3361E AWS::S3::Bucket',
      'DrAppIngressLoadBalancer24C86CE4 AWS::ElasticLoadBalancingV2::LoadBalancer',
      'DrAppIngressRecordA7DFBADC2 AWS::Route53::RecordSet',
      'DrAppIngressWafLogsKeyEE596B14 AWS::KMS::Key',
      'DrAppNetworkKey6B2B5864 AWS::KMS::Key',
      'DrAppNetworkVpc63DFCC7E AWS::EC2::VPC',
    ]);
  });
});

test('the feature flags that CDK recommends move none of them', () => {
  const flags = JSON.parse(readFileSync(join(__dirname, '..', '..', 'cdk.json'), 'utf-8')).context;
  const [plain, flagged] = [hospital(), hospital({ appProps: { context: flags } })];
  expect(stateful(flagged.stack)).toEqual(stateful(plain.stack));
  expect(stateful(flagged.recoveryStack)).toEqual(stateful(plain.recoveryStack));
  expect(stateful(flagged.dr.landing.stack)).toEqual(stateful(plain.dr.landing.stack));
});

test('adding disaster recovery moves nothing of a system that is already there', () => {
  const before = stateful(clinicalApp().stack);
  expect(stateful(hospital().stack)).toEqual(expect.arrayContaining(before));
});
