import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import { DataProtection, NotificationTopic } from '../../src';

const PUBLISHERS = ['cloudwatch.amazonaws.com', 'backup.amazonaws.com', 'events.amazonaws.com'];

function synthesize(build: (stack: Stack) => void): Template {
  const stack = new Stack(new App(), 'S', { env: { account: '111111111111', region: 'us-east-1' } });
  build(stack);
  return Template.fromStack(stack);
}

test.each(PUBLISHERS)('%s may publish and may use the key: with either missing, messages vanish', (service) => {
  const template = synthesize((stack) => new NotificationTopic(stack, 'Notifications'));
  const allows = (action: unknown) =>
    Match.objectLike({
      Statement: Match.arrayWith([
        Match.objectLike({ Effect: 'Allow', Principal: { Service: service }, Action: action }),
      ]),
    });
  template.hasResourceProperties('AWS::SNS::TopicPolicy', { PolicyDocument: allows('sns:Publish') });
  template.hasResourceProperties('AWS::KMS::Key', { KeyPolicy: allows(['kms:Decrypt', 'kms:GenerateDataKey*']) });
});

test('publishers act for this account only, where the service says so', () => {
  const template = synthesize((stack) => new NotificationTopic(stack, 'Notifications'));
  template.hasResourceProperties('AWS::SNS::TopicPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': '111111111111' } },
        }),
      ]),
    },
  });
});

test('refuses plain text', () => {
  synthesize((stack) => new NotificationTopic(stack, 'Notifications')).hasResourceProperties('AWS::SNS::TopicPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      ]),
    },
  });
});

test('the key rotates and is kept', () => {
  const template = synthesize((stack) => new NotificationTopic(stack, 'Notifications'));
  template.hasResource('AWS::KMS::Key', { Properties: { EnableKeyRotation: true }, DeletionPolicy: 'Retain' });
});

test('the key goes with the stack where data may be lost', () => {
  const template = synthesize(
    (stack) =>
      new NotificationTopic(stack, 'Notifications', {
        dataProtection: DataProtection.destroyWithStack({ acknowledgeDataLoss: 'sandbox' }),
      }),
  );
  template.hasResource('AWS::KMS::Key', { DeletionPolicy: 'Delete' });
});

test('uses a key it is given', () => {
  const template = synthesize((stack) => {
    const encryptionKey = new kms.Key(stack, 'Mine');
    new NotificationTopic(stack, 'Notifications', { encryptionKey });
  });
  template.resourceCountIs('AWS::KMS::Key', 1);
  template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: { 'Fn::GetAtt': ['MineC1B42D3A', 'Arn'] } });
});
