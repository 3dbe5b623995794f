import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { RecoveryCall } from '../../core';
import { acknowledge } from '../../core/private/acknowledgements';
import { asFindingText } from '../../core/private/granular-finding';
import { ManagedPolicyRole } from '../../core/private/managed-policy-role';

/** A call and what it is called in the document. */
export interface AutomatedStep {
  readonly name: string;
  readonly call: RecoveryCall;
  /** Whether the steps after it are taken although it failed, and the failure is told at the end. */
  readonly goOn?: boolean;
  /** Where the answer has the word `available` once the next step may be taken, if it only asks. An hour is waited for it. */
  readonly until?: string;
}

/** Properties of a FailoverAutomation. */
export interface FailoverAutomationProps {
  readonly systemName: string;
  readonly steps: AutomatedStep[];
}

/**
 * The calls of a failover as a document of AWS Systems Manager Automation in the recovery Region: whoever starts it must be allowed
 * to pass its role, needs no permission for what it calls, and is named in an audit trail. A call that fails stops it, and starting
 * it again makes the calls again, so a database that refuses, because it writes or has its instance here already, does not keep users away.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeawsapi.html
 */
export class FailoverAutomation extends Construct {
  /** Name of the document. */
  public readonly documentName: string;
  private readonly role: iam.Role;

  public constructor(scope: Construct, id: string, { systemName, steps }: FailoverAutomationProps) {
    super(scope, id);
    this.role = this.makeRole(systemName, steps);
    const { role } = this;
    this.documentName = `${systemName}-failover`;
    new ssm.CfnDocument(this, 'Document', {
      name: this.documentName,
      documentType: 'Automation',
      documentFormat: 'JSON',
      updateMethod: 'NewVersion',
      content: {
        schemaVersion: '0.3',
        description: `Fails ${systemName} over to this Region. Read the runbook first: it says what may be lost.`,
        assumeRole: role.roleArn,
        mainSteps: steps.map(({ name, call, goOn, until }) => ({
          name,
          action: until ? 'aws:waitForAwsResourceProperty' : 'aws:executeAwsApi',
          description: call.description,
          inputs: {
            Service: call.service,
            Api: call.api,
            ...call.inputs,
            ...(until ? { PropertySelector: until, DesiredValues: ['available'] } : {}),
          },
          ...(goOn ? { onFailure: 'Continue', isCritical: true } : {}),
        })),
      },
    });
  }

  /**
   * Let somebody start it, and nothing else.
   *
   * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html
   */
  public grantStart(grantee: iam.IGrantable): iam.Grant {
    const arn = (resource: string, resourceName: string) =>
      Stack.of(this).formatArn({ service: 'ssm', resource, resourceName });
    const start = iam.Grant.addToPrincipal({
      grantee,
      actions: ['ssm:StartAutomationExecution'],
      resourceArns: [
        arn('automation-definition', `${this.documentName}:$DEFAULT`),
        arn('document', this.documentName), // whichever of the two AWS asks about
      ],
    });
    const passRole = iam.Grant.addToPrincipal({
      grantee,
      actions: ['iam:PassRole'],
      resourceArns: [this.role.roleArn],
      conditions: { StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } },
    });
    return start.combine(passRole);
  }

  private makeRole(systemName: string, steps: AutomatedStep[]): iam.Role {
    const role = new ManagedPolicyRole(this, 'Role', {
      description: `Lets an automation fail ${systemName} over`,
      assumedBy: new iam.ServicePrincipal('ssm.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    for (const { actions, resources, conditions } of steps.flatMap(({ call }) => call.permissions)) {
      role.addToPrincipalPolicy(
        new iam.PolicyStatement({ actions, resources, conditions: conditions && { StringEquals: conditions } }),
      );
      for (const resource of resources.filter((each) => each.includes('*'))) {
        const finding = `Resource::${asFindingText(this, resource)}`;
        acknowledge(role, resource === '*' ? 'latchMetric' : 'namesOfAws', [finding]);
      }
    }
    return role;
  }
}
