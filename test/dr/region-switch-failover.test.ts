import { Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import {
  ClinicalTier,
  type CrossRegionDrProps,
  DrStrategy,
  Failover,
  type RegionSwitchOptions,
  ResilienceObjectives,
} from '../../src';
import { Latch } from '../../src/dr/private/latch';
import { latchCode } from '../../src/dr/private/latch-function';
import { type HospitalOptions, hospital } from '../support/hospital';

const smokeTest = {
  primaryFunctionArn: 'arn:aws:lambda:us-east-1:111111111111:function:smoke',
  recoveryFunctionArn: 'arn:aws:lambda:us-west-2:111111111111:function:smoke',
};

function planned(
  options: Partial<RegionSwitchOptions> = {},
  dr: Partial<CrossRegionDrProps> = {},
  more: HospitalOptions = {},
) {
  return hospital({
    primaryAccount: '111111111111',
    recoveryAccount: '111111111111',
    ...more,
    dr: (stack) => ({
      failover: Failover.regionSwitch({
        approvers: iam.Role.fromRoleName(stack, 'Approvers', 'ehr-incident-leads'),
        ...options,
      }),
      ...dr,
    }),
  });
}

function planStackOf({ dr }: { dr: { node: { findAll(): unknown[] } } }): Stack {
  return dr.node
    .findAll()
    .find((child): child is Stack => Stack.isStack(child) && child.stackName.endsWith('-Plan')) as Stack;
}

interface ClientConfig {
  readonly region: string;
  readonly maxAttempts: number;
  readonly requestHandler: { readonly requestTimeout: number; readonly throwOnRequestTimeout: boolean };
}

interface Step {
  readonly Name: string;
  readonly ExecutionBlockType: string;
  readonly ExecutionBlockConfiguration: Record<string, Record<string, unknown>>;
}

describe('a plan of ARC Region switch', () => {
  const made = planned({ smokeTest });
  const planStack = planStackOf(made);
  const template = Template.fromStack(planStack);
  const [plan] = Object.values(template.findResources('AWS::ARCRegionSwitch::Plan'));
  const steps: Step[] = plan.Properties.Workflows[0].Steps;
  const step = (name: string) =>
    Object.values(steps.find(({ Name }) => Name === name)?.ExecutionBlockConfiguration ?? {})[0];

  test('is made where its control plane is, after both Regions', () => {
    expect(planStack.region).toBe('us-east-1');
    expect(planStack.dependencies).toContain(made.recoveryStack);
  });

  test('knows both Regions and the objective, in the spelling the service accepts', () => {
    expect(plan.Properties).toMatchObject({
      Name: 'hapi-fhir',
      PrimaryRegion: 'us-east-1',
      Regions: ['us-east-1', 'us-west-2'],
      RecoveryApproach: 'activePassive',
      RecoveryTimeObjectiveMinutes: 240,
      Workflows: [{ WorkflowTargetAction: 'activate' }],
    });
  });

  test('somebody approves first, users are sent last', () => {
    expect(steps.map(({ Name, ExecutionBlockType }) => [Name, ExecutionBlockType])).toEqual([
      ['approve', 'ManualApproval'],
      ['scale-compute', 'ECSServiceScaling'],
      ['move-database', 'AuroraGlobalDatabase'],
      ['smoke-test', 'CustomActionLambda'],
      ['send-users', 'CustomActionLambda'],
    ]);
  });

  test('the database switches over, and fails over when the other Region is gone', () => {
    expect(step('move-database')).toMatchObject({
      Behavior: 'switchoverOnly',
      Ungraceful: { Ungraceful: 'failover' },
      GlobalClusterIdentifier: 'hapi-fhir-global',
      TimeoutMinutes: 15,
    });
    expect(JSON.stringify(step('move-database').DatabaseClusterArns)).toMatch(
      /rds:us-east-1:111111111111:cluster:hapi-fhir-us-east-1.*rds:us-west-2:111111111111:cluster:hapi-fhir-us-west-2/,
    );
  });

  test('the clusters and services it names are those of the two templates', () => {
    for (const [stack, region] of [
      [made.stack, 'us-east-1'],
      [made.recoveryStack, 'us-west-2'],
    ] as const) {
      const side = Template.fromStack(stack);
      side.hasResourceProperties('AWS::ECS::Cluster', { ClusterName: 'hapi-fhir' });
      side.hasResourceProperties('AWS::ECS::Service', { ServiceName: 'hapi-fhir' });
      side.hasResourceProperties('AWS::RDS::DBCluster', { DBClusterIdentifier: `hapi-fhir-${region}` });
      side.hasResourceProperties('AWS::Lambda::Function', { FunctionName: 'hapi-fhir-send-users' });
      expect(JSON.stringify(step('scale-compute').Services)).toContain(
        `ecs:${region}:111111111111:service/hapi-fhir/hapi-fhir`,
      );
      expect(JSON.stringify(step('send-users').Lambdas)).toContain(
        `lambda:${region}:111111111111:function:hapi-fhir-send-users`,
      );
    }
  });

  test('functions run in the Region that is activated, one from each', () => {
    for (const name of ['smoke-test', 'send-users']) {
      expect(step(name)).toMatchObject({ RegionToRun: 'activatingRegion', RetryIntervalMinutes: 1 });
      expect(step(name).Lambdas).toHaveLength(2);
    }
  });

  test('no step waits for longer than the estimate counts for it', () => {
    const steps = [...made.dr.estimate.untilReadable, ...made.dr.estimate.untilWritable];
    const counted = steps.reduce((sum, { duration }) => sum + duration.toMinutes({ integral: false }), 0);
    const minutes = ['approve', 'scale-compute', 'move-database', 'smoke-test', 'send-users'].map(
      (name) => step(name).TimeoutMinutes as number,
    );
    expect(minutes).toEqual([30, 20, 15, 10, 5]);
    // 2 minutes until DNS has moved those who only read, and 15 until connections that only read are gone
    expect(counted).toBe(minutes.reduce((sum, n) => sum + n, 0) + 2 + 15);
  });

  test('only what it changes is named in its permissions, and only ECS can be scaled', () => {
    const statements = Object.values(template.findResources('AWS::IAM::ManagedPolicy')).flatMap(
      ({ Properties }) => Properties.PolicyDocument.Statement,
    );
    const onAll = statements.filter(({ Resource }) => Resource === '*');
    const writes = onAll
      .flatMap(({ Action }) => [Action].flat())
      .filter((action) => !/:(Get|Describe|List)/.test(action));
    expect(writes).toEqual(['application-autoscaling:RegisterScalableTarget']);
    expect(onAll.find(({ Action }) => Action === writes[0])?.Condition).toEqual({
      StringEquals: { 'application-autoscaling:service-namespace': 'ecs' },
    });
  });

  test('approvers may approve this plan and nothing more', () => {
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      Roles: ['ehr-incident-leads'],
      PolicyDocument: {
        Statement: [
          {
            Action: 'arc-region-switch:ApprovePlanExecutionStep',
            Effect: 'Allow',
            Resource: { 'Fn::GetAtt': [Match.anyValue(), 'Arn'] },
          },
        ],
        Version: '2012-10-17',
      },
    });
  });

  test('DNS keeps its own health checks, so that people can read before anybody approves', () => {
    Template.fromStack(made.stack).hasResourceProperties('AWS::Route53::HealthCheck', {
      HealthCheckConfig: Match.objectLike({ Type: 'CALCULATED', HealthThreshold: 2 }),
    });
    expect(made.dr.estimate.rtoReadOnly.toSeconds()).toBe(120);
  });

  test('both ways are one command, and the way out asks the surviving Region alone', () => {
    const commands = Object.values(Template.fromStack(made.recoveryStack).findOutputs('*')).map(({ Value }) =>
      String(Value),
    );
    const [out, back] = ['ungraceful', 'graceful'].map((mode) => commands.find((c) => c.endsWith(`--mode ${mode}`)));
    expect(out).toContain('--action activate --target-region us-west-2');
    expect(out).not.toContain('us-east-1');
    expect(back).toContain('--action activate --target-region us-east-1');
  });
});

