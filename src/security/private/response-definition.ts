import { ContainableResource } from '../containable-resource';
import type { ResponseMode } from '../response-mode';
import { type ContainmentRunbook, RUNBOOKS } from './containment-runbooks';

/** What the steps of a response refer to. */
export interface ResponseTargets {
  readonly mode: ResponseMode;
  readonly resources: ContainableResource[];
  readonly dryRun: boolean;
  readonly region: string;
  readonly topicArn: string;
  readonly escalationTopicArn: string;
  readonly casesTable: string;
  readonly recordBucket: string;
  /** The role of each kind's runbook. */
  readonly runbookRoles: Record<string, string>;
  /** Who may reach a contained bucket, and the records. */
  readonly responders: string[];
  readonly forensics?: { readonly account: string; readonly keyArn: string };
}

type State = Record<string, unknown>;

/**
 * The steps of a response, in Amazon States Language. The input is what the rules make of a finding: `finding`, `kind`, `resource`, `arn`.
 * Every task that can fail says where that leads, so that no failure is silent.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html
 */
export function responseDefinition(targets: ResponseTargets): State {
  return {
    Comment: 'Contains what GuardDuty found, if that may be',
    StartAt: 'OpenCase',
    States: {
      ...openCase(targets),
      ...keepEvidence(targets),
      ...decide(targets),
      ...contain(targets),
      ...end(targets),
    },
  };
}

const sdk = (api: string): string => `arn:aws:states:::aws-sdk:${api}`;
const CASE_IS_OPEN = 'DynamoDB.ConditionalCheckFailedException';
const ON_ANY_FAILURE = [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'TellOfFailure' }];
const TRY_AGAIN = { ErrorEquals: ['States.ALL'], IntervalSeconds: 2, MaxAttempts: 3, BackoffRate: 2 };

/** One case for each resource: a finding that recurs, or a second one, does not contain the same thing twice. */
function openCase({ casesTable, mode, resources }: ResponseTargets): Record<string, State> {
  const evidence = mode.contains && resources.includes(ContainableResource.INSTANCE);
  const item = {
    resource: { 'S.$': '$.arn' },
    finding: { 'S.$': '$.finding.id' },
    execution: { 'S.$': '$$.Execution.Id' },
    openedAt: { 'S.$': '$$.Execution.StartTime' },
  };
  const put = (condition: string, value: Record<string, unknown>, otherwise: string): State => ({
    Type: 'Task',
    Resource: 'arn:aws:states:::dynamodb:putItem',
    Parameters: {
      TableName: casesTable,
      Item: item,
      ConditionExpression: condition,
      ExpressionAttributeNames: { '#execution': 'execution' },
      ExpressionAttributeValues: { ':execution': value },
    },
    ResultPath: null,
    Retry: [{ ErrorEquals: [CASE_IS_OPEN], MaxAttempts: 0 }, TRY_AGAIN],
    Catch: [{ ErrorEquals: [CASE_IS_OPEN], ResultPath: '$.error', Next: otherwise }, ...ON_ANY_FAILURE],
    Next: evidence ? 'HasVolumes' : 'ReadTags',
  });
  return {
    // its own case is no other one: a put whose answer got lost is tried again
    OpenCase: put(
      'attribute_not_exists(#execution) OR #execution = :execution',
      { 'S.$': '$$.Execution.Id' },
      'ReadOpenCase',
    ),
    ReadOpenCase: {
      Type: 'Task',
      Resource: 'arn:aws:states:::dynamodb:getItem',
      Parameters: { TableName: casesTable, Key: { resource: { 'S.$': '$.arn' } }, ConsistentRead: true },
      ResultSelector: { 'execution.$': '$.Item.execution.S' },
      ResultPath: '$.former',
      Retry: [TRY_AGAIN],
      Catch: ON_ANY_FAILURE,
      Next: 'LookAtOpenCase',
    },
    LookAtOpenCase: {
      Type: 'Task',
      Resource: sdk('sfn:describeExecution'),
      Parameters: { 'ExecutionArn.$': '$.former.execution' },
      ResultSelector: { 'status.$': '$.Status' },
      ResultPath: '$.formerCase',
      Retry: [TRY_AGAIN],
      Catch: ON_ANY_FAILURE,
      Next: 'IsHandled',
    },
    IsHandled: {
      Type: 'Choice',
      Choices: [{ Variable: '$.formerCase.status', StringEquals: 'RUNNING', Next: 'AlreadyHandled' }],
      Default: 'TakeOver', // somebody aborted it, and it could not close its case
    },
    AlreadyHandled: { Type: 'Succeed' },
    TakeOver: put('#execution = :execution', { 'S.$': '$.former.execution' }, 'AlreadyHandled'),
  };
}

