import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as events from 'aws-cdk-lib/aws-events';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { ChatChannel, FindingRouting, type FindingRoutingProps, SecurityBaseline } from '../../src/security';
import { deploy } from '../support/deployed';
import { matchesPattern } from '../support/event-pattern';
import { type Definition, execute, TaskError, unreachable } from '../support/state-machine';

function stackIn(region: string): Stack {
  return new Stack(new App(), 'S', { env: { account: '111122223333', region } });
}

function routingIn(region = 'us-east-1', props: FindingRoutingProps = {}) {
  const stack = stackIn(region);
  const routing = new FindingRouting(stack, 'Routing', props);
  return { stack, routing, template: Template.fromStack(stack) };
}

interface Target {
  readonly DeadLetterConfig: unknown;
  readonly InputTransformer: { readonly InputPathsMap: Record<string, string>; readonly InputTemplate: string };
}

function targets(template: Template): Target[] {
  return Object.values(template.findResources('AWS::Events::Rule')).flatMap(({ Properties }) => Properties.Targets);
}

test('matches GuardDuty findings from high severity on', () => {
  routingIn().template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      source: ['aws.guardduty'],
      'detail-type': ['GuardDuty Finding'],
      detail: { severity: [{ numeric: ['>=', 7] }], service: { archived: [false, { exists: false }] } },
    },
  });
  routingIn('us-east-1', { guardDutySeverity: 4 }).template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: { detail: { severity: [{ numeric: ['>=', 4] }] } },
  });
});

test.each([0, 10.1, Number.NaN])('fails for severity %s', (guardDutySeverity) => {
  expect(() => routingIn('us-east-1', { guardDutySeverity })).toThrow(
    /1 to 10, got .*\[InvalidSeverity at S\/Routing\]/,
  );
});

test('matches new failed controls of this Region only, and leaves GuardDuty to its own rule', () => {
  routingIn('us-west-2').template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      source: ['aws.securityhub'],
      'detail-type': ['Security Hub Findings - Imported'],
      detail: {
        findings: {
          ProductName: [{ 'anything-but': ['GuardDuty'] }],
          Region: ['us-west-2'],
          RecordState: ['ACTIVE'],
          Workflow: { Status: ['NEW'] },
          Compliance: { Status: ['FAILED'] },
          Severity: { Label: ['CRITICAL', 'HIGH'] },
        },
      },
    },
  });
});

test('matches AWS Health', () => {
  routingIn().template.hasResourceProperties('AWS::Events::Rule', { EventPattern: { source: ['aws.health'] } });
});

test('reads only fields that can hold no patient data', () => {
  const read = targets(routingIn().template).flatMap((target) => Object.values(target.InputTransformer.InputPathsMap));
  expect(new Set(read)).toEqual(
    new Set([
      '$.account',
      '$.detail.accountId',
      '$.detail.eventArn',
      '$.detail.eventRegion',
      '$.detail.eventTypeCategory',
      '$.detail.eventTypeCode',
      '$.detail.findings[0].AwsAccountId',
      '$.detail.findings[0].GeneratorId',
      '$.detail.findings[0].Id',
      '$.detail.findings[0].Region',
      '$.detail.findings[0].Severity.Label',
      '$.detail.id',
      '$.detail.region',
      '$.detail.severity',
      '$.detail.type',
    ]),
  );
});

test('says the same of every kind of finding', () => {
  for (const { InputTransformer } of targets(routingIn().template)) {
    const notice = JSON.parse(InputTransformer.InputTemplate.replace(/:<[^>]+>/g, ':"value"'));
    expect(Object.keys(notice)).toEqual(['notice', 'id', 'type', 'severity', 'account', 'region', 'console']);
  }
});

test.each([
  ['us-east-1', 'https://console.aws.amazon.com/'],
  ['us-gov-west-1', 'https://console.amazonaws-us-gov.com/'],
  ['cn-north-1', 'https://console.amazonaws.cn/'],
])('links to the console of %s', (region, console) => {
  for (const { InputTransformer } of targets(routingIn(region).template)) {
    expect(InputTransformer.InputTemplate).toContain(`"console":"${console}`);
  }
});

test('keeps what could not be delivered, encrypted, and goes off', () => {
  const { stack, routing, template } = routingIn();
  const queue = { 'Fn::GetAtt': [stack.getLogicalId(routing.deadLetterQueue.node.defaultChild as never), 'Arn'] };
  expect(targets(template).map((target) => target.DeadLetterConfig)).toEqual([
    { Arn: queue },
    { Arn: queue },
    { Arn: queue },
  ]);
  template.hasResourceProperties('AWS::SQS::Queue', {
    KmsMasterKeyId: Match.anyValue(),
    MessageRetentionPeriod: 1209600,
  });
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Namespace: 'AWS/SQS',
    MetricName: 'ApproximateNumberOfMessagesVisible',
    Threshold: 1,
    AlarmActions: [Match.anyValue()],
  });
});

