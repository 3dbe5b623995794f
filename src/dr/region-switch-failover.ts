import { CfnOutput, Duration, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { RecoveryAutomation, type RecoveryStep } from '../core';
import { Problems } from '../core/private/fail';
import { partitionOf } from '../core/private/tokens';
import { DnsFailover, type DnsFailoverOptions } from './dns-failover';
import type { FailoverBindOptions, FailoverConfig, IFailover } from './failover-ref';
import { Latch } from './private/latch';
import { LatchFunction } from './private/latch-function';
import { planRegion, RegionSwitchPlan } from './private/region-switch-plan';

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
    this.validate(scope, options);
    const dns = new DnsFailover(this.options).bind(scope, options);
    const { systemName, primaryRegion, recoveryRegion } = options;
    const latch = new Latch(systemName, recoveryRegion);
    new LatchFunction(options.primaryScope, 'SendUsers', { systemName, latch, value: 0 });
    new LatchFunction(scope, 'SendUsers', { systemName, latch, value: 1 });
    const { plan } = this.makePlan(scope, options);
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
      executeReturnCommand: execute('graceful', primaryRegion),
    };
  }

  private validate(scope: Construct, { compute, database, primaryRegion, systemName }: FailoverBindOptions): void {
    const problems = new Problems(scope, 'RegionSwitchNotPossible');
    problems.require(
      partitionOf(primaryRegion) === 'aws',
      `ARC Region switch with public DNS records is in the commercial Regions only, got ${primaryRegion}; use Failover.manual()`,
    );
    problems.require(
      compute.service !== undefined && !compute.runsOnce,
      'the plan scales an Amazon ECS service in both Regions, and the compute is none, or must run once; use Failover.dns(), whose steps people take',
    );
    problems.require(
      !database || database.replication?.members !== undefined || database.replication?.writesInBoth === true,
      'the plan moves the writer of an Aurora global database, and the database is none; use Failover.dns(), whose steps people take',
    );
    problems.require(
      !Token.isUnresolved(this.options.approvers.roleName),
      'approvers is a role made by a stack, which the plan must outlive; give it by name, with Role.fromRoleName',
    );
    problems.require(systemName.length <= 32, `a plan's name is at most 32 characters, got ${systemName}`);
    problems.throwIfAny();
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
    const { approvers, smokeTest, scalingTime } = this.options;
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
      databaseTime: promotion,
      database: database?.replication?.members,
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
          actions: ['arc-region-switch:ApprovePlanExecutionStep'],
          resources: [plan.plan.attrArn],
        }),
      ],
    });
    return plan;
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
