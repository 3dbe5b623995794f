import { App, Duration, Size, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { PoolState } from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as logs from 'aws-cdk-lib/aws-logs';
import {
  AppSecret,
  AppSetting,
  ClinicalTier,
  Compute,
  DataProtection,
  type Ec2FleetComputeProps,
  FileShare,
  HealthProfile,
  ResilienceObjectives,
} from '../../src';
import { clinicalApp, clinicalAppIn, SmallDatabase, SmallNetwork, type TestAppOptions, VIRGINIA } from '../support/app';

const LINUX = ec2.MachineImage.genericLinux({
  'us-east-1': 'ami-0123456789abcdef0',
  'us-west-2': 'ami-00000000000000001',
});
const WINDOWS = ec2.MachineImage.genericWindows({ 'us-east-1': 'ami-0fedcba9876543210' });

const fleet = (props: Partial<Ec2FleetComputeProps> = {}) =>
  Compute.ec2Fleet({
    machineImage: LINUX,
    instanceType: new ec2.InstanceType('m7i.large'),
    port: 8080,
    peakInstances: 6,
    ...props,
  });

const fleetApp = (props: Partial<Ec2FleetComputeProps> = {}, app: TestAppOptions['app'] = {}) =>
  clinicalApp({ app: { compute: fleet(props), ...app } });

const templateOf = (...args: Parameters<typeof fleetApp>) => Template.fromStack(Stack.of(fleetApp(...args)));

const GROUP = 'AWS::AutoScaling::AutoScalingGroup';
const standby = (capacityPercent: number) => ({ _recoverySide: { pairedRegion: 'us-west-2', capacityPercent } });

describe('capacity', () => {
  test.each([
    [2, 12],
    [3, 9],
    [4, 8],
  ])('over %d zones, a peak of 6 instances runs %d', (zones, running) => {
    templateOf({}, { network: new SmallNetwork(zones) }).hasResourceProperties(GROUP, {
      MinSize: String(running),
      MaxSize: String(2 * running),
    });
  });

  test('the group has no desired capacity, which a deployment after a failover would reset', () => {
    templateOf().hasResourceProperties(GROUP, { DesiredCapacity: Match.absent() });
  });

  test('an unknown number of zones counts as two, with a warning', () => {
    const stack = Stack.of(fleetApp({}, { network: new SmallNetwork(3, false) }));
    Template.fromStack(stack).hasResourceProperties(GROUP, { MinSize: '12' });
    Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('capacity is computed for 2'));
  });

  test('a standby runs its share, and may grow as far as the other side', () => {
    const app = fleetApp({}, standby(50));
    expect(app.compute.capacity).toEqual({ peak: 6, running: 6, unit: 'instance' });
    Template.fromStack(Stack.of(app)).hasResourceProperties(GROUP, { MinSize: '6', MaxSize: '18' });
  });

  test('a standby that runs nothing has no alarm for missing instances', () => {
    const template = templateOf({}, standby(0));
    template.hasResourceProperties(GROUP, { MinSize: '0', MaxSize: '18' });
    template.resourcePropertiesCountIs('AWS::CloudWatch::Alarm', { MetricName: 'GroupInServiceInstances' }, 0);
  });

  test('scaling follows CPU', () => {
    const template = templateOf({ targetCpuUtilizationPercent: 45, maxInstances: 20 });
    template.hasResourceProperties(GROUP, { MaxSize: '20' });
    template.hasResourceProperties('AWS::AutoScaling::ScalingPolicy', {
      TargetTrackingConfiguration: {
        PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' },
        TargetValue: 45,
      },
    });
  });

  test('fails when maxInstances is below what runs all the time', () => {
    expect(() => fleetApp({ maxInstances: 8 })).toThrow(
      /maxInstances is 8, but surviving the loss of one of 3 zones with 6 instances takes 9 .*\[InvalidCapacity at/,
    );
  });

  test('is held in every zone where that is asked for, also in a standby, and launched into first', () => {
    const template = templateOf({ reservedCapacity: {} }, standby(50));
    template.resourceCountIs('AWS::EC2::CapacityReservation', 3);
    template.allResourcesProperties('AWS::EC2::CapacityReservation', {
      InstanceCount: 3, // 9 over three zones, though 6 run
      InstanceMatchCriteria: 'targeted',
      InstancePlatform: 'Linux/UNIX',
      InstanceType: 'm7i.large',
    });
    template.hasResourceProperties(GROUP, {
      CapacityReservationSpecification: {
        CapacityReservationPreference: 'capacity-reservations-first',
        CapacityReservationTarget: { CapacityReservationIds: Array(3).fill({ 'Fn::GetAtt': Match.anyValue() }) },
      },
    });
  });

  test.each([
    [{}, 'Windows'],
    [{ instancePlatform: 'Windows with SQL Server Standard' }, 'Windows with SQL Server Standard'],
  ])('is held for the platform of the image: %j', (reservedCapacity, InstancePlatform) => {
    templateOf({ machineImage: WINDOWS, reservedCapacity }).allResourcesProperties('AWS::EC2::CapacityReservation', {
      InstancePlatform,
    });
  });

  test('is not held otherwise', () => {
    const template = templateOf();
    template.resourceCountIs('AWS::EC2::CapacityReservation', 0);
    template.hasResourceProperties(GROUP, { CapacityReservationSpecification: Match.absent() });
  });

  test('is taken from other instance types where one is sold out, in their order, and never from spot', () => {
    const template = templateOf({ alternativeInstanceTypes: [new ec2.InstanceType('m6i.large')] });
    template.hasResourceProperties(GROUP, {
      LaunchTemplate: Match.absent(),
      MixedInstancesPolicy: {
        InstancesDistribution: { OnDemandAllocationStrategy: 'prioritized', OnDemandPercentageAboveBaseCapacity: 100 },
        LaunchTemplate: Match.objectLike({
          Overrides: [{ InstanceType: 'm7i.large' }, { InstanceType: 'm6i.large' }],
        }),
      },
    });
  });

  test('may wait in a warm pool', () => {
    templateOf({ warmPool: { minSize: 2, poolState: PoolState.STOPPED } }).hasResourceProperties(
      'AWS::AutoScaling::WarmPool',
      { MinSize: 2, PoolState: 'Stopped' },
    );
    templateOf().resourceCountIs('AWS::AutoScaling::WarmPool', 0);
  });
});

describe('the group', () => {
  test('replaces what the load balancer finds unhealthy, after the measured start', () => {
    const health = HealthProfile.http('/', { startup: Duration.seconds(420) });
    templateOf({}, { health }).hasResourceProperties(GROUP, {
      HealthCheckType: 'ELB',
      HealthCheckGracePeriod: 420 + 180, // the budget, after launch and boot
      DefaultInstanceWarmup: 420,
      TargetGroupARNs: [Match.anyValue()],
    });
  });

  test('is warned of where nobody measured how long a start takes, and care does not depend on it', () => {
    const objectives = ResilienceObjectives.forTier(ClinicalTier.OPERATIONAL, { biaReference: 'BIA-1' });
    const warned = (health: HealthProfile) =>
      Annotations.fromStack(Stack.of(fleetApp({}, { objectives, health }))).findWarning(
        '*',
        Match.stringLikeRegexp('health.startup is not set'),
      );
    expect(warned(HealthProfile.http('/'))).toMatchObject([
      { entry: { data: expect.stringContaining('Auto Scaling gives an instance 60 seconds to start') } },
    ]);
    expect(warned(HealthProfile.http('/', { startup: Duration.seconds(60) }))).toEqual([]);
  });

  test('spreads over the zones, and leaves a zone alone that traffic is shifted away from', () => {
    templateOf().hasResourceProperties(GROUP, {
      AvailabilityZoneDistribution: { CapacityDistributionStrategy: 'balanced-best-effort' },
      AvailabilityZoneImpairmentPolicy: {
        ZonalShiftEnabled: true,
        ImpairedZoneHealthCheckBehavior: 'IgnoreUnhealthy',
      },
      SkipZonalShiftValidation: true,
      VPCZoneIdentifier: Array(3).fill(Match.anyValue()),
    });
  });

  test('never runs fewer while it replaces, and deployments stop when an alarm goes off', () => {
    const resource = {
      Properties: { InstanceMaintenancePolicy: { MinHealthyPercentage: 100, MaxHealthyPercentage: 133 } },
      DependsOn: Match.arrayWith([Match.stringLikeRegexp('RolePolicy'), Match.stringLikeRegexp('TelemetryLatency')]),
      UpdatePolicy: {
        AutoScalingInstanceRefresh: {
          Strategy: 'Rolling',
          Preferences: {
            MinHealthyPercentage: 100,
            MaxHealthyPercentage: 133,
            InstanceWarmup: 10,
            AlarmSpecification: { Alarms: ['ehr-us-east-1-ingress-server-errors', 'ehr-us-east-1-ingress-latency'] },
          },
        },
        AutoScalingScheduledAction: { IgnoreUnmodifiedGroupSizeProperties: true },
      },
    };
    templateOf().hasResource(GROUP, resource);
  });

  test('ends instances after a time where that is asked for', () => {
    templateOf({ maxInstanceLifetime: Duration.days(30) }).hasResourceProperties(GROUP, {
      MaxInstanceLifetime: 2592000,
    });
  });

  test('cannot be deleted with its instances, but in a sandbox', () => {
    templateOf().hasResourceProperties(GROUP, { DeletionProtection: 'prevent-force-deletion' });
    const dataProtection = DataProtection.destroyWithStack({ acknowledgeDataLoss: 'sandbox' });
    templateOf({}, { dataProtection }).hasResourceProperties(GROUP, { DeletionProtection: 'none' });
  });

  test('fails where care depends on it and nobody measured the start', () => {
    const health = HealthProfile.http('/');
    expect(() => fleetApp({}, { health })).toThrow(/MissingStartupBudget/);
    const objectives = ResilienceObjectives.forTier(ClinicalTier.OPERATIONAL, { biaReference: 'BIA-1' });
    templateOf({}, { health, objectives }).hasResourceProperties(GROUP, { HealthCheckGracePeriod: 60 + 180 });
  });

  test('is exposed', () => {
    expect(fleetApp().compute.autoScalingGroup?.node.path).toBe('Ehr/App/Compute/Group');
  });
});

function launchData(props: object) {
  return { LaunchTemplateData: Match.objectLike(props) };
}

describe('an instance', () => {
  test('has an encrypted root disk, no public address, no key pair, and metadata that takes a token', () => {
    templateOf().hasResourceProperties(
      'AWS::EC2::LaunchTemplate',
      launchData({
        ImageId: 'ami-0123456789abcdef0',
        KeyName: Match.absent(),
        MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
        Monitoring: { Enabled: true },
        NetworkInterfaces: [Match.objectLike({ AssociatePublicIpAddress: false })],
        BlockDeviceMappings: [
          {
            DeviceName: '/dev/xvda',
            Ebs: {
              Encrypted: true,
              KmsKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('VolumeKey'), 'Arn'] },
              VolumeSize: 30,
              VolumeType: 'gp3',
              DeleteOnTermination: true,
            },
          },
        ],
      }),
    );
  });

  test('takes every option', () => {
    const template = templateOf({
      rootDeviceName: '/dev/sda1',
      rootVolumeSize: Size.gibibytes(80),
      metadataHopLimit: 2,
      logRetention: logs.RetentionDays.TEN_YEARS,
    });
    template.hasResourceProperties(
      'AWS::EC2::LaunchTemplate',
      launchData({
        MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 2 },
        BlockDeviceMappings: [Match.objectLike({ DeviceName: '/dev/sda1', Ebs: Match.objectLike({ VolumeSize: 80 }) })],
      }),
    );
    template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 3653 });
  });

  test('of Windows has its root device, and more room', () => {
    templateOf({ machineImage: WINDOWS }).hasResourceProperties(
      'AWS::EC2::LaunchTemplate',
      launchData({
        BlockDeviceMappings: [Match.objectLike({ DeviceName: '/dev/sda1', Ebs: Match.objectLike({ VolumeSize: 50 }) })],
      }),
    );
  });

  test('can be started: the key lets the service-linked role of Auto Scaling in, by condition, since it may not exist yet', () => {
    const role = {
      'Fn::Join': [
        '',
        [
          'arn:',
          { Ref: 'AWS::Partition' },
          ':iam::111111111111:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling',
        ],
      ],
    };
    const autoScaling = {
      StringEquals: { 'kms:CallerAccount': '111111111111' },
      ArnEquals: { 'aws:PrincipalArn': role },
    };
    templateOf().hasResourceProperties('AWS::KMS::Key', {
      EnableKeyRotation: true,
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
            Principal: { AWS: '*' },
            Condition: autoScaling,
          }),
          Match.objectLike({
            Action: 'kms:CreateGrant',
            Principal: { AWS: '*' },
            Condition: { ...autoScaling, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
          }),
        ]),
      },
    });
  });

  test('may be managed, send metrics of its own and write one log group, and reads no parameter of the account', () => {
    const template = templateOf();
    template.resourceCountIs('AWS::IAM::Policy', 0);
    const policies = Object.values(template.findResources('AWS::IAM::ManagedPolicy'));
    const actions = policies
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
      .flatMap(({ Action }: { Action: string | string[] }) => Action);
    expect(actions.sort()).toEqual([
      'cloudwatch:PutMetricData',
      'logs:CreateLogStream',
      'logs:DescribeLogStreams',
      'logs:PutLogEvents',
      'ssm:UpdateInstanceInformation',
      'ssmmessages:CreateControlChannel',
      'ssmmessages:CreateDataChannel',
      'ssmmessages:OpenControlChannel',
      'ssmmessages:OpenDataChannel',
    ]);
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 'cloudwatch:PutMetricData',
            Condition: { StringEquals: { 'cloudwatch:namespace': 'ehr' } },
          }),
        ]),
      },
    });
  });
});

