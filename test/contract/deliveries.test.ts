import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { NotificationTopic } from '../../src';
import { type Delivery, deliveriesOf, lostDeliveries, unjudged } from '../support/deliveries';
import { deploy } from '../support/deployed';
import { type SynthesizedStack, synthesizeExamples } from '../support/example';
import { decide, type Statement } from '../support/policy-simulator';

/**
 * An alarm that its topic refuses, or whose key refuses it, is lost without a trace. So every delivery that the templates ask for is put
 * to the policies of topic, queue and key, as the documentation says that its sender asks.
 */
const examples = fs.readdirSync(path.join(__dirname, '..', '..', 'examples')).filter((file) => file.endsWith('.ts'));
const assemblies = synthesizeExamples(
  examples.map((file) => ({ file })),
  { validation: false },
);
const synthesized = new Map(examples.map((file, i): [string, SynthesizedStack[]] => [file, assemblies[i].stacks]));

function stacksOf(file: string): SynthesizedStack[] {
  return structuredClone(synthesized.get(file) as SynthesizedStack[]);
}

test.each(examples)('%s: every message is allowed where it is sent', (file) => {
  const lost = lostDeliveries(deploy(stacksOf(file)));
  expect(
    lost.map(({ delivery, policy, decision }) => `${describeDelivery(delivery)}: ${decision} by its ${policy}`),
  ).toEqual([]);
});

test.each(examples)('%s: nothing sends that is not judged', (file) => {
  expect(unjudged(deploy(stacksOf(file)))).toEqual([]);
});

test('alarms, rules, databases and vaults all send something in the examples', () => {
  const kinds = examples.flatMap((file) => deliveriesOf(deploy(stacksOf(file))).map(({ sender }) => sender.type));
  expect([...new Set(kinds)].sort()).toEqual(
    expect.arrayContaining([
      'AWS::Backup::BackupVault',
      'AWS::CloudWatch::Alarm',
      'AWS::CloudWatch::CompositeAlarm',
      'AWS::Events::Rule',
      'AWS::RDS::EventSubscription',
    ]),
  );
});

test('a topic whose key and policy know nothing of a sender loses what it sends', () => {
  const stack = new Stack(new App(), 'S', { env: { account: '111122223333', region: 'us-east-1' } });
  const { topic } = new NotificationTopic(stack, 'Topic');
  new CfnBudget(stack, 'Budget', {
    budget: { budgetType: 'COST', timeUnit: 'MONTHLY', budgetLimit: { amount: 1, unit: 'USD' } },
    notificationsWithSubscribers: [
      {
        notification: { comparisonOperator: 'GREATER_THAN', notificationType: 'ACTUAL', threshold: 100 },
        subscribers: [{ subscriptionType: 'SNS', address: topic.topicArn }],
      },
    ],
  });
  const template = Template.fromStack(stack).toJSON();
  const lost = lostDeliveries(
    deploy([
      { id: 'S', name: 'S', account: '111122223333', region: 'us-east-1', bytes: 0, template } as SynthesizedStack,
    ]),
  );
  expect(lost.map(({ policy, decision }) => [policy, decision])).toEqual([
    ['target', 'implicitly denied'],
    ['key', 'implicitly denied'],
    ['key', 'implicitly denied'],
  ]);
});

describe('a policy that forgets a sender is noticed', () => {
  const file = 'hapi-fhir-two-regions.ts';

  test.each([
    ['a topic', 'AWS::SNS::TopicPolicy', 'PolicyDocument', 'cloudwatch.amazonaws.com', 'target'],
    ['a topic, of a database', 'AWS::SNS::TopicPolicy', 'PolicyDocument', 'events.rds.amazonaws.com', 'target'],
    ['a key', 'AWS::KMS::Key', 'KeyPolicy', 'cloudwatch.amazonaws.com', 'key'],
    ['a key, of events', 'AWS::KMS::Key', 'KeyPolicy', 'events.amazonaws.com', 'key'],
    ['a queue', 'AWS::SQS::QueuePolicy', 'PolicyDocument', 'events.amazonaws.com', 'target'],
  ])('%s', (_, type, property, service, policy) => {
    const stacks = stacksOf(file);
    for (const resource of stacks.flatMap(({ template }) => Object.values(template.Resources))) {
      const document = resource.Properties?.[property] as { Statement: Statement[] } | undefined;
      if (resource.Type !== type || !document) continue;
      for (const statement of document.Statement) {
        const principal = statement.Principal as { Service?: unknown };
        if (principal?.Service) principal.Service = [principal.Service].flat().filter((name) => name !== service);
      }
    }
    expect(new Set(lostDeliveries(deploy(stacks)).map((lost) => lost.policy))).toContain(policy);
  });

  test('of another account, when it names an account', () => {
    const stacks = stacksOf(file);
    const text = JSON.stringify(stacks).replaceAll(
      '"aws:SourceAccount":{"Ref":"AWS::AccountId"}',
      '"aws:SourceAccount":"999999999999"',
    );
    expect(lostDeliveries(deploy(JSON.parse(text))).length).toBeGreaterThan(0);
  });
});

