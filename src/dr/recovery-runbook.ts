import { CfnOutput, Lazy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { fail } from '../core/private/fail';
import type { CrossRegionDr } from './cross-region-dr';
import { isActiveActive } from './private/active-active';
import { type AutomatedStep, FailoverAutomation } from './private/failover-automation';
import { cycleFrom, inRecoveryOrder, type Ordered } from './private/recovery-order';
import { isRestore } from './private/restoration';
import { doneWhen, failbackSteps, failoverSteps, reconciliationSteps } from './private/runbook-steps';
import { runbookText } from './private/runbook-text';

/** Properties of a RecoveryRunbook. */
export interface RecoveryRunbookProps {
  /** What the runbook is of. */
  readonly dr: CrossRegionDr;
  /** Who decides to fail over and to lose what was not yet replicated: a role that is always on duty, not a name. */
  readonly decidedBy: string;
  /**
   * When to start. One sentence each.
   *
   * @default - the Region does not answer, and nobody expects it to within a third of the RTO
   */
  readonly activationCriteria?: string[];
}

/** An advanced parameter, less what tokens may take more than they do here: https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
const LARGEST = 8192 - 512;

/**
 * What people do when a Region is lost, made from what is really there: who decides, commands with real names in the order of
 * recovery, how to reconcile and go back.
 *
 * Kept as Markdown in Parameter Store of both Regions under `/<systemName>/runbook`, where a terminal reads it while no wiki answers.
 * The calls that need no judgement in between are a document of Systems Manager Automation in the recovery Region,
 * `<systemName>-failover`. Print the runbook as well. An advanced parameter in each Region is charged by the month.
 */
export class RecoveryRunbook extends Construct {
  /** What the runbook is of. */
  public readonly dr: CrossRegionDr;
  /** Name of the parameter that holds the text, in both Regions. */
  public readonly parameterName: string;
  /** Name of the automation in the recovery Region; there is none where nothing can be automated. */
  public readonly automationName?: string;
  private readonly automation?: FailoverAutomation;
  private readonly order: { readonly name: string; readonly after: Ordered[] };

  /**
   * @throws InvalidRunbook when nobody decides
   * @throws RunbookTooLong when it does not fit into a parameter
   */
  public constructor(
    scope: Construct,
    id: string,
    private readonly props: RecoveryRunbookProps,
  ) {
    super(scope, id);
    const { dr } = props;
    const { systemName } = dr.primary;
    this.dr = dr;
    this.order = { name: systemName, after: [] };
    if (props.decidedBy.trim() === '') {
      fail(this, 'InvalidRunbook', 'decidedBy must name the role that decides, got an empty string');
    }
    if (Stack.of(this).region !== dr.recoveryRegion) {
      fail(
        this,
        'InvalidRunbook',
        `a runbook is needed where recovery happens, in ${dr.recoveryRegion}, got a stack of ${Stack.of(this).region}`,
      );
    }
    this.parameterName = `/${systemName}/runbook`;
    this.automation = this.automate();
    this.automationName = this.automation?.documentName;
    this.keepIn(this, 'Parameter');
    this.keepIn(dr.primary, 'Runbook');
    new CfnOutput(this, 'Read', {
      description: `Prints what to do when ${isActiveActive(dr.strategy) ? 'a' : 'the primary'} Region is lost`,
      value: `aws ssm get-parameter --region ${dr.recoveryRegion} --name ${this.parameterName} --query Parameter.Value --output text`,
    });
  }

  /**
   * What must be recovered before this system: identity, name resolution, an interface engine. The runbook lists them in their order.
   *
   * @throws CyclicRecoveryOrder when systems would wait for each other
   */
  public recoverAfter(...others: RecoveryRunbook[]): void {
    this.order.after.push(...others.map(({ order }) => order));
    const cycle = cycleFrom(this.order);
    if (cycle) {
      fail(
        this,
        'CyclicRecoveryOrder',
        `systems wait for each other: ${cycle.join(' after ')}; one has to start first`,
      );
    }
  }

  /**
   * Let somebody read the runbook in this Region and start its automation: the calls themselves the automation may make, not they.
   * Somebody of a role that still signs in when the primary Region is lost.
   */
  public grantFailover(grantee: iam.IGrantable): iam.Grant {
    const read = iam.Grant.addToPrincipal({
      grantee,
      actions: ['ssm:GetParameter'],
      resourceArns: [
        Stack.of(this).formatArn({ service: 'ssm', resource: 'parameter', resourceName: this.parameterName.slice(1) }),
      ],
    });
    return this.automation ? read.combine(this.automation.grantStart(grantee)) : read;
  }

  /** The text. Commands hold tokens until they are deployed. */
  public get markdown(): string {
    const { dr, props } = this;
    const { systemName } = dr.primary;
    const order = inRecoveryOrder([this.order]).map(({ name }) => name);
    return runbookText({
      systemName,
      from: dr.primaryRegion,
      to: dr.recoveryRegion,
      bothServe: isActiveActive(dr.strategy),
      decidedBy: props.decidedBy,
      estimate: dr.estimate,
      systemsBefore: order.filter((name) => name !== systemName),
      activation: props.activationCriteria ?? [
        `${this.mayBeLost} does not answer, and nobody expects it to within a third of the RTO of ${dr.estimate.rto.toHumanString()}`,
      ],
      failover: failoverSteps(dr, this.automationName),
      needs: dr.needs,
      reconciliation: reconciliationSteps(dr),
      failback: failbackSteps(dr),
      deactivation: doneWhen(dr),
    });
  }

  private get mayBeLost(): string {
    const { strategy, primaryRegion, recoveryRegion } = this.dr;
    return isActiveActive(strategy) ? `${primaryRegion} or ${recoveryRegion}` : primaryRegion;
  }

  private automate(): FailoverAutomation | undefined {
    const { _recovery: recovery, failover, strategy, primary } = this.dr;
    const waits = strategy.capacityPercent < 100 && !isRestore(strategy);
    const calls: [string, AutomatedStep['call'] | undefined][] = [
      ['StartCompute', waits ? recovery?.compute.activation?.call : undefined],
      ['PromoteDatabase', recovery?.database?.promoteCall],
      ['SendUsersHere', failover.leaveCall],
    ];
    const steps = calls.flatMap(([name, call]) => (call ? [{ name, call, goOn: name === 'PromoteDatabase' }] : []));
    return steps.length === 0
      ? undefined
      : new FailoverAutomation(this, 'Automation', { systemName: primary.systemName, steps });
  }

  private keepIn(scope: Construct, id: string): void {
    new ssm.CfnParameter(scope, id, {
      name: this.parameterName,
      description: `What to do when ${this.mayBeLost} is lost`,
      type: 'String',
      tier: 'Advanced',
      value: Lazy.string({ produce: () => this.fitting() }),
    });
  }

  private fitting(): string {
    const { markdown } = this;
    if (markdown.length > LARGEST) {
      fail(
        this,
        'RunbookTooLong',
        `the runbook is ${markdown.length} characters long, and a parameter takes ${LARGEST}; shorten activationCriteria`,
      );
    }
    return markdown;
  }
}
