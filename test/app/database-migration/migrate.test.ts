import { type CallEcs, type HookEvent, migrate } from '../../../src/app/handlers/database-migration/migrate';

const DEPLOYMENT = 'arn:aws:ecs:us-east-1:111122223333:service-deployment/ehr/ehr/TFX5sH9q9XDboDTOv0rIt';
const TASK = 'arn:aws:ecs:us-east-1:111122223333:task/ehr/8f3b';
const NOON = Date.parse('2026-11-27T12:00:00Z');

const settings = {
  cluster: 'arn:aws:ecs:us-east-1:111122223333:cluster/ehr',
  taskDefinition: 'arn:aws:ecs:us-east-1:111122223333:task-definition/ehr:7',
  container: 'App',
  command: ['./migrate', 'up'],
  subnets: ['subnet-1', 'subnet-2'],
  securityGroups: ['sg-1'],
  timeLimitSeconds: 1800,
};

/** Amazon ECS, scripted: an answer, or an error, for each operation. */
function amazonEcs(answers: Record<string, unknown>, minutesLater = 0) {
  const calls: [string, Record<string, unknown>][] = [];
  const said: { level: string; message: string }[] = [];
  const context = {
    settings,
    now: () => NOON + minutesLater * 60_000,
    log: (entry: { level: string; message: string }) => said.push(entry),
    ecs: (async (operation: string, input: Record<string, unknown>) => {
      calls.push([operation, input]);
      const answer = answers[operation];
      if (answer instanceof Error) throw answer;
      return answer;
    }) as CallEcs,
  };
  return { context, calls, said };
}

const task = (more: Record<string, unknown> = {}) => ({
  taskArn: TASK,
  createdAt: new Date(NOON),
  lastStatus: 'RUNNING',
  ...more,
});

