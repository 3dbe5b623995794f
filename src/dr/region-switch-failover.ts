import { ArnFormat, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { RecoveryAutomation, type RecoveryStep } from '../core';
import { warn } from '../core/private/warnings';
import { DnsFailover, type DnsFailoverOptions } from './dns-failover';
import type { FailoverBindOptions, FailoverConfig, IFailover } from './failover-ref';
import { Latch } from './private/latch';
import { LatchFunction } from './private/latch-function';
import { alarmNameOf, requirePlan } from './private/region-switch-checks';
import { type PlanTrigger, planRegion, RegionSwitchPlan } from './private/region-switch-plan';

/** Your functions that try the application, one in each Region. They fail when it does not work. */
export interface SmokeTest {
  /** ARN of the function in the primary Region. */
  readonly primaryFunctionArn: string;
  /** ARN of the function in the recovery Region. */
  readonly recoveryFunctionArn: string;
  /**
   * How long the application may take until the function succeeds. Part of the RTO; the plan calls again every minute.
   *
   * @default Duration.minutes(10)
   */
  readonly timeout?: Duration;
}

/** Options of a failover by ARC Region switch. `decisionTime` is how long the plan waits for an approval. */
export interface RegionSwitchOptions extends DnsFailoverOptions {
  /** The role of the people who may say yes: not that of those who start the plan. Give it by name, with `Role.fromRoleName`. */
  readonly approvers: iam.IRole;
  /**
   * How long compute may take to reach full size. Part of the RTO. ARC does not guarantee capacity: an ungraceful run goes on with
   * 80 % of it, which still carries the peak over up to five zones.
   *
   * @default Duration.minutes(20)
   */
  readonly scalingTime?: Duration;
  /**
   * Where compute is an Auto Scaling group: the ARN of the group in the primary Region, then of that in the recovery Region. Amazon EC2
   * Auto Scaling makes up a part of them, so they are written down once both Regions are deployed.
   *
   * @default - no plan is made for an Auto Scaling group, a warning says so, and people take the steps as with `Failover.dns`
   */
  readonly autoScalingGroupArns?: string[];
  /**
   * Alarms in the recovery Region, with a name of their own, that see from outside whether the primary Region works: for example of a canary
   * there that asks it. When the last of them goes off, ARC starts an execution, which changes nothing before somebody has approved. An
   * alarm of the primary Region is refused.
   *
   * @default - people start the plan
   * @see https://docs.aws.amazon.com/r53recovery/latest/dg/working-with-rs-triggers.html
   */
  readonly triggerAlarms?: cloudwatch.IAlarm[];
  /**
   * How long after alarms started an execution until they may start the next one: whole minutes.
   *
   * @default Duration.hours(1)
   */
  readonly triggerDelay?: Duration;
  /**
   * Tries the application before users are sent.
   *
   * @default - none: users are sent once tasks run and the database writes, and nobody has tried
   */
  readonly smokeTest?: SmokeTest;
}

/** Until DNS has followed the latch. */
const SENDING_TIME = Duration.minutes(5);

/**
 * A failover that is one execution of an ARC Region switch plan. Made by `Failover.regionSwitch`.
 *
 * The plan moves users by writing the latch of `Failover.dns`, not by health checks of its own: a record has one health check,
 * ARC's would have to cross from the plan's stack into both Regions, and DNS could then no longer send people where they can read
 * before somebody has decided.
 */
export class RegionSwitchFailover implements IFailover {
  public constructor(private readonly options: RegionSwitchOptions) {}

  /** @throws RegionSwitchNotPossible naming everything that stands against a plan */
  public bind(scope: Construct, options: FailoverBindOptions): FailoverConfig {
    requirePlan(scope, this.options, options);
    const dns = new DnsFailover(this.options).bind(scope, options);
    const { systemName, primaryRegion, recoveryRegion, compute, database } = options;
    if (compute.autoScalingGroup && !this.options.autoScalingGroupArns) {
      this.awaitGroups(scope, options);
      return { ...dns, activeRouting: undefined };
    }
    const latch = new Latch(systemName, recoveryRegion);
    new LatchFunction(options.primaryScope, 'SendUsers', { systemName, latch, value: 0 });
    new LatchFunction(scope, 'SendUsers', { systemName, latch, value: 1 });
    const made = this.makePlan(scope, options);
    const { plan } = made;
    new CfnOutput(plan.stack, 'PlanArn', { description: 'The plan, for people who run it', value: plan.attrArn });
    const execute = (mode: string, region: string) =>
      `aws arc-region-switch start-plan-execution --region ${region} --plan-arn "$(aws arc-region-switch list-plans-in-region --region ${region} --query "plans[?name=='${systemName}'].arn" --output text)" --action activate --target-region ${region} --mode ${mode}`;
    return {
      ...dns,
      decision: [...dns.decision, this.scaling()],
      scalesCompute: true,
      completion: this.completion(),
      activeRouting: undefined, // a plan moves users from one Region to the other
      executeCommand: execute('ungraceful', recoveryRegion),
      // a replica that was promoted returns by another one, which people make before
      executeReturnCommand: database?.replication?.instanceArns ? undefined : execute('graceful', primaryRegion),
      returnGate: database?.replication?.members && made,
    };
  }

  /** Amazon EC2 Auto Scaling makes up a part of a group's ARN, and no stack asks one in another Region. */
  private awaitGroups(scope: Construct, { systemName, primaryRegion, recoveryRegion }: FailoverBindOptions): void {
    const asked = [primaryRegion, recoveryRegion].map(
      (region) =>
        `aws autoscaling describe-auto-scaling-groups --region ${region} --auto-scaling-group-names ${systemName} --query AutoScalingGroups[].AutoScalingGroupARN --output text`,
    );
    warn(
      scope,
      'planAwaitsGroups',
      `no plan of ARC Region switch is made before it knows the Auto Scaling groups: people take the steps meanwhile, as with Failover.dns(). Deploy both Regions, then give autoScalingGroupArns what these print: ${asked.join('; ')}`,
    );
  }

  private makePlan(scope: Construct, options: FailoverBindOptions): RegionSwitchPlan {
    const { systemName, primaryRegion, recoveryRegion, objective, database } = options;
    const around = Stack.of(scope);
    const regions: [string, string] = [primaryRegion, recoveryRegion];
    const stack = new Stack(new Construct(scope, 'RegionSwitch'), 'Stack', {
      stackName: `${around.stackName}-Plan`,
      description: `Plan that moves ${systemName} between ${regions.join(' and ')}; deployed last`,
      env: { account: around.account, region: planRegion(primaryRegion) },
    });
    stack.addStackDependency(around);
    const { approvers, smokeTest, scalingTime, autoScalingGroupArns } = this.options;
    const promotion = (database?.replication?.promotion ?? []).reduce(
      (sum, { duration }) => sum.plus(duration),
      Duration.minutes(0),
    );
    const plan = new RegionSwitchPlan(stack, 'RegionSwitch', {
      systemName,
      regions,
      rto: objective.rto,
      approverRoleArn: stack.formatArn({
        service: 'iam',
        region: '',
        resource: 'role',
        resourceName: approvers.roleName,
      }),
      approvalTime: this.options.decisionTime ?? Duration.minutes(30),
      scalingTime: scalingTime ?? Duration.minutes(20),
      groupArns: autoScalingGroupArns,
      databaseTime: promotion,
      database: database?.replication?.members,
      instanceArns: database?.replication?.instanceArns,
      trigger: this.trigger(stack, recoveryRegion),
      smokeTest: smokeTest && {
        functionArns: [smokeTest.primaryFunctionArn, smokeTest.recoveryFunctionArn],
        time: smokeTest.timeout ?? Duration.minutes(10),
      },
      sendUsers: {
        functionArns: regions.map((region) => LatchFunction.arnIn(stack, systemName, region)),
        time: SENDING_TIME,
      },
    });
    new iam.ManagedPolicy(stack, 'MayApprove', {
      description: `Lets people approve a failover of ${systemName}`,
      roles: [approvers],
      statements: [
        new iam.PolicyStatement({
          actions: [
            'arc-region-switch:ApprovePlanExecutionStep',
            // nobody said how an execution is to run that alarms started
            ...(this.options.triggerAlarms ? ['arc-region-switch:UpdatePlanExecution'] : []),
          ],
          resources: [plan.plan.attrArn],
        }),
      ],
    });
    return plan;
  }

  private trigger(stack: Stack, targetRegion: string): PlanTrigger | undefined {
    const { triggerAlarms, triggerDelay } = this.options;
    if (!triggerAlarms) {
      return undefined;
    }
    for (const alarm of triggerAlarms) {
      stack.addStackDependency(Stack.of(alarm));
    }
    const alarmArns = triggerAlarms.map((alarm) =>
      stack.formatArn({
        service: 'cloudwatch',
        region: targetRegion,
        resource: 'alarm',
        resourceName: alarmNameOf(alarm),
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      }),
    );
    return { targetRegion, alarmArns, delay: triggerDelay ?? Duration.hours(1) };
  }

  private scaling(): RecoveryStep {
    return {
      description: 'ARC Region switch brings compute to full size',
      duration: this.options.scalingTime ?? Duration.minutes(20),
      automation: RecoveryAutomation.AUTOMATIC,
      source: 'timeout of the step in the plan',
    };
  }

  private completion(): RecoveryStep[] {
    const { smokeTest } = this.options;
    const sending: RecoveryStep = {
      description: 'ARC Region switch sends users',
      duration: SENDING_TIME,
      automation: RecoveryAutomation.AUTOMATIC,
      source: 'timeout of the step in the plan',
    };
    return smokeTest
      ? [
          {
            description: 'the smoke test succeeds',
            duration: smokeTest.timeout ?? Duration.minutes(10),
            automation: RecoveryAutomation.AUTOMATIC,
            source: 'timeout of the step in the plan',
          },
          sending,
        ]
      : [sending];
  }
}
