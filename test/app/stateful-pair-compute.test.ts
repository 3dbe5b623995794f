import { App, Duration, Size, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import {
  AppSecret,
  AppSetting,
  ClinicalTier,
  Compute,
  CrossRegionDr,
  DataProtection,
  DrStrategy,
  HealthProfile,
  type INetwork,
  Ingress,
  type NetworkConfig,
  ResilienceObjectives,
  type StatefulPairComputeProps,
  TransportEncryption,
} from '../../src';
import { clinicalApp, clinicalAppIn, SmallDatabase, SmallNetwork, type TestAppOptions, VIRGINIA } from '../support/app';

const IMAGE = ec2.MachineImage.genericLinux({ 'us-east-1': 'ami-0123456789abcdef0' });
const volume = { deviceName: '/dev/sdf', size: Size.gibibytes(500), iops: 20_000 };

const pair = (props: Partial<StatefulPairComputeProps> = {}) =>
  Compute.statefulPair({
    machineImage: IMAGE,
    instanceType: new ec2.InstanceType('r7i.4xlarge'),
    port: 52773,
    additionalPorts: [1972],
    memberPorts: [1972, 2188],
    arbiter: { port: 2188 },
    dataVolumes: [volume],
    failover: { time: Duration.seconds(30), source: 'exercise of 2026-10-04' },
    ...props,
  });

const health = HealthProfile.http('/csp/bin/mirror_status.cxw', { startup: Duration.minutes(5) });
const restored = { rto: Duration.hours(4), rpo: Duration.hours(2) };
const objectives = ResilienceObjectives.forTier(ClinicalTier.LIFE_CRITICAL, {
  biaReference: 'BIA-1',
  deletion: restored,
  corruption: restored,
});

const pairApp = (props: Partial<StatefulPairComputeProps> = {}, app: TestAppOptions['app'] = {}) =>
  clinicalApp({ app: { compute: pair(props), health, objectives, ...app } });

const templateOf = (...args: Parameters<typeof pairApp>) => Template.fromStack(Stack.of(pairApp(...args)));

type Found = ReturnType<Template['findResources']>[string];

/** A resource of the pair, by its place in the tree. */
function part(template: Template, type: string, name: string): { readonly id: string } & Found {
  const found = Object.entries(template.findResources(type)).filter(([id]) => id.includes(name));
  expect(found).toHaveLength(1);
  return { id: found[0][0], ...found[0][1] };
}

const INSTANCE = 'AWS::EC2::Instance';
const zoneOf = (template: Template, subnet: { Ref: string }) =>
  template.toJSON().Resources[subnet.Ref].Properties.AvailabilityZone;

describe('members and arbiter', () => {
  test('are in three zones, each behind a network interface of its own', () => {
    const template = templateOf();
    const interfaces = ['First', 'Second', 'Arbiter'].map((name) => part(template, 'AWS::EC2::NetworkInterface', name));
    expect(new Set(interfaces.map(({ Properties }) => zoneOf(template, Properties.SubnetId))).size).toBe(3);
    for (const [index, name] of ['First', 'Second', 'Arbiter'].entries()) {
      const { Properties } = part(template, INSTANCE, name);
      expect(Properties.NetworkInterfaces).toEqual([
        { DeviceIndex: '0', NetworkInterfaceId: { Ref: interfaces[index].id } },
      ]);
      expect(Properties.SubnetId).toBeUndefined(); // Amazon EC2 refuses both
    }
  });

  test('can be patched in place, each on a night of its own, where that is asked for', () => {
    const groups = { first: 'odb-a', second: 'odb-b', arbiter: 'odb-c' };
    const groupOf = (template: Template, name: string) =>
      part(template, INSTANCE, name).Properties.Tags.find(({ Key }: { Key: string }) => Key === 'PatchGroup')?.Value;
    const rolesWith = (template: Template) =>
      Object.values(template.findResources('AWS::IAM::ManagedPolicy')).filter(({ Properties }) =>
        JSON.stringify(Properties).includes('ssm:GetDeployablePatchSnapshotForInstance'),
      ).length;
    const names = ['First', 'Second', 'Arbiter'];
    const patched = templateOf({ patchGroups: groups });
    expect(names.map((name) => groupOf(patched, name))).toEqual(Object.values(groups));
    expect(rolesWith(patched)).toBe(2); // the members have one role, the arbiter another
    const others = templateOf();
    expect(names.map((name) => groupOf(others, name))).toEqual([undefined, undefined, undefined]);
    expect(rolesWith(others)).toBe(0);
    expect(() => pair({ patchGroups: { ...groups, second: 'odb-a' } })).toThrow(
      /patchGroups must differ.*got odb-a, odb-a, odb-c.*\[InvalidStatefulPair\]/,
    );
  });

  test('have fixed addresses where they are given', () => {
    const template = templateOf({ addresses: { first: '10.0.1.10', second: '10.0.2.10', arbiter: '10.0.3.10' } });
    for (const [name, address] of [
      ['First', '10.0.1.10'],
      ['Second', '10.0.2.10'],
      ['Arbiter', '10.0.3.10'],
    ]) {
      expect(part(template, 'AWS::EC2::NetworkInterface', name).Properties.PrivateIpAddress).toBe(address);
    }
  });

  test('are protected, measured every minute, give metadata to token holders only, and have no key pair', () => {
    templateOf().allResourcesProperties(INSTANCE, {
      DisableApiTermination: true,
      Monitoring: true,
      EbsOptimized: true,
      InstanceInitiatedShutdownBehavior: 'stop',
      KeyName: Match.absent(),
      MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
      BlockDeviceMappings: [
        Match.objectLike({
          DeviceName: '/dev/xvda',
          Ebs: Match.objectLike({ Encrypted: true, VolumeType: 'gp3', KmsKeyId: Match.anyValue() }),
        }),
      ],
    });
  });

  test('are changed one after the other, the members never at once', () => {
    const template = templateOf();
    const [first, second, arbiter] = ['First', 'Second', 'Arbiter'].map((name) => part(template, INSTANCE, name));
    expect(second.DependsOn).toContain(first.id);
    expect(first.DependsOn).toContain(arbiter.id);
  });

  test('are changed one after the other by another setting as well, which stops and starts them', () => {
    const before = templateOf();
    const after = templateOf({ startCommands: ['systemctl start other'] });
    for (const name of ['First', 'Second']) {
      expect(part(after, INSTANCE, name).id).toBe(part(before, INSTANCE, name).id); // stopped and started, not replaced
      expect(part(after, INSTANCE, name).Properties.UserData).not.toEqual(
        part(before, INSTANCE, name).Properties.UserData,
      );
    }
    expect(part(after, INSTANCE, 'Second').DependsOn).toContain(part(after, INSTANCE, 'First').id);
    const arbiter = (template: Template) => part(template, INSTANCE, 'Arbiter').Properties.UserData;
    expect(arbiter(after)).toEqual(arbiter(before)); // which has commands of its own
  });

  test('can be of two types between two deployments', () => {
    const template = templateOf({ secondInstanceType: new ec2.InstanceType('r7i.8xlarge') });
    expect(part(template, INSTANCE, 'First').Properties.InstanceType).toBe('r7i.4xlarge');
    expect(part(template, INSTANCE, 'Second').Properties.InstanceType).toBe('r7i.8xlarge');
  });

  test('know each other and who they are, and the arbiter knows no setting and no secret of the members', () => {
    const props = {
      environment: { NAMESPACE: AppSetting.of('EHR') },
      secrets: { LICENCE: AppSecret.fromSecretName('odb/licence') },
      startCommands: ['systemctl start iris'],
      arbiter: { port: 2188, startCommands: ['systemctl start ISCAgent'] },
    };
    const template = templateOf(props);
    const [second, arbiter] = ['Second', 'Arbiter'].map((name) =>
      JSON.stringify(part(template, INSTANCE, name).Properties.UserData),
    );
    for (const text of [second, arbiter]) {
      expect(text).toMatch(/FIRST_MEMBER_ADDRESS='",\{"Fn::GetAtt":\["AppComputeFirst\w+","PrimaryPrivateIpAddress"\]/);
      expect(text).toMatch(/ARBITER_ADDRESS='",\{"Fn::GetAtt":\["AppComputeArbiter\w+","PrimaryPrivateIpAddress"\]/);
    }
    expect(second).toContain("PAIR_ROLE='second'");
    expect(second).toContain("NAMESPACE='EHR'");
    expect(second).toContain('LICENCE_FROM=');
    expect(second).toContain('systemctl start iris');
    expect(arbiter).toContain("PAIR_ROLE='arbiter'");
    expect(arbiter).not.toMatch(/NAMESPACE|LICENCE|iris/);
    expect(arbiter).toContain('systemctl start ISCAgent');
    const roles = ['First', 'Second', 'Arbiter'].map(
      (n) => part(template, 'AWS::IAM::InstanceProfile', n).Properties.Roles,
    );
    expect(roles[0]).toEqual(roles[1]);
    expect(roles[2]).not.toEqual(roles[0]);
  });

  test('reach each other on the ports named, and the arbiter lets in members only', () => {
    const template = templateOf();
    const rules = Object.values(template.findResources('AWS::EC2::SecurityGroupIngress')).map(({ Properties }) => [
      Properties.Description,
      Properties.FromPort,
      JSON.stringify(Properties.SourceSecurityGroupId) === JSON.stringify(Properties.GroupId),
    ]);
    expect(rules).toEqual(
      expect.arrayContaining([
        ['The other member', 1972, true],
        ['The other member', 2188, true],
        ['Members', 2188, false],
      ]),
    );
  });

  test.each([
    ['r7i.4xlarge', 't3.small'],
    ['r7g.4xlarge', 't4g.small'],
  ])('the arbiter of %s is a small one with the same processors', (type, small) => {
    const template = templateOf({ instanceType: new ec2.InstanceType(type) });
    expect(part(template, INSTANCE, 'Arbiter').Properties.InstanceType).toBe(small);
  });

  test('the arbiter takes every option', () => {
    const machineImage = ec2.MachineImage.genericLinux({ 'us-east-1': 'ami-00000000000000002' });
    const template = templateOf({
      rootDeviceName: '/dev/sda1',
      arbiter: {
        port: 3000,
        instanceType: new ec2.InstanceType('m7i.large'),
        machineImage,
        startCommands: ['systemctl start ISCAgent'],
      },
    });
    expect(JSON.stringify(part(template, INSTANCE, 'Arbiter').Properties.UserData)).toContain(
      'systemctl start ISCAgent',
    );
    expect(JSON.stringify(part(template, INSTANCE, 'First').Properties.UserData)).not.toContain('ISCAgent');
    expect(part(template, INSTANCE, 'Arbiter').Properties).toMatchObject({
      InstanceType: 'm7i.large',
      ImageId: 'ami-00000000000000002',
      BlockDeviceMappings: [{ DeviceName: '/dev/xvda' }],
    });
    expect(part(template, INSTANCE, 'First').Properties.BlockDeviceMappings[0].DeviceName).toBe('/dev/sda1');
  });
});

describe('data', () => {
  const two = [volume, { deviceName: '/dev/sdg', size: Size.gibibytes(100), iops: 5000 }];

  test('is on encrypted io2 volumes of each member, in its zone, which outlive it', () => {
    const template = templateOf({ dataVolumes: two });
    template.resourceCountIs('AWS::EC2::Volume', 4);
    for (const name of ['First', 'Second']) {
      const { Properties, DeletionPolicy, UpdateReplacePolicy } = part(template, 'AWS::EC2::Volume', `${name}Volume2`);
      expect(Properties).toMatchObject({ VolumeType: 'io2', Size: 100, Iops: 5000, Encrypted: true });
      expect(Properties.KmsKeyId).toBeDefined();
      expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
      const subnet = part(template, 'AWS::EC2::NetworkInterface', name).Properties.SubnetId;
      expect(Properties.AvailabilityZone).toEqual(zoneOf(template, subnet));
      expect(part(template, 'AWS::EC2::VolumeAttachment', `${name}Attachment2`).Properties.Device).toBe('/dev/sdg');
    }
  });

  test('is backed up as whole instances, so that their volumes are of one moment, and as often as snapshots are', () => {
    const template = templateOf({ dataVolumes: two });
    const [first, second] = ['First', 'Second'].map((name) => part(template, INSTANCE, name).id);
    template.hasResourceProperties('AWS::Backup::BackupSelection', {
      BackupSelection: Match.objectLike({
        Resources: [first, second].map((id) => ({
          'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp(':instance/'), { Ref: id }])],
        })),
      }),
    });
    expect(JSON.stringify(template.findResources('AWS::Backup::BackupPlan'))).toContain('"RuleName":"Hourly"');
  });

  test('goes with the stack in a sandbox, which nothing protects', () => {
    const dataProtection = DataProtection.destroyWithStack({ acknowledgeDataLoss: 'sandbox' });
    const template = templateOf({}, { dataProtection });
    template.allResources('AWS::EC2::Volume', { DeletionPolicy: 'Delete' });
    template.allResourcesProperties(INSTANCE, { DisableApiTermination: false });
  });

  test('is more than one that AWS Backup cannot restore as soon as the presets ask for', () => {
    const presets = ResilienceObjectives.forTier(ClinicalTier.LIFE_CRITICAL, { biaReference: 'BIA-1' });
    expect(() => pairApp({}, { objectives: presets })).toThrow(/ObjectivesBeyondBackup/);
  });
});

test('an account that backups are copied to may use the key of the disks', () => {
  const app = pairApp();
  app.backup?.copyTo('arn:aws:backup:us-east-1:999988887777:backup-vault:ehr-isolated');
  const { Properties } = part(Template.fromStack(Stack.of(app)), 'AWS::KMS::Key', 'VolumeKey');
  expect(JSON.stringify(Properties.KeyPolicy)).toContain(':iam::999988887777:root');
});

describe('the primary', () => {
  test('is whoever answers the probe: load balancers send to both, and one that fails is as it should be', () => {
    const template = templateOf();
    const [first, second] = ['First', 'Second'].map((name) => part(template, INSTANCE, name).id);
    const [{ Properties }] = Object.values(template.findResources('AWS::ElasticLoadBalancingV2::TargetGroup'));
    expect(Properties.Targets.map(({ Id }: { Id: { Ref: string } }) => Id.Ref).sort()).toEqual([first, second].sort());
    expect(Properties.TargetType).toBe('instance');
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'UnHealthyHostCount', Threshold: 2 });
  });

  test('is one: two that answer for three minutes are an alarm', () => {
    templateOf().hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/ApplicationELB',
      MetricName: 'HealthyHostCount',
      Statistic: 'Minimum',
      Threshold: 2,
      EvaluationPeriods: 3,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      AlarmActions: [Match.anyValue()],
    });
  });

  test('is reached from every zone through a Network Load Balancer, which watches for a second one as well', () => {
    const app = pairApp();
    const stack = Stack.of(app);
    const { vpc } = app.network;
    const targetGroup = new elbv2.NetworkTargetGroup(stack, 'Tcp', {
      vpc,
      port: 1972,
      targets: [app.compute.networkTargets?.forPort(1972) as elbv2.INetworkLoadBalancerTarget],
    });
    new elbv2.NetworkLoadBalancer(stack, 'Nlb', { vpc }).addListener('Tcp', {
      port: 1972,
      defaultTargetGroups: [targetGroup],
    });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
      Port: 1972,
      TargetGroupAttributes: Match.arrayWith([{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }]),
      Targets: [Match.anyValue(), Match.anyValue()],
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/NetworkELB',
      MetricName: 'HealthyHostCount',
      Threshold: 2,
    });
  });

  test('behind an ingress of feeds, raises no alarm in whatever zone the other member is; zones cannot be kept apart', () => {
    const encryption = TransportEncryption.tlsPassThrough();
    const sources = [ec2.Peer.ipv4('10.200.0.0/16')];
    const feeds = { feeds: [{ name: 'adt', port: 1972 }], sources, encryption };
    const template = templateOf({}, { ingress: [Ingress.mllp({ ...feeds, domainName: 'odb.example.org' })] });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { Namespace: 'AWS/NetworkELB', Threshold: 2 });
    // one fails on purpose, alone in its zone: a threshold of one would always be passed, and a threshold of two never
    const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);
    expect(alarms.filter((alarm) => JSON.stringify(alarm).includes('UnHealthyHostCount'))).toEqual([]);
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'HealthyHostCount', Threshold: 1 }); // no primary
    expect(() => pairApp({}, { ingress: [Ingress.mllp({ ...feeds, crossZone: false })] })).toThrow(
      /ZonesWithoutTarget/,
    );
  });

  test('is not looked for on a port that nobody listens on', () => {
    expect(() => pairApp().compute.networkTargets?.forPort(2000)).toThrow(
      /does not listen on port 2000, only on 52773, 1972.*PortNotListened/,
    );
  });
});

