import { App, Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';
import {
  AppSecret,
  AppSetting,
  ClinicalTier,
  Compute,
  DataProtection,
  type FargateComputeProps,
  HealthProfile,
  ResilienceObjectives,
} from '../../src';
import { clinicalApp, clinicalAppIn, DIGEST, SmallNetwork, type TestAppOptions, VIRGINIA } from '../support/app';

const image = ecs.ContainerImage.fromRegistry(`example.org/ehr@${DIGEST}`);

function templateOf(options: TestAppOptions = {}): Template {
  return Template.fromStack(Stack.of(clinicalApp(options)));
}

function fargate(props: Partial<FargateComputeProps>) {
  return () => Compute.fargate({ image, port: 8080, peakTasks: 6, ...props });
}

function containerWith(props: object) {
  return { ContainerDefinitions: [Match.objectLike(props)] };
}

describe('capacity', () => {
  test.each([
    [2, 12],
    [3, 9],
    [4, 8],
  ])('over %d zones, a peak of 6 tasks runs %d', (zones, running) => {
    const template = templateOf({
      app: { network: new SmallNetwork(zones) },
    });
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', {
      MinCapacity: running,
      MaxCapacity: 2 * running,
    });
  });

  test('the service has no desired count, which a deployment after a failover would reset', () => {
    templateOf().hasResourceProperties('AWS::ECS::Service', { DesiredCount: Match.absent() });
  });

  test('an unknown number of zones counts as two, with a warning', () => {
    const app = clinicalApp({ app: { network: new SmallNetwork(3, false) } });
    Template.fromStack(Stack.of(app)).hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', {
      MinCapacity: 12,
    });
    Annotations.fromStack(Stack.of(app)).hasWarning('*', Match.stringLikeRegexp('capacity is computed for 2'));
  });

  test('a standby runs its share, and may grow as far as the other side', () => {
    const app = clinicalApp({ app: { _recoverySide: { pairedRegion: 'us-west-2', capacityPercent: 50 } } });
    expect(app.compute.capacity).toEqual({ peak: 6, running: 6, unit: 'task' });
    Template.fromStack(Stack.of(app)).hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', {
      MinCapacity: 6,
      MaxCapacity: 18,
    });
  });

  test('a standby without tasks has no alarms for missing ones', () => {
    const template = templateOf({ app: { _recoverySide: { pairedRegion: 'us-west-2', capacityPercent: 0 } } });
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 0 });
    template.resourcePropertiesCountIs('AWS::CloudWatch::Alarm', { TreatMissingData: 'breaching' }, 0);
  });

  test('scaling follows CPU, and memory where asked', () => {
    const template = templateOf({
      compute: { targetCpuUtilizationPercent: 50, targetMemoryUtilizationPercent: 70, maxTasks: 40 },
    });
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MaxCapacity: 40 });
    for (const [PredefinedMetricType, TargetValue] of [
      ['ECSServiceAverageCPUUtilization', 50],
      ['ECSServiceAverageMemoryUtilization', 70],
    ]) {
      template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
        TargetTrackingScalingPolicyConfiguration: Match.objectLike({
          PredefinedMetricSpecification: { PredefinedMetricType },
          TargetValue,
        }),
      });
    }
  });

  test('fails when maxTasks is below what runs all the time', () => {
    expect(() => clinicalApp({ compute: { maxTasks: 8 } })).toThrow(
      /maxTasks is 8, but surviving the loss of one of 3 zones with 6 tasks takes 9 .*\[InvalidCapacity at/,
    );
  });
});