/** User data as text, with references by their logical ids. */
function userData(template: Template): string {
  const [{ Properties }] = Object.values(template.findResources('AWS::EC2::LaunchTemplate'));
  const { 'Fn::Base64': content } = Properties.LaunchTemplateData.UserData;
  if (typeof content === 'string') {
    return content;
  }
  const parts: (string | { Ref?: string })[] = content['Fn::Join'][1];
  return parts.map((part) => (typeof part === 'string' ? part : `<${part.Ref}>`)).join('');
}

describe('settings', () => {
  const props = {
    environment: { URL: AppSetting.format('jdbc:postgresql://{database.writer}:{database.port}/$HOME') },
    secrets: { PASSWORD: AppSecret.databasePassword() },
    startCommands: ['systemctl start ehr'],
  };

  test('are written before anything starts, and a shell replaces nothing in them', () => {
    expect(userData(templateOf(props, { database: new SmallDatabase() }))).toBe(
      [
        '#!/bin/bash',
        'install -d -m 0755 /etc/ehr',
        "cat > /etc/ehr/settings.env <<'SETTINGS'",
        "LOG_GROUP_NAME='<AppComputeLogsGroupF36B14E7>'",
        "URL='jdbc:postgresql://writer.db:5432/$HOME'",
        "PASSWORD_FROM='<AppDatabaseCredentialsC422799C>:password::'",
        'SETTINGS',
        'systemctl start ehr',
      ].join('\n'),
    );
  });

  test('are environment variables of the machine on Windows', () => {
    const text = userData(templateOf({ ...props, machineImage: WINDOWS }, { database: new SmallDatabase() }));
    expect(text).toContain("[Environment]::SetEnvironmentVariable('PASSWORD_FROM', '<AppDatabaseCredentials");
    expect(text).toMatch(/^<powershell>.*systemctl start ehr<\/powershell>$/s);
  });

  test('name secrets, which the instance may read, and hold no value', () => {
    const template = templateOf(props, { database: new SmallDatabase() });
    expect(JSON.stringify(template.findResources('AWS::EC2::LaunchTemplate'))).not.toContain('{{resolve:');
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
            Resource: { Ref: 'AppDatabaseCredentialsC422799C' },
          }),
        ]),
      },
    });
  });

  test.each(["it's", 'two\nlines'])('fail where a settings file cannot hold them: %j', (text) => {
    expect(() => fleetApp({ environment: { TEXT: AppSetting.of(text) } })).toThrow(
      /the setting "TEXT" has a single quote or a line break.*\[InvalidAppSetting at/,
    );
  });

  test('of one definition do not grow when it is bound again', () => {
    const compute = fleet(props);
    const [first, second] = ['us-east-1', 'us-west-2'].map((region) => {
      const stack = new Stack(new App(), 'Ehr', { env: { account: '111111111111', region } });
      const app = { compute, database: new SmallDatabase() };
      clinicalAppIn(stack, { app }, `arn:aws:acm:${region}:111111111111:certificate/abc`);
      return userData(Template.fromStack(stack));
    });
    expect(second).toBe(first);
  });
});