const stopped = (container: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  task({
    lastStatus: 'STOPPED',
    containers: [
      { name: 'agent', exitCode: 1 },
      { name: 'App', ...container },
    ],
    ...more,
  });

const first: HookEvent = { resourceArn: DEPLOYMENT };
const again: HookEvent = { resourceArn: DEPLOYMENT, hookDetails: { taskArn: TASK } };

describe('asked for the first time', () => {
  test('starts one task of the new version with the command, and asks to be asked again', async () => {
    const { context, calls } = amazonEcs({ RunTask: { tasks: [task({ lastStatus: 'PROVISIONING' })] } });
    expect(await migrate(first, context)).toEqual({
      hookStatus: 'IN_PROGRESS',
      callBackDelay: 30,
      hookDetails: { taskArn: TASK },
    });
    expect(calls).toEqual([
      [
        'RunTask',
        expect.objectContaining({
          cluster: settings.cluster,
          taskDefinition: settings.taskDefinition,
          count: 1,
          launchType: 'FARGATE',
          networkConfiguration: {
            awsvpcConfiguration: {
              subnets: ['subnet-1', 'subnet-2'],
              securityGroups: ['sg-1'],
              assignPublicIp: 'DISABLED',
            },
          },
          overrides: { containerOverrides: [{ name: 'App', command: ['./migrate', 'up'] }] },
        }),
      ],
    ]);
  });

  test('twice, or without what it answered before, gets the same task: the token is the same for a deployment', async () => {
    const tokenOf = async (event: HookEvent) => {
      const { context, calls } = amazonEcs({ RunTask: { tasks: [task()] } });
      await migrate(event, context);
      return calls[0][1].clientToken as string;
    };
    const token = await tokenOf(first);
    expect(token).toMatch(/^[!-~]{33,64}$/);
    expect(await tokenOf({ ...first, hookDetails: {} })).toBe(token);
    expect(await tokenOf({ resourceArn: `${DEPLOYMENT}2` })).not.toBe(token);
  });

  test('and the task of that token has long ended: tells how', async () => {
    const { context } = amazonEcs({ RunTask: { tasks: [stopped({ exitCode: 0 })] } });
    expect(await migrate(first, context)).toEqual({ hookStatus: 'SUCCEEDED' });
  });

  test.each([
    ['without capacity', { RunTask: { tasks: [], failures: [{ reason: 'RESOURCE:CPU' }] } }, /RESOURCE:CPU/],
    ['without a word', { RunTask: {} }, /no reason/],
    ['throttled', { RunTask: new Error('Rate exceeded') }, /Rate exceeded/],
  ])('%s is an error, so that the former version stays', async (_, answers, message) => {
    await expect(migrate(first, amazonEcs(answers).context)).rejects.toThrow(message);
  });

  test('for no deployment that it knows, starts nothing', async () => {
    const { context, calls } = amazonEcs({ RunTask: { tasks: [task()] } });
    await expect(migrate({}, context)).rejects.toThrow(/changed twice at once/);
    expect(calls).toEqual([]);
  });
});

describe('asked again', () => {
  const asked = async (answers: Record<string, unknown>, minutesLater?: number) => {
    const { context, calls, said } = amazonEcs(answers, minutesLater);
    return { answer: await migrate(again, context), calls, said };
  };

  test('while the task runs, waits, and starts no other', async () => {
    const { answer, calls } = await asked({ DescribeTasks: { tasks: [task()] } }, 29);
    expect(answer).toMatchObject({ hookStatus: 'IN_PROGRESS', hookDetails: { taskArn: TASK } });
    expect(calls).toEqual([['DescribeTasks', { cluster: settings.cluster, tasks: [TASK] }]]);
  });

  test('after the command ended with 0, lets the new version start, whatever other containers did', async () => {
    const { answer, said } = await asked({ DescribeTasks: { tasks: [stopped({ exitCode: 0 })] } });
    expect(answer).toEqual({ hookStatus: 'SUCCEEDED' });
    expect(said).toEqual([{ level: 'INFO', message: `${TASK} changed the schema` }]);
  });

  test.each([
    ['ended with 1', stopped({ exitCode: 1 }), /ended with 1\. The former version stays/],
    ['ran out of memory', stopped({ exitCode: 137, reason: 'OutOfMemoryError' }), /ended with 137: OutOfMemoryError/],
    [
      'never started',
      stopped({}, { stoppedReason: 'CannotPullContainerError' }),
      /ended with no exit code: CannotPullContainerError/,
    ],
    ['has no container of that name', task({ lastStatus: 'STOPPED' }), /no exit code/],
  ])('after the task %s, keeps the former version and says why', async (_, ended, message) => {
    const { answer, said } = await asked({ DescribeTasks: { tasks: [ended] } });
    expect(answer).toEqual({ hookStatus: 'FAILED' });
    expect(said).toEqual([{ level: 'ERROR', message: expect.stringMatching(message) }]);
  });

  test('after the time limit, stops the task and keeps the former version', async () => {
    const { answer, calls, said } = await asked({ DescribeTasks: { tasks: [task()] }, StopTask: {} }, 31);
    expect(answer).toEqual({ hookStatus: 'FAILED' });
    expect(calls[1]).toEqual(['StopTask', expect.objectContaining({ cluster: settings.cluster, task: TASK })]);
    expect(said[0].message).toMatch(/was stopped: the schema was not changed within 1800 seconds/);
  });

  test('for a task that nobody knows any more, does not claim that it ended well', async () => {
    const { answer } = await asked({ DescribeTasks: { tasks: [], failures: [{ arn: TASK, reason: 'MISSING' }] } });
    expect(answer).toEqual({ hookStatus: 'FAILED' });
  });

  test('and refused an answer, is an error', async () => {
    const answers = { DescribeTasks: { failures: [{ reason: 'ACCESS', detail: 'not allowed' }] } };
    await expect(migrate(again, amazonEcs(answers).context)).rejects.toThrow(/not allowed/);
  });
});