describe('deployments', () => {
  test('keep full capacity, spread over zones, and are undone when they fail or alarms go off', () => {
    const template = templateOf();
    template.hasResourceProperties('AWS::ECS::Service', {
      AvailabilityZoneRebalancing: 'ENABLED',
      DeploymentConfiguration: {
        MinimumHealthyPercent: 100,
        MaximumPercent: 200,
        DeploymentCircuitBreaker: { Enable: true, Rollback: true },
        Alarms: {
          Enable: true,
          Rollback: true,
          AlarmNames: ['ehr-us-east-1-ingress-server-errors', 'ehr-us-east-1-ingress-latency'],
        },
      },
      EnableExecuteCommand: false,
      PropagateTags: 'SERVICE',
      ServiceName: 'ehr',
    });
    template.hasResourceProperties('AWS::ECS::Cluster', {
      ClusterName: 'ehr',
      ClusterSettings: [{ Name: 'containerInsights', Value: 'enabled' }],
    });
  });

  test('start after the alarms that watch them and the permissions that starting takes', () => {
    templateOf().hasResource('AWS::ECS::Service', {
      DependsOn: Match.arrayWith([
        Match.stringLikeRegexp('ExecutionRolePolicy'),
        Match.stringLikeRegexp('TelemetryLatency'),
        Match.stringLikeRegexp('TelemetryServerErrors'),
      ]),
    });
  });

  test('the alarms they watch have names without a Region where that is unknown', () => {
    const stack = new Stack(new App(), 'Ehr');
    clinicalAppIn(stack);
    Template.fromStack(stack).hasResourceProperties('AWS::ECS::Service', {
      DeploymentConfiguration: Match.objectLike({
        Alarms: Match.objectLike({ AlarmNames: ['ehr-ingress-server-errors', 'ehr-ingress-latency'] }),
      }),
    });
  });
});

describe('start-up', () => {
  const objectives = ResilienceObjectives.forTier(ClinicalTier.OPERATIONAL, { biaReference: 'BIA-1' });

  test('the measured budget becomes the grace period', () => {
    const health = HealthProfile.http('/', { startup: Duration.seconds(330) });
    templateOf({ app: { health } }).hasResourceProperties('AWS::ECS::Service', { HealthCheckGracePeriodSeconds: 330 });
  });

  test('a lower tier gets a minute where nobody measured', () => {
    templateOf({ app: { health: HealthProfile.http('/'), objectives } }).hasResourceProperties('AWS::ECS::Service', {
      HealthCheckGracePeriodSeconds: 60,
    });
  });

  test('fails where care depends on it and nobody measured', () => {
    expect(() => clinicalApp({ app: { health: HealthProfile.http('/') } })).toThrow(
      /a LIFE_CRITICAL system must know how long a task may take to start.*\[MissingStartupBudget at Ehr\/App\]/,
    );
  });
});

