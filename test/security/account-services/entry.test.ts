import { EventEmitter } from 'node:events';
import * as https from 'node:https';
import { handler } from '../../../src/security/handlers/account-services';
import { callAws } from '../../../src/security/handlers/account-services/aws';

jest.mock('node:https');
const send = jest.fn();
const clients = jest.fn();
jest.mock(
  '@aws-sdk/client-guardduty', // the Lambda runtime has it; here it is scripted
  () => ({
    GuardDutyClient: class {
      public readonly send = send;
      public constructor(options: unknown) {
        clients(options);
      }
    },
    ListDetectorsCommand: class {
      public constructor(public readonly input: unknown) {}
    },
  }),
  { virtual: true },
);

interface Sent {
  readonly url: string;
  readonly method: string;
  readonly body: string;
}

/** CloudFormation, which takes one answer. */
function listen(statusCode: number): Sent[] {
  const sent: Sent[] = [];
  jest.mocked(https.request).mockImplementation(((
    url: string,
    { method }: { method: string },
    done: (r: unknown) => void,
  ) =>
    Object.assign(new EventEmitter(), {
      end: (body: string) => {
        sent.push({ url, method, body });
        const response = Object.assign(new EventEmitter(), { statusCode, resume: () => undefined });
        done(response);
        response.emit('end');
      },
    })) as unknown as typeof https.request);
  return sent;
}

const event = {
  RequestType: 'Create',
  ResponseURL: 'https://cloudformation.example/response',
  StackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/Security/1',
  RequestId: 'request-1',
  LogicalResourceId: 'Adopted',
  ResourceProperties: { Service: 'GuardDuty', Desired: '{}', OnManagedElsewhere: 'ACCEPT' },
};
const context = { getRemainingTimeInMillis: () => 900_000 };

beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation(() => undefined);
});

test('calls the operation of the SDK by its name, with one client for all calls', async () => {
  send.mockResolvedValue({ DetectorIds: ['d-1'] });
  await expect(callAws('guardduty', 'ListDetectors', { MaxResults: 1 })).resolves.toEqual({ DetectorIds: ['d-1'] });
  await callAws('guardduty', 'ListDetectors');
  expect(send.mock.calls[0][0]).toMatchObject({ input: { MaxResults: 1 } });
  expect(clients.mock.calls).toEqual([[{ maxAttempts: 1 }]]);
});

test('says so when the SDK of the runtime is older than the operation', async () => {
  await expect(callAws('guardduty', 'CreateUnicorn')).rejects.toThrow(/does not know guardduty CreateUnicorn yet/);
});

test('answers CloudFormation, at the address it gave', async () => {
  send.mockRejectedValue(Object.assign(new Error('no'), { name: 'ValidationException' }));
  const sent = listen(200);
  await handler(event, context);
  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatchObject({ url: 'https://cloudformation.example/response', method: 'PUT' });
  expect(JSON.parse(sent[0].body)).toMatchObject({ Status: 'FAILED', Reason: 'GuardDuty: ValidationException: no' });
});

test('fails, and so is called again by Lambda, when CloudFormation does not take the answer', async () => {
  send.mockRejectedValue(Object.assign(new Error('no'), { name: 'ValidationException' }));
  listen(503);
  await expect(handler(event, context)).rejects.toThrow('CloudFormation answered 503');
});
