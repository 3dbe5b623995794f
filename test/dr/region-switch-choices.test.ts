import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { InstanceType, MachineImage } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ClinicalTier, Compute, Database, Failover, type RegionSwitchOptions, ResilienceObjectives } from '../../src';
import { type HospitalOptions, hospital } from '../support/hospital';
import { SIZE } from '../support/rds';
import { findingsOf } from '../support/rules';

const ACCOUNT = '111111111111';
const region = { rto: Duration.hours(4), rpo: Duration.minutes(15) };
const objectives = ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, {
  biaReference: 'BIA-1',
  region,
  twoAvailabilityZones: region,
});
const smokeTest = {
  primaryFunctionArn: `arn:aws:lambda:us-east-1:${ACCOUNT}:function:smoke`,
  recoveryFunctionArn: `arn:aws:lambda:us-west-2:${ACCOUNT}:function:smoke`,
};
const autoScalingGroupArns = ['us-east-1', 'us-west-2'].map(
  (of, index) => `arn:aws:autoscaling:${of}:${ACCOUNT}:autoScalingGroup:0000-${index}:autoScalingGroupName/hapi-fhir`,
);

/** A hospital whose failover is a plan. */
function planned(
  options: Partial<RegionSwitchOptions> | ((stack: Stack) => Partial<RegionSwitchOptions>) = {},
  app: ReturnType<NonNullable<HospitalOptions['app']>> = {},
) {
  return hospital({
    primaryAccount: ACCOUNT,
    recoveryAccount: ACCOUNT,
    app: () => ({ objectives, ...app }),
    dr: (stack) => ({
      failover: Failover.regionSwitch({
        approvers: iam.Role.fromRoleName(stack, 'Approvers', 'ehr-incident-leads'),
        smokeTest,
        ...(typeof options === 'function' ? options(stack) : options),
      }),
    }),
  });
}

/** A step as it is in the template: what it is, and what it is told. */
interface Step {
  readonly Name: string;
  readonly Description?: string;
  readonly ExecutionBlockType: string;
  readonly ExecutionBlockConfiguration: Record<string, Record<string, unknown>>;
}

interface PlanProperties {
  readonly Workflows: { readonly WorkflowTargetRegion?: string; readonly Steps: Step[] }[];
  readonly [property: string]: unknown;
}

/** The plan, and what a test asks of it. */
function planOf({ dr }: ReturnType<typeof hospital>) {
  const stack = dr.node
    .findAll()
    .find((child): child is Stack => Stack.isStack(child) && child.stackName.endsWith('-Plan')) as Stack;
  const template = readable(Template.fromStack(stack));
  const [plan] = Object.values(template.findResources('AWS::ARCRegionSwitch::Plan'));
  const properties: PlanProperties = plan.Properties;
  const stepsTo = (target: string): Step[] =>
    (
      properties.Workflows.find(({ WorkflowTargetRegion }) => WorkflowTargetRegion === target) ??
      properties.Workflows[0]
    ).Steps;
  return {
    stack,
    template,
    properties,
    stepsTo,
    /** Steps towards the recovery Region, in their order. */
    names: stepsTo('us-west-2').map(({ Name }) => Name),
    step: (name: string) => {
      const configurations = stepsTo('us-west-2').find(({ Name }) => Name === name)?.ExecutionBlockConfiguration ?? {};
      return Object.values(configurations)[0];
    },
    /** What the role of the plan, and the approvers, may do: on what. */
    rights: Object.values(template.findResources('AWS::IAM::ManagedPolicy')).flatMap(
      ({ Properties }) => Properties.PolicyDocument.Statement as { Action: string | string[]; Resource: unknown }[],
    ),
  };
}

