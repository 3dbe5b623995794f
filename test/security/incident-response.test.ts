import { type CfnElement, Duration, Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ClinicalTier, ContainableResource, ResponseMode } from '../../src';
import { matchesPattern } from '../support/event-pattern';
import { responseIn } from '../support/incident-response';
import { decide, type Statement } from '../support/policy-simulator';
import { execute, type TaskAnswer, type TaskCall, TaskError, unreachable } from '../support/state-machine';

const AUTO = ResponseMode.auto();
const APPROVE = ResponseMode.approve();

/** What a rule makes of a finding. */
function found(kind: ContainableResource = ContainableResource.INSTANCE, resource = 'i-0abc'): Record<string, unknown> {
  const finding = {
    id: 'f1',
    type: 'Backdoor:EC2/C&CActivity.B',
    severity: 8,
    account: '111122223333',
    region: 'us-east-1',
  };
  return { kind, resource, arn: `arn:aws:test:::${resource}`, finding };
}

const tagged = (tier?: string) => ({
  Tags: tier
    ? [
        { Key: 'Name', Value: 'x' },
        { Key: 'ehr:tier', Value: tier },
      ]
    : [],
});

/** AWS where everything goes well, but for what a test says. */
function aws(
  answers: Record<string, TaskAnswer | ((call: TaskCall) => TaskAnswer)> = {},
): (call: TaskCall) => TaskAnswer {
  const usual: typeof answers = {
    KeepEvidence: { Snapshots: [{ SnapshotId: 'snap-1' }, { SnapshotId: 'snap-2' }] },
    ReadTagsOfInstance: tagged('OPERATIONAL'),
    ReadTagsOfIamUser: tagged('OPERATIONAL'),
    ReadTagsOfIamRole: tagged('OPERATIONAL'),
    ReadTagsOfBucket: { TagSet: tagged('OPERATIONAL').Tags },
    Ask: true,
    LookAtRunbook: { AutomationExecution: { AutomationExecutionId: 'a1', AutomationExecutionStatus: 'Success' } },
    CopySnapshot: { SnapshotId: 'snap-copy' },
  };
  return (call) => {
    const started = call.resource.endsWith('startAutomationExecution') ? { AutomationExecutionId: 'a1' } : {};
    const given = { ...usual, ...answers }[call.state] ?? started;
    return typeof given === 'function' ? given(call) : given;
  };
}

const FAILS = new TaskError('Service.Exception');
const { definition: auto } = responseIn({ mode: AUTO });
const { definition: approve } = responseIn({ mode: APPROVE });

function contained(calls: TaskCall[]): boolean {
  return calls.some(({ resource }) => resource.endsWith('ssm:startAutomationExecution'));
}

function notices(calls: TaskCall[]): string[] {
  return calls
    .filter(({ resource }) => resource.includes('sns:publish'))
    .map(({ parameters }) => (parameters.Message as { notice: string }).notice);
}

/** Whether the case that was opened was closed in the end. */
function closed(calls: TaskCall[]): boolean {
  return calls.some(({ resource }) => resource.endsWith('dynamodb:deleteItem'));
}

