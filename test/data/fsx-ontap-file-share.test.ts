import { Duration, SecretValue, Size } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { DataProtection, FailureScope } from '../../src/core';
import {
  ActiveDirectory,
  FileProtocol,
  FileShare,
  type FileShareBindOptions,
  type FsxOntapFileShareProps,
  OntapGeneration,
  SnapLock,
} from '../../src/data';
import { codeOf, dataStack, VIRGINIA } from '../support/data';
import { bindFiles } from '../support/files';

function ontap(props: Partial<FsxOntapFileShareProps> = {}) {
  return FileShare.fsxOntap({ storageCapacity: Size.tebibytes(2), ...props });
}

function bound(props?: Partial<FsxOntapFileShareProps>, options?: Partial<FileShareBindOptions>, stack = dataStack()) {
  const share = bindFiles(stack, ontap(props), { shareName: 'blobs', ...options });
  return { stack, share, template: Template.fromStack(stack) };
}

function selfManaged(stack = dataStack()) {
  const encryptionKey = new kms.Key(stack, 'CredentialsKey');
  const activeDirectory = ActiveDirectory.selfManaged({
    domainName: 'corp.example.org',
    dnsIps: ['10.1.0.10', '10.2.0.10', '10.3.0.10'],
    credentials: new secretsmanager.Secret(stack, 'Credentials', { encryptionKey }),
  });
  return { stack, activeDirectory };
}

function volumeOf(template: Template) {
  return Object.values(template.findResources('AWS::FSx::Volume'))[0].Properties.OntapConfiguration;
}

describe('a volume on FSx for NetApp ONTAP', () => {
  const { stack, share, template } = bound();
  const [[id, fileSystem]] = Object.entries(template.findResources('AWS::FSx::FileSystem'));

  test('keeps the logical ids that data depends on', () => {
    const ids = ['FileSystem', 'StorageVirtualMachine', 'Volume'].flatMap((type) =>
      Object.keys(template.findResources(`AWS::FSx::${type}`)),
    );
    expect(ids).toEqual([
      'FilesblobsFileSystem49DBFABB',
      'FilesblobsStorageVirtualMachine84893E01',
      'FilesblobsVolumeF2A90751',
    ]);
  });

  test('runs over two zones, encrypted with a customer key, and everything of it is kept', () => {
    const { SubnetIds, OntapConfiguration, ...properties } = fileSystem.Properties;
    expect(SubnetIds).toHaveLength(2);
    expect(OntapConfiguration).toMatchObject({
      DeploymentType: 'MULTI_AZ_1',
      PreferredSubnetId: SubnetIds[0],
      ThroughputCapacityPerHAPair: 128,
      HAPairs: 1,
      AutomaticBackupRetentionDays: 0,
      WeeklyMaintenanceStartTime: '7:10:00',
    });
    expect(OntapConfiguration.FsxAdminPassword).toBeUndefined();
    expect(OntapConfiguration.EndpointIpAddressRange).toBeUndefined();
    expect(properties).toMatchObject({ FileSystemType: 'ONTAP', StorageCapacity: 2048, StorageType: 'SSD' });
    expect(properties.KmsKeyId).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^FilesblobsKey/), 'Arn'] });
    for (const type of ['FileSystem', 'StorageVirtualMachine', 'Volume']) {
      template.hasResource(`AWS::FSx::${type}`, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    }
  });

  test('leads every client to the active server: their route tables, not only the main one', () => {
    const tables = Object.entries(template.findResources('AWS::EC2::RouteTable'));
    expect(fileSystem.Properties.OntapConfiguration.RouteTableIds).toEqual(tables.map(([Ref]) => ({ Ref })));
    expect(tables).toHaveLength(3);
    for (const [, { Properties }] of tables) {
      expect(Properties.Tags).toContainEqual({ Key: 'AmazonFSx', Value: 'ManagedByAmazonFSx' });
    }
  });

  test('is a volume for Linux, whose cold data moves to the pool', () => {
    expect(volumeOf(template)).toMatchObject({
      JunctionPath: '/blobs',
      SecurityStyle: 'UNIX',
      OntapVolumeType: 'RW',
      SizeInBytes: String(2 * 1024 ** 4),
      StorageEfficiencyEnabled: 'true',
      SnapshotPolicy: 'default',
      TieringPolicy: { Name: 'AUTO', CoolingPeriod: 31 },
      CopyTagsToBackups: 'true',
    });
    expect(volumeOf(template).SnaplockConfiguration).toBeUndefined();
  });

  test('is backed up by volume, as AWS Backup does it', () => {
    expect(stack.resolve(share.backupResources[0].resource)).toEqual({
      'Fn::GetAtt': [expect.stringMatching(/^FilesblobsVolume/), 'ResourceARN'],
    });
  });

  test('says where it is, and what it speaks', () => {
    expect(share.protocol).toBe(FileProtocol.NFS);
    expect(share.connections.defaultPort).toEqual(ec2.Port.tcp(2049));
    expect(stack.resolve(share.path)).toEqual({
      'Fn::Join': [
        '',
        [
          { 'Fn::GetAtt': [expect.stringMatching(/StorageVirtualMachine/), 'StorageVirtualMachineId'] },
          '.',
          { 'Fn::GetAtt': [id, 'Id'] },
          '.fsx.us-east-1.',
          { Ref: 'AWS::URLSuffix' },
          ':/blobs',
        ],
      ],
    });
    expect(share.volume).toBeDefined();
    expect(share.storageVirtualMachine).toBeDefined();
  });

  test('fails over in 60 seconds, and loses nothing', () => {
    const claims = (share.recovery ?? []).map(({ scope, recoveryTime }) => [scope, recoveryTime?.toSeconds()]);
    expect(claims).toEqual([
      [FailureScope.COMPONENT, 60],
      [FailureScope.AVAILABILITY_ZONE, 60],
    ]);
  });

  test('has an alarm on its SSD storage', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'StorageCapacityUtilization',
      Dimensions: [
        { Name: 'DataType', Value: 'All' },
        { Name: 'FileSystemId', Value: { 'Fn::GetAtt': [id, 'Id'] } },
        { Name: 'StorageTier', Value: 'SSD' },
      ],
    });
  });
});

