import { Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as resiliencehub from 'aws-cdk-lib/aws-resiliencehubv2';
import { Construct } from 'constructs';
import type { MultiAzClinicalApp } from '../app';
import { DrStrategyName, FailureScope } from '../core';
import { acknowledge } from '../core/private/acknowledgements';
import { Problems } from '../core/private/fail';
import { ManagedPolicyRole } from '../core/private/managed-policy-role';
import { knownRegion } from '../core/private/tokens';
import type { CrossRegionDr } from './cross-region-dr';
import { inMinutes } from './private/resilience-hub-units';

/** Properties of a ResilienceHubService. */
export interface ResilienceHubServiceProps {
  /** The system, in its own Region. */
  readonly app: MultiAzClinicalApp;
  /**
   * Its recovery in another Region.
   *
   * @default - it lives in one Region, and the policy says nothing of others
   */
  readonly dr?: CrossRegionDr;
  /**
   * The share of requests that must succeed, in percent. AWS shows 99.9, 99.95 and 99.99, and may refuse others.
   *
   * @default - the policy says nothing of it
   */
  readonly availabilityTarget?: number;
  /**
   * Whether Resilience Hub looks for what the system depends on. Charged beside the service.
   *
   * @default false
   */
  readonly discoverDependencies?: boolean;
}

const EXECUTION_POLICY = 'AWSResilienceHubV2AssessmentExecutionPolicy';

/**
 * The system in AWS Resilience Hub (next generation): a policy with the objectives the system was made from, and a service with everything
 * that carries its tag, in every Region of it. Nothing is assessed before somebody starts an assessment.
 *
 * A second opinion on what is deployed, by a model whose findings differ from run to run; what this library claims is judged by the
 * `assessment` module, on templates. It is charged by the service and month, more than everything else that watches: see the AWS page
 * on prices before you add it to each system. The role reads resources of the whole account, as AWS's policy for it allows.
 *
 * @see https://docs.aws.amazon.com/resilience-hub/latest/userguide/next-gen-tutorial-configure-policy.html
 */
export class ResilienceHubService extends Construct {
  /** What the system must achieve. An L1, because there is no L2. */
  public readonly policy: resiliencehub.CfnPolicy;
  /** What is assessed. An L1 likewise. */
  public readonly service: resiliencehub.CfnService;
  /** What Resilience Hub reads as. */
  public readonly role: iam.Role;

  /** @throws InvalidResilienceHubService naming every mistake in the properties */
  public constructor(
    scope: Construct,
    id: string,
    private readonly props: ResilienceHubServiceProps,
  ) {
    super(scope, id);
    this.validate();
    const { app, dr, discoverDependencies } = props;
    const { systemName } = app;
    const region = knownRegion(app, 'AWS Resilience Hub is told where the system is');
    this.policy = this.makePolicy();
    this.role = new ManagedPolicyRole(this, 'Role', {
      description: `Lets AWS Resilience Hub read what ${systemName} is made of`,
      assumedBy: new iam.ServicePrincipal('resiliencehub.amazonaws.com'),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName(EXECUTION_POLICY)],
    });
    acknowledge(this.role, 'awsManagedServicePolicy', [
      `Policy::arn:<AWS::Partition>:iam::aws:policy/${EXECUTION_POLICY}`,
    ]);
    this.service = new resiliencehub.CfnService(this, 'Service', {
      name: systemName,
      regions: dr ? [region, dr.recoveryRegion] : [region],
      policyArn: this.policy.attrPolicyArn,
      permissionModel: { invokerRoleName: this.role.roleName },
      // by tag and not by stack: a stack of another Region has a name here, and no ARN
      inputSources: [{ resourceConfiguration: { resourceTags: [{ key: 'ehr:system', values: [systemName] }] } }],
      dependencyDiscovery: discoverDependencies ? 'ENABLED' : 'DISABLED',
    });
    this.service.node.addDependency(this.role);
  }

  private makePolicy(): resiliencehub.CfnPolicy {
    const { app, dr, availabilityTarget } = this.props;
    const { rto, rpo } = app.objectives.forScope(FailureScope.AVAILABILITY_ZONE);
    const region = app.objectives.forScope(FailureScope.REGION);
    const intervals = (app.backup?.policy.snapshotRules ?? []).map(({ every }) => inMinutes(every));
    return new resiliencehub.CfnPolicy(this, 'Policy', {
      name: app.systemName,
      description: `${app.objectives.tier}, from ${app.objectives.biaReference ?? 'the presets of a library'}`,
      availabilitySlo: availabilityTarget === undefined ? undefined : { target: availabilityTarget },
      multiAz: {
        rtoInMinutes: inMinutes(rto),
        rpoInMinutes: inMinutes(rpo),
        disasterRecoveryApproach: acrossZones(app),
      },
      multiRegion: dr && {
        rtoInMinutes: inMinutes(region.rto),
        rpoInMinutes: inMinutes(region.rpo),
        disasterRecoveryApproach: dr.strategy.strategyName, // the names are Resilience Hub's
      },
      dataRecovery: intervals.length > 0 ? { timeBetweenBackupsInMinutes: Math.min(...intervals) } : undefined,
    });
  }

  private validate(): void {
    const { app, dr, availabilityTarget: target } = this.props;
    const problems = new Problems(this, 'InvalidResilienceHubService');
    problems.require(
      dr === undefined || dr.primary === app,
      `dr recovers ${dr?.primary.node.path}, and app is ${app.node.path}; give both of one system`,
    );
    problems.require(
      target === undefined || Token.isUnresolved(target) || (target >= 90 && target < 100),
      `availabilityTarget must be a share in percent from 90 to below 100, got ${target}`,
    );
    problems.throwIfAny();
  }
}

/** What is left after the loss of a zone carries the load, unless something has to take over, or to start, first. */
function acrossZones({ compute }: MultiAzClinicalApp): DrStrategyName | undefined {
  if (compute.runsOnce) {
    return undefined; // none of the names is that of one task that is started again
  }
  return (compute.passiveTargets ?? 0) > 0 ? DrStrategyName.HOT_STANDBY : DrStrategyName.ACTIVE_ACTIVE;
}
