import { handler } from '../../../src/app/handlers/database-migration';

const send = jest.fn();
const made = jest.fn();
jest.mock(
  '@aws-sdk/client-ecs', // the Lambda runtime has it; here it is scripted
  () => {
    class Command {
      public constructor(public readonly input: unknown) {}
    }
    return {
      ECSClient: class {
        public readonly send = send;
        public constructor() {
          made();
        }
      },
      RunTaskCommand: class extends Command {},
      DescribeTasksCommand: class extends Command {},
    };
  },
  { virtual: true },
);

const task = { taskArn: 'arn:aws:ecs:us-east-1:111122223333:task/ehr/8f3b', createdAt: new Date() };

test('reads its settings from the environment, keeps one client, and logs lines of JSON', async () => {
  const log = jest.spyOn(console, 'log').mockImplementation();
  process.env.MIGRATION = JSON.stringify({ cluster: 'ehr', container: 'App', command: ['up'], timeLimitSeconds: 60 });
  send.mockResolvedValueOnce({ tasks: [{ ...task, lastStatus: 'PENDING' }] });
  expect(await handler({ resourceArn: 'deployment' })).toMatchObject({ hookDetails: { taskArn: task.taskArn } });
  send.mockResolvedValueOnce({
    tasks: [{ ...task, lastStatus: 'STOPPED', containers: [{ name: 'App', exitCode: 0 }] }],
  });
  expect(await handler({ hookDetails: { taskArn: task.taskArn } })).toEqual({ hookStatus: 'SUCCEEDED' });
  expect(send.mock.calls.map(([command]) => [command.constructor.name, command.input.cluster])).toEqual([
    ['RunTaskCommand', 'ehr'],
    ['DescribeTasksCommand', 'ehr'],
  ]);
  expect(made).toHaveBeenCalledTimes(1);
  expect(JSON.parse(log.mock.calls[0][0])).toMatchObject({ level: 'INFO' });
  log.mockRestore();
});

test('fails without its settings, before anything is started', async () => {
  delete process.env.MIGRATION;
  send.mockClear();
  await expect((async () => handler({ resourceArn: 'deployment' }))()).rejects.toThrow(SyntaxError);
  expect(send).not.toHaveBeenCalled();
});