describe('in a directory', () => {
  const { stack, activeDirectory } = selfManaged();
  const { share, template } = bound({ activeDirectory, netBiosName: 'BLOBS' }, {}, stack);

  test('it speaks SMB under its name in the domain', () => {
    expect(share.protocol).toBe(FileProtocol.SMB);
    expect(share.path).toBe('\\\\BLOBS.corp.example.org\\blobs');
    expect(share.connections.defaultPort).toEqual(ec2.Port.tcp(445));
    expect(volumeOf(template).SecurityStyle).toBe('NTFS');
  });

  test('its storage virtual machine joins with credentials that stay in AWS Secrets Manager', () => {
    template.hasResource('AWS::FSx::StorageVirtualMachine', {
      DependsOn: Match.arrayWith([Match.stringLikeRegexp('^CredentialsPolicy')]),
      Properties: {
        Name: 'ehr-blobs',
        RootVolumeSecurityStyle: 'NTFS',
        ActiveDirectoryConfiguration: {
          NetBiosName: 'BLOBS',
          SelfManagedActiveDirectoryConfiguration: {
            DomainName: 'corp.example.org',
            DomainJoinServiceAccountSecret: { Ref: Match.stringLikeRegexp('^Credentials') },
          },
        },
      },
    });
  });

  test('without a name of your own it has that of the share, as much as fits', () => {
    const { stack, activeDirectory } = selfManaged();
    const { share } = bound({ activeDirectory }, { shareName: 'radiologyarchive1' }, stack);
    expect(share.dnsName).toBe('radiologyarchiv.corp.example.org');
  });
});