describe('the simulation decides as IAM does', () => {
  const topic = 'arn:aws:sns:us-east-1:111122223333:topic';
  const request = { principal: { service: 'cloudwatch.amazonaws.com' }, action: 'sns:Publish', resource: topic };
  const allow: Statement = {
    Effect: 'Allow',
    Principal: { Service: 'cloudwatch.amazonaws.com' },
    Action: 'SNS:Pub*',
    Resource: topic,
  };

  test('nothing allows: denied', () => expect(decide([], request)).toBe('implicitly denied'));
  test('actions take wildcards and any case', () => expect(decide([allow], request)).toBe('allowed'));
  test('a deny wins', () =>
    expect(decide([allow, { ...allow, Effect: 'Deny', Principal: { AWS: '*' } }], request)).toBe('explicitly denied'));
  test('another service is not meant', () =>
    expect(decide([allow], { ...request, principal: { service: 'events.amazonaws.com' } })).toBe('implicitly denied'));
  test('a condition on a key that is not sent does not hold', () => {
    const conditional = { ...allow, Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } } };
    expect(decide([conditional], request)).toBe('implicitly denied');
    expect(decide([conditional], { ...request, context: { 'aws:sourceaccount': '111122223333' } })).toBe('allowed');
    const ifExists = { ...allow, Condition: { StringEqualsIfExists: { 'aws:SourceAccount': '111122223333' } } };
    expect(decide([ifExists], request)).toBe('allowed');
    expect(decide([{ ...allow, Condition: { Null: { 'aws:SourceAccount': 'true' } } }], request)).toBe('allowed');
  });
  test('wildcards in an ARN do not reach over colons', () => {
    const conditional = {
      ...allow,
      Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:cloudwatch:*:111122223333:alarm:*' } },
    };
    const from = (arn: string) => decide([conditional], { ...request, context: { 'aws:SourceArn': arn } });
    expect(from('arn:aws:cloudwatch:us-east-1:111122223333:alarm:a:b')).toBe('allowed');
    expect(from('arn:aws:cloudwatch:us-east-1:x:111122223333:alarm:a')).toBe('implicitly denied');
  });
  test('the root of an account stands for its roles, and not for services', () => {
    const root = { ...allow, Principal: { AWS: 'arn:aws:iam::111122223333:root' } };
    expect(decide([root], { ...request, principal: { aws: 'arn:aws:iam::111122223333:role/r' } })).toBe('allowed');
    expect(decide([root], { ...request, principal: { aws: 'arn:aws:iam::444455556666:role/r' } })).toBe(
      'implicitly denied',
    );
    expect(decide([root], request)).toBe('implicitly denied');
  });
  test('all actions but those that are named', () => {
    const but = (NotAction: string) => decide([{ ...allow, Action: undefined, NotAction }], request);
    expect(but('sns:X')).toBe('allowed');
    expect(but(request.action)).toBe('implicitly denied');
  });

  test('what it does not know is an error', () => {
    expect(() => decide([{ ...allow, Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }], request)).toThrow(
      /IpAddress is not simulated/,
    );
    expect(() => decide([{ ...allow, Resource: undefined, NotResource: '*' }], request)).toThrow(/not simulated/);
  });
});

function describeDelivery({ sender, target }: Delivery): string {
  return `${sender.stack}/${sender.logicalId} to ${target.split(':').pop()}`;
}
