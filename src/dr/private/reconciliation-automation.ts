import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { ManagedPolicyRole } from '../../core/private/managed-policy-role';

/** Properties of a ReconciliationAutomation. */
export interface ReconciliationAutomationProps {
  readonly systemName: string;
  readonly handler: lambda.Function;
  /** What the function is told in every step. */
  readonly payload: Record<string, unknown>;
  /** Name of the parameter with the state, which the function writes. */
  readonly stateParameterName: string;
  readonly approverRoleArn: string;
  /** Whether a database can be switched over to this Region. */
  readonly returns: boolean;
}

/** A step that waits is taken again: half an hour of five minutes each, several times. Then somebody starts the automation again. */
const ATTEMPTS = 30;
const APPROVAL_SECONDS = 30 * 24 * 3600; // the longest there is

/**
 * Two documents of AWS Systems Manager Automation. One keeps and lays out what is only in this Region, waits for a person, and sends it
 * on; the other lets the database write here again. The function judges in every step whether it is time, so that no step relies on the
 * one before it, and what it got to is asserted.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-approve.html
 */
export class ReconciliationAutomation extends Construct {
  public readonly documentName: string;
  public readonly returnDocumentName?: string;
  private readonly role: iam.Role;

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: ReconciliationAutomationProps,
  ) {
    super(scope, id);
    const { systemName, returns } = props;
    this.role = this.makeRole();
    this.documentName = this.document('Reconcile', `${systemName}-reconcile`, [
      this.call('Check', 'check', 'Whether it is time; changes nothing', 1),
      this.call('Prepare', 'prepare', 'Keeps what is only in this Region, and lays it out to be compared', ATTEMPTS),
      this.assertion('Prepared', 'prepared', 'releasing'),
      this.approval(),
      this.call('Release', 'release', 'Sends documents to the other Region, and removes the comparison', ATTEMPTS),
      this.assertion('Reconciled', 'reconciled', 'returned'),
    ]);
    this.returnDocumentName = returns
      ? this.document('Return', `${systemName}-return`, [
          this.call('Return', 'return', 'Switches the database over to this Region, once everything is reconciled', 10),
          this.assertion('Returned', 'returned'),
        ])
      : undefined;
  }

  /** Let somebody start both, approve, and see how far they are. */
  public grantStart(grantee: iam.IGrantable): iam.Grant {
    const arn = (resource: string, resourceName: string) =>
      Stack.of(this).formatArn({ service: 'ssm', resource, resourceName });
    const documents = [this.documentName, ...(this.returnDocumentName ? [this.returnDocumentName] : [])];
    const executions = arn('automation-execution', '*'); // they have no names before they are started
    const grants = [
      iam.Grant.addToPrincipal({
        grantee,
        actions: ['ssm:StartAutomationExecution'],
        resourceArns: documents.flatMap((name) => [
          arn('automation-definition', `${name}:$DEFAULT`),
          arn('document', name), // whichever of the two AWS asks about
        ]),
      }),
      iam.Grant.addToPrincipal({
        grantee,
        actions: ['ssm:SendAutomationSignal', 'ssm:GetAutomationExecution'],
        resourceArns: [executions],
      }),
      iam.Grant.addToPrincipal({
        grantee,
        actions: ['iam:PassRole'],
        resourceArns: [this.roleArn],
        conditions: { StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } },
      }),
    ];
    return grants.reduce((all, each) => all.combine(each));
  }

  private document(id: string, name: string, mainSteps: object[]): string {
    new ssm.CfnDocument(this, id, {
      name,
      documentType: 'Automation',
      documentFormat: 'JSON',
      updateMethod: 'NewVersion',
      content: {
        schemaVersion: '0.3',
        description: `${this.props.systemName} after this Region was lost and is back. Read the runbook first.`,
        assumeRole: this.role.roleArn,
        mainSteps,
      },
    });
    return name;
  }

  private call(name: string, action: string, description: string, maxAttempts: number): object {
    return {
      name,
      action: 'aws:invokeLambdaFunction',
      description,
      maxAttempts,
      timeoutSeconds: 300,
      onFailure: 'Abort',
      inputs: {
        FunctionName: this.props.handler.functionName,
        InputPayload: { action, execution: '{{automation:EXECUTION_ID}}', ...this.props.payload },
      },
    };
  }

  /** AWS does not say whether a step fails with the function that it calls; this one fails where the function did not get there. */
  private assertion(name: string, ...states: string[]): object {
    return {
      name,
      action: 'aws:assertAwsResourceProperty',
      description: `The state is ${states[0]}; where it is not, the report says why: start this automation again`,
      onFailure: 'Abort',
      inputs: {
        Service: 'ssm',
        Api: 'GetParameter',
        Name: this.props.stateParameterName,
        PropertySelector: '$.Parameter.Value',
        DesiredValues: states,
      },
    };
  }

  private approval(): object {
    return {
      name: 'Approve',
      action: 'aws:approve',
      description: 'Somebody compared what was kept, and entered what was missing',
      timeoutSeconds: APPROVAL_SECONDS,
      onFailure: 'Abort',
      inputs: {
        Message: `Approve when what ${this.props.systemName} kept in this Region was compared, and what was missing is entered`,
        MinRequiredApprovals: 1,
        Approvers: [this.props.approverRoleArn],
      },
    };
  }

  /** By its name: somebody of a stack in the other Region may be let start it, too. */
  private get roleArn(): string {
    return Stack.of(this).formatArn({ service: 'iam', region: '', resource: 'role', resourceName: this.roleName });
  }

  private get roleName(): string {
    return `${this.props.systemName}-reconcile-${Stack.of(this).region}`;
  }

  private makeRole(): iam.Role {
    const { systemName, handler, stateParameterName } = this.props;
    const role = new ManagedPolicyRole(this, 'Role', {
      roleName: this.roleName,
      description: `Lets an automation reconcile ${systemName}`,
      assumedBy: new iam.ServicePrincipal('ssm.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    role.addToPrincipalPolicy(
      new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [handler.functionArn] }),
    );
    const resourceName = stateParameterName.slice(1);
    role.addToPrincipalPolicy(
      new iam.PolicyStatement({
        actions: ['ssm:GetParameter'],
        resources: [Stack.of(this).formatArn({ service: 'ssm', resource: 'parameter', resourceName })],
      }),
    );
    return role;
  }
}