/** Snapshots disturb nothing and are the only look back: they are made before anything is asked. */
function keepEvidence(targets: ResponseTargets): Record<string, State> {
  if (!targets.mode.contains || !targets.resources.includes(ContainableResource.INSTANCE)) {
    return {};
  }
  return {
    HasVolumes: {
      Type: 'Choice',
      Choices: [{ Variable: '$.kind', StringEquals: ContainableResource.INSTANCE, Next: 'KeepEvidence' }],
      Default: 'ReadTags',
    },
    KeepEvidence: {
      Type: 'Task',
      Resource: sdk('ec2:createSnapshots'),
      Parameters: {
        InstanceSpecification: { 'InstanceId.$': '$.resource' },
        'Description.$': "States.Format('Evidence of GuardDuty finding {}', $.finding.id)",
        TagSpecifications: [{ ResourceType: 'snapshot', Tags: [{ Key: 'ehr:case', 'Value.$': '$.finding.id' }] }],
      },
      ResultSelector: { 'snapshots.$': '$.Snapshots[*].SnapshotId' },
      ResultPath: '$.evidence',
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'TellOfLostEvidence' }],
      Next: 'ReadTags',
    },
    TellOfLostEvidence: {
      ...publish(targets, 'Evidence of an instance could not be kept; it is not contained without approval'),
      ResultSelector: { reason: 'its evidence could not be kept' },
      ResultPath: '$.doubt',
      Next: 'ReadTags',
    },
  };
}

/** Whoever cannot be shown to be uncritical is asked about. */
function decide(targets: ResponseTargets): Record<string, State> {
  const { mode, resources } = targets;
  const reading = Object.fromEntries(
    resources.map((kind) => {
      const { api, parameters, tags } = RUNBOOKS[kind].readTags;
      return [
        `ReadTagsOf${pascal(kind)}`,
        {
          Type: 'Task',
          Resource: sdk(api),
          Parameters: parameters,
          ResultSelector: { 'values.$': tags },
          ResultPath: '$.tier',
          Retry: [TRY_AGAIN],
          Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'TagsUnreadable' }],
          Next: 'Decide',
        },
      ];
    }),
  );
  const automatic = mode.automaticTiers.map((tier) => ({ Variable: '$.tier.values[0]', StringEquals: tier }));
  return {
    ReadTags: chooseByKind(resources, 'ReadTagsOf'),
    ...reading,
    TagsUnreadable: doubt('its tags could not be read'),
    Decide: {
      Type: 'Choice',
      Choices: [
        { Variable: '$.doubt', IsPresent: true, Next: 'Ask' },
        ...automatic.map((condition) => ({
          And: [{ Variable: '$.tier.values[0]', IsPresent: true }, condition],
          Next: 'Contain',
        })),
        { Variable: '$.tier.values[0]', IsPresent: true, Next: 'TierMustBeAsked' },
      ],
      Default: 'TierUnknown',
    },
    TierUnknown: doubt('it has no tag ehr:tier, so that nobody knows how critical it is'),
    TierMustBeAsked: {
      Type: 'Pass',
      Parameters: { 'reason.$': "States.Format('its tier is {}', $.tier.values[0])" },
      ResultPath: '$.doubt',
      Next: 'Ask',
    },
    ...(mode.contains ? ask(targets) : onlyTell(targets)),
  };
}

function doubt(reason: string): State {
  return { Type: 'Pass', Result: { reason }, ResultPath: '$.doubt', Next: 'Ask' };
}

function onlyTell(targets: ResponseTargets): Record<string, State> {
  const message = { 'reason.$': '$.doubt.reason', runbooks: runbookNames(targets) };
  return { Ask: { ...publish(targets, 'A resource may need to be contained', message), Next: 'CloseCase' } };
}

