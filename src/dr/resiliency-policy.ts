import * as resiliencehub from 'aws-cdk-lib/aws-resiliencehub';
import { Construct } from 'constructs';
import type { MultiAzClinicalApp } from '../app';
import { ClinicalTier, FailureScope } from '../core';
import { Problems } from '../core/private/fail';
import type { CrossRegionDr } from './cross-region-dr';
import { inSeconds } from './private/resilience-hub-units';

/** Properties of a ResiliencyPolicy. */
export interface ResiliencyPolicyProps {
  /** The system. */
  readonly app: MultiAzClinicalApp;
  /**
   * Its recovery in another Region.
   *
   * @default - it lives in one Region, and the policy says nothing of others
   */
  readonly dr?: CrossRegionDr;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-resiliencehub-resiliencypolicy.html */
const TIERS: Readonly<Record<ClinicalTier, string>> = {
  [ClinicalTier.FOUNDATION]: 'CoreServices',
  [ClinicalTier.LIFE_CRITICAL]: 'MissionCritical',
  [ClinicalTier.CARE_ESSENTIAL]: 'Critical',
  [ClinicalTier.OPERATIONAL]: 'Important',
  [ClinicalTier.NON_PRODUCTION]: 'NonCritical',
};

/**
 * The objectives a system was made from as a resiliency policy of AWS Resilience Hub, first generation, in seconds; `ResilienceHubService`
 * is for the next one. What is held to it, `ResilienceHubApp` makes. It costs nothing.
 *
 * @see https://docs.aws.amazon.com/resilience-hub/latest/userguide/resiliency-policies.html
 */
export class ResiliencyPolicy extends Construct {
  /** What the system must achieve. An L1, because there is no L2. */
  public readonly policy: resiliencehub.CfnResiliencyPolicy;
  /** The system. */
  public readonly app: MultiAzClinicalApp;
  /** Its recovery in another Region, if it has one. */
  public readonly dr?: CrossRegionDr;

  /** @throws InvalidResiliencyPolicy when `dr` recovers another system */
  public constructor(scope: Construct, id: string, props: ResiliencyPolicyProps) {
    super(scope, id);
    const { app, dr } = props;
    const problems = new Problems(this, 'InvalidResiliencyPolicy');
    problems.require(
      dr === undefined || dr.primary === app,
      `dr recovers ${dr?.primary.node.path}, and app is ${app.node.path}; give both of one system`,
    );
    problems.throwIfAny();
    this.app = app;
    this.dr = dr;
    const { objectives, systemName } = app;
    this.policy = new resiliencehub.CfnResiliencyPolicy(this, 'Policy', {
      policyName: systemName,
      policyDescription: `${objectives.tier}, from ${objectives.biaReference ?? 'the presets of a library'}`,
      tier: TIERS[objectives.tier],
      policy: {
        // what is not mended by another copy comes back from a backup
        Software: slowest(app, [FailureScope.COMPONENT, FailureScope.DELETION, FailureScope.CORRUPTION]),
        Hardware: slowest(app, [FailureScope.COMPONENT]),
        AZ: slowest(app, [FailureScope.AVAILABILITY_ZONE]),
        ...(dr && { Region: slowest(app, [FailureScope.REGION]) }),
      },
    });
  }
}

/** The longest that any of them may take: Resilience Hub knows fewer kinds of failure. */
function slowest(
  { objectives }: MultiAzClinicalApp,
  scopes: FailureScope[],
): resiliencehub.CfnResiliencyPolicy.FailurePolicyProperty {
  const each = scopes.map((scope) => objectives.forScope(scope));
  return {
    rtoInSecs: Math.max(...each.map(({ rto }) => inSeconds(rto))),
    rpoInSecs: Math.max(...each.map(({ rpo }) => inSeconds(rpo))),
  };
}