describe('file shares', () => {
  const files = { archive: FileShare.efs() };
  const objectives = ResilienceObjectives.forTier(ClinicalTier.OPERATIONAL, { biaReference: 'BIA-1' });
  const environment = { ARCHIVE: AppSetting.format('{files.archive.path}') };

  test('may be mounted by the instances, which start when they are there and find where in their settings', () => {
    const template = templateOf({ environment }, { files, objectives });
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Action: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'] }),
        ]),
      },
    });
    template.hasResource(GROUP, { DependsOn: Match.arrayWith([Match.stringLikeRegexp('MountTarget')]) });
    expect(userData(template)).toMatch(/ARCHIVE='<AppFiles/);
  });
});

describe('a rotated password', () => {
  class RotatingDatabase extends SmallDatabase {
    public bind(...args: Parameters<SmallDatabase['bind']>) {
      return { ...super.bind(...args), rotatedSecretName: 'ehr/database' };
    }
  }
  const secrets = { PASSWORD: AppSecret.databasePassword() };
  const database = new RotatingDatabase();

  test('replaces the instances, though their template has not changed', () => {
    const template = templateOf({ secrets }, { database });
    template.hasResourceProperties('AWS::SSM::Document', {
      Content: Match.objectLike({
        mainSteps: [
          Match.anyValue(),
          {
            name: 'Replace',
            action: 'aws:executeAwsApi',
            inputs: {
              Service: 'autoscaling',
              Api: 'StartInstanceRefresh',
              AutoScalingGroupName: Match.anyValue(),
              Preferences: { MinHealthyPercentage: 100, MaxHealthyPercentage: 133, SkipMatching: false },
            },
          },
        ],
      }),
    });
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: [
          {
            Action: 'autoscaling:StartInstanceRefresh',
            Effect: 'Allow',
            Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('Group'), 'AutoScalingGroupARN'] },
          },
        ],
      },
    });
  });

  test.each<[string, Partial<Ec2FleetComputeProps>]>([
    ['the application reads it again by itself', { secrets, replaceOnRotation: false }],
    ['the application does not have it', {}],
  ])('replaces nothing where %s', (_, props) => {
    templateOf(props, { database }).resourceCountIs('AWS::SSM::Document', 0);
  });
});