describe('the function that sends users', () => {
  const made = planned();

  /** Runs the inline code as AWS Lambda would, with a CloudWatch client that answers as told. */
  async function run(value: 0 | 1, send: (input: unknown) => Promise<unknown>) {
    const clients: ClientConfig[] = [];
    class CloudWatchClient {
      public constructor(config: ClientConfig) {
        clients.push(config);
      }
      public send = ({ input }: { input: unknown }) => send(input);
    }
    class PutMetricDataCommand {
      public constructor(public readonly input: unknown) {}
    }
    const exports: { handler?: () => Promise<unknown> } = {};
    const code = latchCode(new Latch('hapi-fhir', 'us-west-2'), value);
    new Function('require', 'exports', code)(() => ({ CloudWatchClient, PutMetricDataCommand }), exports);
    const result = await exports.handler?.();
    return { result, clients, handler: exports.handler };
  }

  test.each([[1], [0]] as const)('writes %d to the metric that the latch follows, in its Region', async (value) => {
    const sent: unknown[] = [];
    const { clients } = await run(value, async (input) => sent.push(input));
    expect(clients.map(({ region }) => region)).toEqual(['us-west-2']);
    expect(sent).toEqual([
      {
        Namespace: 'CdkResilientEhr',
        MetricData: [{ MetricName: 'FailedOver', Dimensions: [{ Name: 'System', Value: 'hapi-fhir' }], Value: value }],
      },
    ]);
    Template.fromStack(made.dr.landing.stack).hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'CdkResilientEhr',
      MetricName: 'FailedOver',
      Dimensions: [{ Name: 'System', Value: 'hapi-fhir' }],
    });
  });

  test('called twice it writes the same', async () => {
    const sent: unknown[] = [];
    const { handler } = await run(1, async (input) => sent.push(input));
    await handler?.();
    expect(sent[1]).toEqual(sent[0]);
  });

  test.each(['ThrottlingException', 'TimeoutError'])('a %s fails it, so that the plan calls again', async (name) => {
    await expect(run(1, () => Promise.reject(new Error(name)))).rejects.toThrow(name);
  });

  test('hears that nobody answers before its own time is over, so that the plan is told why', async () => {
    const { clients } = await run(1, async () => ({}));
    const [{ maxAttempts, requestHandler }] = clients;
    const template = Template.fromStack(made.recoveryStack);
    const [latch] = Object.values(
      template.findResources('AWS::Lambda::Function', {
        Properties: { FunctionName: Match.stringLikeRegexp('send-users$') },
      }),
    );
    expect(requestHandler.throwOnRequestTimeout).toBe(true);
    expect((maxAttempts * requestHandler.requestTimeout) / 1000).toBeLessThan(latch.Properties.Timeout);
  });

  test('fits into a template', () => {
    expect(latchCode(new Latch('a'.repeat(24), 'ap-southeast-7'), 1).length).toBeLessThan(4096);
  });
});