describe('the container', () => {
  test('has a read-only file system, another user than root, a hard memory limit and a log that cannot stop it', () => {
    templateOf().hasResourceProperties('AWS::ECS::TaskDefinition', {
      Cpu: '1024',
      Memory: '2048',
      NetworkMode: 'awsvpc',
      RuntimePlatform: { CpuArchitecture: 'X86_64', OperatingSystemFamily: 'LINUX' },
      ...containerWith({
        User: '65532',
        Memory: 2048,
        ReadonlyRootFilesystem: true,
        StopTimeout: 60,
        LinuxParameters: Match.objectLike({ InitProcessEnabled: true }),
        LogConfiguration: { LogDriver: 'awslogs', Options: Match.objectLike({ mode: 'non-blocking' }) },
      }),
    });
  });

  test('takes every option', () => {
    const template = templateOf({
      compute: {
        cpu: 2048,
        memoryLimitMiB: 8192,
        cpuArchitecture: ecs.CpuArchitecture.ARM64,
        user: '1000:1000',
        command: ['serve'],
        stopTimeout: Duration.seconds(120),
        writablePaths: ['/tmp', '/app/target'],
        logRetention: logs.RetentionDays.TEN_YEARS,
      },
    });
    template.hasResourceProperties('AWS::ECS::TaskDefinition', {
      Cpu: '2048',
      Memory: '8192',
      RuntimePlatform: Match.objectLike({ CpuArchitecture: 'ARM64' }),
      Volumes: [{ Name: 'writable-0' }, { Name: 'writable-1' }],
      ...containerWith({
        User: '1000:1000',
        Command: ['serve'],
        StopTimeout: 120,
        MountPoints: [
          { ContainerPath: '/tmp', SourceVolume: 'writable-0', ReadOnly: false },
          { ContainerPath: '/app/target', SourceVolume: 'writable-1', ReadOnly: false },
        ],
      }),
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 3653 });
  });

  test('can write to its own file system where that is asked for', () => {
    templateOf({ compute: { readonlyRootFilesystem: false } }).hasResourceProperties(
      'AWS::ECS::TaskDefinition',
      containerWith({ ReadonlyRootFilesystem: false }),
    );
  });

  test('may start as root where somebody says why, which the template says as well', () => {
    const acknowledgeRoot = 'the entry point opens port 443 as root and then becomes apache';
    templateOf({ compute: { user: 'root', port: 443, acknowledgeRoot } }).hasResource('AWS::ECS::TaskDefinition', {
      Metadata: { 'cdk-resilient-ehr:root': acknowledgeRoot },
      Properties: { ContainerDefinitions: [Match.objectLike({ User: 'root' })] },
    });
  });

  test('logs under a customer key that CloudWatch Logs may use', () => {
    const template = templateOf();
    template.hasResource('AWS::Logs::LogGroup', {
      DeletionPolicy: 'Retain',
      Properties: { KmsKeyId: Match.anyValue(), RetentionInDays: 365 },
    });
    template.hasResourceProperties('AWS::KMS::Key', {
      EnableKeyRotation: true,
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Principal: { Service: 'logs.us-east-1.amazonaws.com' },
            Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': Match.anyValue() } },
          }),
        ]),
      },
    });
  });

  test('its roles are assumed by tasks of this account only, and carry no inline policy', () => {
    const template = templateOf();
    template.resourceCountIs('AWS::IAM::Policy', 0);
    template.allResourcesProperties('AWS::IAM::Role', { Policies: Match.absent() });
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          Match.objectLike({
            Principal: { Service: 'ecs-tasks.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': '111111111111' } },
          }),
        ],
      },
    });
  });
});

describe('the GuardDuty agent', () => {
  const agent = Match.objectLike({
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Action: ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'],
          Resource: Match.objectLike({}),
        }),
      ]),
    },
  });

  const namesAgent = (template: Template) =>
    JSON.stringify(template.findResources('AWS::IAM::ManagedPolicy')).includes(
      ':*:repository/aws-guardduty-agent-fargate',
    );

  test('may be started beside the application', () => {
    templateOf().hasResourceProperties('AWS::IAM::ManagedPolicy', agent);
    expect(namesAgent(templateOf())).toBe(true);
  });

  test('gets no right where runtime monitoring is not wanted', () => {
    expect(namesAgent(templateOf({ compute: { runtimeMonitoring: false } }))).toBe(false);
  });
});

describe('the image', () => {
  function warningsFor(image: (stack: Stack) => ecs.ContainerImage): string[] {
    const stack = new Stack(new App(), 'Ehr', { env: VIRGINIA });
    clinicalAppIn(stack, { compute: { image: image(stack) } });
    return Annotations.fromStack(stack)
      .findWarning('*', Match.anyValue())
      .map(({ entry }) => String(entry.data));
  }

  test('by digest gives no warning', () => {
    expect(warningsFor(() => image)).toEqual([]);
  });

  test('by tag gives a warning', () => {
    expect(warningsFor(() => ecs.ContainerImage.fromRegistry('hapiproject/hapi:v8.8.0'))).toEqual([
      expect.stringContaining('the image is named by a tag'),
    ]);
  });

  test('by tag of a repository that is only known at deployment gives a warning', () => {
    expect(
      warningsFor((stack) => ecs.ContainerImage.fromEcrRepository(new ecr.Repository(stack, 'Images'), 'v1')),
    ).toHaveLength(1);
  });

  test('as a CDK asset gives no warning: its tag is the hash of its content', () => {
    expect(warningsFor(() => ecs.ContainerImage.fromAsset(__dirname, { file: 'app-setting.test.ts' }))).toEqual([]);
  });

  test('in the registry of another Region gives a warning', () => {
    const far = `111111111111.dkr.ecr.us-west-2.amazonaws.com/ehr@${DIGEST}`;
    expect(warningsFor(() => ecs.ContainerImage.fromRegistry(far))).toContainEqual(
      expect.stringContaining('tasks in us-east-1 pull their image from us-west-2'),
    );
  });
});