describe('what it claims', () => {
  test('is what the engine promises and the probes that find the new primary, with the source', () => {
    const { recovery, capacity, passiveTargets } = pairApp({
      failover: { time: Duration.seconds(30), source: 'exercise of 2026-10-04' },
    }).compute;
    expect(recovery).toHaveLength(2);
    expect(recovery?.map(({ scope }) => scope)).toEqual(['COMPONENT', 'AVAILABILITY_ZONE']);
    expect(recovery?.[0]).toMatchObject({ source: 'declared: exercise of 2026-10-04' });
    expect(recovery?.[0].recoveryTime?.toSeconds()).toBe(50);
    expect(recovery?.[0].recoveryPoint.toSeconds()).toBe(0);
    expect(capacity).toEqual({ peak: 1, running: 2, unit: 'instance' });
    expect(passiveTargets).toBe(1);
  });

  test('is refused where the objectives allow less', () => {
    const slow = { time: Duration.minutes(6), source: 'exercise' };
    expect(() => pairApp({ failover: slow })).toThrow(/The engine fails over in 360 s.*ObjectivesNotMet/);
    const lossy = { time: Duration.seconds(30), recoveryPoint: Duration.seconds(5), source: 'exercise' };
    expect(() => pairApp({ failover: lossy })).toThrow(/may lose 5 seconds, more than the RPO/);
  });

  test('does not count the arbiter as something that serves', () => {
    const app = pairApp();
    const { systems } = Template.fromStack(Stack.of(app)).toJSON().Metadata['cdk-resilient-ehr'];
    expect(systems['Ehr/App'].supporting).toEqual(['Ehr/App/Compute/Arbiter']);
  });
});

