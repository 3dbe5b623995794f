import { App, Size, Stack, Token } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { DataProtection, FailureScope } from '../../src/core';
import {
  type EfsFileShareProps,
  EfsLifecycle,
  FileProtocol,
  FileShare,
  type FileShareBindOptions,
} from '../../src/data';
import { codeOf, dataStack, VIRGINIA } from '../support/data';
import { bindFiles } from '../support/files';

function templateOf(props?: EfsFileShareProps, options?: Partial<FileShareBindOptions>, zones = 3): Template {
  const stack = dataStack(VIRGINIA, zones);
  bindFiles(stack, FileShare.efs(props), options);
  return Template.fromStack(stack);
}

function fileSystemOf(template: Template) {
  return Object.values(template.findResources('AWS::EFS::FileSystem'))[0];
}

describe('an Amazon EFS file share', () => {
  const stack = dataStack();
  const share = bindFiles(stack, FileShare.efs());
  const template = Template.fromStack(stack);

  test('keeps the logical ids that data depends on', () => {
    expect(Object.keys(template.findResources('AWS::EFS::FileSystem'))).toEqual(['FilessitesFileSystemD6601669']);
    expect(Object.keys(template.findResources('AWS::KMS::Key'))).toEqual(['FilessitesKeyC440017A']);
  });

  test('is Regional, encrypted with a customer key, elastic, backed up, and kept', () => {
    template.templateMatches({
      Resources: {
        FilessitesFileSystemD6601669: {
          DeletionPolicy: 'Retain',
          UpdateReplacePolicy: 'Retain',
          Properties: {
            AvailabilityZoneName: Match.absent(),
            Encrypted: true,
            KmsKeyId: { 'Fn::GetAtt': ['FilessitesKeyC440017A', 'Arn'] },
            PerformanceMode: 'generalPurpose',
            ThroughputMode: 'elastic',
            BackupPolicy: { Status: 'ENABLED' },
            FileSystemProtection: { ReplicationOverwriteProtection: 'ENABLED' },
            ReplicationConfiguration: Match.absent(),
            LifecyclePolicies: [
              { TransitionToIA: 'AFTER_30_DAYS' },
              { TransitionToPrimaryStorageClass: 'AFTER_1_ACCESS' },
            ],
          },
        },
      },
    });
  });

  test('has a mount target in every zone, and lets in nobody by itself', () => {
    template.resourceCountIs('AWS::EFS::MountTarget', 3);
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      GroupDescription: 'Files sites of ehr',
      SecurityGroupIngress: Match.absent(),
    });
  });

  test('refuses clients without TLS or access point; its policy allows nobody', () => {
    const actions = [
      'elasticfilesystem:ClientMount',
      'elasticfilesystem:ClientWrite',
      'elasticfilesystem:ClientRootAccess',
    ];
    expect(fileSystemOf(template).Properties.FileSystemPolicy.Statement).toEqual([
      {
        Sid: 'OnlyEncryptedInTransit',
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: actions,
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
      {
        Sid: 'OnlyThroughAnAccessPoint',
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: actions,
        Condition: { Null: { 'elasticfilesystem:AccessPointArn': 'true' } },
      },
    ]);
  });

  test('is one directory, as one user', () => {
    template.hasResource('AWS::EFS::AccessPoint', {
      DeletionPolicy: 'Delete',
      Properties: {
        PosixUser: { Uid: '65532', Gid: '65532' },
        RootDirectory: {
          Path: '/sites',
          CreationInfo: { OwnerUid: '65532', OwnerGid: '65532', Permissions: '0750' },
        },
      },
    });
    expect(share.efs?.rootAccess).toBe(false);
  });

  test('says where it is, and what it speaks', () => {
    expect(share.protocol).toBe(FileProtocol.NFS);
    expect(stack.resolve(share.dnsName)).toEqual({
      'Fn::Join': ['', [{ Ref: 'FilessitesFileSystemD6601669' }, '.efs.us-east-1.', { Ref: 'AWS::URLSuffix' }]],
    });
    expect(share.connections.defaultPort).toEqual(ec2.Port.tcp(2049));
  });

  test('has nothing to fail over, and claims nothing of restores', () => {
    const claims = (share.recovery ?? []).map(({ scope, recoveryTime, recoveryPoint }) => [
      scope,
      recoveryTime?.toSeconds(),
      recoveryPoint.toSeconds(),
    ]);
    expect(claims).toEqual([
      [FailureScope.COMPONENT, 0, 0],
      [FailureScope.AVAILABILITY_ZONE, 0, 0],
    ]);
    expect((share.recovery ?? []).every(({ source }) => source.startsWith('https://docs.aws.amazon.com/efs/'))).toBe(
      true,
    );
  });

  test('has alarms on its two limits', () => {
    expect(share.alarms).toHaveLength(2);
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'PercentIOLimit',
      Threshold: 90,
      Dimensions: [{ Name: 'FileSystemId', Value: { Ref: 'FilessitesFileSystemD6601669' } }],
      TreatMissingData: 'notBreaching',
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Threshold: 80,
      Metrics: Match.arrayWith([Match.objectLike({ Expression: '100 * metered / PERIOD(metered) / permitted' })]),
    });
    expect(share.widgets).toHaveLength(3);
  });
});

