import { ContainableResource } from '../containable-resource';
import { RUNBOOKS } from './containment-runbooks';
import { pascal, publish, type ResponseTargets, type State, sdk, TRY_AGAIN } from './response-state';

/** Sets off the alarm, and leaves the finding to come again. */
const NOT_MARKED = [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Failed' }];

/** What a finding of Security Hub CSPM is about, said as the rules for GuardDuty say it. The first state. */
export function readHubFinding(targets: ResponseTargets): Record<string, State> {
  if (!targets.securityHub) {
    return {};
  }
  const { resources, securityHub } = targets;
  const users = resources.includes(ContainableResource.IAM_USER);
  const exempt = securityHub.neverContain.map((name) => ({ Variable: '$.resource', StringEquals: name }));
  const kinds = resources.map((kind) => [
    `About${pascal(kind)}`,
    {
      Type: 'Pass',
      Parameters: {
        kind,
        'resource.$': '$.named.name',
        // as the rules for GuardDuty write it, without the path of a user or role: one case for one resource
        'arn.$': `States.Format('${securityHub.arns[kind]}', $.named.name)`,
        'finding.$': '$.finding',
      },
      Next: exempt.length > 0 ? 'IsExempt' : 'OpenCase',
    },
  ]);
  return {
    WhichFinding: {
      Type: 'Choice',
      Choices: [{ Variable: '$.about', IsPresent: true, Next: 'SplitArn' }],
      Default: 'OpenCase',
    },
    SplitArn: {
      Type: 'Pass',
      Parameters: { 'pieces.$': "States.StringSplit($.about.id, ':/')" },
      ResultPath: '$.split',
      Next: 'NameResource',
    },
    NameResource: {
      Type: 'Pass',
      Parameters: {
        'name.$': 'States.ArrayGetItem($.split.pieces, States.MathAdd(States.ArrayLength($.split.pieces), -1))',
      },
      ResultPath: '$.named',
      Next: 'WhichKind',
    },
    WhichKind: {
      Type: 'Choice',
      Choices: [
        ...resources.map((kind) => ({
          Variable: '$.about.type',
          StringEquals: RUNBOOKS[kind].securityHubType,
          Next: `About${pascal(kind)}`,
        })),
        ...(users ? [{ Variable: '$.about.type', StringEquals: 'AwsIamAccessKey', Next: 'ReadKeyOwner' }] : []),
      ],
      Default: 'TellOnly',
    },
    ...(users ? whoseKey(targets) : {}),
    ...Object.fromEntries(kinds),
    ...(exempt.length > 0
      ? {
          IsExempt: {
            Type: 'Choice',
            Choices: exempt.map((condition) => ({ ...condition, Next: 'TellOnly' })),
            Default: 'OpenCase',
          },
        }
      : {}),
    TellOnly: tellOnly(targets),
  };
}

/**
 * An access key is contained with the user it belongs to. The finding may name somebody, but only IAM is believed. Of a session IAM knows no
 * user, and of another account's key it says nothing: then it is told.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccessKeyLastUsed.html
 */
function whoseKey(targets: ResponseTargets): Record<string, State> {
  return {
    ReadKeyOwner: {
      Type: 'Task',
      Resource: sdk(targets, 'iam:getAccessKeyLastUsed'),
      Parameters: { 'AccessKeyId.$': '$.named.name' },
      ResultPath: '$.key',
      Retry: [TRY_AGAIN],
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'TellOnly' }],
      Next: 'HasKeyOwner',
    },
    HasKeyOwner: {
      Type: 'Choice',
      Choices: [{ Variable: '$.key.UserName', IsPresent: true, Next: 'NameKeyOwner' }],
      Default: 'TellOnly',
    },
    NameKeyOwner: {
      Type: 'Pass',
      Parameters: { 'name.$': '$.key.UserName' },
      ResultPath: '$.named',
      Next: `About${pascal(ContainableResource.IAM_USER)}`,
    },
  };
}

/** Nobody else tells of such a finding. No name of the resource: it may be an object, named after a patient. */
function tellOnly(targets: ResponseTargets): State {
  const state = publish(targets, 'A finding that no response is made to by rule; somebody must look');
  const { Parameters } = state as { Parameters: { TopicArn: string; Message: Record<string, unknown> } };
  const { 'resource.$': _, ...Message } = Parameters.Message;
  return {
    ...state,
    Parameters: { ...Parameters, Message },
    Catch: NOT_MARKED,
    Next: 'MarkFinding',
  };
}

/**
 * A finding that was answered is marked as told, so that an update of it does not start a second response. In this order: what failed
 * comes again.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/findings-workflow-status.html
 */
export function markHubFinding(targets: ResponseTargets): Record<string, State> {
  if (!targets.securityHub) {
    return {};
  }
  return {
    IsOfSecurityHub: {
      Type: 'Choice',
      Choices: [{ Variable: '$.finding.productArn', IsPresent: true, Next: 'MarkFinding' }],
      Default: 'Done',
    },
    MarkFinding: {
      Type: 'Task',
      Resource: sdk(targets, 'securityhub:batchUpdateFindings'),
      Parameters: {
        FindingIdentifiers: [{ 'Id.$': '$.finding.id', 'ProductArn.$': '$.finding.productArn' }],
        Workflow: { Status: 'NOTIFIED' },
      },
      ResultSelector: { 'unprocessed.$': '$.UnprocessedFindings' },
      ResultPath: '$.marked',
      Retry: [TRY_AGAIN],
      Catch: NOT_MARKED, // everything else is done and told
      Next: 'IsMarked',
    },
    IsMarked: {
      Type: 'Choice', // what it could not change is in the answer, not an error
      Choices: [{ Variable: '$.marked.unprocessed[0]', IsPresent: true, Next: 'Failed' }],
      Default: 'Done',
    },
  };
}