describe('in auto mode', () => {
  test('an operational instance is contained at once, after its evidence was kept', () => {
    const { status, calls } = execute(auto, found(), aws());
    expect(status).toBe('SUCCEEDED');
    expect(calls.map(({ state }) => state)).toEqual([
      'OpenCase',
      'ReadAnswer',
      'KeepEvidence',
      'ReadTagsOfInstance',
      'ContainInstance',
      'LookAtRunbook',
      'TellOfContainment',
      'RememberAnswer',
      'CloseCase',
    ]);
    const start = calls[4].parameters as { DocumentName: string; Parameters: Record<string, string[]> };
    expect(start.DocumentName).toBe('AWSSupport-ContainEC2Instance');
    expect(start.Parameters).toMatchObject({ InstanceId: ['i-0abc'], Action: ['Contain'], DryRun: ['false'] });
    expect(start.Parameters.AutomationAssumeRole[0]).toMatch(/^arn:aws:iam::111122223333:role\//);
    expect(calls[2].parameters).toMatchObject({
      InstanceSpecification: { InstanceId: 'i-0abc' }, // all its volumes
      TagSpecifications: [{ ResourceType: 'snapshot', Tags: [{ Key: 'ehr:case', Value: 'f1' }] }],
    });
  });

  test.each([
    [
      ContainableResource.IAM_USER,
      'AWSSupport-ContainIAMPrincipal',
      { PrincipalType: ['IAM user'], PrincipalName: ['x'] },
    ],
    [
      ContainableResource.IAM_ROLE,
      'AWSSupport-ContainIAMPrincipal',
      { PrincipalType: ['IAM role'], PrincipalName: ['x'] },
    ],
    [ContainableResource.BUCKET, 'AWSSupport-ContainS3Resource', { BucketName: ['x'] }],
  ])('%s is contained by %s, without snapshots', (kind, document, parameters) => {
    const { calls } = execute(auto, found(kind, 'x'), aws());
    const start = calls.find(({ resource }) => resource.endsWith('startAutomationExecution'));
    expect(start?.parameters).toMatchObject({ DocumentName: document, Parameters: parameters });
    expect(calls.some(({ state }) => state === 'KeepEvidence')).toBe(false);
  });

  test.each([
    ['LIFE_CRITICAL', 'its tier is LIFE_CRITICAL'],
    ['FOUNDATION', 'its tier is FOUNDATION'],
    ['CARE_ESSENTIAL', 'its tier is CARE_ESSENTIAL'],
    ['operational', 'its tier is operational'],
    [undefined, 'it has no tag ehr:tier'],
  ])('a resource of tier %s is asked about', (tier, reason) => {
    const refused = execute(auto, found(), aws({ ReadTagsOfInstance: tagged(tier), Ask: false }));
    expect(contained(refused.calls)).toBe(false);
    const question = refused.calls.find(({ state }) => state === 'Ask')?.parameters.Message as { reason: string };
    expect(question.reason).toContain(reason);
    const approved = execute(auto, found(), aws({ ReadTagsOfInstance: tagged(tier), Ask: true }));
    expect(contained(approved.calls)).toBe(true);
  });

  test.each(['INSTANCE', 'IAM_USER', 'IAM_ROLE', 'BUCKET'] as ContainableResource[])(
    'when the tags of %s cannot be read, it is asked about',
    (kind) => {
      const unreadable = {
        ReadTagsOfInstance: FAILS,
        ReadTagsOfIamUser: FAILS,
        ReadTagsOfIamRole: FAILS,
        ReadTagsOfBucket: FAILS,
      };
      const { calls, path } = execute(auto, found(kind), aws({ ...unreadable, Ask: new TaskError('States.Timeout') }));
      expect(path).toContain('TagsUnreadable');
      expect(contained(calls)).toBe(false);
    },
  );

  test('an instance whose evidence could not be kept is told of, and asked about', () => {
    const { calls } = execute(auto, found(), aws({ KeepEvidence: FAILS, Ask: false }));
    expect(notices(calls)).toEqual([
      'Evidence of an instance could not be kept; it is not contained without approval',
      'Approval is needed to contain a resource',
      'Containment was refused; nothing was contained',
    ]);
    expect(contained(calls)).toBe(false);
  });

  test('the tiers can be chosen', () => {
    const { definition } = responseIn({ mode: ResponseMode.auto({ tiers: [ClinicalTier.CARE_ESSENTIAL] }) });
    const withTier = (tier: string) =>
      execute(definition, found(), aws({ ReadTagsOfInstance: tagged(tier), Ask: false }));
    expect(contained(withTier('CARE_ESSENTIAL').calls)).toBe(true);
    expect(contained(withTier('OPERATIONAL').calls)).toBe(false);
  });
});

describe('in approve mode', () => {
  test('everything is asked about, and contained when approved', () => {
    const { status, calls } = execute(approve, found(), aws());
    expect(calls.map(({ state }) => state)).toEqual([
      'OpenCase',
      'ReadAnswer',
      'KeepEvidence',
      'ReadTagsOfInstance',
      'Ask',
      'ContainInstance',
      'LookAtRunbook',
      'TellOfContainment',
      'RememberAnswer',
      'CloseCase',
    ]);
    expect(status).toBe('SUCCEEDED');
  });

  test('the question says how to answer, and until when', () => {
    const ask = execute(approve, found(), aws()).calls.find(({ state }) => state === 'Ask') as TaskCall;
    expect(ask.resource).toBe('arn:aws:states:::sns:publish.waitForTaskToken');
    expect(ask.parameters.Message).toMatchObject({
      approve: 'aws stepfunctions send-task-success --region us-east-1 --task-output true --task-token TOKEN',
      refuse: 'aws stepfunctions send-task-success --region us-east-1 --task-output false --task-token TOKEN',
      answerWithinMinutes: 240,
    });
    expect(approve.States.Ask).toMatchObject({ TimeoutSeconds: 4 * 3600 });
  });

  test('a refusal contains nothing, is told, and closes the case', () => {
    const { status, calls } = execute(approve, found(), aws({ Ask: false }));
    expect(contained(calls)).toBe(false);
    expect(notices(calls)).toContain('Containment was refused; nothing was contained');
    expect([status, closed(calls)]).toEqual(['SUCCEEDED', true]);
  });

  test('without an answer nothing is contained, nobody is asked again, and it is escalated', () => {
    const { status, calls } = execute(approve, found(), aws({ Ask: new TaskError('States.Timeout') }));
    expect(contained(calls)).toBe(false);
    expect(calls.filter(({ state }) => state === 'Ask')).toHaveLength(1);
    expect(calls.at(-2)?.state).toBe('Escalate');
    expect([status, closed(calls)]).toEqual(['SUCCEEDED', true]);
  });

  test.each([['"yes"'], [{ approved: true }], [1]])(
    'an answer that is not true or false (%j) contains nothing',
    (answer) => {
      expect(contained(execute(approve, found(), aws({ Ask: answer })).calls)).toBe(false);
    },
  );
});

test('in notify mode nothing is touched: it is said what it is, and what would contain it', () => {
  const { definition, response } = responseIn({ mode: ResponseMode.notify() });
  const { calls } = execute(definition, found(), aws({ ReadTagsOfInstance: tagged('LIFE_CRITICAL') }));
  expect(calls.map(({ state }) => state)).toEqual([
    'OpenCase',
    'ReadAnswer',
    'ReadTagsOfInstance',
    'Ask',
    'RememberAnswer',
    'CloseCase',
  ]);
  expect(calls[3].parameters.Message).toMatchObject({
    notice: 'A resource may need to be contained',
    reason: 'its tier is LIFE_CRITICAL',
    runbooks: expect.stringContaining('AWSSupport-ContainEC2Instance'),
  });
  expect(calls[3].resource).toBe('arn:aws:states:::sns:publish');
  expect(response.runbookRoles).toEqual({});
});

describe('one case is open for a resource', () => {
  // what the integration of a service throws, by the spelling of its resource
  const open = (call: TaskCall) =>
    new TaskError(
      call.resource.includes(':::dynamodb:')
        ? 'DynamoDB.ConditionalCheckFailedException'
        : 'DynamoDb.ConditionalCheckFailedException',
    );
  const former = { Item: { execution: { S: 'arn:former' } } };

  test('while it is handled, a finding does nothing new', () => {
    const { status, calls } = execute(
      auto,
      found(),
      aws({ OpenCase: open, ReadOpenCase: former, LookAtOpenCase: { Status: 'RUNNING' } }),
    );
    expect(calls.map(({ state }) => state)).toEqual(['OpenCase', 'ReadOpenCase', 'LookAtOpenCase']);
    expect(status).toBe('SUCCEEDED');
  });

  test('a case that was left open by an aborted execution is taken over', () => {
    const answers = { OpenCase: open, ReadOpenCase: former, LookAtOpenCase: { Status: 'ABORTED' } };
    const { calls } = execute(auto, found(), aws(answers));
    const takeOver = calls.find(({ state }) => state === 'TakeOver');
    expect(takeOver?.parameters.ExpressionAttributeValues).toEqual({ ':execution': { S: 'arn:former' } });
    expect(contained(calls)).toBe(true);
  });

  test.each(['Sfn.ExecutionDoesNotExistException', 'Sfn.ExecutionDoesNotExist'])(
    'a case whose execution is forgotten is taken over (%s)',
    (name) => {
      const answers = { OpenCase: open, ReadOpenCase: former, LookAtOpenCase: new TaskError(name) };
      expect(contained(execute(auto, found(), aws(answers)).calls)).toBe(true);
    },
  );

  test('a case that could not be looked at is not taken over', () => {
    const answers = { OpenCase: open, ReadOpenCase: former, LookAtOpenCase: FAILS };
    expect(contained(execute(auto, found(), aws(answers)).calls)).toBe(false);
  });

  test('a case that was closed in between is opened anew', () => {
    let tries = 0;
    const OpenCase = (call: TaskCall) => (tries++ === 0 ? open(call) : {});
    const { status, calls } = execute(auto, found(), aws({ OpenCase, ReadOpenCase: {} }));
    expect([status, contained(calls), closed(calls)]).toEqual(['SUCCEEDED', true, true]);
  });

  test('of two that would take it over, one does', () => {
    const answers = { OpenCase: open, ReadOpenCase: former, LookAtOpenCase: { Status: 'FAILED' }, TakeOver: open };
    expect(contained(execute(auto, found(), aws(answers)).calls)).toBe(false);
  });
});

describe('a finding that goes on, which GuardDuty sends again', () => {
  const answered = (day: string) => ({ ReadAnswer: { Item: { day: { S: day } } } });
  const states = (calls: TaskCall[]) => calls.map(({ state }) => state);
  const remembered = (calls: TaskCall[]) => calls.find(({ state }) => state === 'RememberAnswer')?.parameters.Item;

  test('is left alone on the day on which it was answered', () => {
    const { status, calls } = execute(auto, found(), aws(answered('2026-11-27')));
    expect(states(calls)).toEqual(['OpenCase', 'ReadAnswer', 'CloseCase']);
    expect([status, calls[1].parameters.Key]).toEqual(['SUCCEEDED', { resource: { S: 'finding:f1' } }]);
  });

  test('is left alone on the day of the answer, where that is not the day of the question', () => {
    const late = { ReadTagsOfInstance: tagged(), Ask: false };
    const days = { RememberAnswer: '2026-11-28T01:10:00Z' };
    const { calls } = execute(
      auto,
      found(),
      aws(late),
      (state) => days[state as keyof typeof days] ?? '2026-11-27T23:50:00Z',
    );
    expect(remembered(calls)).toMatchObject({ day: { S: '2026-11-28' } });
    const nextNight = execute(auto, found(), aws(answered('2026-11-28')), () => '2026-11-28T01:25:00Z');
    expect(contained(nextNight.calls)).toBe(false);
  });

  test('is answered again on the next', () => {
    expect(contained(execute(auto, found(), aws(answered('2026-11-26'))).calls)).toBe(true);
  });

  test.each([
    ['contained', {}],
    ['refused', { ReadTagsOfInstance: tagged(), Ask: false }],
  ])('is remembered when it was %s, before anybody else can open a case', (_, answers) => {
    const { calls } = execute(auto, found(), aws(answers));
    expect(remembered(calls)).toMatchObject({ resource: { S: 'finding:f1' }, day: { S: '2026-11-27' } });
    expect(states(calls).slice(-2)).toEqual(['RememberAnswer', 'CloseCase']);
  });

  test.each([
    ['nobody answered', { ReadTagsOfInstance: tagged(), Ask: new TaskError('States.Timeout') }],
    ['the response failed', { ContainInstance: FAILS }],
  ])('is not when %s: it comes again', (_, answers) => {
    const { calls } = execute(auto, found(), aws(answers));
    expect([remembered(calls), closed(calls)]).toEqual([undefined, true]);
  });
});

test('a hundred cases that begin together do not try again together', () => {
  const again = Object.values(auto.States).flatMap(({ Retry = [] }) => Retry);
  const patient = again.filter(({ MaxAttempts }) => MaxAttempts !== 0);
  expect(patient.length).toBeGreaterThan(5);
  expect(patient.filter((retry) => (retry as { JitterStrategy?: string }).JitterStrategy !== 'FULL')).toEqual([]);
});

test('a case is closed by its own execution only', () => {
  const { calls } = execute(auto, found(), aws({ OpenCase: FAILS }));
  expect(calls.find(({ state }) => state === 'CloseFailedCase')?.parameters).toMatchObject({
    ConditionExpression: '#execution = :execution',
    ExpressionAttributeValues: { ':execution': { S: expect.stringContaining(':execution:response:1') } },
  });
});

describe('a failure is told, closes the case and fails the execution, so that the alarm goes off', () => {
  const tasks = Object.entries(auto.States)
    .filter(([, { Type }]) => Type === 'Task')
    .map(([name]) => name);
  const toleratedElsewhere = [
    'KeepEvidence',
    'ReadTagsOfInstance',
    'ReadTagsOfIamUser',
    'ReadTagsOfIamRole',
    'ReadTagsOfBucket',
  ];

  test.each(tasks)('of %s', (name) => {
    const open = new TaskError('DynamoDB.ConditionalCheckFailedException');
    const kind = /IamUser|IamRole|Bucket/.exec(name)?.[0].replace('Iam', 'IAM_').toUpperCase() as
      | ContainableResource
      | undefined;
    const reaching: Parameters<typeof aws>[0] = {
      ...(/OpenCase$|TakeOver/.test(name) && name !== 'OpenCase'
        ? {
            OpenCase: open,
            ReadOpenCase: { Item: { execution: { S: 'arn:f' } } },
            LookAtOpenCase: { Status: 'FAILED' },
          }
        : {}),
      ...(/Ask|Refusal|Escalate/.test(name) ? { ReadTagsOfInstance: tagged() } : {}),
      ...(name === 'TellOfRefusal' ? { Ask: false } : {}),
      ...(name === 'Escalate' ? { Ask: new TaskError('States.Timeout') } : {}),
      ...(name === 'TellOfLostEvidence' ? { KeepEvidence: FAILS } : {}),
      ...(/^TellOfFailure|^CloseFailed/.test(name) ? { ContainInstance: FAILS } : {}),
    };
    const { status, calls } = execute(auto, found(kind), aws({ ...reaching, [name]: FAILS }));
    expect(calls.map(({ state }) => state)).toContain(name); // the test does reach it
    if (toleratedElsewhere.includes(name)) {
      expect(notices(calls)).not.toEqual([]);
      return;
    }
    expect(status).toBe('FAILED');
    if (!/^Close|^TellOfFailure/.test(name)) {
      expect(notices(calls)).toContain('A response to a finding failed; somebody must look');
      expect(closed(calls)).toBe(true);
    }
  });

  test.each(['Failed', 'TimedOut', 'Cancelled', 'SomethingNew'])(
    'of a runbook that ends as %s',
    (AutomationExecutionStatus) => {
      const answer = { AutomationExecution: { AutomationExecutionId: 'a1', AutomationExecutionStatus } };
      const { status, calls } = execute(auto, found(), aws({ LookAtRunbook: answer }));
      expect(status).toBe('FAILED');
      expect(notices(calls)).toEqual(['A response to a finding failed; somebody must look']);
    },
  );

  test('and a runbook that is started again, because the answer got lost, is not started twice', () => {
    const { calls } = execute(auto, found(), aws({ ContainInstance: FAILS }));
    const tokens = calls.filter(({ state }) => state === 'ContainInstance').map((call) => call.parameters.ClientToken);
    expect(tokens.length).toBeGreaterThan(1);
    expect(tokens).toEqual(tokens.map(() => expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)));
    expect(new Set(tokens).size).toBe(1);
  });
});

