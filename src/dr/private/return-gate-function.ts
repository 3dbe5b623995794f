import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from '../../core/private/acknowledgements';
import type { ReconciliationRight } from './reconciled-stores';
import { reconciliationCode, reconciliationRole } from './reconciliation-function';

/** Properties of a ReturnGateFunction. */
export interface ReturnGateFunctionProps {
  readonly systemName: string;
  /** What the function that reconciles is told, too. */
  readonly payload: Record<string, unknown>;
  readonly rights: ReconciliationRight[];
  readonly logGroup: logs.ILogGroup;
  readonly deadLetterQueue: sqs.IQueue;
}

/**
 * Asked by a plan of ARC Region switch whether the database may return to this Region: fails while anything is not reconciled or not
 * replicated. It has a name, by which a plan in another Region knows it, and reads of databases what the report is compared with.
 */
export class ReturnGateFunction extends Construct {
  /** Its ARN, made of names. */
  public readonly functionArn: string;

  public constructor(scope: Construct, id: string, props: ReturnGateFunctionProps) {
    super(scope, id);
    const { systemName, payload, rights, logGroup, deadLetterQueue } = props;
    const functionName = `${systemName}-may-return`;
    const question = { ...payload, action: 'ask', execution: 'a plan of ARC Region switch' };
    const handler = new lambda.Function(this, 'Function', {
      functionName,
      description: `Whether the database of ${systemName} may return to this Region: not before everything is reconciled`,
      code: reconciliationCode(),
      handler: 'index.mayReturn',
      runtime: lambda.Runtime.NODEJS_24_X,
      role: reconciliationRole(this, systemName, rights, logGroup),
      environment: { QUESTION: Stack.of(this).toJsonString(question) },
      timeout: Duration.seconds(60),
      memorySize: 256,
      logGroup,
      deadLetterQueue,
    });
    acknowledge(handler, 'reconciliationFunction');
    this.functionArn = Stack.of(this).formatArn({
      service: 'lambda',
      resource: 'function',
      resourceName: functionName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }
}