describe('the image', () => {
  function warningsFor(machineImage: ec2.IMachineImage, env = VIRGINIA): string[] {
    const stack = new Stack(new App(), 'Ehr', { env });
    clinicalAppIn(stack, { app: { compute: fleet({ machineImage }) } });
    return Annotations.fromStack(stack)
      .findWarning('*', Match.stringLikeRegexp('the image is'))
      .map(({ entry }) => String(entry.data));
  }

  test.each<[string, ec2.IMachineImage]>([
    ['an id', LINUX],
    ['a parameter with a version', ec2.MachineImage.fromSsmParameter('/images/ehr:7')],
    ['such a parameter, read at each start', ec2.MachineImage.resolveSsmParameterAtLaunch('/images/ehr:7')],
  ])('by %s gives no warning', (_, image) => {
    expect(warningsFor(image)).toEqual([]);
  });

  test.each<[string, ec2.IMachineImage]>([
    ['the latest', ec2.MachineImage.latestAmazonLinux2023()],
    ['a parameter without a version', ec2.MachineImage.fromSsmParameter('/images/ehr')],
    ['such a parameter, read at each start', ec2.MachineImage.resolveSsmParameterAtLaunch('/images/ehr')],
  ])('by %s gives a warning', (_, image) => {
    expect(warningsFor(image)).toEqual([expect.stringContaining('can bring other code than the one before it')]);
  });

  test('by an id for each Region gives none where the Region is not known yet', () => {
    const stack = new Stack(new App(), 'Ehr');
    clinicalAppIn(stack, { app: { compute: fleet() } });
    expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('the image is'))).toEqual([]);
  });
});

