import type { StackSource } from '../../src/assessment/model';
import { att, aurora, network, ref, resource, stackOf, subnets, web } from './assessment';

type Template = Record<string, unknown>;

const HOUR = 3600;
const DAY = 24 * HOUR;

/** What a hospital's laboratory asks for: a zone may be lost without anybody noticing, a Region for three days. */
const LABORATORY = {
  tier: 'OPERATIONAL',
  objectives: {
    source: 'BUSINESS_IMPACT_ANALYSIS',
    scopes: {
      COMPONENT: { rtoSeconds: 900, rpoSeconds: 0 },
      AVAILABILITY_ZONE: { rtoSeconds: 900, rpoSeconds: 0 },
      TWO_AVAILABILITY_ZONES: { rtoSeconds: 3 * DAY, rpoSeconds: DAY },
      REGION: { rtoSeconds: 3 * DAY, rpoSeconds: DAY },
      CONTROL_PLANE: { rtoSeconds: 900, rpoSeconds: 0 },
      DELETION: { rtoSeconds: DAY, rpoSeconds: DAY },
      CORRUPTION: { rtoSeconds: DAY, rpoSeconds: DAY },
      ACCOUNT: { rtoSeconds: 7 * DAY, rpoSeconds: DAY },
      CONNECTIVITY: { rtoSeconds: DAY, rpoSeconds: 0 },
    },
  },
};

/** A training environment: it may be away for days, and its data is made again from a script. */
const TRAINING = {
  tier: 'NON_PRODUCTION',
  objectives: {
    source: 'BUSINESS_IMPACT_ANALYSIS',
    scopes: Object.fromEntries(
      Object.keys(LABORATORY.objectives.scopes).map((scope) => [scope, { rtoSeconds: 7 * DAY, rpoSeconds: 7 * DAY }]),
    ),
  },
};

function declared(system: Template, resources: Template, more: Template = {}, path = 'Test'): Template {
  const systems = { [path]: { systemName: 'laboratory', bornAs: 'PRIMARY', ...system } };
  return { Metadata: { 'cdk-resilient-ehr': { schemaVersion: 1, systems } }, Resources: resources, ...more };
}

const KEPT = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };

const HTTPS = {
  Protocol: 'HTTPS',
  Port: 443,
  Certificates: [{ CertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/1' }],
  LoadBalancerArn: ref('Alb'),
  DefaultActions: [{ Type: 'forward', TargetGroupArn: ref('Targets') }],
};

/** A web tier with a health check that is quick enough, over https. */
function webTier(zones: number, service: Template = {}): Template {
  return {
    ...web(zones, {
      LaunchType: 'FARGATE',
      HealthCheckGracePeriodSeconds: 120,
      ...service,
    }),
    Listener: resource('AWS::ElasticLoadBalancingV2::Listener', HTTPS),
    Alb: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      Scheme: 'internal',
      Subnets: subnets(zones),
      LoadBalancerAttributes: [{ Key: 'deletion_protection.enabled', Value: 'true' }],
    }),
  };
}

/** Snapshots twice a day, copied to another Region and account, in a vault that is locked. */
function backupPlan(): Template {
  return {
    BackupKey: resource('AWS::KMS::Key', {}, KEPT),
    Vault: resource(
      'AWS::Backup::BackupVault',
      {
        BackupVaultName: 'records',
        EncryptionKeyArn: att('BackupKey', 'Arn'),
        LockConfiguration: { MinRetentionDays: 35, MaxRetentionDays: 365 },
      },
      KEPT,
    ),
    Plan: resource('AWS::Backup::BackupPlan', {
      BackupPlan: {
        BackupPlanName: 'records',
        BackupPlanRule: [
          {
            RuleName: 'TwiceADay',
            TargetBackupVault: ref('Vault'),
            ScheduleExpression: 'cron(0 5,17 * * ? *)',
            Lifecycle: { DeleteAfterDays: 90 },
            CopyActions: [
              {
                DestinationBackupVaultArn: 'arn:aws:backup:us-west-2:999988887777:backup-vault:copies',
                Lifecycle: { DeleteAfterDays: 90 },
              },
            ],
          },
        ],
      },
    }),
    Selection: resource('AWS::Backup::BackupSelection', {
      BackupPlanId: ref('Plan'),
      BackupSelection: {
        IamRoleArn: 'arn:aws:iam::111122223333:role/backup',
        SelectionName: 'records',
        ListOfTags: [{ ConditionType: 'STRINGEQUALS', ConditionKey: 'backup', ConditionValue: 'yes' }],
      },
    }),
  };
}