/** The message holds the token, with which only those can answer who are allowed to: `grantApprove`. */
function ask(targets: ResponseTargets): Record<string, State> {
  const { region, mode } = targets;
  const answer = (output: string): string =>
    `States.Format('aws stepfunctions send-task-success --region ${region} --task-output ${output} --task-token {}', $$.Task.Token)`;
  return {
    Ask: {
      ...publish(targets, 'Approval is needed to contain a resource', {
        'reason.$': '$.doubt.reason',
        'approve.$': answer('true'),
        'refuse.$': answer('false'),
        answerWithinMinutes: mode.approvalTimeout.toMinutes({ integral: false }),
      }),
      Resource: 'arn:aws:states:::sns:publish.waitForTaskToken',
      TimeoutSeconds: mode.approvalTimeout.toSeconds(),
      Retry: [], // nobody is asked twice
      ResultPath: '$.approved',
      Catch: [{ ErrorEquals: ['States.Timeout'], ResultPath: '$.error', Next: 'Escalate' }, ...ON_ANY_FAILURE],
      Next: 'IsApproved',
    },
    IsApproved: {
      Type: 'Choice',
      Choices: [{ Variable: '$.approved', BooleanEquals: true, Next: 'Contain' }],
      Default: 'TellOfRefusal',
    },
    TellOfRefusal: { ...publish(targets, 'Containment was refused; nothing was contained'), Next: 'CloseCase' },
    Escalate: {
      ...publish(
        { ...targets, topicArn: targets.escalationTopicArn },
        'Nobody answered in time; nothing was contained, and somebody must decide',
      ),
      Next: 'CloseCase',
    },
  };
}

function contain(targets: ResponseTargets): Record<string, State> {
  if (!targets.mode.contains) {
    return {};
  }
  const kinds = Object.fromEntries(
    targets.resources.map((kind) => [
      `Contain${pascal(kind)}`,
      {
        Type: 'Task',
        Resource: sdk('ssm:startAutomationExecution'), // not tried again: a second one would back up what the first has made
        Parameters: { DocumentName: RUNBOOKS[kind].document, Parameters: parametersOf(RUNBOOKS[kind], kind, targets) },
        ResultSelector: { 'id.$': '$.AutomationExecutionId' },
        ResultPath: '$.automation',
        Catch: ON_ANY_FAILURE,
        Next: 'WaitForRunbook',
      },
    ]),
  );
  return {
    Contain: chooseByKind(targets.resources, 'Contain'),
    ...kinds,
    WaitForRunbook: { Type: 'Wait', Seconds: 30, Next: 'LookAtRunbook' },
    LookAtRunbook: {
      Type: 'Task',
      Resource: sdk('ssm:getAutomationExecution'),
      Parameters: { 'AutomationExecutionId.$': '$.automation.id' },
      ResultSelector: {
        'id.$': '$.AutomationExecution.AutomationExecutionId',
        'status.$': '$.AutomationExecution.AutomationExecutionStatus',
      },
      ResultPath: '$.automation',
      Retry: [TRY_AGAIN],
      Catch: ON_ANY_FAILURE,
      Next: 'HowIsRunbook',
    },
    HowIsRunbook: {
      Type: 'Choice',
      Choices: [
        { Variable: '$.automation.status', StringEquals: 'Success', Next: 'TellOfContainment' },
        {
          Or: ['Pending', 'InProgress', 'Waiting', 'Cancelling'].map((status) => ({
            Variable: '$.automation.status',
            StringEquals: status,
          })),
          Next: 'WaitForRunbook',
        },
      ],
      Default: 'TellOfFailure',
    },
    TellOfContainment: {
      ...publish(
        targets,
        targets.dryRun ? 'A rehearsal of containment succeeded; nothing was changed' : 'A resource was contained',
        { 'automation.$': '$.automation.id', undo: undoing(targets), records: targets.recordBucket },
      ),
      Next: targets.forensics ? 'HasEvidence' : 'CloseCase',
    },
    ...(targets.forensics ? shareEvidence(targets, targets.forensics) : {}),
  };
}

function parametersOf(runbook: ContainmentRunbook, kind: string, targets: ResponseTargets): State {
  const role = targets.runbookRoles[kind];
  return {
    [`${runbook.resourceParameter}.$`]: 'States.Array($.resource)',
    ...runbook.parameters,
    Action: ['Contain'],
    DryRun: [String(targets.dryRun)],
    BackupS3BucketName: [targets.recordBucket],
    BackupS3BucketAccess: [role, ...targets.responders],
    ...(runbook.restrictedAccess ? { BucketRestrictAccess: [role, ...targets.responders] } : {}),
    AutomationAssumeRole: [role],
  };
}

