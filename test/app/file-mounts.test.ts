import { Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { type Construct, DependencyGroup } from 'constructs';
import {
  AppSetting,
  ClinicalTier,
  type FargateComputeProps,
  FileProtocol,
  FileShare,
  type FileShareBindOptions,
  type FileShareConfig,
  type IFileShare,
  type MultiAzClinicalApp,
  ResilienceObjectives,
} from '../../src';
import { clinicalApp, SmallDatabase, type TestAppOptions } from '../support/app';

const objectives = ResilienceObjectives.forTier(ClinicalTier.LIFE_CRITICAL, {
  biaReference: 'BIA-1',
  deletion: { rto: Duration.hours(4), rpo: Duration.hours(2) },
  corruption: { rto: Duration.hours(24), rpo: Duration.hours(2) },
});

/** A share that is not ours, and not Amazon EFS. */
class SmallArchive implements IFileShare {
  public bound?: FileShareBindOptions;

  public constructor(private readonly recoverySeconds = 30) {}

  public bind(scope: Construct, options: FileShareBindOptions): FileShareConfig {
    this.bound = options;
    const securityGroup = new ec2.SecurityGroup(scope, 'SecurityGroup', { vpc: options.vpc, description: 'Archive' });
    return {
      protocol: FileProtocol.SMB,
      dnsName: 'archive.corp.example.org',
      path: '\\\\archive.corp.example.org\\share',
      connections: new ec2.Connections({ securityGroups: [securityGroup], defaultPort: ec2.Port.tcp(445) }),
      encryptionKey: new kms.Key(scope, 'Key'),
      backupResources: [],
      alarms: [],
      widgets: [],
      available: new DependencyGroup(),
      recovery: ['COMPONENT', 'AVAILABILITY_ZONE'].map((scope) => ({
        scope: scope as never,
        mechanism: 'failover of the archive',
        recoveryTime: Duration.seconds(this.recoverySeconds),
        recoveryPoint: Duration.seconds(0),
        source: 'judgement: a test',
      })),
    };
  }
}

function app(
  files: { [name: string]: IFileShare },
  compute: Partial<FargateComputeProps> = {},
  more: TestAppOptions['app'] = {},
): MultiAzClinicalApp {
  return clinicalApp({ compute, app: { objectives, files, ...more } });
}

function templateOf(...args: Parameters<typeof app>): Template {
  return Template.fromStack(Stack.of(app(...args)));
}

const sites = { share: 'sites', containerPath: '/srv/sites' };

describe('a mounted share', () => {
  const ehr = app({ sites: FileShare.efs() }, { mounts: [sites] }, { database: new SmallDatabase() });
  const template = Template.fromStack(Stack.of(ehr));

  test('is mounted with TLS, as the task, through its access point', () => {
    template.hasResourceProperties('AWS::ECS::TaskDefinition', {
      Volumes: [
        {
          Name: 'files-sites',
          EFSVolumeConfiguration: {
            FilesystemId: { Ref: 'AppFilessitesFileSystemE627EF98' },
            TransitEncryption: 'ENABLED',
            AuthorizationConfig: { AccessPointId: { Ref: Match.stringLikeRegexp('AccessPoint') }, IAM: 'ENABLED' },
          },
        },
      ],
      ContainerDefinitions: [
        Match.objectLike({
          ReadonlyRootFilesystem: true,
          MountPoints: [{ ContainerPath: '/srv/sites', SourceVolume: 'files-sites', ReadOnly: false }],
        }),
      ],
    });
  });

  test('lets the task do no more than that', () => {
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'],
            Resource: { 'Fn::GetAtt': ['AppFilessitesFileSystemE627EF98', 'Arn'] },
            Condition: {
              StringEquals: {
                'elasticfilesystem:AccessPointArn': {
                  'Fn::Join': ['', Match.arrayWith([{ Ref: Match.stringLikeRegexp('AccessPoint') }])],
                },
              },
            },
          },
        ],
      },
    });
  });

  test('can be connected to from the application, and from nowhere else', () => {
    const ingress = Object.values(template.findResources('AWS::EC2::SecurityGroupIngress')).filter(
      ({ Properties }) => Properties.FromPort === 2049,
    );
    expect(ingress).toHaveLength(1);
    expect(ingress[0].Properties.SourceSecurityGroupId['Fn::GetAtt'][0]).toMatch(/^AppComputeSecurityGroup/);
  });

  test('has its mount targets before the first task starts', () => {
    const [{ DependsOn }] = Object.values(template.findResources('AWS::ECS::Service'));
    const targets = Object.keys(template.findResources('AWS::EFS::MountTarget'));
    expect(targets).toHaveLength(3);
    expect(DependsOn).toEqual(expect.arrayContaining(targets));
  });

  test('is backed up, watched, shown, and part of what recovery takes', () => {
    expect(ehr.backup?.fileSelection).toBeDefined();
    expect(ehr.alarms).toEqual(expect.arrayContaining(ehr.files.sites.alarms));
    expect(JSON.stringify(template.findResources('AWS::CloudWatch::Dashboard'))).toContain('Files sites: clients');
  });
});

