import { createHash } from 'node:crypto';

/** What Amazon ECS tells a lifecycle hook, with what the hook told it before. */
export interface HookEvent {
  readonly resourceArn?: string;
  readonly hookDetails?: { readonly taskArn?: string };
}

/** What a lifecycle hook answers. */
export interface HookAnswer {
  readonly hookStatus: 'SUCCEEDED' | 'FAILED' | 'IN_PROGRESS';
  /** Seconds until Amazon ECS asks again. */
  readonly callBackDelay?: number;
  readonly hookDetails?: { readonly taskArn: string };
}

/** The task that changes the schema, as the construct describes it. */
export interface MigrationSettings {
  readonly cluster: string;
  readonly taskDefinition: string;
  readonly container: string;
  readonly command: string[];
  readonly subnets: string[];
  readonly securityGroups: string[];
  readonly timeLimitSeconds: number;
}

/** Calls one operation of Amazon ECS. Who calls says what of the answer it reads. */
export type CallEcs = <Answer = unknown>(operation: string, input: object) => Promise<Answer>;

/** What is outside of this function. */
export interface MigrationContext {
  readonly ecs: CallEcs;
  readonly settings: MigrationSettings;
  readonly now: () => number;
  readonly log: (entry: { readonly level: string; readonly message: string }) => void;
}

interface Task {
  readonly taskArn: string;
  readonly lastStatus?: string;
  readonly createdAt: Date;
  readonly stoppedReason?: string;
  readonly containers?: { readonly name: string; readonly exitCode?: number; readonly reason?: string }[];
}

interface Failure {
  readonly reason?: string;
  readonly detail?: string;
}

interface TasksAnswer {
  readonly tasks?: Task[];
  readonly failures?: Failure[];
}

/** Seconds until Amazon ECS asks again. */
const ASK_AGAIN = 30;

/**
 * A lifecycle hook of an Amazon ECS deployment. Starts the task that changes the schema when it is asked first, and tells whether
 * it is done when it is asked again. Whatever goes wrong is an error or FAILED, and Amazon ECS goes back to the former version.
 *
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/lambda-lifecycle-hooks.html
 */
export async function migrate(event: HookEvent, { ecs, settings, now, log }: MigrationContext): Promise<HookAnswer> {
  const known = event.hookDetails?.taskArn;
  const task = known ? await describe(known, ecs, settings) : await start(event, ecs, settings);
  if (!task) {
    return failed(log, `${known} is not known any more, so nobody can tell how it ended`);
  }
  if (task.lastStatus === 'STOPPED') {
    return outcome(task, settings, log);
  }
  const seconds = (now() - task.createdAt.getTime()) / 1000;
  if (seconds > settings.timeLimitSeconds) {
    const reason = `the schema was not changed within ${settings.timeLimitSeconds} seconds`;
    await ecs('StopTask', { cluster: settings.cluster, task: task.taskArn, reason });
    return failed(log, `${task.taskArn} was stopped: ${reason}`);
  }
  return { hookStatus: 'IN_PROGRESS', callBackDelay: ASK_AGAIN, hookDetails: { taskArn: task.taskArn } };
}

/** One task for each deployment, however often Amazon ECS asks: the token is the deployment's. */
async function start({ resourceArn }: HookEvent, ecs: CallEcs, settings: MigrationSettings): Promise<Task> {
  if (!resourceArn) {
    throw new Error('Amazon ECS did not say which deployment this is, so the schema might be changed twice at once');
  }
  const { cluster, taskDefinition, container, command, subnets, securityGroups } = settings;
  const { tasks = [], failures = [] } = await ecs<TasksAnswer>('RunTask', {
    cluster,
    taskDefinition,
    launchType: 'FARGATE',
    count: 1,
    clientToken: createHash('sha256').update(resourceArn).digest('hex'),
    startedBy: 'database-migration',
    networkConfiguration: { awsvpcConfiguration: { subnets, securityGroups, assignPublicIp: 'DISABLED' } },
    overrides: { containerOverrides: [{ name: container, command }] },
  });
  if (tasks.length === 0) {
    throw new Error(`the task that changes the schema could not be started: ${reasonsOf(failures)}`);
  }
  return tasks[0];
}

async function describe(taskArn: string, ecs: CallEcs, { cluster }: MigrationSettings): Promise<Task | undefined> {
  const { tasks = [], failures = [] } = await ecs<TasksAnswer>('DescribeTasks', { cluster, tasks: [taskArn] });
  const other = failures.filter(({ reason }) => reason !== 'MISSING');
  if (tasks.length === 0 && other.length > 0) {
    throw new Error(`the task that changes the schema cannot be asked for: ${reasonsOf(other)}`);
  }
  return tasks[0];
}

function outcome(
  { taskArn, containers = [], stoppedReason }: Task,
  { container }: MigrationSettings,
  log: MigrationContext['log'],
): HookAnswer {
  const { exitCode, reason } = containers.find(({ name }) => name === container) ?? {};
  if (exitCode === 0) {
    log({ level: 'INFO', message: `${taskArn} changed the schema` });
    return { hookStatus: 'SUCCEEDED' };
  }
  const why = [reason, stoppedReason].filter(Boolean).join('; ');
  return failed(log, `${taskArn} ended with ${exitCode ?? 'no exit code'}${why ? `: ${why}` : ''}`);
}

function failed(log: MigrationContext['log'], message: string): HookAnswer {
  log({ level: 'ERROR', message: `${message}. The former version stays` });
  return { hookStatus: 'FAILED' };
}

function reasonsOf(failures: Failure[]): string {
  return failures.map(({ reason, detail }) => detail ?? reason).join('; ') || 'Amazon ECS gave no reason';
}
