import { App, Duration, Size, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { DataProtection, FailureScope } from '../../src/core';
import {
  ActiveDirectory,
  FileAuditLevel,
  FileProtocol,
  FileShare,
  type FileShareBindOptions,
  FsxStorageType,
  type FsxWindowsFileShareProps,
} from '../../src/data';
import { codeOf, dataStack, VIRGINIA } from '../support/data';
import { bindFiles } from '../support/files';

const MANAGED = ActiveDirectory.managed('d-1234567890');

function windows(props: Partial<FsxWindowsFileShareProps> = {}) {
  return FileShare.fsxWindows({ activeDirectory: MANAGED, storageCapacity: Size.gibibytes(1024), ...props });
}

function bound(
  props?: Partial<FsxWindowsFileShareProps>,
  options?: Partial<FileShareBindOptions>,
  stack = dataStack(),
) {
  const share = bindFiles(stack, windows(props), { shareName: 'archive', ...options });
  return { stack, share, template: Template.fromStack(stack) };
}

describe('a share on FSx for Windows File Server', () => {
  const { stack, share, template } = bound();
  const [[id, fileSystem]] = Object.entries(template.findResources('AWS::FSx::FileSystem'));

  test('keeps the logical ids that data depends on', () => {
    expect(id).toBe('FilesarchiveFileSystemE9D0C53B');
    expect(Object.keys(template.findResources('AWS::KMS::Key'))).toEqual(['FilesarchiveKeyC967B96C']);
  });

  test('runs over two zones, encrypted with a customer key, and is kept', () => {
    expect(fileSystem).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    const { SubnetIds, WindowsConfiguration, ...properties } = fileSystem.Properties;
    expect(SubnetIds).toHaveLength(2);
    expect(WindowsConfiguration).toMatchObject({
      DeploymentType: 'MULTI_AZ_1',
      PreferredSubnetId: SubnetIds[0],
      ActiveDirectoryId: 'd-1234567890',
      ThroughputCapacity: 64,
      CopyTagsToBackups: true,
    });
    expect(properties).toMatchObject({
      FileSystemType: 'WINDOWS',
      StorageType: 'SSD',
      StorageCapacity: 1024,
      KmsKeyId: { 'Fn::GetAtt': [expect.stringMatching(/^FilesarchiveKey/), 'Arn'] },
      SecurityGroupIds: [{ 'Fn::GetAtt': [expect.stringMatching(/^FilesarchiveSecurityGroup/), 'GroupId'] }],
    });
  });

  test('is backed up by AWS Backup alone, outside its maintenance', () => {
    expect(fileSystem.Properties.WindowsConfiguration).toMatchObject({
      AutomaticBackupRetentionDays: 0,
      WeeklyMaintenanceStartTime: '7:10:00',
    });
    expect(share.backupResources).toHaveLength(1);
    expect(stack.resolve(share.backupResources[0].resource)).toEqual({ 'Fn::GetAtt': [id, 'ResourceARN'] });
  });

  test('logs who opens the share and its files, for seven years, in a group Amazon FSx may write to', () => {
    template.hasResource('AWS::Logs::LogGroup', {
      DeletionPolicy: 'Retain',
      Properties: {
        LogGroupName: '/aws/fsx/ehr-archive',
        RetentionInDays: 2557,
        KmsKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^FilesarchiveKey'), 'Arn'] },
      },
    });
    const { AuditLogConfiguration } = fileSystem.Properties.WindowsConfiguration;
    expect(AuditLogConfiguration).toMatchObject({
      FileAccessAuditLogLevel: 'SUCCESS_AND_FAILURE',
      FileShareAccessAuditLogLevel: 'SUCCESS_AND_FAILURE',
    });
    // the group itself: the attribute of a log group ends in ":*"
    expect(AuditLogConfiguration.AuditLogDestination['Fn::Join'][1].slice(-1)).toEqual([
      { Ref: expect.stringMatching(/^FilesarchiveAuditLog/) },
    ]);
  });

  test('says where it is, and what it speaks', () => {
    expect(share.protocol).toBe(FileProtocol.SMB);
    expect(stack.resolve(share.path)).toEqual({
      'Fn::Join': ['', ['\\\\', { 'Fn::GetAtt': [id, 'DNSName'] }, '\\share']],
    });
    expect(share.connections.defaultPort).toEqual(ec2.Port.tcp(445));
    expect(share.fsx?.logicalId).toBeDefined();
    expect(share.efs).toBeUndefined();
  });

  test('fails over in 30 seconds, and loses nothing', () => {
    const claims = (share.recovery ?? []).map(({ scope, recoveryTime, recoveryPoint }) => [
      scope,
      recoveryTime?.toSeconds(),
      recoveryPoint.toSeconds(),
    ]);
    expect(claims).toEqual([
      [FailureScope.COMPONENT, 30, 0],
      [FailureScope.AVAILABILITY_ZONE, 30, 0],
    ]);
  });

  test('has alarms on what is full and what is busy', () => {
    const metrics = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(
      ({ Properties: { Namespace, MetricName, Threshold } }) => `${Namespace} ${MetricName} ${Threshold}`,
    );
    expect(metrics).toEqual([
      'AWS/FSx StorageCapacityUtilization 80',
      'AWS/FSx NetworkThroughputUtilization 80',
      'AWS/FSx CPUUtilization 80',
    ]);
    expect(share.widgets).toHaveLength(2);
  });
});

describe('a directory the hospital runs itself', () => {
  const stack = dataStack();
  const key = new kms.Key(stack, 'CredentialsKey');
  const credentials = new secretsmanager.Secret(stack, 'Credentials', { encryptionKey: key });
  const activeDirectory = ActiveDirectory.selfManaged({
    domainName: 'corp.example.org',
    dnsIps: ['10.1.0.10', '10.2.0.10'],
    credentials,
    organizationalUnit: 'OU=FSx,DC=corp,DC=example,DC=org',
    administratorsGroup: 'File Admins',
  });
  const { template } = bound({ activeDirectory }, {}, stack);
  const [fileSystem] = Object.values(template.findResources('AWS::FSx::FileSystem'));

  test('is joined with credentials that stay in AWS Secrets Manager', () => {
    expect(fileSystem.Properties.WindowsConfiguration.ActiveDirectoryId).toBeUndefined();
    expect(fileSystem.Properties.WindowsConfiguration.SelfManagedActiveDirectoryConfiguration).toEqual({
      DomainName: 'corp.example.org',
      DnsIps: ['10.1.0.10', '10.2.0.10'],
      DomainJoinServiceAccountSecret: { Ref: expect.stringMatching(/^Credentials/) },
      OrganizationalUnitDistinguishedName: 'OU=FSx,DC=corp,DC=example,DC=org',
      FileSystemAdministratorsGroup: 'File Admins',
    });
  });

  test('lets Amazon FSx read them, for this account only, before the file system is made', () => {
    const condition = {
      ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', Match.arrayWith([':fsx:us-east-1:111111111111:*'])] } },
      StringEquals: Match.objectLike({ 'aws:SourceAccount': '111111111111' }),
    };
    template.hasResourceProperties('AWS::SecretsManager::ResourcePolicy', {
      ResourcePolicy: {
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'fsx.amazonaws.com' },
            Action: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
            Resource: '*',
            Condition: condition,
          },
        ],
      },
    });
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Principal: { Service: 'fsx.amazonaws.com' },
            Action: ['kms:Decrypt', 'kms:DescribeKey'],
            Condition: {
              ...condition,
              StringEquals: {
                'aws:SourceAccount': '111111111111',
                'kms:ViaService': {
                  'Fn::Join': ['', ['secretsmanager.us-east-1.', { Ref: 'AWS::URLSuffix' }]],
                },
              },
            },
          }),
        ]),
      },
    });
    const [policy] = Object.keys(template.findResources('AWS::SecretsManager::ResourcePolicy'));
    expect(fileSystem.DependsOn).toContain(policy);
  });
});