test('a share that is only read takes no permission to write', () => {
  const text = JSON.stringify(
    templateOf({ sites: FileShare.efs() }, { mounts: [{ ...sites, readOnly: true }] }).findResources(
      'AWS::IAM::ManagedPolicy',
    ),
  );
  expect(text).toContain('elasticfilesystem:ClientMount');
  expect(text).not.toContain('ClientWrite');
  expect(text).not.toContain('ClientRootAccess');
});

test('a share used as root takes a permission of its own', () => {
  templateOf({ sites: FileShare.efs({ user: { uid: 0, gid: 0 } }) }, { mounts: [sites] }).hasResourceProperties(
    'AWS::IAM::ManagedPolicy',
    {
      PolicyDocument: {
        Statement: [Match.objectLike({ Action: Match.arrayWith(['elasticfilesystem:ClientRootAccess']) })],
      },
    },
  );
});

test('a share mounted twice is one volume, and written to if one mount writes', () => {
  const template = templateOf(
    { sites: FileShare.efs() },
    {
      mounts: [
        { ...sites, readOnly: true },
        { share: 'sites', containerPath: '/srv/upload' },
      ],
    },
  );
  template.hasResourceProperties('AWS::ECS::TaskDefinition', {
    Volumes: [Match.objectLike({ Name: 'files-sites' })],
    ContainerDefinitions: [
      Match.objectLike({
        MountPoints: [
          { ContainerPath: '/srv/sites', SourceVolume: 'files-sites', ReadOnly: true },
          { ContainerPath: '/srv/upload', SourceVolume: 'files-sites', ReadOnly: false },
        ],
      }),
    ],
  });
  expect(JSON.stringify(template.findResources('AWS::IAM::ManagedPolicy'))).toContain('ClientWrite');
});

test('another share added moves no logical id of the first', () => {
  const ids = (files: { [name: string]: IFileShare }) =>
    Object.keys(templateOf(files).findResources('AWS::EFS::FileSystem'));
  const [first] = ids({ sites: FileShare.efs() });
  expect(ids({ archive: FileShare.efs(), sites: FileShare.efs() })).toContain(first);
});

test('settings name shares', () => {
  templateOf(
    { archive: new SmallArchive() },
    { environment: { ARCHIVE: AppSetting.format('{files.archive.path}\\blobs on {files.archive.host}') } },
  ).hasResourceProperties('AWS::ECS::TaskDefinition', {
    ContainerDefinitions: [
      Match.objectLike({
        Environment: [
          {
            Name: 'ARCHIVE',
            Value: '\\\\archive.corp.example.org\\share\\blobs on archive.corp.example.org',
          },
        ],
      }),
    ],
  });
});

test('a share of your own is told where it is and who its clients are', () => {
  const archive = new SmallArchive();
  const ehr = app({ archive });
  expect(archive.bound).toMatchObject({
    systemName: 'ehr',
    shareName: 'archive',
    subnets: { subnetGroupName: 'database' },
    clientSubnets: { subnetGroupName: 'application' },
  });
  expect(ehr.files.archive.protocol).toBe(FileProtocol.SMB);
});

