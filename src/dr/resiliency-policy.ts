import { CfnOutput, Stack } from 'aws-cdk-lib';
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
 * is for the next one. Its application is not made: a template of it would have to list every resource, those of the other Region too. The
 * outputs have the commands that make it and import both stacks, once they are deployed.
 *
 * The policy costs nothing. An application that is assessed is charged by the month.
 *
 * @see https://docs.aws.amazon.com/resilience-hub/latest/userguide/resiliency-policies.html
 */
export class ResiliencyPolicy extends Construct {
  /** What the system must achieve. An L1, because there is no L2. */
  public readonly policy: resiliencehub.CfnResiliencyPolicy;

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
    this.publish(props);
  }

  /** Stacks are asked for their ARNs, each in its own Region: no template knows those of both. */
  private publish({ app, dr }: ResiliencyPolicyProps): void {
    const { region } = Stack.of(this);
    const stacks = [Stack.of(app), ...(dr ? [dr.landing.stack, Stack.of(dr)] : [])];
    const arns = stacks.map(
      (stack) =>
        `$(aws cloudformation describe-stacks --region ${stack.region} --stack-name ${stack.stackName} --query "Stacks[0].StackId" --output text)`,
    );
    new CfnOutput(this, 'CreateApp', {
      description: `Makes the application of ${app.systemName} in AWS Resilience Hub, held to the policy`,
      value: `aws resiliencehub create-app --region ${region} --name ${app.systemName} --policy-arn ${this.policy.attrPolicyArn} --query app.appArn --output text`,
    });
    new CfnOutput(this, 'ImportStacks', {
      description:
        'With APP set to what that printed: imports what the stacks made. Publish a version, and start an assessment, by hand',
      value: `aws resiliencehub import-resources-to-draft-app-version --region ${region} --app-arn $APP --source-arns ${arns.join(' ')}`,
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