describe('a case that gets stuck', () => {
  test('because a runbook never ends is told after an hour, and closed', () => {
    const answer = { AutomationExecution: { AutomationExecutionStatus: 'InProgress' } };
    const { status, path, calls } = execute(auto, found(), aws({ LookAtRunbook: answer }));
    const seconds = (auto.States.WaitForRunbook as { Seconds?: number }).Seconds ?? 0;
    expect(path.filter((name) => name === 'WaitForRunbook').length * seconds).toBe(3600);
    expect(notices(calls)).toEqual(['A response to a finding failed; somebody must look']);
    expect([status, closed(calls)]).toEqual(['FAILED', true]);
  });

  test('because nobody answers is escalated to whoever is named for it, and closed', () => {
    const ask = aws({ Ask: new TaskError('States.Timeout') });
    const { calls } = execute(approve, found(), ask);
    expect(notices(calls).at(-1)).toMatch(/^Nobody answered in time/);
    expect(closed(calls)).toBe(true);
  });

  test('for another reason is stopped half a day after the last answer could come', () => {
    expect(approve.TimeoutSeconds).toBe((4 + 12) * 3600);
  });

  test.each(['ABORTED', 'TIMED_OUT'])(
    'and is stopped (%s) is told by a rule, since it can tell nothing itself',
    (status) => {
      const { resources, stack, response } = responseIn({ mode: AUTO });
      const of = (id: string) => resources.find(({ logicalId }) => logicalId === id)?.properties ?? {};
      const rule = of(stack.getLogicalId(response.stoppedRule.node.defaultChild as never));
      const stateMachineArn = JSON.stringify(rule.EventPattern).match(/arn:aws:states:[^"]*/)?.[0];
      const event = (more: object) => ({
        source: 'aws.states',
        'detail-type': 'Step Functions Execution Status Change',
        detail: { stateMachineArn, status, ...more },
      });
      expect(matchesPattern(rule.EventPattern as object, event({}))).toBe(true);
      expect(matchesPattern(rule.EventPattern as object, event({ status: 'SUCCEEDED' }))).toBe(false);
      expect(matchesPattern(rule.EventPattern as object, event({ stateMachineArn: 'another' }))).toBe(false);
      const [target] = rule.Targets as { Arn: string; DeadLetterConfig?: object; InputTransformer: object }[];
      expect(target.Arn).toMatch(/:sns:/);
      expect(target.DeadLetterConfig).toBeDefined();
      expect(JSON.stringify(target.InputTransformer)).toContain('executionArn');
    },
  );
});

test('a runbook is waited for', () => {
  const statuses = ['Pending', 'InProgress', 'Success'];
  const { path } = execute(
    auto,
    found(),
    aws({
      LookAtRunbook: () => ({
        AutomationExecution: { AutomationExecutionId: 'a1', AutomationExecutionStatus: statuses.shift() },
      }),
    }),
  );
  expect(path.filter((name) => name === 'WaitForRunbook')).toHaveLength(3);
});

describe('evidence for a forensic account', () => {
  const { definition, template } = responseIn({ mode: AUTO, forensicAccount: '444455556666' });

  test('each snapshot is copied with a key that account may use, and shared with it', () => {
    const { status, calls } = execute(definition, found(), aws());
    expect(status).toBe('SUCCEEDED');
    const copies = calls.filter(({ state }) => state === 'CopySnapshot').map(({ parameters }) => parameters);
    expect(copies.map(({ SourceSnapshotId, Encrypted }) => [SourceSnapshotId, Encrypted])).toEqual([
      ['snap-1', true],
      ['snap-2', true],
    ]);
    expect(calls.find(({ state }) => state === 'ShareCopy')?.parameters).toMatchObject({
      SnapshotId: 'snap-copy',
      UserIds: ['444455556666'],
    });
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({ Action: Match.arrayWith(['kms:Decrypt']), Principal: { AWS: Match.anyValue() } }),
          Match.objectLike({
            Effect: 'Deny', // grants for anything but volumes of such a service
            Action: 'kms:CreateGrant',
            Condition: { BoolIfExists: Match.objectLike({ 'kms:GrantIsForAWSResource': 'false' }) },
          }),
        ]),
      },
    });
  });

  test('is none for a user, and a copy that fails is told', () => {
    expect(execute(definition, found(ContainableResource.IAM_USER), aws()).status).toBe('SUCCEEDED');
    expect(notices(execute(definition, found(), aws({ ShareCopy: FAILS })).calls).at(-1)).toBe(
      'A response to a finding failed; somebody must look',
    );
  });
});