describe('alarms', () => {
  test('go off when fewer tasks run than carry the peak, and when none reports', () => {
    templateOf().hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'ECS/ContainerInsights',
      MetricName: 'RunningTaskCount',
      Threshold: 6,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
    });
  });

  test.each([
    ['CPUUtilization', 85],
    ['MemoryUtilization', 90],
  ])('go off for %s from %d %%', (MetricName, Threshold) => {
    templateOf().hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName, Threshold });
  });
});

test('a command in the container can tell whether it works', () => {
  const containerHealthCheck = { command: ['CMD-SHELL', 'works'], retries: 6, interval: Duration.seconds(30) };
  templateOf({ compute: { containerHealthCheck } }).hasResourceProperties(
    'AWS::ECS::TaskDefinition',
    containerWith({ HealthCheck: Match.objectLike({ Command: ['CMD-SHELL', 'works'], Retries: 6, Interval: 30 }) }),
  );
});

describe('fails', () => {
  test.each<[string, Partial<FargateComputeProps>, RegExp]>([
    ['for root', { user: 'root' }, /user must not be root, got "root"/],
    [
      'for root without a reason',
      { user: 'root', acknowledgeRoot: ' ' },
      /acknowledgeRoot must say why the image must start as root, got an empty string/,
    ],
    [
      'for a reason without root',
      { acknowledgeRoot: 'the entry point' },
      /acknowledgeRoot is given, but user is "65532", who is not root; leave it out/,
    ],
    ['for user 0', { user: '0:0' }, /user must not be root, got "0:0"/],
    ['for a port out of range', { port: 70000 }, /port must be 1 to 65535, got 70000/],
    ['for another port out of range', { additionalPorts: [0] }, /port of additionalPorts must be 1 to 65535, got 0/],
    ['for a port named as both', { additionalPorts: [8080] }, /port 8080 is named twice/],
    ['for a port named twice', { additionalPorts: [2575, 2575] }, /port 2575 is named twice/],
    ['for no tasks', { peakTasks: 0 }, /peakTasks must be a whole number above 0, got 0/],
    ['for half a task', { peakTasks: 1.5 }, /peakTasks .* got 1.5/],
    ['for a size Fargate does not have', { cpu: 1000 }, /cpu must be one of/],
    ['for a relative path', { writablePaths: ['tmp'] }, /must be absolute and not the root, got "tmp"/],
    ['for the whole file system', { writablePaths: ['/'] }, /must be absolute and not the root, got "\/"/],
    ['for a hasty stop', { stopTimeout: Duration.seconds(5) }, /stopTimeout must be 30 to 120 seconds, got 5/],
    ['for an idle target', { targetCpuUtilizationPercent: 5 }, /targetCpuUtilizationPercent must be 10 to 90, got 5/],
    [
      'for a name that is both',
      { environment: { A: AppSetting.of('x') }, secrets: { A: AppSecret.databasePassword() } },
      /A cannot be both a setting and a secret/,
    ],
  ])('%s', (_, props, message) => {
    expect(fargate(props)).toThrow(message);
  });

  test('naming every mistake at once', () => {
    expect(fargate({ user: 'root', port: 0 })).toThrow(/port must be .*; user must not be root.*InvalidFargateCompute/);
  });
});

test('logs go with their stack where data may', () => {
  const dataProtection = DataProtection.destroyWithStack({ acknowledgeDataLoss: 'sandbox' });
  const template = templateOf({ app: { dataProtection } });
  template.allResources('AWS::Logs::LogGroup', { DeletionPolicy: 'Delete' });
});
