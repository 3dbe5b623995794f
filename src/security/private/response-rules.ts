import { Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { ManagedPolicyRole } from '../../core/private/managed-policy-role';
import type { ContainableResource } from '../containable-resource';
import type { IncidentResponseProps } from '../incident-response-props';
import { RUNBOOKS } from './containment-runbooks';
import { NOT_ARCHIVED } from './guard-duty-filters';
import { containableArn } from './response-rights';

/** What starts responses. Rules are of findings of this account: another one's resources cannot be reached from here. */
export class ResponseRules {
  private readonly role: iam.Role;

  public constructor(
    private readonly scope: Construct,
    private readonly stateMachine: sfn.StateMachine,
    private readonly props: IncidentResponseProps,
  ) {
    this.role = new ManagedPolicyRole(scope, 'StarterRole', {
      description: 'Starts the response to findings',
      assumedBy: new iam.ServicePrincipal('events.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
      }),
    });
    stateMachine.grantStartExecution(this.role);
  }

  /** Findings of GuardDuty about one kind of resource. */
  public guardDuty(kind: ContainableResource): events.Rule {
    const { finding, name } = RUNBOOKS[kind];
    const { guardDutySeverity = 7, neverContain = [] } = this.props;
    return this.starting(
      `${kind}Rule`,
      `Starts the response to findings about: ${kind}`,
      {
        source: ['aws.guardduty'],
        detailType: ['GuardDuty Finding'],
        detail: {
          accountId: [Stack.of(this.scope).account],
          severity: events.Match.greaterThanOrEqual(guardDutySeverity),
          service: NOT_ARCHIVED,
          resource: withoutExempt(finding, name, neverContain),
        },
      },
      {
        kind,
        resource: field(name),
        arn: containableArn(this.scope, kind, field(name)),
        finding: {
          id: field('$.detail.id'),
          type: field('$.detail.type'),
          severity: field('$.detail.severity'),
          account: field('$.detail.accountId'),
          region: field('$.detail.region'),
        },
      },
    );
  }

  /**
   * Findings that products send to Security Hub CSPM, about whatever: the steps look at the first resource, which is what a finding is about,
   * and tell of those that nothing else can be done about. Names of other resources stay out.
   *
   * Whoever may import findings of this account's own can call their product anything, and would have contained whatever they name. Those
   * have the account in the ARN of their product, and start nothing. A registered product's are imported by its maker, and of a product that runs in
   * this account by whoever may import findings here: such a one is believed as far as that right is guarded.
   *
   * @see https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-custom-providers.html
   * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchImportFindings.html
   */
  public securityHub(products: string[]): events.Rule {
    const { account, region, partition } = Stack.of(this.scope);
    const ownProducts = `arn:${partition}:securityhub:${region}:${account}:product/${account}/`;
    const of = (name: string): string => field(`$.detail.findings[0].${name}`);
    return this.starting(
      'SecurityHubRule',
      'Starts the response to findings in Security Hub CSPM',
      {
        source: ['aws.securityhub'],
        detailType: ['Security Hub Findings - Imported'],
        detail: {
          findings: {
            ProductName: products,
            ProductArn: [{ 'anything-but': { prefix: ownProducts } }],
            AwsAccountId: [account],
            Region: [region], // the home Region has copies of the findings of its linked Regions
            RecordState: ['ACTIVE'],
            Workflow: { Status: ['NEW'] },
            Severity: { Label: ['CRITICAL', 'HIGH'] },
          },
        },
      },
      {
        about: { type: of('Resources[0].Type'), id: of('Resources[0].Id') },
        finding: {
          id: of('Id'),
          productArn: of('ProductArn'),
          type: of('GeneratorId'),
          severity: of('Severity.Label'),
          account: of('AwsAccountId'),
          region: of('Region'),
        },
      },
    );
  }

  private starting(id: string, description: string, eventPattern: events.EventPattern, input: object): events.Rule {
    const target = new targets.SfnStateMachine(this.stateMachine, {
      role: this.role,
      deadLetterQueue: this.props.deadLetterQueue,
      input: events.RuleTargetInput.fromObject(input),
    });
    return new events.Rule(this.scope, id, { description, eventPattern, targets: [target] });
  }
}

function field(path: string): string {
  return events.EventField.fromPath(path);
}

/** The pattern of a finding, without those about certain names. */
function withoutExempt(finding: Record<string, unknown>, path: string, names: string[]): Record<string, unknown> {
  const [group, name] = path.replace('$.detail.resource.', '').replace('[0]', '').split('.');
  const allowed = names.length > 0 ? { 'anything-but': names } : { exists: true };
  return { ...finding, [group]: { ...(finding[group] as object | undefined), [name]: [allowed] } };
}