test('a pilot light is scaled by the plan, and counted once', () => {
  const region = { rto: Duration.hours(4), rpo: Duration.minutes(15) };
  const { dr } = planned({}, { strategy: DrStrategy.pilotLight() }, { app: () => ({ objectives: waits(region) }) });
  const steps = dr.estimate.untilReadable.map(({ description }) => description);
  expect(steps).toContain('ARC Region switch brings compute to full size');
  expect(steps.some((description) => description.startsWith('Amazon ECS starts'))).toBe(false);
});

test('the primary may be elsewhere: the plan still is where plans are made', () => {
  const made = planned({}, {}, { primaryRegion: 'eu-west-1', recoveryRegion: 'eu-central-1' });
  expect(planStackOf(made).region).toBe('us-east-1');
});

describe('fails', () => {
  test('when the plan takes longer than the RTO', () => {
    expect(() => planned({ decisionTime: Duration.hours(3), scalingTime: Duration.minutes(60) })).toThrow(
      /until users can write takes .*, rto allows 4 hours.*\[ObjectivesNotMet/,
    );
  });

  test('when approvers are a role of a stack', () => {
    expect(() =>
      hospital({
        dr: (stack) => ({
          failover: Failover.regionSwitch({
            approvers: new iam.Role(stack, 'Mine', { assumedBy: new iam.AccountRootPrincipal() }),
          }),
        }),
      }),
    ).toThrow(/approvers is a role made by a stack.*Role.fromRoleName.*\[RegionSwitchNotPossible/);
  });

  test('outside the commercial Regions', () => {
    expect(() => planned({}, {}, { primaryRegion: 'cn-north-1', recoveryRegion: 'cn-northwest-1' })).toThrow(
      /in the commercial Regions only, got cn-north-1; use Failover.manual\(\)/,
    );
  });
});

function waits(region: { rto: Duration; rpo: Duration }) {
  return ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, {
    biaReference: 'BIA-1',
    region,
    twoAvailabilityZones: region,
  });
}
