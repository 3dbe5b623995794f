import { Duration, Size, Stack, Token } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct, IDependable } from 'constructs';
import { acknowledge } from '../../core/private/acknowledgements';
import { asFindingText } from '../../core/private/granular-finding';
import { ManagedPolicyRole } from '../../core/private/managed-policy-role';
import { warn } from '../../core/private/warnings';
import type { ComputeBindOptions } from '../compute-ref';
import type { FargateApplicationProps } from '../fargate-compute';
import { mountShares } from './file-mounts';
import { readImageReference } from './image-reference';

/** What a task is made of. */
export interface FargateTaskProps extends FargateApplicationProps {
  readonly options: ComputeBindOptions;
  readonly logGroup: logs.ILogGroup;
}

export const CONTAINER_NAME = 'App';
export const DEFAULT_CPU = 1024;
export const DEFAULT_MEMORY_MIB = 2048;

/** A task, and what must exist before it can start. */
export interface FargateTask {
  readonly taskDefinition: ecs.FargateTaskDefinition;
  readonly available: IDependable[];
}

/** A task that is not root, cannot change itself, and does not stop when its log does. */
export function fargateTask(scope: Construct, props: FargateTaskProps): FargateTask {
  const executionRole = taskRole(scope, 'ExecutionRole', 'What Amazon ECS may do to start the application');
  acknowledge(executionRole, 'ecrAuthorizationToken', ['Resource::*']);
  if (props.runtimeMonitoring ?? true) {
    allowGuardDutyAgent(executionRole);
  }
  const task = new ecs.FargateTaskDefinition(scope, 'Task', {
    cpu: props.cpu ?? DEFAULT_CPU,
    memoryLimitMiB: props.memoryLimitMiB ?? DEFAULT_MEMORY_MIB,
    taskRole: taskRole(scope, 'TaskRole', 'What the application may do'),
    executionRole,
    runtimePlatform: {
      cpuArchitecture: props.cpuArchitecture ?? ecs.CpuArchitecture.X86_64,
      operatingSystemFamily: ecs.OperatingSystemFamily.LINUX,
    },
  });
  acknowledge(task, 'containerSettings');
  if (props.acknowledgeRoot !== undefined) {
    // beside the task it is about, where a reader of the template looks for it
    (task.node.defaultChild as ecs.CfnTaskDefinition).addMetadata('cdk-resilient-ehr:root', props.acknowledgeRoot);
  }
  const container = addContainer(scope, task, props);
  for (const [index, containerPath] of (props.writablePaths ?? []).entries()) {
    const name = `writable-${index}`;
    task.addVolume({ name });
    container.addMountPoints({ containerPath, sourceVolume: name, readOnly: false });
  }
  const { available } = mountShares(scope, task, container, props.mounts ?? [], props.options.files);
  checkImage(scope, container.imageName);
  return { taskDefinition: task, available };
}

function addContainer(
  scope: Construct,
  task: ecs.FargateTaskDefinition,
  { options, logGroup, ...props }: FargateTaskProps,
): ecs.ContainerDefinition {
  return task.addContainer(CONTAINER_NAME, {
    image: props.image,
    command: props.command,
    user: props.user ?? '65532',
    memoryLimitMiB: props.memoryLimitMiB ?? DEFAULT_MEMORY_MIB,
    portMappings: [props.port, ...(props.additionalPorts ?? [])].map((containerPort) => ({ containerPort })),
    environment: mapValues(props.environment, (setting, name) => setting._render(scope, name, options)),
    secrets: mapValues(props.secrets, (secret, name) => secret._render(scope, name, options)),
    readonlyRootFilesystem: props.readonlyRootFilesystem ?? true,
    healthCheck: props.containerHealthCheck,
    stopTimeout: props.stopTimeout ?? Duration.seconds(60),
    linuxParameters: new ecs.LinuxParameters(scope, 'LinuxParameters', { initProcessEnabled: true }),
    logging: ecs.LogDrivers.awsLogs({
      logGroup,
      streamPrefix: options.systemName,
      // an impaired log service must not stop care: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specify-log-config.html
      mode: ecs.AwsLogDriverMode.NON_BLOCKING,
      maxBufferSize: Size.mebibytes(25),
    }),
  });
}

/**
 * GuardDuty starts its agent beside the application, from a repository of its own whose account differs by Region.
 *
 * https://docs.aws.amazon.com/guardduty/latest/ug/prereq-runtime-monitoring-ecs-support.html
 */
function allowGuardDutyAgent(executionRole: iam.Role): void {
  const { partition, region } = Stack.of(executionRole);
  const repository = `arn:${partition}:ecr:${region}:*:repository/aws-guardduty-agent-fargate`;
  executionRole.addToPrincipalPolicy(
    new iam.PolicyStatement({ actions: ['ecr:GetAuthorizationToken'], resources: ['*'] }), // it takes no resource
  );
  executionRole.addToPrincipalPolicy(
    new iam.PolicyStatement({
      actions: ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'],
      resources: [repository],
    }),
  );
  acknowledge(executionRole, 'guardDutyAgent', [`Resource::${asFindingText(executionRole, repository)}`]);
}

/** Roles only the tasks of this account assume: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html */
function taskRole(scope: Construct, id: string, description: string): iam.Role {
  return new ManagedPolicyRole(scope, id, {
    description,
    assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  });
}

function checkImage(scope: Construct, imageName: string): void {
  const { immutable, ecrRegion } = readImageReference(scope, imageName);
  const { region } = Stack.of(scope);
  if (!immutable) {
    warn(
      scope,
      'mutableImageTag',
      'the image is named by a tag, which can come to mean other code: tasks that replace lost ones may then differ from those that still run; name it by digest (@sha256:…)',
    );
  }
  if (ecrRegion && !Token.isUnresolved(region) && ecrRegion !== region) {
    warn(
      scope,
      'imageInOtherRegion',
      `tasks in ${region} pull their image from ${ecrRegion}: while ${ecrRegion} is lost, none can start; replicate the repository and use ReplicatedImage`,
    );
  }
}

function mapValues<From, To>(
  values: { [name: string]: From } | undefined,
  convert: (value: From, name: string) => To,
): { [name: string]: To } {
  return Object.fromEntries(Object.entries(values ?? {}).map(([name, value]) => [name, convert(value, name)]));
}