describe('options', () => {
  test('a user and a directory of your own; root takes a permission of its own', () => {
    const stack = dataStack();
    const share = bindFiles(stack, FileShare.efs({ user: { uid: 0, gid: 0 }, directory: '/ehr/sites' }));
    expect(share.efs?.rootAccess).toBe(true);
    Template.fromStack(stack).hasResourceProperties('AWS::EFS::AccessPoint', {
      PosixUser: { Uid: '0', Gid: '0' },
      RootDirectory: { Path: '/ehr/sites' },
    });
  });

  test.each([
    ['standardOnly', EfsLifecycle.standardOnly(), Match.absent()],
    [
      'infrequentAccess after a time of your own',
      EfsLifecycle.infrequentAccess(efs.LifecyclePolicy.AFTER_7_DAYS),
      [{ TransitionToIA: 'AFTER_7_DAYS' }, { TransitionToPrimaryStorageClass: 'AFTER_1_ACCESS' }],
    ],
    [
      'archive',
      EfsLifecycle.archive(),
      [
        { TransitionToIA: 'AFTER_30_DAYS' },
        { TransitionToPrimaryStorageClass: 'AFTER_1_ACCESS' },
        { TransitionToArchive: 'AFTER_90_DAYS' },
      ],
    ],
    [
      'archive after times of your own',
      EfsLifecycle.archive({
        infrequentAccessAfter: efs.LifecyclePolicy.AFTER_14_DAYS,
        archiveAfter: efs.LifecyclePolicy.AFTER_180_DAYS,
      }),
      [
        { TransitionToIA: 'AFTER_14_DAYS' },
        { TransitionToPrimaryStorageClass: 'AFTER_1_ACCESS' },
        { TransitionToArchive: 'AFTER_180_DAYS' },
      ],
    ],
  ])('lifecycle: %s', (_, lifecycle, LifecyclePolicies) => {
    templateOf({ lifecycle }).hasResourceProperties('AWS::EFS::FileSystem', { LifecyclePolicies });
  });

  test('provisioned throughput', () => {
    templateOf({ provisionedThroughput: Size.mebibytes(64) }).hasResourceProperties('AWS::EFS::FileSystem', {
      ThroughputMode: 'provisioned',
      ProvisionedThroughputInMibps: 64,
    });
  });

  test("without the service's own daily backup", () => {
    templateOf({ automaticBackups: false }).hasResourceProperties('AWS::EFS::FileSystem', {
      BackupPolicy: Match.absent(),
    });
  });

  test('a key of your own', () => {
    const stack = dataStack();
    const encryptionKey = new kms.Key(stack, 'Mine');
    expect(bindFiles(stack, FileShare.efs({ encryptionKey })).encryptionKey).toBe(encryptionKey);
    Template.fromStack(stack).resourceCountIs('AWS::KMS::Key', 1);
  });

  test('data that may be destroyed with its stack is', () => {
    const dataProtection = DataProtection.destroyWithStack({ acknowledgeDataLoss: 'synthetic patients' });
    expect(fileSystemOf(templateOf({}, { dataProtection })).DeletionPolicy).toBe('Delete');
  });

  test.each([2, 4])('over %d zones it has a mount target in each', (zones) => {
    templateOf({}, {}, zones).resourceCountIs('AWS::EFS::MountTarget', zones);
  });

  test('two subnets of one zone get one mount target between them', () => {
    const stack = dataStack();
    const vpc = stack.node.findChild('Vpc') as ec2.Vpc;
    const more = new ec2.Subnet(stack, 'More', {
      vpcId: vpc.vpcId,
      availabilityZone: 'us-east-1a',
      cidrBlock: '10.0.200.0/24',
    });
    bindFiles(stack, FileShare.efs(), { subnets: { subnets: [...vpc.isolatedSubnets, more] } });
    Template.fromStack(stack).resourceCountIs('AWS::EFS::MountTarget', 3);
  });

  test('where the Region is only known at deployment, it still works', () => {
    const stack = dataStack({}, 2);
    bindFiles(stack, FileShare.efs());
    Template.fromStack(stack).resourceCountIs('AWS::EFS::MountTarget', 2);
  });

  test('the flag of CDK against anonymous access adds no statement that lets everybody write', () => {
    const app = new App({ context: { '@aws-cdk/aws-efs:denyAnonymousAccess': true } });
    const stack = dataStack(VIRGINIA, 3, app);
    const share = bindFiles(stack, FileShare.efs());
    share.efs?.fileSystem.grantReadWrite(new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() }));
    const effects = fileSystemOf(Template.fromStack(stack)).Properties.FileSystemPolicy.Statement.map(
      ({ Effect }: { Effect: string }) => Effect,
    );
    expect(effects).toEqual(['Deny', 'Deny']);
  });
});

