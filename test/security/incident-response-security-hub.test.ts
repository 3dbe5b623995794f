import { ContainableResource, type IncidentResponseOptions, ResponseMode } from '../../src';
import { matchesPattern } from '../support/event-pattern';
import { responseIn } from '../support/incident-response';
import { ACCOUNT } from '../support/security';
import { execute, type TaskAnswer, type TaskCall, TaskError, unreachable } from '../support/state-machine';

const PRODUCTS = ['Macie', 'CrowdStrike Falcon'];

/** A response that contains what it is told of by these products. */
function hubResponseIn(options: Partial<IncidentResponseOptions> = {}) {
  const { stack, response, resources, definition } = responseIn({
    mode: ResponseMode.auto(),
    securityHubProducts: PRODUCTS,
    ...options,
  });
  const rule = response.securityHubRule && stack.getLogicalId(response.securityHubRule.node.defaultChild as never);
  return { resources, definition, rule: resources.find(({ logicalId }) => logicalId === rule)?.properties ?? {} };
}

/** Statements of all roles that allow an action. */
function statementsWith(action: string, options: Partial<IncidentResponseOptions>) {
  type Statement = { Action: string | string[]; Resource: unknown };
  return hubResponseIn(options)
    .resources.filter(({ type }) => type === 'AWS::IAM::ManagedPolicy')
    .flatMap(({ properties }) => (properties.PolicyDocument as { Statement: Statement[] }).Statement)
    .filter(({ Action }) => [Action].flat().includes(action));
}

const PRODUCT_ARN = 'arn:aws:securityhub:us-east-1::product/aws/macie';

/** What the rule makes of a finding about a resource. */
function found(type: string, id: string): Record<string, unknown> {
  const finding = {
    id: 'f1',
    productArn: PRODUCT_ARN,
    type: 'g1',
    severity: 'HIGH',
    account: ACCOUNT,
    region: 'us-east-1',
  };
  return { about: { type, id }, finding };
}

/** AWS where everything goes well, and nothing is critical, but for what a test says. */
function aws(answers: Record<string, TaskAnswer> = {}): (call: TaskCall) => TaskAnswer {
  const operational = [{ Key: 'ehr:tier', Value: 'OPERATIONAL' }];
  const usual: typeof answers = {
    KeepEvidence: { Snapshots: [{ SnapshotId: 'snap-1' }] },
    ReadTagsOfInstance: { Tags: operational },
    ReadTagsOfIamUser: { Tags: operational },
    ReadTagsOfIamRole: { Tags: operational },
    ReadTagsOfBucket: { TagSet: operational },
    LookAtRunbook: { AutomationExecution: { AutomationExecutionStatus: 'Success' } },
    MarkFinding: { UnprocessedFindings: [] },
  };
  return ({ state, resource }) =>
    ({ ...usual, ...answers })[state] ??
    (resource.endsWith('startAutomationExecution') ? { AutomationExecutionId: 'a1' } : {});
}

const { definition: auto, rule } = hubResponseIn();
const at = (calls: TaskCall[], state: string) => calls.find((call) => call.state === state)?.parameters;
const notices = (calls: TaskCall[]) =>
  calls
    .filter(({ resource }) => resource.includes('sns:publish'))
    .map(({ parameters }) => parameters.Message as Record<string, unknown>);

