import type { ContainableResource } from '../containable-resource';
import type { ResponseMode } from '../response-mode';

/** What the steps of a response refer to. */
export interface ResponseTargets {
  readonly mode: ResponseMode;
  readonly resources: ContainableResource[];
  readonly dryRun: boolean;
  readonly partition: string;
  readonly region: string;
  readonly topicArn: string;
  readonly escalationTopicArn: string;
  readonly casesTable: string;
  readonly recordBucket: string;
  /** The role of each kind's runbook. */
  readonly runbookRoles: Record<string, string>;
  /** Who may reach a contained bucket, and the records. */
  readonly responders: string[];
  /** What findings of Security Hub CSPM need to be read; none where they start no response. ARNs have `{}` for the name. */
  readonly securityHub?: { readonly neverContain: string[]; readonly arns: Record<string, string> };
  readonly forensics?: { readonly account: string; readonly keyArn: string };
}

/** A state of Amazon States Language. */
export type State = Record<string, unknown>;

/** A service integration, named in the partition of the state machine. */
export const service = ({ partition }: ResponseTargets, api: string): string => `arn:${partition}:states:::${api}`;
export const sdk = (targets: ResponseTargets, api: string): string => service(targets, `aws-sdk:${api}`);
/**
 * How the integration `dynamodb:*` calls a condition that does not hold; `aws-sdk:dynamodb:*` would call it `DynamoDb.`, as the SDK for
 * Java does. AWS's own semaphore catches it by this name:
 * https://aws.amazon.com/blogs/compute/controlling-concurrency-in-distributed-systems-using-aws-step-functions/
 */
export const CASE_IS_OPEN = 'DynamoDB.ConditionalCheckFailedException';
export const ON_ANY_FAILURE = [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'TellOfFailure' }];
/** For half a minute or so, spread out: a hundred cases that begin together are throttled together. */
export const TRY_AGAIN = {
  ErrorEquals: ['States.ALL'],
  IntervalSeconds: 2,
  MaxAttempts: 5,
  BackoffRate: 2,
  MaxDelaySeconds: 20,
  JitterStrategy: 'FULL',
};

/** What a person reads: ids, ARN, type; no description of the finding, which can name a patient's file. */
export function publish(targets: ResponseTargets, notice: string, more: Record<string, unknown> = {}): State {
  return {
    Type: 'Task',
    Resource: service(targets, 'sns:publish'),
    Parameters: {
      TopicArn: targets.topicArn,
      Message: {
        notice,
        'id.$': '$.finding.id',
        'type.$': '$.finding.type',
        'severity.$': '$.finding.severity',
        'account.$': '$.finding.account',
        'region.$': '$.finding.region',
        'resource.$': '$.arn',
        ...more,
      },
    },
    ResultPath: null,
    Retry: [TRY_AGAIN],
    Catch: ON_ANY_FAILURE,
  };
}

export function chooseByKind(resources: ContainableResource[], prefix: string): State {
  return {
    Type: 'Choice',
    Choices: resources.map((kind) => ({
      Variable: '$.kind',
      StringEquals: kind,
      Next: `${prefix}${pascal(kind)}`,
    })),
    Default: 'TellOfFailure',
  };
}

/** `IAM_USER` is `IamUser` in the name of a state. */
export function pascal(kind: string): string {
  return kind
    .split('_')
    .map((word) => word[0] + word.slice(1).toLowerCase())
    .join('');
}