describe('options', () => {
  test('magnetic disks, throughput, aliases, a share and a window of your own', () => {
    const { share, stack, template } = bound({
      storageType: FsxStorageType.HDD,
      storageCapacity: Size.tebibytes(10),
      throughputCapacity: 512,
      aliases: ['blobs.corp.example.org'],
      shareName: 'WebBLOB',
      maintenanceWindow: '3:09:30',
      automaticBackupRetention: Duration.days(7),
      auditRetention: logs.RetentionDays.TEN_YEARS,
    });
    template.hasResourceProperties('AWS::FSx::FileSystem', {
      StorageType: 'HDD',
      StorageCapacity: 10240,
      WindowsConfiguration: {
        ThroughputCapacity: 512,
        Aliases: ['blobs.corp.example.org'],
        WeeklyMaintenanceStartTime: '3:09:30',
        AutomaticBackupRetentionDays: 7,
      },
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 3653 });
    expect(JSON.stringify(stack.resolve(share.path))).toContain('WebBLOB');
  });

  test('one audit level off leaves the log; both off leave none', () => {
    const { DISABLED, FAILURE_ONLY } = FileAuditLevel;
    const one = bound({ fileAccessAudit: DISABLED, shareAccessAudit: FAILURE_ONLY }).template;
    one.resourceCountIs('AWS::Logs::LogGroup', 1);
    const none = bound({ fileAccessAudit: DISABLED, shareAccessAudit: DISABLED }).template;
    none.resourceCountIs('AWS::Logs::LogGroup', 0);
    none.hasResourceProperties('AWS::FSx::FileSystem', {
      WindowsConfiguration: {
        AuditLogConfiguration: {
          FileAccessAuditLogLevel: 'DISABLED',
          FileShareAccessAuditLogLevel: 'DISABLED',
          AuditLogDestination: Match.absent(),
        },
      },
    });
  });

  test('subnets of your own, from which the directory is reached', () => {
    const stack = dataStack();
    const { isolatedSubnets } = stack.node.findChild('Vpc') as ec2.Vpc;
    const { template } = bound({ subnets: { subnets: isolatedSubnets.slice(1) } }, {}, stack);
    template.hasResourceProperties('AWS::FSx::FileSystem', {
      SubnetIds: [{ Ref: Match.stringLikeRegexp('Subnet2') }, { Ref: Match.stringLikeRegexp('Subnet3') }],
    });
  });

  test('a key of your own', () => {
    const stack = dataStack();
    const encryptionKey = new kms.Key(stack, 'Mine');
    expect(bound({ encryptionKey }, {}, stack).share.encryptionKey).toBe(encryptionKey);
  });

  test('data that may be destroyed with its stack is', () => {
    const dataProtection = DataProtection.destroyWithStack({ acknowledgeDataLoss: 'synthetic patients' });
    bound({}, { dataProtection }).template.hasResource('AWS::FSx::FileSystem', { DeletionPolicy: 'Delete' });
  });
});