describe('a finding in Security Hub CSPM starts a response', () => {
  const finding = {
    Id: 'f1',
    ProductArn: PRODUCT_ARN,
    ProductName: 'Macie',
    GeneratorId: 'g1',
    AwsAccountId: ACCOUNT,
    Region: 'us-east-1',
    RecordState: 'ACTIVE',
    Workflow: { Status: 'NEW' },
    Severity: { Label: 'HIGH' },
    Resources: [
      { Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::scans' },
      { Type: 'AwsS3Object', Id: 'arn:aws:s3:::scans/doe-jane.pdf' },
    ],
  };
  const starts = (more: object) =>
    matchesPattern(rule.EventPattern as object, {
      source: 'aws.securityhub',
      'detail-type': 'Security Hub Findings - Imported',
      detail: { findings: [{ ...finding, ...more }] },
    });

  test('of a product that was named, which is critical or high', () => {
    expect(starts({})).toBe(true);
    expect(starts({ ProductName: 'CrowdStrike Falcon' })).toBe(true);
    expect(starts({ Severity: { Label: 'MEDIUM' } })).toBe(false);
  });

  test('of a product whose ARN has the account of its maker', () => {
    expect(starts({ ProductArn: 'arn:aws:securityhub:us-east-1:517716713836:product/crowdstrike/falcon' })).toBe(true);
  });

  test('about what has no runbook, so that it is told', () => {
    expect(starts({ Resources: [{ Type: 'AwsLambdaFunction', Id: 'f' }] })).toBe(true);
  });

  test.each(['GuardDuty', 'Security Hub', 'Inspector'])('and not of %s', (ProductName) => {
    expect(starts({ ProductName })).toBe(false);
  });

  test.each([
    ['a copy from a linked Region', { Region: 'us-west-2' }],
    ['of a member account', { AwsAccountId: '999999999999' }],
    ['answered already', { Workflow: { Status: 'NOTIFIED' } }],
    ['suppressed', { Workflow: { Status: 'SUPPRESSED' } }],
    ['over', { RecordState: 'ARCHIVED' }],
    [
      'imported by somebody of this account, who calls the product what it is not',
      { ProductArn: `arn:aws:securityhub:us-east-1:${ACCOUNT}:product/${ACCOUNT}/default` },
    ],
  ])('and not when it is %s', (_, more) => expect(starts(more)).toBe(false));

  test('what it starts with names no resource but the first, since others are named after patients', () => {
    const [target] = rule.Targets as { InputTransformer: { InputPathsMap: Record<string, string> } }[];
    const paths = Object.values(target.InputTransformer.InputPathsMap).filter((path) => path.includes('Resources'));
    expect(paths.sort()).toEqual(['$.detail.findings[0].Resources[0].Id', '$.detail.findings[0].Resources[0].Type']);
  });

  test('unless no product is named', () => {
    const { rule: none, definition } = hubResponseIn({ securityHubProducts: undefined });
    expect(none).toEqual({});
    expect(definition.StartAt).toBe('OpenCase');
    expect(JSON.stringify(definition)).not.toContain('securityhub');
  });
});

describe('it is read as GuardDuty would have said it', () => {
  test.each([
    [
      'AwsEc2Instance',
      `arn:aws:ec2:us-east-1:${ACCOUNT}:instance/i-0abc`,
      'INSTANCE',
      'i-0abc',
      `arn:aws:ec2:us-east-1:${ACCOUNT}:instance/i-0abc`,
    ],
    ['AwsEc2Instance', 'i-0abc', 'INSTANCE', 'i-0abc', `arn:aws:ec2:us-east-1:${ACCOUNT}:instance/i-0abc`],
    [
      'AwsIamUser',
      `arn:aws:iam::${ACCOUNT}:user/team/alice`,
      'IAM_USER',
      'alice',
      `arn:aws:iam::${ACCOUNT}:user/alice`,
    ],
    ['AwsIamRole', `arn:aws:iam::${ACCOUNT}:role/Intake`, 'IAM_ROLE', 'Intake', `arn:aws:iam::${ACCOUNT}:role/Intake`],
    ['AwsS3Bucket', 'arn:aws:s3:::scans', 'BUCKET', 'scans', 'arn:aws:s3:::scans'],
  ])('%s %s', (type, id, kind, name, arn) => {
    const { status, calls } = execute(auto, found(type, id), aws());
    expect(status).toBe('SUCCEEDED');
    // the same key as a finding of GuardDuty has: one case is open for a resource, whoever told of it
    expect(at(calls, 'OpenCase')).toMatchObject({ Item: { resource: { S: arn } } });
    const contain = calls.find(({ resource }) => resource.endsWith('startAutomationExecution'));
    expect(JSON.stringify(contain?.parameters)).toContain(`["${name}"]`);
    expect(calls.map(({ state }) => state)).toContain(
      `ReadTagsOf${kind
        .split('_')
        .map((word) => word[0] + word.slice(1).toLowerCase())
        .join('')}`,
    );
  });
});

describe('an access key is contained with its user', () => {
  const key = found('AwsIamAccessKey', 'AWS::IAM::AccessKey:AKIAIOSFODNN7EXAMPLE');
  const owned = { ReadKeyOwner: { UserName: 'alice', AccessKeyLastUsed: { ServiceName: 's3' } } };

  test('whom IAM names, and nobody else', () => {
    const { status, calls } = execute(auto, key, aws(owned));
    expect([status, at(calls, 'ReadKeyOwner')]).toEqual(['SUCCEEDED', { AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' }]);
    expect(at(calls, 'OpenCase')).toMatchObject({ Item: { resource: { S: `arn:aws:iam::${ACCOUNT}:user/alice` } } });
    expect(at(calls, 'ContainIamUser')).toMatchObject({ Parameters: { PrincipalName: ['alice'] } });
    expect(at(calls, 'MarkFinding')).toBeDefined();
  });

  test.each([
    ['of a session, or of another account', { ReadKeyOwner: new TaskError('Iam.NoSuchEntityException') }],
    ['of nobody', { ReadKeyOwner: {} }],
  ])('and %s it is told', (_, answers) => {
    const { status, calls } = execute(auto, key, aws(answers));
    expect([status, calls.at(-2)?.state, calls.at(-1)?.state]).toEqual(['SUCCEEDED', 'TellOnly', 'MarkFinding']);
    expect(JSON.stringify(notices(calls))).not.toContain('AKIA');
  });

  test('unless that user is never contained', () => {
    const { definition } = hubResponseIn({ neverContain: ['alice'] });
    expect(execute(definition, key, aws(owned)).calls.map(({ state }) => state)).toEqual([
      'ReadKeyOwner',
      'TellOnly',
      'MarkFinding',
    ]);
  });

  test('which needs a right over users, and only where users are contained', () => {
    const [statement] = statementsWith('iam:GetAccessKeyLastUsed', {});
    expect(statement.Resource).toBe(`arn:aws:iam::${ACCOUNT}:user/*`);
    const resources = [ContainableResource.INSTANCE];
    expect(statementsWith('iam:GetAccessKeyLastUsed', { resources })).toEqual([]);
    expect(execute(hubResponseIn({ resources }).definition, key, aws()).calls[0].state).toBe('TellOnly');
  });
});

describe('no finding is answered twice', () => {
  const bucket = found('AwsS3Bucket', 'arn:aws:s3:::scans');

  test('when it was answered, it is marked as told, which no rule matches again', () => {
    const { calls } = execute(auto, bucket, aws());
    expect(calls.map(({ state }) => state).slice(-2)).toEqual(['CloseCase', 'MarkFinding']);
    expect(at(calls, 'MarkFinding')).toEqual({
      FindingIdentifiers: [{ Id: 'f1', ProductArn: PRODUCT_ARN }],
      Workflow: { Status: 'NOTIFIED' },
    });
  });

  test('while another finding about the same resource is answered, it waits for its next update', () => {
    const open = {
      OpenCase: new TaskError('DynamoDB.ConditionalCheckFailedException'),
      ReadOpenCase: { Item: { execution: { S: 'arn:former' } } },
      LookAtOpenCase: { Status: 'RUNNING' },
    };
    const { status, calls } = execute(auto, bucket, aws(open));
    expect(status).toBe('SUCCEEDED');
    expect(calls.map(({ state }) => state)).toEqual(['OpenCase', 'ReadOpenCase', 'LookAtOpenCase']);
  });

  test('when the response failed, it is not marked, and comes again', () => {
    const { status, calls } = execute(auto, bucket, aws({ ContainBucket: new TaskError('Ssm.Exception') }));
    expect(status).toBe('FAILED');
    expect(at(calls, 'MarkFinding')).toBeUndefined();
  });

  test.each([
    ['fails', new TaskError('SecurityHub.Exception')],
    ['is refused', { UnprocessedFindings: [{ FindingIdentifier: { Id: 'f1' } }] }],
  ])('when marking %s, the alarm goes off', (_, MarkFinding) => {
    expect(execute(auto, bucket, aws({ MarkFinding })).status).toBe('FAILED');
  });

  test('findings of GuardDuty are not marked: Security Hub need not be on', () => {
    const finding = { id: 'f1', type: 't', severity: 8, account: ACCOUNT, region: 'us-east-1' };
    const input = { kind: ContainableResource.BUCKET, resource: 'scans', arn: 'arn:aws:s3:::scans', finding };
    const { status, calls } = execute(auto, input, aws());
    expect([status, at(calls, 'MarkFinding')]).toEqual(['SUCCEEDED', undefined]);
  });
});

describe('what no response is made to is told, without its name, and marked', () => {
  const { definition: exempting } = hubResponseIn({ neverContain: ['BreakGlass'] });

  test.each([
    ['an object', auto, found('AwsS3Object', 'arn:aws:s3:::scans/doe-jane.pdf')],
    ['a role that is never contained', exempting, found('AwsIamRole', `arn:aws:iam::${ACCOUNT}:role/ops/BreakGlass`)],
  ])('%s', (_, definition, input) => {
    const { status, calls } = execute(definition, input, aws());
    expect(status).toBe('SUCCEEDED');
    expect(calls.map(({ state }) => state)).toEqual(['TellOnly', 'MarkFinding']);
    expect(notices(calls)).toEqual([
      {
        notice: 'A finding that no response is made to by rule; somebody must look',
        id: 'f1',
        type: 'g1',
        severity: 'HIGH',
        account: ACCOUNT,
        region: 'us-east-1',
      },
    ]);
  });

  test('others are contained all the same', () => {
    const { calls } = execute(exempting, found('AwsIamRole', `arn:aws:iam::${ACCOUNT}:role/Intake`), aws());
    expect(calls.map(({ state }) => state)).toContain('ContainIamRole');
  });

  test('and what could not be told is not marked', () => {
    const TellOnly = new TaskError('SNS.Exception');
    const { status, calls } = execute(auto, found('AwsS3Object', 'x'), aws({ TellOnly }));
    expect([status, at(calls, 'MarkFinding')]).toEqual(['FAILED', undefined]);
  });
});

test.each([
  ['notify', ResponseMode.notify()],
  ['approve', ResponseMode.approve()],
  ['auto', ResponseMode.auto()],
])('no step is without a way to it: %s', (_, mode) => {
  const neverContain = ['BreakGlass'];
  expect(unreachable(hubResponseIn({ mode, neverContain, forensicAccount: '444455556666' }).definition)).toEqual([]);
});

test('the steps may mark findings, and only where they have to', () => {
  const rights = (options: Partial<IncidentResponseOptions>) =>
    JSON.stringify(hubResponseIn(options).resources.filter(({ type }) => type === 'AWS::IAM::ManagedPolicy'));
  expect(rights({})).toContain('securityhub:BatchUpdateFindings');
  expect(rights({ securityHubProducts: undefined })).not.toContain('securityhub');
});

test.each([[[]], [['GuardDuty']], [['Macie', 'Security Hub']], [['Inspector']], [['']]])(
  'a response fails with the products %j',
  (securityHubProducts) => {
    expect(() => hubResponseIn({ securityHubProducts })).toThrow(
      /securityHubProducts.*\[InvalidResponse at S\/Response\]/,
    );
  },
);
