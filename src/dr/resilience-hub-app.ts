import { CfnOutput, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as resiliencehub from 'aws-cdk-lib/aws-resiliencehub';
import { Construct } from 'constructs';
import { acknowledge } from '../core/private/acknowledgements';
import { fail } from '../core/private/fail';
import { ManagedPolicyRole } from '../core/private/managed-policy-role';
import { knownRegion } from '../core/private/tokens';
import { type HubResource, namedResources } from './private/resilience-hub-resources';
import type { ResiliencyPolicy } from './resiliency-policy';

/** Properties of a ResilienceHubApp. */
export interface ResilienceHubAppProps {
  /** What the application is held to, and whose it is. */
  readonly policy: ResiliencyPolicy;
  /**
   * Whether Resilience Hub assesses it every day, from the day after it was deployed. Charged by the application and month.
   *
   * @default false - somebody starts an assessment, with the command in the output `AssessApp`
   */
  readonly assessDaily?: boolean;
}

/** The name as AWS writes it. */
const EXECUTION_POLICY = 'AWSResilienceHubAsssessmentExecutionPolicy';

/**
 * The system in AWS Resilience Hub, first generation: an application of what it runs on and keeps its data in, in every Region of it, held to the
 * objectives the system was made from. `ResilienceHubService` is for the next generation.
 *
 * Resources are told by their names, which are plain text in both Regions: the service or Auto Scaling group, the database, tables and documents.
 * CloudFormation takes no resource group, and stacks by ARNs that no stack of another Region knows; so load balancers, NAT gateways and file
 * systems, which AWS names, are not in it. The output `ImportStacks` has the command that puts everything that the stacks made in place of the list.
 *
 * An application that is assessed is charged by the month. Its role reads resources of the whole account, as AWS's policy for it allows.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-resiliencehub-app.html
 */
export class ResilienceHubApp extends Construct {
  /** The application. An L1, because there is no L2. */
  public readonly app: resiliencehub.CfnApp;
  /** What Resilience Hub reads as. */
  public readonly role: iam.Role;

  /** @throws NothingToAssess when nothing of the system has a name that both Regions know */
  public constructor(scope: Construct, id: string, props: ResilienceHubAppProps) {
    super(scope, id);
    const { policy, assessDaily } = props;
    const { systemName } = policy.app;
    const resources = this.resourcesOf(policy);
    if (resources.length === 0) {
      fail(this, 'NothingToAssess', `nothing of ${systemName} can be named to AWS Resilience Hub; leave this out`);
    }
    this.role = new ManagedPolicyRole(this, 'Role', {
      description: `Lets AWS Resilience Hub read what ${systemName} is made of`,
      assumedBy: new iam.ServicePrincipal('resiliencehub.amazonaws.com'),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName(EXECUTION_POLICY)],
    });
    acknowledge(this.role, 'awsManagedServicePolicy', [
      `Policy::arn:<AWS::Partition>:iam::aws:policy/${EXECUTION_POLICY}`,
    ]);
    this.app = new resiliencehub.CfnApp(this, 'App', {
      name: systemName,
      description: policy.policy.policyDescription,
      resiliencyPolicyArn: policy.policy.attrPolicyArn,
      appAssessmentSchedule: assessDaily ? 'Daily' : 'Disabled',
      permissionModel: { type: 'RoleBased', invokerRoleName: this.role.roleName },
      appTemplateBody: templateOf(resources),
      resourceMappings: resources.map((resource) => this.mappingOf(resource)),
    });
    this.app.node.addDependency(this.role);
    this.publish(policy);
  }

  private resourcesOf({ app, dr }: ResiliencyPolicy): HubResource[] {
    const region = knownRegion(app, 'AWS Resilience Hub is told where the system is');
    const there = dr ? namedResources(app, dr.recoveryRegion) : [];
    // before something is restored there, documents alone are
    const made = dr?._recovery ? there : there.filter(({ component }) => component === 'documents');
    return [...namedResources(app, region), ...made];
  }

  private mappingOf(resource: HubResource): resiliencehub.CfnApp.ResourceMappingProperty {
    return {
      mappingType: 'Resource',
      resourceName: nameOf(resource),
      physicalResourceId: {
        identifier: resource.identifier,
        type: resource.identifierType,
        awsRegion: resource.region,
        awsAccountId: Stack.of(this).account,
      },
    };
  }

  /** Stacks are asked for their ARNs, each in its own Region: no template knows those of both. */
  private publish({ app, dr }: ResiliencyPolicy): void {
    const { region } = Stack.of(this);
    const stacks = [Stack.of(app), ...(dr ? [dr.landing.stack, Stack.of(dr)] : [])];
    const arns = stacks.map(
      (stack) =>
        `$(aws cloudformation describe-stacks --region ${stack.region} --stack-name ${stack.stackName} --query "Stacks[0].StackId" --output text)`,
    );
    const of = `--region ${region} --app-arn ${this.app.attrAppArn}`;
    new CfnOutput(this, 'AssessApp', {
      description: `Assesses ${app.systemName} in AWS Resilience Hub as it was last published`,
      value: `aws resiliencehub start-app-assessment ${of} --app-version release --assessment-name ${app.systemName}-$RANDOM`,
    });
    new CfnOutput(this, 'ImportStacks', {
      description:
        'Puts everything that the stacks made in place of the list, as a draft. Look at it, and publish a version of it by hand',
      value: `aws resiliencehub import-resources-to-draft-app-version ${of} --import-strategy ReplaceAll --source-arns ${arns.join(' ')}`,
    });
  }
}

/** Unique in the application: letters, digits and hyphens. */
function nameOf({ component, region }: HubResource): string {
  return `${component}-${region}`;
}

/** The structure of the application: https://docs.aws.amazon.com/resilience-hub/latest/APIReference/API_PutDraftAppVersionTemplate.html */
function templateOf(resources: HubResource[]): string {
  const components = new Map(resources.map(({ component, kind }) => [component, kind]));
  return JSON.stringify({
    resources: resources.map((resource) => ({
      logicalResourceId: { identifier: nameOf(resource) },
      type: resource.type,
      name: nameOf(resource),
    })),
    appComponents: [
      ...[...components].map(([component, kind]) => ({
        name: component,
        type: `AWS::ResilienceHub::${kind}AppComponent`,
        resourceNames: resources.filter((each) => each.component === component).map(nameOf),
      })),
      // what belongs to none: every application has it
      { name: 'appcommon', type: 'AWS::ResilienceHub::AppCommonAppComponent', resourceNames: [] },
    ],
    excludedResources: {},
    version: 2,
  });
}
