import { join } from 'node:path';
import { Duration, type RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from '../../core/private/acknowledgements';
import { asFindingText } from '../../core/private/granular-finding';
import { ManagedPolicyRole } from '../../core/private/managed-policy-role';
import type { ReconciliationRight } from './reconciled-stores';

/** Properties of a ReconciliationFunction. */
export interface ReconciliationFunctionProps {
  readonly systemName: string;
  /** Name of its log group, which the key's policy knows. */
  readonly logGroupName: string;
  readonly encryptionKey: kms.IKey;
  readonly removalPolicy: RemovalPolicy;
  readonly rights: ReconciliationRight[];
  readonly deadLetterQueue: sqs.IQueue;
}

/** Takes the steps of a reconciliation in its Region. It has no network of its own and no environment. */
export class ReconciliationFunction extends Construct {
  public readonly handler: lambda.Function;
  public readonly logGroup: logs.LogGroup;

  public constructor(scope: Construct, id: string, props: ReconciliationFunctionProps) {
    super(scope, id);
    this.logGroup = new logs.LogGroup(this, 'Log', {
      logGroupName: props.logGroupName, // explicit: the policy of the key names it
      encryptionKey: props.encryptionKey,
      retention: logs.RetentionDays.SEVEN_YEARS, // what was done after a loss is a record
      removalPolicy: props.removalPolicy,
    });
    this.handler = new lambda.Function(this, 'Function', {
      description: `Keeps what ${props.systemName} wrote in this Region and never replicated, and lets people compare it`,
      code: reconciliationCode(),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      role: reconciliationRole(this, props.systemName, props.rights, this.logGroup),
      timeout: Duration.seconds(295), // an automation waits 300: https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-lamb.html
      memorySize: 256,
      logGroup: this.logGroup,
      deadLetterQueue: props.deadLetterQueue,
    });
    acknowledge(this.handler, 'reconciliationFunction');
  }
}

/** What the functions of reconciliation run. */
export function reconciliationCode(): lambda.Code {
  return lambda.Code.fromAsset(join(__dirname, '..', '..', '..', 'assets', 'reconciliation'));
}

/** What they run as. */
export function reconciliationRole(
  scope: Construct,
  systemName: string,
  rights: ReconciliationRight[],
  logGroup: logs.ILogGroup,
): iam.Role {
  const role = new ManagedPolicyRole(scope, 'Role', {
    description: `Lets a function reconcile what ${systemName} wrote in this Region`,
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  });
  logGroup.grantWrite(role);
  for (const { actions, resources, conditions } of rights) {
    role.addToPrincipalPolicy(new iam.PolicyStatement({ actions, resources, conditions }));
  }
  const wide = rights.flatMap(({ resources }) => resources).filter((resource) => resource.includes('*'));
  const findings = new Set(wide.map((resource) => `Resource::${asFindingText(scope, resource)}`));
  acknowledge(role, 'reconciliationRights', [...findings]);
  return role;
}