/** The template in the commercial partition, so that ARNs are text. */
function readable(template: Template): Template {
  const text = JSON.stringify(template.toJSON());
  const arn = /\{"Fn::Join":\["",\["arn:",\{"Ref":"AWS::Partition"\},"([^"]+)"\]\]\}/g;
  return Template.fromJSON(JSON.parse(text.replace(arn, '"arn:aws$1"')));
}

/** What the judge finds, or cannot decide, of the plan. */
function againstPlan(template: Template): unknown[] {
  const { failed, unknown } = findingsOf(template.toJSON());
  return [...failed, ...unknown]
    .filter(({ resource }) => resource.type === 'AWS::ARCRegionSwitch::Plan')
    .map(({ rule, observed }) => [rule.id, observed]);
}

type Planned = ReturnType<typeof planOf>;
const rightOf = ({ rights }: Planned, action: string) => rights.find(({ Action }) => [Action].flat().includes(action));
const writesOnAll = ({ rights }: Planned) =>
  rights
    .filter(({ Resource }) => Resource === '*')
    .flatMap(({ Action }) => Action)
    .filter((action) => !/:(Get|Describe|List)/.test(action));

const fleet = Compute.ec2Fleet({
  machineImage: MachineImage.genericLinux({ 'us-east-1': 'ami-1', 'us-west-2': 'ami-2' }),
  instanceType: new InstanceType('m7i.large'),
  port: 8080,
  peakInstances: 6,
});
const replica = Database.rdsPostgres({ ...SIZE, databaseName: 'lis' });

const tasks = planOf(planned());
const groups = planOf(planned({ autoScalingGroupArns }, { compute: fleet }));
const promotedHospital = planned({}, { database: replica });
const promoted = planOf(promotedHospital);
const bare = Compute.fargate({
  image: ContainerImage.fromRegistry(`app@sha256:${'0'.repeat(64)}`),
  port: 8080,
  peakTasks: 6,
});
const stores = planOf(planned({}, { database: undefined, compute: bare }));

describe('whatever the plan moves', () => {
  const plans: [string, Planned, string[]][] = [
    ['tasks and an Aurora global database', tasks, ['scale-compute', 'move-database']],
    ['an Auto Scaling group', groups, ['scale-compute', 'move-database']],
    ['a read replica of Amazon RDS', promoted, ['scale-compute', 'promote-database']],
    ['no database', stores, ['scale-compute']],
  ];

  test.each(plans)('%s: a person first, users last, after somebody tried', (_name, { names }, between) => {
    expect(names).toEqual(['approve', ...between, 'smoke-test', 'send-users']);
  });

  test.each(plans)('%s: compute is brought to all that ran elsewhere, and 80 % of it will do', (_name, { step }) => {
    expect(step('scale-compute')).toMatchObject({
      TargetPercent: 100,
      CapacityMonitoringApproach: 'sampledMaxInLast24Hours',
      Ungraceful: { MinimumSuccessPercentage: 80 },
      TimeoutMinutes: 20,
    });
  });

  test.each(plans)('%s: nothing of an ungraceful run towards the recovery Region asks the lost one', (_name, plan) => {
    for (const { ExecutionBlockConfiguration } of plan.stepsTo('us-west-2')) {
      const [block] = Object.values(ExecutionBlockConfiguration);
      const { Behavior, Ungraceful, RegionToRun, Lambdas } = block as Record<string, { Ungraceful?: string } | string>;
      const asks = [
        Behavior === 'switchoverOnly' && (Ungraceful as { Ungraceful?: string })?.Ungraceful !== 'failover',
        RegionToRun !== undefined && RegionToRun !== 'activatingRegion',
        Lambdas !== undefined && !JSON.stringify(Lambdas).includes('lambda:us-west-2:'),
      ];
      expect(asks).toEqual([false, false, false]);
    }
  });

  test.each(plans)('%s: DNS keeps the health checks that it has, and the plan brings none', (_name, { properties }) => {
    expect(JSON.stringify(properties)).not.toMatch(/Route53HealthCheckConfig|ArcRoutingControlConfig/);
  });

  test.each(plans)('%s: the judge knows every block, and finds nothing against the plan', (_name, { template }) => {
    expect(againstPlan(template)).toEqual([]);
  });

  test.each(plans)('%s: what it changes is named, but for what AWS gives no name', (_name, plan, [, database]) => {
    const unnamed = plan === groups ? [] : ['application-autoscaling:RegisterScalableTarget'];
    expect(writesOnAll(plan)).toEqual(unnamed);
    expect(rightOf(plan, 'rds:FailoverGlobalCluster') !== undefined).toBe(database === 'move-database');
    expect(rightOf(plan, 'rds:PromoteReadReplica') !== undefined).toBe(database === 'promote-database');
  });
});

describe('a plan for Auto Scaling groups', () => {
  test('scales the groups that were written down', () => {
    expect(groups.step('scale-compute').Asgs).toEqual(autoScalingGroupArns.map((Arn) => ({ Arn })));
    expect(rightOf(groups, 'autoscaling:UpdateAutoScalingGroup')?.Resource).toEqual(autoScalingGroupArns);
    expect(groups.rights.flatMap(({ Action }) => Action).filter((action) => /^ecs:/.test(action))).toEqual([]);
  });

  test('is not made before they are, and people take the steps meanwhile', () => {
    const { app, dr, recoveryStack } = planned({}, { compute: fleet });
    const warnings = dr.node.metadata.map(({ data }) => JSON.stringify(data)).join();
    expect(warnings).toMatch(
      /no plan of ARC Region switch is made before .* --region us-east-1 .*; aws autoscaling describe-auto-scaling-groups --region us-west-2 --auto-scaling-group-names hapi-fhir/,
    );
    expect(app.node.findAll().filter((child) => Stack.isStack(child) && child.stackName.endsWith('-Plan'))).toEqual([]);
    expect(dr.failover.executeCommand).toBeUndefined();
    expect(Object.keys(Template.fromStack(recoveryStack).findOutputs('*')).join()).not.toMatch(/FailOver|FailBack/);
  });

  test.each([
    ['one', autoScalingGroupArns.slice(0, 1)],
    ['none', []],
    ['those of the Regions in the other order', [...autoScalingGroupArns].reverse()],
    ['a group of another name', autoScalingGroupArns.map((arn) => `${arn}-2`)],
    ['names instead of ARNs', ['hapi-fhir', 'hapi-fhir']],
  ])('refuses %s', (_name, arns) => {
    expect(() => planned({ autoScalingGroupArns: arns }, { compute: fleet })).toThrow(
      /autoScalingGroupArns must be the ARNs of the group hapi-fhir in us-east-1 and in us-west-2, in this order.*\[RegionSwitchNotPossible/,
    );
  });

  test('refuses them for tasks', () => {
    expect(() => planned({ autoScalingGroupArns })).toThrow(/the compute is no Auto Scaling group; leave it out/);
  });
});

describe('a plan for a read replica', () => {
  const [primary, recovery] = ['us-east-1', 'us-west-2'].map((of) => `arn:aws:rds:${of}:${ACCOUNT}:db:hapi-fhir-${of}`);

  test('promotes it in the recovery Region, under the names of the two templates', () => {
    expect(promoted.step('promote-database')).toEqual({
      DbInstanceArnMap: { 'us-east-1': primary, 'us-west-2': recovery },
      TimeoutMinutes: 15,
    });
    Template.fromStack(promotedHospital.stack).hasResourceProperties('AWS::RDS::DBInstance', {
      DBInstanceIdentifier: 'hapi-fhir-us-east-1',
    });
    Template.fromStack(promotedHospital.recoveryStack).hasResourceProperties('AWS::RDS::DBInstance', {
      DBInstanceIdentifier: 'hapi-fhir-us-west-2',
      SourceRegion: 'us-east-1',
    });
  });

  test('may promote and modify the replica, and make no other', () => {
    expect(rightOf(promoted, 'rds:PromoteReadReplica')).toMatchObject({
      Action: ['rds:ModifyDBInstance', 'rds:PromoteReadReplica'],
      Resource: recovery,
    });
    expect(rightOf(promoted, 'rds:CreateDBInstanceReadReplica')).toBeUndefined();
  });

  test('promotes nothing on the way back, because the former source follows nothing', () => {
    expect(promoted.properties.Workflows.map(({ WorkflowTargetRegion }) => WorkflowTargetRegion)).toEqual([
      'us-west-2',
      'us-east-1',
    ]);
    const back = promoted.stepsTo('us-east-1');
    expect(back.map(({ Name }) => Name)).toEqual(['approve', 'scale-compute', 'smoke-test', 'send-users']);
    expect(back[0].Description).toContain('this plan moves no database to this Region');
  });

  test('claims no way back in one command', () => {
    const outputs = Object.keys(Template.fromStack(promotedHospital.recoveryStack).findOutputs('*')).join();
    expect(outputs).toContain('FailOver');
    expect(outputs).not.toContain('FailBack');
  });

  test('waits for the promotion as long as the estimate counts for it', () => {
    const { untilWritable } = promotedHospital.dr.estimate;
    const promotion = untilWritable.find(({ description }) => description.includes('Promotion of the read replica'));
    expect(promotion?.duration.toMinutes()).toBe(15);
  });
});

describe('alarms that start the plan', () => {
  const outside = (stack: Stack, alarmName: string | undefined, id = alarmName ?? 'Unnamed') =>
    new cloudwatch.Alarm(stack, id, {
      alarmName,
      metric: new cloudwatch.Metric({ namespace: 'CloudWatchSynthetics', metricName: 'Failed', region: stack.region }),
      threshold: 1,
      evaluationPeriods: 3,
    });
  const made = planned((stack) => ({
    triggerAlarms: [outside(stack, 'ehr-not-seen'), outside(stack, 'ehr-no-login')],
  }));
  const triggered = planOf(made);

  test('begin an execution when all of them are on, at most every hour', () => {
    const names = ['primary-lost-1', 'primary-lost-2'];
    expect(triggered.properties.AssociatedAlarms).toEqual({
      'primary-lost-1': { AlarmType: 'trigger', ResourceIdentifier: expectedAlarm('ehr-not-seen') },
      'primary-lost-2': { AlarmType: 'trigger', ResourceIdentifier: expectedAlarm('ehr-no-login') },
    });
    expect(triggered.properties.Triggers).toEqual([
      {
        Action: 'activate',
        TargetRegion: 'us-west-2',
        Description: expect.stringContaining('waits for an approval'),
        Conditions: names.map((AssociatedAlarmName) => ({ AssociatedAlarmName, Condition: 'red' })),
        MinDelayMinutesBetweenExecutions: 60,
      },
    ]);
  });

  test('change nothing before somebody approved, who is told to say how it is to run', () => {
    const [first] = triggered.stepsTo('us-west-2');
    expect(first).toMatchObject({ Name: 'approve', ExecutionBlockType: 'ManualApproval' });
    expect(first.Description).toContain('switch the execution to ungraceful before you approve');
    expect(rightOf(triggered, 'arc-region-switch:UpdatePlanExecution')?.Action).toContain(
      'arc-region-switch:ApprovePlanExecutionStep',
    );
    expect(rightOf(tasks, 'arc-region-switch:UpdatePlanExecution')).toBeUndefined();
  });

  test('may be read by the plan, and are deployed before it', () => {
    expect(rightOf(triggered, 'cloudwatch:DescribeAlarms')?.Resource).toBe('*');
    expect(triggered.stack.dependencies).toContain(made.recoveryStack);
  });

  test('are none by default', () => {
    expect(tasks.properties.Triggers).toBeUndefined();
    expect(tasks.properties.AssociatedAlarms).toBeUndefined();
    expect(rightOf(tasks, 'cloudwatch:DescribeAlarms')).toBeUndefined();
  });

  test('are none that the judge would not trust', () => {
    expect(againstPlan(triggered.template)).toEqual([]);
  });

  test('may be composed, or of another stack of that Region, or imported', () => {
    const { properties, stack: plan } = planOf(
      planned((stack) => {
        const other = new Stack(App.of(stack) as App, 'Watch', { env: { region: 'us-west-2', account: ACCOUNT } });
        const composite = new cloudwatch.CompositeAlarm(other, 'Both', {
          compositeAlarmName: 'ehr-lost',
          alarmRule: cloudwatch.AlarmRule.fromBoolean(true),
        });
        const imported = cloudwatch.Alarm.fromAlarmArn(
          stack,
          'Imported',
          `arn:aws:cloudwatch:us-west-2:${ACCOUNT}:alarm:bedside-monitor`,
        );
        return { triggerAlarms: [composite, imported], triggerDelay: Duration.hours(4) };
      }),
    );
    expect(JSON.stringify(properties.AssociatedAlarms)).toMatch(/alarm:ehr-lost.*alarm:bedside-monitor/);
    expect(properties.Triggers).toMatchObject([{ MinDelayMinutesBetweenExecutions: 240 }]);
    expect(plan.dependencies.map(({ node }) => node.id)).toContain('Watch');
  });

  test.each<[string, (stack: Stack) => Partial<RegionSwitchOptions>, RegExp]>([
    [
      'of the primary Region',
      (stack) => ({
        triggerAlarms: [
          cloudwatch.Alarm.fromAlarmArn(stack, 'Theirs', `arn:aws:cloudwatch:us-east-1:${ACCOUNT}:alarm:ehr-down`),
        ],
      }),
      /is in us-east-1, and says nothing when that Region is lost; watch us-east-1 from us-west-2/,
    ],
    [
      'of a stack of the primary Region',
      (stack) => {
        const other = new Stack(App.of(stack) as App, 'Watch', { env: { region: 'us-east-1', account: ACCOUNT } });
        return { triggerAlarms: [outside(other, 'ehr-down')] };
      },
      /Watch\/ehr-down is in us-east-1/,
    ],
    [
      'of a third Region',
      (stack) => {
        const other = new Stack(App.of(stack) as App, 'Watch', { env: { region: 'eu-west-1', account: ACCOUNT } });
        return { triggerAlarms: [outside(other, 'ehr-down')] };
      },
      /is in eu-west-1, and ARC reads alarms of the Region that is activated/,
    ],
    [
      'of another account',
      (stack) => {
        const other = new Stack(App.of(stack) as App, 'Watch', {
          env: { region: 'us-west-2', account: '999999999999' },
        });
        return { triggerAlarms: [outside(other, 'ehr-down')] };
      },
      /is in the account 999999999999, not in 111111111111/,
    ],
    ['without a name', (stack) => ({ triggerAlarms: [outside(stack, undefined)] }), /has no name of its own/],
    ['of none', () => ({ triggerAlarms: [] }), /1 to 10 different alarms, got 0/],
    [
      'twice',
      (stack) => ({ triggerAlarms: [outside(stack, 'same', 'One'), outside(stack, 'same', 'Two')] }),
      /1 to 10 different alarms, got 2/,
    ],
    [
      'of more than ARC takes',
      (stack) => ({ triggerAlarms: Array.from({ length: 11 }, (_, index) => outside(stack, `alarm-${index}`)) }),
      /1 to 10 different alarms, got 11/,
    ],
    ['with a delay and nothing else', () => ({ triggerDelay: Duration.hours(1) }), /but no triggerAlarms/],
    [
      'with a delay of seconds',
      (stack) => ({ triggerAlarms: [outside(stack, 'a')], triggerDelay: Duration.seconds(90) }),
      /triggerDelay must be whole minutes, one at least, got 1 minute 30 seconds/,
    ],
  ])('refuses alarms %s', (_name, options, error) => {
    expect(() => planned(options)).toThrow(error);
  });

  function expectedAlarm(name: string): string {
    return `arn:aws:cloudwatch:us-west-2:${ACCOUNT}:alarm:${name}`;
  }
});

describe('refuses, with the true reason,', () => {
  test('what must run once', () => {
    const image = ContainerImage.fromRegistry(`engine@sha256:${'0'.repeat(64)}`);
    expect(() => planned({}, { compute: Compute.activePassive({ image, port: 8080 }) })).toThrow(
      /must run once, and the plan would start it in one Region without stopping it in the other/,
    );
  });
});
