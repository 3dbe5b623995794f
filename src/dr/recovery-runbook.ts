import { CfnOutput, Duration, Lazy, Stack } from 'aws-cdk-lib';
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
import { type RunbookContent, wayBack, wayThere } from './private/runbook-text';

/** Properties of a RecoveryRunbook. */
export interface RecoveryRunbookProps {
  /** What the runbook is of. */
  readonly dr: CrossRegionDr;
  /** Who decides to fail over and to lose what was not yet replicated: a role that is always on duty, not a name. */
  readonly decidedBy: string;
  /**
   * When to start. One sentence each.
   *
   * @default - the Region does not answer, and nobody expects it to within a third of what recovery may take; with active/active, a Region
   * does not answer, or answers wrongly
   */
  readonly activationCriteria?: string[];
}

/** An advanced parameter, less what tokens may take more than they do here: https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
const LARGEST = 8192 - 512;

/**
 * What people do when a Region is lost, made from what is really there: who decides, commands with real names in the order of
 * recovery, how to reconcile and go back.
 *
 * Kept as Markdown in Parameter Store of both Regions, where a terminal reads it while no wiki answers: the way there under
 * `/<systemName>/runbook`, the way back under `/<systemName>/runbook/return`. Where long commands would not fit, as those for many file
 * shares, the text has one that prints them. The calls that need no judgement in between are a document of Systems Manager Automation in the recovery
 * Region, `<systemName>-failover`. Print the runbook as well. Two advanced parameters in each Region are charged by the month.
 */
export class RecoveryRunbook extends Construct {
  /** What the runbook is of. */
  public readonly dr: CrossRegionDr;
  /** Name of the parameter with the way there, in both Regions. */
  public readonly parameterName: string;
  /** Name of the parameter with the way back, in both Regions. */
  public readonly returnParameterName: string;
  /** Name of the automation in the recovery Region; there is none where nothing can be automated. */
  public readonly automationName?: string;
  private readonly automation?: FailoverAutomation;
  private readonly order: { readonly name: string; readonly after: Ordered[] };

  /**
   * @throws InvalidRunbook when nobody decides
   * @throws RunbookTooLong when what was given in sentences does not fit into a parameter
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
    this.returnParameterName = `${this.parameterName}/return`;
    this.keepIn(this, ['Parameter', 'ReturnParameter']);
    this.keepIn(dr.primary, ['Runbook', 'RunbookReturn']);
    new CfnOutput(this, 'Read', {
      description: `Prints what to do when ${isActiveActive(dr.strategy) ? 'a' : 'the primary'} Region is lost`,
      value: this.readCommand(this.parameterName),
    });
    new CfnOutput(this, 'ReadReturn', {
      description: 'Prints what to do when it is back',
      value: this.readCommand(this.returnParameterName),
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
      resourceArns: [this.parameterName, this.returnParameterName].map((name) =>
        Stack.of(this).formatArn({ service: 'ssm', resource: 'parameter', resourceName: name.slice(1) }),
      ),
    });
    return this.automation ? read.combine(this.automation.grantStart(grantee)) : read;
  }

  /** The text, both ways. Commands hold tokens until they are deployed. */
  public get markdown(): string {
    return [this.part(wayThere), this.part(wayBack)].join('\n');
  }

  /** With all its commands where they fit. */
  private part(text: (content: RunbookContent) => string): string {
    const whole = text(this.content(false));
    return whole.length > LARGEST ? text(this.content(true)) : whole;
  }

  private content(briefly: boolean): RunbookContent {
    const { dr, props } = this;
    const { systemName } = dr.primary;
    const order = inRecoveryOrder([this.order]).map(({ name }) => name);
    return {
      systemName,
      from: dr.primaryRegion,
      to: dr.recoveryRegion,
      bothServe: isActiveActive(dr.strategy),
      decidedBy: props.decidedBy,
      estimate: dr.estimate,
      systemsBefore: order.filter((name) => name !== systemName),
      activation: props.activationCriteria ?? [this.usualCriterion],
      failover: failoverSteps(dr, this.automationName, briefly),
      readReturn: this.readCommand(this.returnParameterName),
      needs: dr.needs,
      reconciliation: reconciliationSteps(dr),
      failback: failbackSteps(dr, briefly),
      deactivation: doneWhen(dr),
    };
  }

  private readCommand(name: string): string {
    return `aws ssm get-parameter --region ${this.dr.recoveryRegion} --name ${name} --query Parameter.Value --output text`;
  }

  /** Whoever waits longer than a third has too little left for the rest. */
  private get usualCriterion(): string {
    const { strategy, estimate } = this.dr;
    const third = Duration.minutes(Math.floor(estimate.rto.toSeconds() / 180));
    return isActiveActive(strategy)
      ? `${this.mayBeLost} does not answer, or answers wrongly`
      : `${this.mayBeLost} does not answer, and nobody expects it to within ${third.toHumanString()}: a third of what recovery may take`;
  }

  private get mayBeLost(): string {
    const { strategy, primaryRegion, recoveryRegion } = this.dr;
    return isActiveActive(strategy) ? `${primaryRegion} or ${recoveryRegion}` : primaryRegion;
  }

  private automate(): FailoverAutomation | undefined {
    const { _recovery: recovery, failover, strategy, primary } = this.dr;
    const waits = strategy.capacityPercent < 100 && !isRestore(strategy);
    const { headless } = recovery?.database ?? {};
    const calls: [string, AutomatedStep['call'] | undefined][] = [
      ['StartDatabase', headless?.startCall],
      ['AwaitDatabase', headless?.statusCall],
      ['StartCompute', waits ? recovery?.compute.activation?.call : undefined],
      ['PromoteDatabase', recovery?.database?.promoteCall],
      ['PromoteCache', recovery?.cache?.promoteCall],
      ['SendUsersHere', failover.leaveCall],
    ];
    // what writes, or is there, already refuses, and keeps no users away
    const steps = calls.flatMap(([name, call]) =>
      call
        ? {
            name,
            call,
            goOn: name.startsWith('Promote') || name === 'StartDatabase',
            until: call === headless?.statusCall ? headless?.statusSelector : undefined,
          }
        : [],
    );
    return steps.length === 0
      ? undefined
      : new FailoverAutomation(this, 'Automation', { systemName: primary.systemName, steps });
  }

  private keepIn(scope: Construct, [there, back]: [string, string]): void {
    const parameters: [string, string, string, () => string][] = [
      [there, this.parameterName, `What to do when ${this.mayBeLost} is lost`, () => this.part(wayThere)],
      [back, this.returnParameterName, `What to do when it is back`, () => this.part(wayBack)],
    ];
    for (const [id, name, description, produce] of parameters) {
      new ssm.CfnParameter(scope, id, {
        name,
        description,
        type: 'String',
        tier: 'Advanced',
        value: Lazy.string({ produce: () => this.fitting(produce()) }),
      });
    }
  }

  /** What the library says fits; sentences that were given may not. */
  private fitting(text: string): string {
    if (text.length > LARGEST) {
      fail(
        this,
        'RunbookTooLong',
        `a part of the runbook is ${text.length} characters long, and a parameter takes ${LARGEST}; shorten decidedBy, activationCriteria, or what replications are declared with`,
      );
    }
    return text;
  }
}