test.each([
  ['notify', ResponseMode.notify(), undefined],
  ['approve', APPROVE, undefined],
  ['auto', AUTO, undefined],
  ['auto, only users', AUTO, [ContainableResource.IAM_USER]],
])('no step is without a way to it: %s', (_, mode, resources) => {
  expect(unreachable(responseIn({ mode, resources, forensicAccount: '444455556666' }).definition)).toEqual([]);
});

test('a rehearsal changes nothing, and says so', () => {
  const { definition } = responseIn({ mode: AUTO, dryRun: true });
  const { calls } = execute(definition, found(), aws());
  const start = calls.find(({ state }) => state === 'ContainInstance')?.parameters;
  expect(start?.Parameters).toMatchObject({ DryRun: ['true'] });
  expect(notices(calls)).toEqual(['A rehearsal of containment succeeded; nothing was changed']);
});

test('messages hold ids, types and ARNs only', () => {
  const allowed = ['notice', 'id', 'type', 'severity', 'account', 'region', 'resource', 'reason', 'approve', 'refuse'];
  const more = ['answerWithinMinutes', 'automation', 'undo', 'records', 'execution'];
  for (const answers of [{}, { Ask: false, KeepEvidence: FAILS }, { ContainInstance: FAILS }]) {
    for (const { parameters } of execute(auto, found(), aws(answers)).calls) {
      const fields = Object.keys((parameters.Message as object) ?? {});
      expect(fields.filter((field) => ![...allowed, ...more].includes(field))).toEqual([]);
    }
  }
});