describe('options', () => {
  test('the second generation', () => {
    bound({ generation: OntapGeneration.SECOND }).template.hasResourceProperties('AWS::FSx::FileSystem', {
      OntapConfiguration: { DeploymentType: 'MULTI_AZ_2', ThroughputCapacityPerHAPair: 384 },
    });
  });

  test('throughput, sizes, snapshots, cooling, window, addresses and password of your own', () => {
    const { template } = bound({
      throughputCapacity: 512,
      volumeSize: Size.tebibytes(20),
      snapshotPolicy: 'none',
      coldAfter: Duration.days(7),
      maintenanceWindow: '3:09:30',
      endpointIpAddressRange: '10.0.255.192/26',
      adminPassword: SecretValue.secretsManager('ontap/fsxadmin'),
    });
    template.hasResourceProperties('AWS::FSx::FileSystem', {
      OntapConfiguration: {
        ThroughputCapacityPerHAPair: 512,
        WeeklyMaintenanceStartTime: '3:09:30',
        EndpointIpAddressRange: '10.0.255.192/26',
        FsxAdminPassword: '{{resolve:secretsmanager:ontap/fsxadmin:SecretString:::}}',
      },
    });
    expect(volumeOf(template)).toMatchObject({
      SizeInBytes: String(20 * 1024 ** 4),
      SnapshotPolicy: 'none',
      TieringPolicy: { CoolingPeriod: 7 },
    });
  });

  test('a key of your own', () => {
    const stack = dataStack();
    const encryptionKey = new kms.Key(stack, 'Mine');
    const { share, template } = bound({ encryptionKey }, {}, stack);
    expect(share.encryptionKey).toBe(encryptionKey);
    template.hasResourceProperties('AWS::FSx::FileSystem', { KmsKeyId: stack.resolve(encryptionKey.keyArn) });
    template.resourceCountIs('AWS::KMS::Key', 1);
  });

  test('servers in subnets of your own', () => {
    const stack = dataStack();
    const [, second, third] = (stack.node.findChild('Vpc') as ec2.Vpc).isolatedSubnets;
    bound({ subnets: { subnets: [third, second] } }, {}, stack).template.hasResourceProperties('AWS::FSx::FileSystem', {
      SubnetIds: stack.resolve([third.subnetId, second.subnetId]),
      OntapConfiguration: { PreferredSubnetId: stack.resolve(third.subnetId) },
    });
  });

  test('no lock is the default', () => {
    expect(bound({ snapLock: SnapLock.none() }).template.toJSON()).toEqual(bound().template.toJSON());
    expect(volumeOf(bound().template).SnaplockConfiguration).toBeUndefined();
  });

  test('route tables of your own, which get no tag from here', () => {
    const { template } = bound({ routeTableIds: ['rtb-1'] });
    template.hasResourceProperties('AWS::FSx::FileSystem', { OntapConfiguration: { RouteTableIds: ['rtb-1'] } });
    expect(JSON.stringify(template.findResources('AWS::EC2::RouteTable'))).not.toContain('AmazonFSx');
  });

  test('data that may be destroyed with its stack is', () => {
    const dataProtection = DataProtection.destroyWithStack({ acknowledgeDataLoss: 'synthetic patients' });
    bound({}, { dataProtection }).template.hasResource('AWS::FSx::Volume', { DeletionPolicy: 'Delete' });
  });

  test('locked for 90 days, but not for who may unlock', () => {
    const snapLock = SnapLock.enterprise({ retention: Duration.days(90), lockAfter: Duration.hours(12) });
    expect(volumeOf(bound({ snapLock }).template).SnaplockConfiguration).toEqual({
      SnaplockType: 'ENTERPRISE',
      AutocommitPeriod: { Type: 'HOURS', Value: 12 },
      RetentionPeriod: {
        DefaultRetention: { Type: 'DAYS', Value: 90 },
        MinimumRetention: { Type: 'DAYS', Value: 90 },
        MaximumRetention: { Type: 'YEARS', Value: 100 },
      },
    });
  });

  test('locked for ten years by nobody, with a reason', () => {
    const snapLock = SnapLock.compliance({
      retention: Duration.days(3650),
      acknowledgeIrreversible: 'records law of the state',
    });
    expect(volumeOf(bound({ snapLock }).template).SnaplockConfiguration).toMatchObject({
      SnaplockType: 'COMPLIANCE',
      AutocommitPeriod: { Type: 'DAYS', Value: 1 },
      RetentionPeriod: { DefaultRetention: { Type: 'YEARS', Value: 10 } },
    });
  });

  test('locked after minutes', () => {
    const snapLock = SnapLock.enterprise({ retention: Duration.days(1), lockAfter: Duration.minutes(90) });
    expect(volumeOf(bound({ snapLock }).template).SnaplockConfiguration.AutocommitPeriod).toEqual({
      Type: 'MINUTES',
      Value: 90,
    });
  });
});