test('without files nothing is made', () => {
  const template = Template.fromStack(Stack.of(clinicalApp()));
  template.resourceCountIs('AWS::EFS::FileSystem', 0);
  expect(clinicalApp().files).toEqual({});
});

describe('grants', () => {
  function granted(grant: 'readFiles' | 'readWriteFiles'): string {
    const ehr = app({ sites: FileShare.efs() });
    const role = new iam.Role(Stack.of(ehr), 'Scanner', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
    ehr.grants[grant]('sites', role).assertSuccess();
    return JSON.stringify(Template.fromStack(Stack.of(ehr)).findResources('AWS::IAM::Policy'));
  }

  test('let others mount a share through its access point only', () => {
    const policy = granted('readFiles');
    expect(policy).toContain('elasticfilesystem:ClientMount');
    expect(policy).toContain('elasticfilesystem:AccessPointArn');
    expect(policy).not.toContain('ClientWrite');
    expect(granted('readWriteFiles')).toContain('ClientWrite');
  });

  test('fails for a share that IAM does not decide on, or that is not there', () => {
    const ehr = app({ archive: new SmallArchive(), sites: FileShare.efs() });
    const role = new iam.Role(Stack.of(ehr), 'Scanner', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
    expect(() => ehr.grants.readFiles('archive', role)).toThrow(
      'there is no file share "archive" on Amazon EFS to grant access to; the system has sites [NoFileShare at Ehr/App]',
    );
    expect(() => clinicalApp().grants.readWriteFiles('sites', role)).toThrow('the system has none');
  });
});

describe('mistakes', () => {
  test('fails for a share that the system does not have', () => {
    expect(() => app({ archive: FileShare.efs() }, { mounts: [sites] })).toThrow(
      'mounts names the file share "sites", but the system\'s files are archive [InvalidFileMount at Ehr/App/Compute]',
    );
    expect(() => app({}, { mounts: [sites] })).toThrow("the system's files are none");
  });

  test('fails for a share that Fargate cannot mount', () => {
    expect(() => app({ sites: new SmallArchive() }, { mounts: [sites] })).toThrow(
      'AWS Fargate on Linux mounts Amazon EFS only, got the share "sites", which speaks SMB; use FileShare.efs(), or compute that mounts it itself [InvalidFileMount at Ehr/App/Compute]',
    );
  });

  test('fails for paths that cannot be mounted', () => {
    const mounts = [
      { share: 'sites', containerPath: '/' },
      { share: 'sites', containerPath: 'sites' },
      { share: 'sites', containerPath: '/tmp' },
    ];
    expect(() => app({ sites: FileShare.efs() }, { mounts, writablePaths: ['/tmp'] })).toThrow(
      'containerPath of a mount must be absolute and not the root, got "/"; containerPath of a mount must be absolute and not the root, got "sites"; /tmp is mounted twice; give each path once [InvalidFargateCompute]',
    );
  });

  test.each(['Sites', 'my-sites', '1st', '', 'a'.repeat(21)])('fails for the name "%s"', (name) => {
    expect(() => app({ [name]: FileShare.efs() })).toThrow(
      `the name of a file share must be 1 to 20 lower-case letters and digits, starting with a letter, got "${name}"`,
    );
  });

  test('fails when no restore of files meets the objectives', () => {
    const preset = ResilienceObjectives.forTier(ClinicalTier.LIFE_CRITICAL, { biaReference: 'BIA-1' });
    expect(() => app({ sites: FileShare.efs() }, {}, { objectives: preset })).toThrow(
      'no restore of these loses less than 2 hours, but the RPO for DELETION is 15 minutes',
    );
  });

  test('fails when a share takes longer to fail over than a zone may take', () => {
    expect(() => app({ archive: new SmallArchive(600) })).toThrow('failover of the archive: 10 minutes');
  });
});
