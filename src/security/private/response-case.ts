import { markHubFinding } from './response-hub-finding';
import {
  CASE_IS_OPEN,
  ON_ANY_FAILURE,
  publish,
  type ResponseTargets,
  type State,
  sdk,
  service,
  TRY_AGAIN,
} from './response-state';

/** An execution is forgotten after 90 days. The API calls it without the ending; Step Functions adds one to names of the SDK. */
const EXECUTION_IS_GONE = ['Sfn.ExecutionDoesNotExistException', 'Sfn.ExecutionDoesNotExist'];

/** One case for each resource: a finding that recurs, or a second one, does not contain the same thing twice. */
export function openCase(targets: ResponseTargets): Record<string, State> {
  const { casesTable } = targets;
  const item = {
    resource: { 'S.$': '$.arn' },
    finding: { 'S.$': '$.finding.id' },
    execution: { 'S.$': '$$.Execution.Id' },
    openedAt: { 'S.$': '$$.Execution.StartTime' },
  };
  const put = (condition: string, value: Record<string, unknown>, otherwise: string): State => ({
    Type: 'Task',
    Resource: service(targets, 'dynamodb:putItem'),
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
    Next: 'WhichDay',
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
      Resource: service(targets, 'dynamodb:getItem'),
      Parameters: { TableName: casesTable, Key: { resource: { 'S.$': '$.arn' } }, ConsistentRead: true },
      ResultPath: '$.former',
      Retry: [TRY_AGAIN],
      Catch: ON_ANY_FAILURE,
      Next: 'IsStillOpen',
    },
    IsStillOpen: {
      Type: 'Choice',
      Choices: [{ Variable: '$.former.Item.execution.S', IsPresent: true, Next: 'LookAtOpenCase' }],
      Default: 'OpenCase', // it was closed in between
    },
    LookAtOpenCase: {
      Type: 'Task',
      Resource: sdk(targets, 'sfn:describeExecution'),
      Parameters: { 'ExecutionArn.$': '$.former.Item.execution.S' },
      ResultSelector: { 'status.$': '$.Status' },
      ResultPath: '$.formerCase',
      Retry: [{ ErrorEquals: EXECUTION_IS_GONE, MaxAttempts: 0 }, TRY_AGAIN],
      Catch: [{ ErrorEquals: EXECUTION_IS_GONE, ResultPath: '$.error', Next: 'TakeOver' }, ...ON_ANY_FAILURE],
      Next: 'IsHandled',
    },
    IsHandled: {
      Type: 'Choice',
      Choices: [{ Variable: '$.formerCase.status', StringEquals: 'RUNNING', Next: 'AlreadyHandled' }],
      Default: 'TakeOver', // it was aborted, or ran out of time, and could not close its case
    },
    AlreadyHandled: { Type: 'Succeed' },
    TakeOver: put('#execution = :execution', { 'S.$': '$.former.Item.execution.S' }, 'AlreadyHandled'),
  };
}

/** A finding among the cases, which are of resources. */
const FINDING = { 'S.$': "States.Format('finding:{}', $.finding.id)" };
const TODAY = "States.ArrayGetItem(States.StringSplit($$.State.EnteredTime, 'T'), 0)";

/**
 * An intruder goes on, and so does the finding: GuardDuty sends it again every 15 minutes, with the same id. What was answered is left
 * alone until the day (UTC) after the answer, or a machine would be contained over and over, and whoever refused be asked again. A question
 * may be open for hours, past midnight, too: the day is that of the answer. Looked at while the case is open, so that nobody else can
 * answer meanwhile.
 *
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html
 */
export function readAnswer(targets: ResponseTargets, otherwise: string): Record<string, State> {
  return {
    WhichDay: {
      Type: 'Pass',
      Parameters: { 'day.$': TODAY },
      ResultPath: '$.today',
      Next: 'ReadAnswer',
    },
    ReadAnswer: {
      Type: 'Task',
      Resource: service(targets, 'dynamodb:getItem'),
      Parameters: { TableName: targets.casesTable, Key: { resource: FINDING }, ConsistentRead: true },
      ResultPath: '$.answer',
      Retry: [TRY_AGAIN],
      Catch: ON_ANY_FAILURE,
      Next: 'IsAnswered',
    },
    IsAnswered: {
      Type: 'Choice',
      Choices: [
        {
          And: [
            { Variable: '$.answer.Item.day.S', IsPresent: true },
            { Variable: '$.answer.Item.day.S', StringEqualsPath: '$.today.day' },
          ],
          Next: 'CloseCase',
        },
      ],
      Default: otherwise,
    },
  };
}

/** A question that nobody answered, and a response that failed, are not remembered: they come again. */
function rememberAnswer(targets: ResponseTargets): State {
  return {
    Type: 'Task',
    Resource: service(targets, 'dynamodb:putItem'),
    Parameters: {
      TableName: targets.casesTable,
      Item: { resource: FINDING, day: { 'S.$': TODAY }, execution: { 'S.$': '$$.Execution.Id' } },
    },
    ResultPath: null,
    Retry: [TRY_AGAIN],
    Catch: ON_ANY_FAILURE,
    Next: 'CloseCase',
  };
}

/** However it ends, the case is closed; where something failed, somebody is told first, and the execution fails. */
export function end(targets: ResponseTargets): Record<string, State> {
  const close = (next: string): State => ({
    Type: 'Task',
    Resource: service(targets, 'dynamodb:deleteItem'),
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
    RememberAnswer: rememberAnswer(targets),
    CloseCase: close(targets.securityHub ? 'IsOfSecurityHub' : 'Done'),
    ...markHubFinding(targets),
    CloseFailedCase: close('Failed'),
    Done: { Type: 'Succeed' },
    Failed: { Type: 'Fail', Error: 'ResponseFailed', Cause: 'See the states before this one' },
  };
}
