import { join } from 'node:path';
import { CfnOutput, CustomResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from '../core/private/acknowledgements';
import { asFindingText } from '../core/private/granular-finding';
import { ManagedPolicyRole } from '../core/private/managed-policy-role';
import { allowLogGroup } from './private/log-group-key';

/** What a deployment makes of a service that somebody else manages, such as the administrator of an organization. */
export enum ManagedElsewhere {
  /** It succeeds, and says so in the stack's outputs. */
  ACCEPT = 'ACCEPT',
  /** It fails, with the service's own words. */
  FAIL = 'FAIL',
}

/** Properties of an AccountServiceHandler. */
export interface AccountServiceHandlerProps {
  /** The key that encrypts logs and undelivered events; a symmetric key of this Region. */
  readonly encryptionKey: kms.IKey;
  /**
   * What a deployment makes of a service that somebody else manages.
   *
   * @default ManagedElsewhere.ACCEPT
   */
  readonly managedElsewhere?: ManagedElsewhere;
  /**
   * Another value makes the next deployment look again, and raise what was lowered since: CloudFormation detects no drift of
   * what is adopted.
   *
   * @default - looks again when what is wanted changes
   */
  readonly revision?: string;
}

/** What is asked of one service. */
interface Request {
  /** The service, by the name the function knows it by. */
  readonly service: string;
  /** What the account is to have. Whatever it has beyond that, it keeps. */
  readonly desired: Record<string, unknown>;
  /** What the function may do, and nothing else. */
  readonly actions: string[];
  /** Services of AWS whose service-linked role may have to be made. */
  readonly serviceLinkedRoles?: string[];
  /** ARNs of roles that are handed to the service. */
  readonly passedRoles?: string[];
}

/** Services that have no Region to be held to, or answer in another one. */
const GLOBAL = /^(iam|organizations|s3):/;
/** The one service roles are handed to: AWS Config, for its recorder. */
const ROLES_ARE_FOR = 'config.amazonaws.com';

/**
 * Turns on services that CloudFormation cannot, or that may be on already: it adopts or creates, only ever raises, and turns
 * nothing off, not even when its stack is deleted. One function and one role a service, each with the rights of that service
 * only.
 *
 * Functions run while the stack is deployed; no recovery waits for them. They cost next to nothing.
 */
export class AccountServiceHandler extends Construct {
  /** Where every function writes what it found and did. */
  public readonly logGroup: logs.LogGroup;
  /** Events that no function could take, for 14 days. */
  public readonly deadLetterQueue: sqs.Queue;
  private readonly options: AccountServiceHandlerProps;

  public constructor(scope: Construct, id: string, props: AccountServiceHandlerProps) {
    super(scope, id);
    this.options = props;
    allowLogGroup(this, props.encryptionKey);
    this.logGroup = new logs.LogGroup(this, 'LogGroup', {
      encryptionKey: props.encryptionKey,
      retention: logs.RetentionDays.ONE_YEAR,
      removalPolicy: RemovalPolicy.DESTROY, // CloudTrail keeps who called what
    });
    this.deadLetterQueue = new sqs.Queue(this, 'DeadLetterQueue', {
      encryption: sqs.QueueEncryption.KMS,
      encryptionMasterKey: props.encryptionKey,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
  }

  /**
   * Ask for a service. The resource has the attributes `Id` and `Status` (`CREATED`, `ADOPTED` or `MANAGED_ELSEWHERE`).
   *
   * @internal
   */
  public _ask(scope: Construct, id: string, request: Request): CustomResource {
    const resource = new CustomResource(scope, id, {
      resourceType: `Custom::${request.service}`,
      serviceToken: this.functionFor(request).functionArn,
      serviceTimeout: Duration.minutes(16), // CloudFormation would wait an hour
      properties: {
        Service: request.service,
        Desired: Stack.of(this).toJsonString(request.desired),
        OnManagedElsewhere: this.options.managedElsewhere ?? ManagedElsewhere.ACCEPT,
        Revision: this.options.revision,
      },
    });
    resource.node.addDependency(this.node.findChild(request.service)); // with its role and policy
    new CfnOutput(scope, `${id}Status`, {
      value: resource.getAttString('Status'),
      description: `${request.service}: CREATED, ADOPTED, or MANAGED_ELSEWHERE by somebody else`,
    });
    return resource;
  }

  private functionFor(request: Request): lambda.Function {
    const { service } = request;
    const existing = this.node.tryFindChild(service)?.node.findChild('Function');
    if (existing) {
      return existing as lambda.Function;
    }
    const scope = new Construct(this, service);
    const role = new ManagedPolicyRole(scope, 'Role', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      description: `Lets a deployment turn on ${service}`,
    });
    this.logGroup.grantWrite(role);
    for (const statement of statements(scope, request)) {
      role.addToPrincipalPolicy(statement);
    }
    const handler = new lambda.Function(scope, 'Function', {
      description: `Turns on ${service} during a deployment; adopts or creates, and only ever raises`,
      code: lambda.Code.fromAsset(join(__dirname, '..', '..', 'assets', 'account-services')),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      role,
      timeout: Duration.minutes(15),
      memorySize: 256,
      logGroup: this.logGroup,
      deadLetterQueue: this.deadLetterQueue,
    });
    acknowledge(handler, 'deploymentFunction');
    const roles = (request.serviceLinkedRoles ?? []).map((name) =>
      asFindingText(scope, serviceLinkedRole(scope, name)),
    );
    acknowledge(
      role,
      'accountWideApi',
      ['*', ...roles].map((resource) => `Resource::${resource}`),
    );
    return handler;
  }
}

function statements(
  scope: Construct,
  { actions, serviceLinkedRoles = [], passedRoles = [] }: Request,
): iam.PolicyStatement[] {
  const stack = Stack.of(scope);
  const inThisRegion = { StringEquals: { 'aws:RequestedRegion': stack.region } };
  const regional = actions.filter((action) => !GLOBAL.test(action));
  const global = actions.filter((action) => GLOBAL.test(action));
  const allow = [new iam.PolicyStatement({ actions: regional, resources: ['*'], conditions: inThisRegion })];
  if (global.length > 0) {
    allow.push(new iam.PolicyStatement({ actions: global, resources: ['*'] }));
  }
  if (passedRoles.length > 0) {
    const conditions = { StringEquals: { 'iam:PassedToService': ROLES_ARE_FOR } };
    allow.push(new iam.PolicyStatement({ actions: ['iam:PassRole'], resources: passedRoles, conditions }));
  }
  if (serviceLinkedRoles.length > 0) {
    allow.push(
      new iam.PolicyStatement({
        actions: ['iam:CreateServiceLinkedRole'],
        resources: serviceLinkedRoles.map((service) => serviceLinkedRole(scope, service)),
        conditions: { StringEquals: { 'iam:AWSServiceName': serviceLinkedRoles } },
      }),
    );
  }
  return allow;
}

function serviceLinkedRole(scope: Construct, service: string): string {
  const resourceName = `aws-service-role/${service}/*`;
  return Stack.of(scope).formatArn({ service: 'iam', region: '', resource: 'role', resourceName });
}
