import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { AccessLogBucket, IncidentResponse, type IncidentResponseOptions, NotificationTopic } from '../../src';
import { deploy } from './deployed';
import { ACCOUNT } from './security';
import type { Definition } from './state-machine';

/** A response in a stack of its own, and the definition of its state machine as it is deployed. */
export function responseIn(options: IncidentResponseOptions, more: (response: IncidentResponse) => void = () => {}) {
  const region = 'us-east-1';
  const stack = new Stack(new App(), 'S', { env: { account: ACCOUNT, region } });
  const encryptionKey = new kms.Key(stack, 'Key');
  const { topic } = new NotificationTopic(stack, 'Topic', { encryptionKey });
  const response = new IncidentResponse(stack, 'Response', {
    ...options,
    topic,
    encryptionKey,
    accessLogs: new AccessLogBucket(stack, 'AccessLogs'),
    deadLetterQueue: new sqs.Queue(stack, 'Queue', { enforceSSL: true }),
  });
  more(response);
  const template = Template.fromStack(stack);
  const json = template.toJSON() as never;
  const resources = deploy([{ id: 'S', name: 'S', account: ACCOUNT, region, bytes: 0, template: json }]);
  const machine = resources.find(({ type }) => type === 'AWS::StepFunctions::StateMachine');
  const definition: Definition = JSON.parse(machine?.properties.DefinitionString as string);
  return { stack, response, template, resources, definition };
}