test('load balancers of every kind send to it, on the ports it listens on', () => {
  const { applicationTarget, networkTargets, autoScalingGroup } = fleetApp({ additionalPorts: [2575] }).compute;
  expect(applicationTarget).toBeDefined();
  expect(networkTargets?.forPort(2575)).toBe(autoScalingGroup);
  expect(() => networkTargets?.forPort(2576)).toThrow(
    /does not listen on port 2576, only on 8080, 2575; .*\[PortNotListened at Ehr\/App\/Compute\/Group\]/,
  );
});

test('is brought to full capacity in a disaster by raising its minimum, which a later deployment confirms', () => {
  const { activation } = fleetApp({ reservedCapacity: {} }, standby(0)).compute;
  expect(activation?.units).toBe(9);
  expect(activation?.call.command).toContain(
    'aws autoscaling update-auto-scaling-group --region us-east-1 --auto-scaling-group-name ehr --min-size 9 --max-size 18',
  );
  expect(activation?.steps[0].duration.toSeconds()).toBe(10 + 180);
  expect(activation?.steps[0].source).toContain('finds capacity that is reserved');
  expect(fleetApp({}, standby(0)).compute.activation?.steps[0].source).toContain('capacity that nobody has reserved');
});

describe('alarms', () => {
  test.each([
    ['carries the peak', 6, 3],
    ['is left without a zone and was not replaced', 9, 30],
  ])('go off when fewer run than %s, and when none reports', (_, Threshold, EvaluationPeriods) => {
    templateOf().hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'GroupInServiceInstances',
      Threshold,
      EvaluationPeriods,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
    });
  });

  test('go off for CPU', () => {
    templateOf().hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'CPUUtilization', Threshold: 85 });
  });
});