describe('what starts a response', () => {
  const detail = (resource: object, severity = 8) => ({
    source: 'aws.guardduty',
    'detail-type': 'GuardDuty Finding',
    detail: { accountId: '111122223333', severity, resource },
  });
  const instance = { resourceType: 'Instance', instanceDetails: { instanceId: 'i-0abc' } };
  const key = (userType: string, userName = 'x') => ({
    resourceType: 'AccessKey',
    accessKeyDetails: { userType, userName },
  });
  const bucket = { resourceType: 'S3Bucket', s3BucketDetails: [{ name: 'b' }] };
  const { stack, response, resources } = responseIn({ mode: APPROVE, neverContain: ['BreakGlass'] });
  const starts = (event: object): string[] =>
    Object.entries(response.rules)
      .filter(([, rule]) => {
        const id = stack.getLogicalId(rule.node.defaultChild as never);
        return matchesPattern(
          resources.find(({ logicalId }) => logicalId === id)?.properties.EventPattern as object,
          event,
        );
      })
      .map(([name]) => name);

  test('is a finding about something that has a runbook', () => {
    expect(starts(detail(instance))).toEqual(['INSTANCE']);
    expect(starts(detail(key('IAMUser')))).toEqual(['IAM_USER']);
    expect(starts(detail(key('AssumedRole')))).toEqual(['IAM_ROLE']);
    expect(starts(detail(bucket))).toEqual(['BUCKET']);
    expect(starts(detail({ resourceType: 'ECSCluster' }))).toEqual([]);
    expect(starts(detail(key('Root')))).toEqual([]);
  });

  test('is of high severity, and of this account', () => {
    expect(starts(detail(instance, 6.9))).toEqual([]);
    expect(starts({ ...detail(instance), detail: { ...detail(instance).detail, accountId: '999999999999' } })).toEqual(
      [],
    );
  });

  test('is nothing that somebody archived', () => {
    const archived = (value: boolean) => ({
      ...detail(instance),
      detail: { ...detail(instance).detail, service: { archived: value } },
    });
    expect([starts(archived(true)), starts(archived(false))]).toEqual([[], ['INSTANCE']]);
  });

  test('is nothing that is never to be contained', () => {
    expect(starts(detail(key('AssumedRole', 'BreakGlass')))).toEqual([]);
  });
});