/** A snapshot can be copied once it is complete, and shared once its copy is: both are tried again for hours. */
function shareEvidence(
  targets: ResponseTargets,
  forensics: { account: string; keyArn: string },
): Record<string, State> {
  const whenComplete = [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 120, MaxAttempts: 90, BackoffRate: 1 }];
  return {
    HasEvidence: {
      Type: 'Choice',
      Choices: [{ Variable: '$.evidence', IsPresent: true, Next: 'ShareEvidence' }],
      Default: 'CloseCase',
    },
    ShareEvidence: {
      Type: 'Map',
      ItemsPath: '$.evidence.snapshots',
      ItemSelector: { 'snapshot.$': '$$.Map.Item.Value', 'case.$': '$.finding.id' },
      ItemProcessor: {
        ProcessorConfig: { Mode: 'INLINE' },
        StartAt: 'CopySnapshot',
        States: {
          CopySnapshot: {
            Type: 'Task',
            Resource: sdk('ec2:copySnapshot'),
            Parameters: {
              'SourceSnapshotId.$': '$.snapshot',
              SourceRegion: targets.region,
              Encrypted: true,
              KmsKeyId: forensics.keyArn,
              'Description.$': "States.Format('Evidence of GuardDuty finding {}', $.case)",
              TagSpecifications: [{ ResourceType: 'snapshot', Tags: [{ Key: 'ehr:case', 'Value.$': '$.case' }] }],
            },
            ResultSelector: { 'id.$': '$.SnapshotId' },
            ResultPath: '$.copy',
            Retry: whenComplete,
            Next: 'ShareCopy',
          },
          ShareCopy: {
            Type: 'Task',
            Resource: sdk('ec2:modifySnapshotAttribute'),
            Parameters: {
              'SnapshotId.$': '$.copy.id',
              Attribute: 'createVolumePermission',
              OperationType: 'add',
              UserIds: [forensics.account],
            },
            Retry: whenComplete,
            End: true,
          },
        },
      },
      ResultPath: null,
      Catch: ON_ANY_FAILURE,
      Next: 'CloseCase',
    },
  };
}

/** However it ends, the case is closed; where something failed, somebody is told first, and the execution fails. */
function end(targets: ResponseTargets): Record<string, State> {
  const close = (next: string): State => ({
    Type: 'Task',
    Resource: 'arn:aws:states:::dynamodb:deleteItem',
    Parameters: {
      TableName: targets.casesTable,
      Key: { resource: { 'S.$': '$.arn' } },
      ConditionExpression: '#execution = :execution', // never the case of another execution
      ExpressionAttributeNames: { '#execution': 'execution' },
      ExpressionAttributeValues: { ':execution': { 'S.$': '$$.Execution.Id' } },
    },
    ResultPath: null,
    Retry: [{ ErrorEquals: [CASE_IS_OPEN], MaxAttempts: 0 }, TRY_AGAIN],
    Catch: [
      { ErrorEquals: [CASE_IS_OPEN], ResultPath: '$.error', Next: next },
      { ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Failed' },
    ],
    Next: next,
  });
  const notTold = [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'CloseFailedCase' }];
  return {
    TellOfFailure: {
      ...publish(targets, 'A response to a finding failed; somebody must look', { 'execution.$': '$$.Execution.Id' }),
      Catch: notTold,
      Next: 'CloseFailedCase',
    },
    CloseCase: close('Done'),
    CloseFailedCase: close('Failed'),
    Done: { Type: 'Succeed' },
    Failed: { Type: 'Fail', Error: 'ResponseFailed', Cause: 'See the states before this one' },
  };
}

/** What a person reads: ids, ARN, type; no description of the finding, which can name a patient's file. */
function publish({ topicArn }: ResponseTargets, notice: string, more: Record<string, unknown> = {}): State {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::sns:publish',
    Parameters: {
      TopicArn: topicArn,
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

function chooseByKind(resources: ContainableResource[], prefix: string): State {
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

function runbookNames({ resources }: ResponseTargets): string {
  return [...new Set(resources.map((kind) => RUNBOOKS[kind].document))].join(', ');
}

function undoing({ resources }: ResponseTargets): string {
  const ways = resources.map((kind) => `${RUNBOOKS[kind].document} with Action=${RUNBOOKS[kind].undo}`);
  return [...new Set(ways)].join('; ');
}

/** `IAM_USER` is `IamUser` in the name of a state. */
function pascal(kind: string): string {
  return kind
    .split('_')
    .map((word) => word[0] + word.slice(1).toLowerCase())
    .join('');
}
