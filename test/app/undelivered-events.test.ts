import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { AppSecret, Compute, ZonalAutoshift } from '../../src';
import { clinicalApp, hospital } from '../support/hospital';

interface Target {
  readonly DeadLetterConfig?: { readonly Arn: unknown };
}

interface Statement {
  readonly Principal: unknown;
  readonly Condition?: { readonly ArnEquals?: { readonly 'aws:SourceArn': unknown } };
}

/** Rules of EventBridge by logical id, with where each sends what it cannot deliver. */
function deadLettersOf(template: Template): [string, unknown[]][] {
  return Object.entries(template.findResources('AWS::Events::Rule')).map(([id, { Properties }]) => [
    id,
    Properties.Targets.map(({ DeadLetterConfig }: Target) => DeadLetterConfig?.Arn),
  ]);
}

/** Rules that the queue takes events of. */
function allowedIn(template: Template): unknown[] {
  const [policy] = Object.values(template.findResources('AWS::SQS::QueuePolicy'));
  const statements: Statement[] = policy.Properties.PolicyDocument.Statement;
  return statements
    .filter(({ Principal }) => JSON.stringify(Principal).includes('events.amazonaws.com'))
    .map(({ Condition }) => Condition?.ArnEquals?.['aws:SourceArn']);
}

const zonalAutoshift = ZonalAutoshift.withPracticeRuns({ timeZone: 'America/New_York' });
const { stack, recoveryStack } = hospital({ app: () => ({ zonalAutoshift }) });
const fleet = Stack.of(
  clinicalApp({
    app: () => ({
      compute: Compute.ec2Fleet({
        machineImage: ec2.MachineImage.genericLinux({ 'us-east-1': 'ami-0123456789abcdef0' }),
        instanceType: new ec2.InstanceType('m7i.large'),
        port: 8080,
        peakInstances: 6,
        secrets: { PASSWORD: AppSecret.databasePassword() },
      }),
    }),
  }).ehr,
);

describe.each([
  ['of a primary Region, with another Region and zonal autoshift', Template.fromStack(stack), 5],
  ['of a recovery Region', Template.fromStack(recoveryStack), 3],
  ['of a fleet', Template.fromStack(fleet), 3],
])('the rules %s', (_, template, count) => {
  const rules = deadLettersOf(template);

  test('all keep what they cannot deliver in one queue, which takes it from them', () => {
    const [queue, ...others] = Object.keys(template.findResources('AWS::SQS::Queue'));
    expect(others).toEqual([]);
    const queueArn = { 'Fn::GetAtt': [queue, 'Arn'] };
    expect(rules).toEqual(rules.map(([id]) => [id, [queueArn]]));
    const arns = rules.map(([id]) => ({ 'Fn::GetAtt': [id, 'Arn'] }));
    expect(allowedIn(template)).toEqual(expect.arrayContaining(arns));
    expect(rules.length).toBeGreaterThanOrEqual(count);
  });
});

test('a system without such rules has no queue', () => {
  const { ehr } = clinicalApp({
    app: () => ({
      database: undefined,
      documents: undefined,
      compute: Compute.fargate({ image: ContainerImage.fromRegistry('ehr'), port: 8080, peakTasks: 2 }),
      zonalAutoshift: ZonalAutoshift.none({ reason: 'one Region, three zones, and people who watch' }),
    }),
  });
  expect(ehr.undeliveredEvents).toBeUndefined();
  Template.fromStack(Stack.of(ehr)).resourceCountIs('AWS::SQS::Queue', 0);
});

test('the queue is encrypted, keeps events for as long as Amazon SQS can, and goes with its stack', () => {
  Template.fromStack(stack).hasResource('AWS::SQS::Queue', {
    DeletionPolicy: 'Delete',
    Properties: {
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 1209600,
    },
  });
});

test('the first event in the queue raises an alarm that notifies the topic of the system', () => {
  const template = Template.fromStack(stack);
  const [queue] = Object.keys(template.findResources('AWS::SQS::Queue'));
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: 'ApproximateNumberOfMessagesVisible',
    Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [queue, 'QueueName'] } }],
    Threshold: 1,
    TreatMissingData: 'notBreaching',
    AlarmActions: [{ Ref: Match.stringLikeRegexp('NotificationsTopic') }],
  });
});