test('lets EventBridge publish to its topic', () => {
  routingIn().template.hasResourceProperties('AWS::SNS::TopicPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({ Action: 'sns:Publish', Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' } }),
      ]),
    },
  });
});

test('sends to a topic you bring, imported or not', () => {
  const stack = stackIn('us-east-1');
  const topic = sns.Topic.fromTopicArn(stack, 'T', 'arn:aws:sns:us-east-1:111122223333:security');
  const routing = new FindingRouting(stack, 'Routing', { topic });
  const template = Template.fromStack(stack);
  expect(routing.notificationTopic).toBeUndefined();
  template.resourceCountIs('AWS::SNS::Topic', 0);
  template.resourceCountIs('AWS::KMS::Key', 0);
  template.hasResourceProperties('AWS::SQS::Queue', { SqsManagedSseEnabled: true });
  template.allResourcesProperties('AWS::Events::Rule', {
    Targets: [Match.objectLike({ Arn: 'arn:aws:sns:us-east-1:111122223333:security' })],
  });
});

test('lets EventBridge use the key of the queue even where you bring the topic', () => {
  const stack = stackIn('us-east-1');
  const topic = sns.Topic.fromTopicArn(stack, 'T', 'arn:aws:sns:us-east-1:111122223333:security');
  new FindingRouting(stack, 'Routing', { topic, encryptionKey: new kms.Key(stack, 'Key') });
  Template.fromStack(stack).hasResourceProperties('AWS::KMS::Key', {
    KeyPolicy: {
      Statement: Match.arrayWith([Match.objectLike({ Principal: { Service: 'events.amazonaws.com' } })]),
    },
  });
});

test('has a metric of what could not be delivered', () => {
  expect(routingIn().routing.metricUndelivered().metricName).toBe('ApproximateNumberOfMessagesVisible');
});

test('fails when the Region is only known at deployment', () => {
  expect(() => new FindingRouting(new Stack(), 'Routing')).toThrow(/\[RegionMustBeKnown at Default\/Routing\]/);
});

/** A finding of Security Hub CSPM as it is imported, with the status of its workflow. */
function imported(status: string, severity = 'HIGH'): object {
  const finding = {
    Id: 'arn:finding',
    ProductArn: 'arn:product',
    ProductName: 'Security Hub',
    Region: 'us-east-1',
    RecordState: 'ACTIVE',
    Workflow: { Status: status },
    Compliance: { Status: 'FAILED' },
    Severity: { Label: severity },
  };
  return {
    source: 'aws.securityhub',
    'detail-type': 'Security Hub Findings - Imported',
    detail: { findings: [finding] },
  };
}

describe('a failed control', () => {
  const { template } = routingIn();
  const rule = Object.entries(template.findResources('AWS::Events::Rule')).find(([id]) => id.includes('SecurityHub'));
  const matches = (event: object) => matchesPattern(rule?.[1].Properties.EventPattern, event);

  test('is told while it is new, and severe', () => {
    expect(matches(imported('NEW'))).toBe(true);
    expect(matches(imported('NEW', 'MEDIUM'))).toBe(false);
    expect(matches(imported('NOTIFIED'))).toBe(false);
    expect(matches(imported('SUPPRESSED'))).toBe(false);
  });
});

describe('told once', () => {
  const { template, stack } = routingIn('us-east-1', { notifyOnce: true });
  const machine = deploy([
    {
      id: 'S',
      name: 'S',
      account: '111122223333',
      region: 'us-east-1',
      bytes: 0,
      template: template.toJSON() as never,
    },
  ]).find(({ type }) => type === 'AWS::StepFunctions::StateMachine');
  const definition: Definition = JSON.parse(machine?.properties.DefinitionString as string);
  const input = { message: { notice: 'x' }, finding: { id: 'f', productArn: 'p' } };
  const answers = { Mark: { UnprocessedFindings: [] } };

  test('first it is told, then it is marked', () => {
    const { status, calls } = execute(definition, input, ({ state }) => answers[state as 'Mark'] ?? {});
    expect(calls.map(({ state }) => state)).toEqual(['Tell', 'Mark']);
    expect(calls[0].parameters.Message).toEqual({ notice: 'x' });
    expect(calls[1].parameters).toEqual({
      FindingIdentifiers: [{ Id: 'f', ProductArn: 'p' }],
      Workflow: { Status: 'NOTIFIED' },
    });
    expect(status).toBe('SUCCEEDED');
    expect(unreachable(definition)).toEqual([]);
  });

  test('what could not be told is not marked, and fails', () => {
    const { status, calls } = execute(definition, input, () => new TaskError('SNS.KMSAccessDeniedException'));
    expect(calls.some(({ state }) => state === 'Mark')).toBe(false);
    expect(status).toBe('FAILED');
  });

  test('what could not be marked fails, though no error says so', () => {
    const { status } = execute(definition, input, () => ({ UnprocessedFindings: [{ ErrorCode: 'FindingNotFound' }] }));
    expect(status).toBe('FAILED');
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/States',
      MetricName: 'ExecutionsFailed',
    });
  });

  test('the rule starts it, with what a notice says, and tells nobody itself', () => {
    const [, rule] = Object.entries(template.findResources('AWS::Events::Rule')).find(([id]) =>
      id.includes('SecurityHub'),
    ) as [string, { Properties: { Targets: { Arn: unknown; InputTransformer: { InputTemplate: string } }[] } }];
    expect(rule.Properties.Targets).toHaveLength(1);
    expect(stack.resolve(rule.Properties.Targets[0].Arn)).toEqual({ Ref: expect.stringContaining('NotifiedOnce') });
    const sent = JSON.parse(rule.Properties.Targets[0].InputTransformer.InputTemplate.replace(/:<[^>]+>/g, ':"value"'));
    expect(Object.keys(sent)).toEqual(['message', 'finding']);
  });
});

