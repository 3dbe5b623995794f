const { createHash } = require('node:crypto');

/** Seconds until Amazon ECS asks again. */
const ASK_AGAIN = 30;

/**
 * A lifecycle hook of an Amazon ECS deployment. Starts the task that changes the schema when it is asked first, and tells whether
 * it is done when it is asked again. Whatever goes wrong is an error or FAILED, and Amazon ECS goes back to the former version.
 *
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/lambda-lifecycle-hooks.html
 */
exports.migrate = async (event, { ecs, settings, now, log }) => {
  const task = event.hookDetails?.taskArn
    ? await describe(event.hookDetails.taskArn, ecs, settings)
    : await start(event, ecs, settings);
  if (!task) {
    return failed(log, `${event.hookDetails.taskArn} is not known any more, so nobody can tell how it ended`);
  }
  if (task.lastStatus === 'STOPPED') {
    return outcome(task, settings, log);
  }
  const seconds = (now() - new Date(task.createdAt).getTime()) / 1000;
  if (seconds > settings.timeLimitSeconds) {
    const reason = `the schema was not changed within ${settings.timeLimitSeconds} seconds`;
    await ecs('StopTask', { cluster: settings.cluster, task: task.taskArn, reason });
    return failed(log, `${task.taskArn} was stopped: ${reason}`);
  }
  return { hookStatus: 'IN_PROGRESS', callBackDelay: ASK_AGAIN, hookDetails: { taskArn: task.taskArn } };
};

/** One task for each deployment, however often Amazon ECS asks: the token is the deployment's. */
async function start({ resourceArn }, ecs, { cluster, taskDefinition, container, command, subnets, securityGroups }) {
  if (!resourceArn) {
    throw new Error('Amazon ECS did not say which deployment this is, so the schema might be changed twice at once');
  }
  const { tasks = [], failures = [] } = await ecs('RunTask', {
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

async function describe(taskArn, ecs, { cluster }) {
  const { tasks = [], failures = [] } = await ecs('DescribeTasks', { cluster, tasks: [taskArn] });
  const other = failures.filter(({ reason }) => reason !== 'MISSING');
  if (tasks.length === 0 && other.length > 0) {
    throw new Error(`the task that changes the schema cannot be asked for: ${reasonsOf(other)}`);
  }
  return tasks[0];
}

function outcome({ taskArn, containers = [], stoppedReason }, { container }, log) {
  const { exitCode, reason } = containers.find(({ name }) => name === container) ?? {};
  if (exitCode === 0) {
    log({ level: 'INFO', message: `${taskArn} changed the schema` });
    return { hookStatus: 'SUCCEEDED' };
  }
  const why = [reason, stoppedReason].filter(Boolean).join('; ');
  return failed(log, `${taskArn} ended with ${exitCode ?? 'no exit code'}${why ? `: ${why}` : ''}`);
}

function failed(log, message) {
  log({ level: 'ERROR', message: `${message}. The former version stays` });
  return { hookStatus: 'FAILED' };
}

function reasonsOf(failures) {
  return failures.map(({ reason, detail }) => detail ?? reason).join('; ') || 'Amazon ECS gave no reason';
}