describe('fails', () => {
  test.each<[string, Partial<Ec2FleetComputeProps>, RegExp]>([
    ['for a port out of range', { port: 0 }, /port must be 1 to 65535, got 0/],
    ['for a port named twice', { additionalPorts: [8080] }, /port 8080 is named twice/],
    ['for half an instance', { peakInstances: 1.5 }, /peakInstances must be a whole number above 0, got 1.5/],
    ['for an idle target', { targetCpuUtilizationPercent: 5 }, /targetCpuUtilizationPercent must be 10 to 90, got 5/],
    [
      'for a short life',
      { maxInstanceLifetime: Duration.hours(12) },
      /maxInstanceLifetime must be 1 to 365 days, got 0.5/,
    ],
    [
      'for an alternative of another architecture',
      { alternativeInstanceTypes: [new ec2.InstanceType('m7g.large')] },
      /m7g.large has another processor architecture than m7i.large/,
    ],
    [
      'for reservations of several types',
      { reservedCapacity: {}, alternativeInstanceTypes: [new ec2.InstanceType('m6i.large')] },
      /reservedCapacity holds one instance type/,
    ],
    [
      'for a warm pool of several types',
      { warmPool: {}, alternativeInstanceTypes: [new ec2.InstanceType('m6i.large')] },
      /several instance types cannot have a warm pool/,
    ],
    ['for metadata that travels', { metadataHopLimit: 3 }, /metadataHopLimit must be 1, or 2 .*, got 3/],
    ['for a name no shell takes', { environment: { 'a-b': AppSetting.of('x') } }, /digits and underscores, got "a-b"/],
    [
      'for a name that is both',
      { environment: { A: AppSetting.of('x') }, secrets: { A: AppSecret.databasePassword() } },
      /A cannot be both a setting and a secret/,
    ],
    [
      'for a name that is taken',
      { environment: { LOG_GROUP_NAME: AppSetting.of('x') } },
      /LOG_GROUP_NAME cannot be both/,
    ],
  ])('%s', (_, props, message) => {
    expect(() => fleet(props)).toThrow(message);
  });

  test('naming every mistake at once', () => {
    expect(() => fleet({ port: 0, peakInstances: 0 })).toThrow(
      /port must be .*; peakInstances must be .*InvalidEc2Fleet/,
    );
  });
});