const TAGS = [{ Key: 'backup', Value: 'yes' }];

/** A cluster of two instances that is protected and backed up. */
function cluster(properties: Template = {}): Template {
  const template = aurora(2, {
    EngineVersion: '16.6',
    DeletionProtection: true,
    BackupRetentionPeriod: 35,
    CopyTagsToSnapshot: true,
    StorageEncrypted: true,
    Tags: TAGS,
    ...properties,
  });
  return { ...template, Database: { ...(template.Database as Template), ...KEPT } };
}

function good(more: Template = {}): Template {
  return { ...network(3), ...webTier(3), ...cluster(), ...backupPlan(), ...more };
}

/** A network that another team owns: subnets come as exports, and their zones are in no template. */
export function importedZones(): StackSource[] {
  const { Vpc: _vpc, Subnet0: _0, Subnet1: _1, Subnet2: _2, ...template } = good();
  const imported = JSON.parse(
    JSON.stringify(template).replaceAll(
      /\{"Ref":"Subnet(\d)"\}/g,
      (_, slot) => `{"Fn::ImportValue":"network-subnet-${slot}"}`,
    ),
  );
  return [stackOf(declared(LABORATORY, imported))];
}

/** One template for two engines: a mapping decides which. */
export function engineFromMapping(): StackSource[] {
  const engine = { 'Fn::FindInMap': ['Engines', ref('Flavour'), 'Engine'] };
  const version = { 'Fn::FindInMap': ['Engines', ref('Flavour'), 'Version'] };
  const template = good(cluster({ Engine: engine, EngineVersion: version }));
  return [
    stackOf(
      declared(LABORATORY, template, {
        Parameters: { Flavour: { Type: 'String', Default: 'postgresql' } },
        Mappings: {
          Engines: {
            postgresql: { Engine: 'aurora-postgresql', Version: '16.6' },
            mysql: { Engine: 'aurora-mysql', Version: '8.0.mysql_aurora.3.08.0' },
          },
        },
      }),
    ),
  ];
}

/** A standby that the environment decides: production asks for it by a parameter without a value here. */
export function multiAzByParameter(): StackSource[] {
  const database = resource(
    'AWS::RDS::DBInstance',
    {
      Engine: 'postgres',
      EngineVersion: '16.6',
      DBInstanceClass: 'db.m7g.large',
      AllocatedStorage: '100',
      MaxAllocatedStorage: 400,
      MultiAZ: { 'Fn::If': ['IsProduction', true, false] },
      BackupRetentionPeriod: ref('BackupDays'),
      DeletionProtection: true,
      DBSubnetGroupName: ref('DatabaseSubnets'),
      VPCSecurityGroups: [att('DataGroup', 'GroupId')],
      Tags: TAGS,
    },
    KEPT,
  );
  const template = { ...network(3), ...webTier(3), Database: database, ...backupPlan() };
  return [
    stackOf(
      declared(LABORATORY, template, {
        Parameters: { Environment: { Type: 'String' }, BackupDays: { Type: 'Number', Default: 35 } },
        Conditions: { IsProduction: { 'Fn::Equals': [ref('Environment'), 'production'] } },
      }),
    ),
  ];
}