describe('a chat channel', () => {
  const slack = ChatChannel.slack({ workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' });
  const { template } = routingIn('us-east-1', { chat: slack });

  test('gets every notice, in the form that the chat renders, by a topic of its own', () => {
    template.resourceCountIs('AWS::SNS::Topic', 2);
    const forChat = targets(template).filter(({ InputTransformer }) =>
      InputTransformer.InputTemplate.includes('custom'),
    );
    expect(forChat).toHaveLength(3);
    for (const { InputTransformer } of forChat) {
      const message = JSON.parse(InputTransformer.InputTemplate.replace(/<[^>]+>/g, 'value'));
      expect(message).toMatchObject({ version: '1.0', source: 'custom', content: { textType: 'client-markdown' } });
      expect(message.content.description).toContain('*severity*: value');
    }
  });

  test('can do nothing', () => {
    template.hasResourceProperties('AWS::Chatbot::SlackChannelConfiguration', {
      SlackWorkspaceId: 'T0123ABCD',
      SlackChannelId: 'C0123ABCD',
      SnsTopicArns: [{ Ref: Match.stringLikeRegexp('Chat') }],
      GuardrailPolicies: [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AWSDenyAll']] }],
      LoggingLevel: 'ERROR',
    });
    template.resourceCountIs('AWS::IAM::Policy', 0);
    template.resourceCountIs('AWS::IAM::ManagedPolicy', 0);
  });

  test('may be one of Microsoft Teams', () => {
    const id = '11111111-2222-3333-4444-555555555555';
    const chat = ChatChannel.microsoftTeams({ tenantId: id, teamId: id, channelId: '19%3aabc%40thread.tacv2' });
    routingIn('us-east-1', { chat }).template.hasResourceProperties(
      'AWS::Chatbot::MicrosoftTeamsChannelConfiguration',
      {
        TeamId: id,
        TeamsTenantId: id,
        TeamsChannelId: '19%3aabc%40thread.tacv2',
      },
    );
  });

  test('of a baseline is told of activities, too', () => {
    const stack = stackIn('us-east-1');
    new SecurityBaseline(stack, 'Security', { homeRegion: 'us-east-1', findingRouting: { chat: slack } });
    const rules = Object.values(Template.fromStack(stack).findResources('AWS::Events::Rule'));
    expect(rules.filter(({ Properties }) => Properties.Targets.length === 2)).toHaveLength(rules.length);
  });

  test('fails when an id is not one', () => {
    expect(() => ChatChannel.slack({ workspaceId: 'my team', channelId: '#general' })).toThrow(
      /workspaceId reads like T0123ABCD, got "my team"; channelId .*#general.*\[InvalidChatChannel\]/,
    );
    expect(() => ChatChannel.microsoftTeams({ tenantId: 'x', teamId: 'y', channelId: 'General' })).toThrow(
      /tenantId must be a UUID.*teamId must be a UUID.*channelId reads like/,
    );
  });
});

test('forwards whole events to a bus of another account, with a role that can do only that', () => {
  const stack = stackIn('us-east-1');
  const arn = 'arn:aws:events:us-east-1:444455556666:event-bus/soc';
  const forwardTo = events.EventBus.fromEventBusArn(stack, 'Bus', arn);
  new FindingRouting(stack, 'Routing', { forwardTo });
  const template = Template.fromStack(stack);
  template.allResourcesProperties('AWS::Events::Rule', {
    Targets: Match.arrayWith([
      Match.objectLike({ Arn: arn, RoleArn: Match.anyValue(), DeadLetterConfig: Match.anyValue() }),
    ]),
  });
  template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
    PolicyDocument: { Statement: [{ Action: 'events:PutEvents', Effect: 'Allow', Resource: arn }] },
  });
});
