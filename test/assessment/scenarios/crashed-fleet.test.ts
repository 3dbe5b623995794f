import { crashedFleet } from '../../../src/assessment/scenarios/crashed-fleet';
import { hospital, hospitalWith, pair, resource, testScenario } from './play';

const READ = 'records can be read without Windows';

const onImage = (image: unknown) => {
  const { Service: _, ...rest } = hospital();
  return {
    ...rest,
    Group: resource('AWS::AutoScaling::AutoScalingGroup', {
      MinSize: 2,
      VPCZoneIdentifier: [{ Ref: 'Subnet0' }, { Ref: 'Subnet1' }],
      TargetGroupARNs: [{ Ref: 'Targets' }],
      LaunchTemplate: { LaunchTemplateId: { Ref: 'Launch' } },
    }),
    Launch: resource('AWS::EC2::LaunchTemplate', { LaunchTemplateData: { ImageId: image } }),
  };
};
const WINDOWS = '{{resolve:ssm:/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-Base}}';
const linux = hospitalWith(
  { TaskDefinition: { Ref: 'Task' } },
  { Task: resource('AWS::ECS::TaskDefinition', { RuntimePlatform: { OperatingSystemFamily: 'LINUX' } }) },
);

const ROLLED_BACK = 'a release that fails is rolled back by itself';
const RUNNING = 'a release leaves something running';
const released = (configuration: unknown, more = {}) =>
  hospitalWith({ DeploymentConfiguration: configuration, ...more });

testScenario(crashedFleet, [
  {
    assertion: RUNNING,
    answer: 'broken',
    when: 'a second to end',
    stacks: hospitalWith(
      { TaskDefinition: { Ref: 'Task' } },
      { Task: resource('AWS::ECS::TaskDefinition', { ContainerDefinitions: [{ StopTimeout: 1 }] }) },
    ),
    about: 'Test/Service',
  },
  {
    assertion: ROLLED_BACK,
    answer: 'holds',
    when: 'a circuit breaker',
    stacks: released({ DeploymentCircuitBreaker: { Enable: true, Rollback: true } }),
  },
  {
    assertion: ROLLED_BACK,
    answer: 'broken',
    when: 'a circuit breaker that only stops',
    stacks: released({ DeploymentCircuitBreaker: { Enable: true, Rollback: false } }),
    about: 'Test/Service',
  },
  {
    assertion: ROLLED_BACK,
    answer: 'unknown',
    when: 'another controller',
    stacks: released({}, { DeploymentController: { Type: 'CODE_DEPLOY' } }),
  },
  { assertion: RUNNING, answer: 'holds', when: 'nothing said', stacks: hospital() },
  {
    assertion: RUNNING,
    answer: 'broken',
    when: 'a minimum of nothing',
    stacks: released({ MinimumHealthyPercent: 0 }),
    about: 'Test/Service',
  },
  {
    assertion: RUNNING,
    answer: 'unknown',
    when: 'a minimum that an import decides',
    stacks: released({ MinimumHealthyPercent: { 'Fn::ImportValue': 'minimum' } }),
  },
  { assertion: READ, answer: 'holds', when: 'Linux', stacks: linux },
  {
    assertion: READ,
    answer: 'holds',
    when: 'Windows here, and Linux that stands by',
    stacks: pair(onImage(WINDOWS), linux),
  },
  { assertion: READ, answer: 'broken', when: 'Windows only', stacks: onImage(WINDOWS), about: 'Test/Group' },
  {
    assertion: READ,
    answer: 'unknown',
    when: 'an image that says nothing',
    stacks: onImage('ami-0123456789abcdef0'),
    about: 'Test/Group',
  },
  { assertion: 'a runbook repairs hosts that do not start', answer: 'holds', when: 'no Windows', stacks: linux },
  {
    assertion: 'a runbook repairs hosts that do not start',
    answer: 'unknown',
    when: 'Windows',
    stacks: onImage(WINDOWS),
  },
  { assertion: 'agents are pinned, and updated in rings', answer: 'holds', when: 'no Windows', stacks: linux },
  {
    assertion: 'agents are pinned, and updated in rings',
    answer: 'unknown',
    when: 'Windows',
    stacks: onImage(WINDOWS),
  },
]);