describe('mistakes', () => {
  test('fails with everything that is wrong at once', () => {
    expect(() =>
      windows({
        storageCapacity: Size.gibibytes(16),
        throughputCapacity: 100,
        maintenanceWindow: 'Sun:10:00',
        shareName: 'a/b',
        aliases: ['blobs'],
        automaticBackupRetention: Duration.days(91),
      }),
    ).toThrow(
      'storageCapacity must be 32 to 65536 whole GiB, got 16; ' +
        'throughputCapacity must be one of 8, 16, 32, 64, 128, 256, 512, 1024, 2048 MB/s, got 100; ' +
        'maintenanceWindow must be a day, 1 to 7 from Monday, and a time in UTC, such as 7:10:00, got "Sun:10:00"; ' +
        'shareName must be 1 to 80 characters without \\ / : * ? " < > |, got "a/b"; ' +
        'an alias must be fully qualified, such as files.corp.example.org, got "blobs"; ' +
        'automaticBackupRetention must be 0 to 90 whole days, got 91 [InvalidFileShare]',
    );
  });

  test('fails for magnetic disks below 2,000 GiB', () => {
    expect(() => windows({ storageType: FsxStorageType.HDD })).toThrow(
      'storageCapacity must be 2000 to 65536 whole GiB',
    );
  });

  test('fails for a third DNS server, which FSx for Windows does not take', () => {
    const stack = new Stack(new App(), 'Directory');
    const activeDirectory = ActiveDirectory.selfManaged({
      domainName: 'corp.example.org',
      dnsIps: ['10.1.0.10', '10.2.0.10', '10.3.0.10'],
      credentials: secretsmanager.Secret.fromSecretNameV2(stack, 'Credentials', 'corp/fsx'),
    });
    expect(() => windows({ activeDirectory })).toThrow(
      'FSx for Windows File Server takes two DNS servers at most, got 3',
    );
  });

  test('fails for more than 50 aliases', () => {
    const aliases = Array.from({ length: 51 }, (_, i) => `f${i}.corp.example.org`);
    expect(() => windows({ aliases })).toThrow('a file system has at most 50 aliases, got 51');
  });

  test.each(['8:10:00', '0:10:00', '7:24:00', '7:10:60', '7:1:00'])('fails for the window %s', (maintenanceWindow) => {
    expect(codeOf(() => windows({ maintenanceWindow }))).toBe('InvalidFileShare');
  });

  test('fails in one zone', () => {
    expect(codeOf(() => bound({}, {}, dataStack(VIRGINIA, 1)))).toBe('TooFewZones');
  });

  test('fails for a directory that cannot be one', () => {
    const stack = new Stack(new App(), 'Directory');
    expect(() => ActiveDirectory.managed('corp.example.org')).toThrow(
      'directoryId must look like d-1234567890, got "corp.example.org" [InvalidDirectory]',
    );
    const credentials = new secretsmanager.Secret(stack, 'Credentials');
    expect(() => ActiveDirectory.selfManaged({ domainName: 'corp', dnsIps: [], credentials })).toThrow(
      'domainName must be fully qualified, such as corp.example.org, got "corp"; ' +
        'dnsIps must be one to three addresses, got 0; ' +
        'the credentials are encrypted by the default key of AWS Secrets Manager, which Amazon FSx cannot use; give the secret a customer key [InvalidDirectory]',
    );
  });

  test('credentials made elsewhere are taken as they are', () => {
    const stack = dataStack();
    const credentials = secretsmanager.Secret.fromSecretNameV2(stack, 'Credentials', 'corp/fsx');
    const activeDirectory = ActiveDirectory.selfManaged({
      domainName: 'corp.example.org',
      dnsIps: ['10.1.0.10'],
      credentials,
    });
    bound({ activeDirectory }, {}, stack).template.resourceCountIs('AWS::SecretsManager::ResourcePolicy', 0);
  });
});