describe('mistakes', () => {
  test('fails with everything that is wrong at once', () => {
    expect(() =>
      ontap({
        storageCapacity: Size.gibibytes(512),
        throughputCapacity: 384,
        maintenanceWindow: '7-10',
        volumeSize: Size.mebibytes(1),
        activeDirectory: ActiveDirectory.managed('d-1234567890'),
        netBiosName: 'a-name-that-is-too-long',
        endpointIpAddressRange: '10.0.0.1/26',
        routeTableIds: [],
        adminPassword: SecretValue.unsafePlainText('Passw0rd'),
        coldAfter: Duration.days(1),
      }),
    ).toThrow(
      'storageCapacity must be 1024 to 196608 whole GiB, got 512; ' +
        'throughputCapacity must be one of 128, 256, 512, 1024, 2048, 4096 MB/s, got 384; ' +
        'maintenanceWindow must be a day, 1 to 7 from Monday, and a time in UTC, such as 7:10:00, got "7-10"; ' +
        'volumeSize must be at least 20 MiB; ' +
        'FSx for NetApp ONTAP joins a directory by its domain and addresses; use ActiveDirectory.selfManaged(), also for a managed directory; ' +
        'netBiosName must be 1 to 15 letters, digits and hyphens, got "a-name-that-is-too-long"; ' +
        'endpointIpAddressRange must be an IPv4 range such as 10.0.255.192/26, got "10.0.0.1/26"; ' +
        'routeTableIds is empty, so no client could follow a failover; leave it out, or name the route tables of the clients; ' +
        'adminPassword is plain text, which would be in the template; use SecretValue.secretsManager(); ' +
        'coldAfter must be 2 to 183 whole days, got 1 [InvalidFileShare]',
    );
  });

  test('fails when the route tables of clients are not known', () => {
    const stack = dataStack();
    const clientSubnets = {
      subnets: ['subnet-1', 'subnet-2'].map((subnetId, i) =>
        ec2.Subnet.fromSubnetAttributes(stack, subnetId, { subnetId, availabilityZone: `us-east-1${'ab'[i]}` }),
      ),
    };
    expect(() => bound({}, { clientSubnets }, stack)).toThrow(
      'the route tables of the clients of the file share "blobs" are not known, because their subnets are imported without them; give routeTableIds [UnknownRouteTables at Data1/Files/blobs]',
    );
  });

  test('fails in one zone', () => {
    expect(codeOf(() => bound({}, {}, dataStack(VIRGINIA, 1)))).toBe('TooFewZones');
  });

  test.each([Duration.days(0.5), Duration.days(366), Duration.days(365 * 101)])('fails to lock for %s', (retention) => {
    expect(codeOf(() => SnapLock.enterprise({ retention }))).toBe('InvalidSnapLock');
  });

  test('fails to lock sooner than ONTAP does', () => {
    expect(() => SnapLock.enterprise({ retention: Duration.days(1), lockAfter: Duration.minutes(1) })).toThrow(
      'lockAfter must be 5 minutes to 3650 days, in whole minutes, got 1 minute [InvalidSnapLock]',
    );
  });

  test('fails to lock irreversibly without a reason', () => {
    expect(codeOf(() => SnapLock.compliance({ retention: Duration.days(1), acknowledgeIrreversible: ' ' }))).toBe(
      'MissingReason',
    );
  });
});