describe('rights', () => {
  const { stack, response, template, resources } = responseIn({ mode: AUTO, forensicAccount: '444455556666' });
  const statementsOf = (role: iam.IRole) => {
    const id = stack.getLogicalId(role.node.defaultChild as never);
    return resources
      .filter(
        ({ type, properties }) => type === 'AWS::IAM::ManagedPolicy' && (properties.Roles as string[]).includes(id),
      )
      .flatMap(
        ({ properties }) =>
          (properties.PolicyDocument as { Statement: { Action: string | string[]; Resource: unknown }[] }).Statement,
      );
  };
  const actionsOf = (role: iam.IRole) => statementsOf(role).flatMap(({ Action }) => Action);

  test('each runbook has those of its own kind of resource', () => {
    const { INSTANCE, IAM_USER, IAM_ROLE, BUCKET } = response.runbookRoles;
    expect(actionsOf(INSTANCE)).toContain('ec2:ModifyNetworkInterfaceAttribute');
    expect(actionsOf(INSTANCE).filter((action) => action.startsWith('iam:'))).toEqual([]);
    expect(actionsOf(IAM_USER)).not.toContain('iam:PutRolePolicy');
    expect(actionsOf(IAM_ROLE)).not.toContain('iam:PutUserPolicy');
    expect(actionsOf(BUCKET)).not.toContain('ec2:CreateTags');
    expect(actionsOf(BUCKET)).not.toContain('s3:CreateBucket');
  });

  // https://docs.aws.amazon.com/security-ir/latest/userguide/containment-only-template.html, without what only undoing needs
  test.each([
    [
      'IAM_USER',
      ...['GetUser', 'GetUserPolicy', 'GetPolicy', 'GetLoginProfile', 'ListAccessKeys', 'ListAttachedUserPolicies'],
      ...['ListMfaDevices', 'ListPolicies', 'ListUserPolicies', 'ListVirtualMFADevices', 'PutUserPolicy'],
      ...['UpdateAccessKey', 'DeleteLoginProfile', 'TagUser'],
    ],
    [
      'IAM_ROLE',
      ...['GetRole', 'GetRolePolicy', 'GetPolicy', 'ListAttachedRolePolicies', 'ListPolicies', 'ListRolePolicies'],
      ...['PutRolePolicy', 'TagRole'],
    ],
  ])('the runbook for %s may do what the role AWS publishes for it may', (kind, ...actions) => {
    const allowed = actionsOf(response.runbookRoles[kind]).map((action) => action.toLowerCase());
    expect(actions.filter((action) => !allowed.includes(`iam:${action}`.toLowerCase()))).toEqual([]);
    expect(allowed).toContain('s3:getaccountpublicaccessblock'); // is the bucket of the records public?
  });

  test('are held to their Region and to Auto Scaling groups, where they name no resource', () => {
    const rights = statementsOf(response.runbookRoles.INSTANCE) as { Action: string | string[]; Condition?: object }[];
    const [changing] = rights.filter(({ Action }) => [Action].flat().includes('ec2:ModifyNetworkInterfaceAttribute'));
    expect(changing.Condition).toEqual({ StringEquals: { 'aws:RequestedRegion': 'us-east-1' } });
    const [groups] = statementsOf(response.runbookRoles.INSTANCE).filter(({ Action }) =>
      [Action].flat().includes('autoscaling:UpdateAutoScalingGroup'),
    );
    expect(groups.Resource).toBe(
      'arn:aws:autoscaling:us-east-1:111122223333:autoScalingGroup:*:autoScalingGroupName/*',
    );
  });

  test.each([
    [ContainableResource.IAM_ROLE, 'iam:PutRolePolicy', 'arn:aws:iam::111122223333:role/', 'ops/BreakGlass'],
    [ContainableResource.IAM_USER, 'iam:UpdateAccessKey', 'arn:aws:iam::111122223333:user/', 'BreakGlass'],
    [ContainableResource.BUCKET, 's3:PutBucketPolicy', 'arn:aws:s3:::', 'BreakGlass'],
  ])('of the runbook for %s end at what is never contained, whoever starts it', (kind, action, prefix, name) => {
    const { response: kept, resources: made } = responseIn({ mode: APPROVE, neverContain: ['BreakGlass'] });
    const id = Stack.of(kept).getLogicalId(kept.runbookRoles[kind].node.defaultChild as CfnElement);
    const rights = made
      .filter(
        ({ type, properties }) => type === 'AWS::IAM::ManagedPolicy' && JSON.stringify(properties.Roles).includes(id),
      )
      .flatMap(({ properties }) => (properties.PolicyDocument as { Statement: Statement[] }).Statement);
    const asked = (resource: string) =>
      decide(rights, { principal: { service: 'ssm.amazonaws.com' }, action, resource: `${prefix}${resource}` });
    expect([asked(name), asked('Intake'), asked('NotBreakGlass')]).toEqual(['explicitly denied', 'allowed', 'allowed']);
  });

  test('the steps themselves can contain nothing', () => {
    const actions = actionsOf(response.stateMachine.role);
    const changing = actions.filter((action) => /^(iam|s3|ec2|autoscaling):(?!Describe|List|Get)/.test(action));
    expect(changing.sort()).toEqual([
      'ec2:CopySnapshot',
      'ec2:CreateSnapshots',
      'ec2:CreateTags',
      'ec2:ModifySnapshotAttribute',
      'iam:PassRole',
    ]);
  });

  test('the steps hand the roles of the runbooks, and no other, to Systems Manager only', () => {
    type Pass = { Action: string | string[]; Resource: unknown; Condition?: object };
    const [pass] = (statementsOf(response.stateMachine.role) as Pass[]).filter(
      ({ Action }) => Action === 'iam:PassRole',
    );
    expect(pass.Condition).toEqual({ StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } });
    expect(pass.Resource).toHaveLength(4);
    expect(JSON.stringify(pass.Resource)).not.toContain('*');
  });

  test('in notify mode they only read', () => {
    const { response: telling, resources: made } = responseIn({ mode: ResponseMode.notify() });
    expect(telling.runbookRoles).toEqual({});
    const actions = JSON.stringify(made.filter(({ type }) => type === 'AWS::IAM::ManagedPolicy'));
    expect(actions).not.toMatch(/StartAutomationExecution|CreateSnapshots|PassRole/);
  });

  test('somebody can be allowed to approve', () => {
    const { template: withOfficer } = responseIn({ mode: APPROVE }, (approvable) => {
      approvable.grantApprove(new iam.Role(approvable, 'Officer', { assumedBy: new iam.AccountRootPrincipal() }));
    });
    withOfficer.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Action: Match.arrayWith(['states:SendTaskSuccess', 'states:SendTaskFailure']) }),
        ]),
      },
    });
  });

  test('logs are encrypted and hold no tokens', () => {
    template.hasResourceProperties('AWS::StepFunctions::StateMachine', {
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
      TracingConfiguration: { Enabled: true },
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', { KmsKeyId: Match.anyValue() });
  });
});

test.each([
  [
    'FOUNDATION',
    () => ResponseMode.auto({ tiers: [ClinicalTier.FOUNDATION] }),
    /FOUNDATION is never contained without asking/,
  ],
  ['no tier', () => ResponseMode.auto({ tiers: [] }), /use ResponseMode.approve/],
  ['a short timeout', () => ResponseMode.approve({ approvalTimeout: Duration.seconds(59) }), /got 59 seconds/],
])('a mode fails with %s', (_, make, message) => expect(make).toThrow(message));

test.each([
  [{ mode: AUTO, guardDutySeverity: 0 }, /1 to 10, got 0/],
  [{ mode: AUTO, resources: [] }, /nothing to respond to/],
  [{ mode: AUTO, forensicAccount: '1234' }, /12 digits, got 1234/],
  [{ mode: AUTO, responders: ['Forensics'] }, /responders are ARNs of IAM roles and users, got Forensics/],
])('a response fails with %j', (options, message) => {
  expect(() => responseIn(options)).toThrow(message);
  expect(() => responseIn(options)).toThrow(/\[InvalidResponse at S\/Response\]/);
});
