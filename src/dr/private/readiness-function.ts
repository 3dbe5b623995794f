import { join } from 'node:path';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from '../../core/private/acknowledgements';
import { asFindingText } from '../../core/private/granular-finding';
import { ManagedPolicyRole } from '../../core/private/managed-policy-role';
import type { ReadRight } from './readiness-check';

/** Properties of a ReadinessFunction. */
export interface ReadinessFunctionProps {
  readonly systemName: string;
  /** Name of its log group, which the key's policy knows. */
  readonly logGroupName: string;
  readonly encryptionKey: kms.IKey;
  /** What it may ask, in either Region. It changes nothing. */
  readonly rights: ReadRight[];
  /** Keeps events that it could not take. */
  readonly deadLetterQueue: sqs.IQueue;
  /** The only namespace it may put metrics in. */
  readonly namespace: string;
}

/**
 * Asks both Regions and tells this one's CloudWatch. It has no network of its own and no environment. A run that fails is heard by
 * alarms on its silence.
 */
export class ReadinessFunction extends Construct {
  public readonly handler: lambda.Function;
  public readonly logGroup: logs.LogGroup;

  public constructor(scope: Construct, id: string, props: ReadinessFunctionProps) {
    super(scope, id);
    this.logGroup = new logs.LogGroup(this, 'Log', {
      logGroupName: props.logGroupName, // explicit: the policy of the key names it
      encryptionKey: props.encryptionKey,
      retention: logs.RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY, // what was found is gone with what it was found in
    });
    this.handler = new lambda.Function(this, 'Function', {
      description: `Compares what ${props.systemName} needs to recover with the other Region; changes nothing`,
      code: lambda.Code.fromAsset(join(__dirname, '..', '..', '..', 'assets', 'readiness')),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      role: this.role(props),
      timeout: Duration.minutes(2),
      memorySize: 256,
      logGroup: this.logGroup,
      deadLetterQueue: props.deadLetterQueue,
    });
    acknowledge(this.handler, 'readinessFunction');
  }

  private role({ systemName, rights, namespace }: ReadinessFunctionProps): iam.Role {
    const role = new ManagedPolicyRole(this, 'Role', {
      description: `Lets a function look at what ${systemName} needs to recover`,
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    this.logGroup.grantWrite(role);
    role.addToPrincipalPolicy(
      new iam.PolicyStatement({
        actions: ['cloudwatch:PutMetricData'],
        resources: ['*'], // takes no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html
        conditions: { StringEquals: { 'cloudwatch:namespace': namespace } },
      }),
    );
    for (const { actions, resources, conditions } of rights) {
      role.addToPrincipalPolicy(new iam.PolicyStatement({ actions, resources, conditions }));
    }
    const wide = rights.flatMap(({ resources }) => resources).filter((resource) => resource.includes('*'));
    const findings = new Set(['*', ...wide].map((resource) => `Resource::${asFindingText(this, resource)}`));
    acknowledge(role, 'readinessReads', [...findings]);
    return role;
  }
}
