import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { FindingRouting, type FindingRoutingProps } from '../../src/security';

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
      detail: { severity: [{ numeric: ['>=', 7] }] },
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