describe('mistakes', () => {
  test('fails with everything that is wrong at once', () => {
    expect(() =>
      FileShare.efs({
        user: { uid: -1, gid: 1.5 },
        directory: 'sites',
        provisionedThroughput: Size.mebibytes(5000),
        lifecycle: EfsLifecycle.archive(),
      }),
    ).toThrow(
      'uid must be a whole number from 0 to 4294967295 known at synthesis, got -1; ' +
        'gid must be a whole number from 0 to 4294967295 known at synthesis, got 1.5; ' +
        'directory must start with "/" and have one to four levels, such as /sites or /ehr/sites, got "sites"; ' +
        'provisionedThroughput must be 1 to 3414 whole MiB/s, got 5000; ' +
        'Archive storage needs elastic throughput; leave provisionedThroughput out, or use EfsLifecycle.infrequentAccess() [InvalidFileShare]',
    );
  });

  test.each(['/', '/a/b/c/d/e', '/a b', '/a/'])('fails for the directory %s', (directory) => {
    expect(codeOf(() => FileShare.efs({ directory }))).toBe('InvalidFileShare');
  });

  test('fails for a user known only at deployment', () => {
    expect(codeOf(() => FileShare.efs({ user: { uid: Token.asNumber({ Ref: 'Uid' }), gid: 1 } }))).toBe(
      'InvalidFileShare',
    );
  });

  test('fails when files would be archived before they leave Standard', () => {
    expect(() => EfsLifecycle.archive({ archiveAfter: efs.LifecyclePolicy.AFTER_30_DAYS })).toThrow(
      'archiveAfter must be later than infrequentAccessAfter, got AFTER_30_DAYS and AFTER_30_DAYS [InvalidEfsLifecycle]',
    );
  });

  test('fails in one zone', () => {
    expect(() => templateOf({}, {}, 1)).toThrow(
      'the file share "sites" needs subnets in at least two Availability Zones, got us-east-1a; select subnets in two or, better, three [TooFewZones at Data1/Files/sites]',
    );
  });

  test('fails in public subnets', () => {
    const stack = new Stack(new App(), 'Data', { env: VIRGINIA });
    new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0 });
    expect(codeOf(() => bindFiles(stack, FileShare.efs(), { subnets: { subnetType: ec2.SubnetType.PUBLIC } }))).toBe(
      'FileShareInPublicSubnet',
    );
  });

  test('fails where the application runs in a zone without a mount target', () => {
    const stack = dataStack();
    const vpc = stack.node.findChild('Vpc') as ec2.Vpc;
    const subnets = { subnets: vpc.isolatedSubnets.slice(0, 2) };
    expect(() => bindFiles(stack, FileShare.efs(), { subnets })).toThrow(
      'the application runs in us-east-1c, where the file share "sites" has no mount target, because the subnets for data are in us-east-1a, us-east-1b only; add subnets for data there [NoMountTarget at Data1/Files/sites]',
    );
  });
});