test.each([
  ['FirstFailed', 'StatusCheckFailed', 'breaching'],
  ['SecondFailed', 'StatusCheckFailed', 'breaching'],
  ['ArbiterFailed', 'StatusCheckFailed', 'breaching'],
  ['FirstDisks', 'StatusCheckFailed_AttachedEBS', 'notBreaching'],
  ['SecondDisks', 'StatusCheckFailed_AttachedEBS', 'notBreaching'],
])('has an alarm %s', (name, MetricName, TreatMissingData) => {
  expect(part(templateOf(), 'AWS::CloudWatch::Alarm', name).Properties).toMatchObject({ MetricName, TreatMissingData });
});

/** Subnets imported by their ids alone. */
class ZonelessNetwork implements INetwork {
  public bind(scope: ConstructorParameters<typeof Stack>[0] & object): NetworkConfig {
    const config = new SmallNetwork().bind(scope as Stack);
    const subnets = ['a', 'b', 'c'].map((id) => ec2.Subnet.fromSubnetId(scope as Stack, id, `subnet-${id}`));
    return { ...config, applicationSubnets: { subnets } };
  }
  public inRecoveryRegion(): INetwork {
    return this;
  }
}

describe('fails', () => {
  test('with two zones', () => {
    expect(() => pairApp({}, { network: new SmallNetwork(2) })).toThrow(
      /two members and their arbiter take three Availability Zones, got 2.*\[TooFewZones at Ehr\/App\/Compute\]/,
    );
  });

  test('with zones that nobody knows', () => {
    expect(() => pairApp({}, { network: new ZonelessNetwork() })).toThrow(/\[UnknownZones at Ehr\/App\/Compute\]/);
  });

  test('with a probe that both members answer', () => {
    const tcp = HealthProfile.tcp({ startup: Duration.seconds(60) });
    expect(() => pairApp({}, { health: tcp })).toThrow(/cannot tell the primary from the other member.*RoleUnknown/);
  });

  test('with half of it', () => {
    const _recoverySide = { pairedRegion: 'us-west-2', capacityPercent: 50 };
    expect(() => pairApp({}, { _recoverySide })).toThrow(/runs as a whole, got a capacityPercent of 50.*NoPartialPair/);
  });

  test('in a second Region, where nothing replicates its disks', () => {
    const app = new App();
    const stack = new Stack(app, 'Ehr', { env: VIRGINIA });
    const primary = clinicalAppIn(stack, { app: { compute: pair(), health, objectives, database: undefined } });
    const other = new Stack(app, 'Dr', { env: { ...VIRGINIA, region: 'us-west-2' } });
    expect(() => new CrossRegionDr(other, 'Dr', { primary, strategy: DrStrategy.hotStandby() })).toThrow(
      /keeps data on disks of its own, which nothing here replicates/,
    );
  });

  test.each<[string, Partial<StatefulPairComputeProps>, RegExp]>([
    ['without member ports', { memberPorts: [] }, /memberPorts is empty/],
    ['for a member port out of range', { memberPorts: [0] }, /memberPorts or arbiter must be 1 to 65535, got 0/],
    ['for an arbiter out of range', { arbiter: { port: 70000 } }, /memberPorts or arbiter must be .* got 70000/],
    ['without data volumes', { dataVolumes: [] }, /dataVolumes is empty/],
    ['without a source', { failover: { time: Duration.seconds(1), source: ' ' } }, /must name the source/],
    [
      'for a root device',
      { dataVolumes: [{ ...volume, deviceName: '/dev/sda1' }] },
      /must be \/dev\/sdf to \/dev\/sdp/,
    ],
    ['for a name taken twice', { dataVolumes: [volume, volume] }, /two data volumes are called \/dev\/sdf/],
    ['for a tiny volume', { dataVolumes: [{ ...volume, size: Size.gibibytes(1) }] }, /4 GiB to 64 TiB, got 1 GiB/],
    [
      'for more than a volume gives',
      { dataVolumes: [{ ...volume, size: Size.gibibytes(10) }] },
      /iops of \/dev\/sdf must be 100 to 10000, got 20000/,
    ],
    ['for a port out of range', { port: 0 }, /port must be 1 to 65535, got 0/],
  ])('%s', (_, props, message) => {
    expect(() => pair(props)).toThrow(message);
  });

  test('naming every mistake at once', () => {
    expect(() => pair({ memberPorts: [], dataVolumes: [] })).toThrow(
      /memberPorts is empty.*; dataVolumes is empty.*\[InvalidStatefulPair\]/,
    );
  });
});

test('lets in the database it uses beside its own data', () => {
  const template = templateOf({}, { database: new SmallDatabase() });
  template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 5432, Description: 'Application' });
});