/** One NAT gateway for two zones, because a training environment may lose both; somebody decided so. */
export function trainingWithOneNatGateway(): StackSource[] {
  const routed = (slot: number): Template => ({
    [`Table${slot}`]: resource('AWS::EC2::RouteTable', { VpcId: ref('Vpc') }),
    [`Way${slot}`]: resource('AWS::EC2::SubnetRouteTableAssociation', {
      SubnetId: ref(`Subnet${slot}`),
      RouteTableId: ref(`Table${slot}`),
    }),
    [`Route${slot}`]: resource('AWS::EC2::Route', {
      RouteTableId: ref(`Table${slot}`),
      DestinationCidrBlock: '0.0.0.0/0',
      NatGatewayId: ref('Nat'),
    }),
  });
  const template = {
    ...network(2),
    ...webTier(2, { DesiredCount: 1 }),
    ...cluster(),
    ...backupPlan(),
    Public: resource('AWS::EC2::Subnet', {
      VpcId: ref('Vpc'),
      AvailabilityZone: { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] },
    }),
    Nat: resource('AWS::EC2::NatGateway', { SubnetId: ref('Public') }),
    ...routed(0),
    ...routed(1),
  };
  const acceptedRisks = [
    {
      risk: 'RES-NET-003 RES-NET-004 RES-CMP-019: one NAT gateway and one task are enough for training',
      reason: 'training can wait for a day',
      acceptedBy: 'head of training',
      expires: '2099-12-31',
    },
  ];
  return [stackOf(declared({ ...TRAINING, acceptedRisks }, template))];
}

/** One instance in a group of one, which starts again in any zone: its data is on a file system of the Region. */
export function restartOnlyInstance(): StackSource[] {
  const template = {
    ...network(2),
    Group: resource('AWS::AutoScaling::AutoScalingGroup', {
      MinSize: '1',
      MaxSize: '1',
      VPCZoneIdentifier: subnets(2),
      HealthCheckType: 'EC2',
      LaunchTemplate: { LaunchTemplateId: ref('Launch'), Version: att('Launch', 'LatestVersionNumber') },
    }),
    Launch: resource('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: {
        ImageId: '{{resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64}}',
        InstanceType: 'm7i.large',
        SecurityGroupIds: [att('AppGroup', 'GroupId')],
      },
    }),
    AppGroup: resource('AWS::EC2::SecurityGroup', {}),
    DataGroup: resource('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: [{ SourceSecurityGroupId: att('AppGroup', 'GroupId') }],
    }),
    Files: resource(
      'AWS::EFS::FileSystem',
      { Encrypted: true, FileSystemTags: TAGS, BackupPolicy: { Status: 'ENABLED' } },
      KEPT,
    ),
    ...Object.fromEntries(
      [0, 1].map((slot) => [
        `Target${slot}`,
        resource('AWS::EFS::MountTarget', {
          FileSystemId: ref('Files'),
          SubnetId: ref(`Subnet${slot}`),
          SecurityGroups: [att('DataGroup', 'GroupId')],
        }),
      ]),
    ),
    ...backupPlan(),
  };
  const { objectives } = LABORATORY;
  // nothing starts again while the control plane is impaired: that has to be bearable
  const scopes = { ...objectives.scopes, CONTROL_PLANE: { rtoSeconds: DAY, rpoSeconds: 0 } };
  return [stackOf(declared({ ...LABORATORY, objectives: { ...objectives, scopes } }, template))];
}

/** Failover by the health of targets: an alias needs no health check of its own for that. */
export function failoverWithoutHealthChecks(): StackSource[] {
  const side = (failover: string, region: string): Template => ({
    ...good(
      cluster({
        GlobalClusterIdentifier: 'laboratory',
        ...(failover === 'SECONDARY'
          ? { MasterUsername: undefined, KmsKeyId: 'arn:aws:kms:us-west-2:111122223333:alias/laboratory' }
          : {}),
      }),
    ),
    Name: resource('AWS::Route53::RecordSet', {
      HostedZoneId: 'Z0123456789EXAMPLE',
      Name: 'lab.example.org',
      Type: 'A',
      Failover: failover,
      SetIdentifier: region,
      AliasTarget: {
        DNSName: att('Alb', 'DNSName'),
        HostedZoneId: att('Alb', 'CanonicalHostedZoneID'),
        EvaluateTargetHealth: true,
      },
    }),
  });
  const template = (failover: string, region: string): Template => JSON.parse(JSON.stringify(side(failover, region)));
  return [
    stackOf(declared(LABORATORY, template('PRIMARY', 'us-east-1'))),
    stackOf(declared({ ...LABORATORY, bornAs: 'RECOVERY' }, template('SECONDARY', 'us-west-2'), {}, 'Recovery'), {
      id: 'Recovery',
      region: 'us-west-2',
    }),
  ];
}
