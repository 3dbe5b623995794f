import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { type DatabaseMigration, Deployments } from '../../src';
import { clinicalApp } from '../support/app';

const up: DatabaseMigration = { command: ['./migrate', 'up'] };

function templateOf(deployments: Deployments): Template {
  return Template.fromStack(Stack.of(clinicalApp({ compute: { deployments } })));
}

const template = templateOf(Deployments.blueGreen({ migration: up }));

function only(type: string, properties: unknown): [string, Record<string, unknown>] {
  const found = Object.entries(template.findResources(type, { Properties: properties }));
  expect(found).toHaveLength(1);
  return found[0] as [string, Record<string, unknown>];
}

const [handler] = only('AWS::Lambda::Function', { Description: Match.stringLikeRegexp('Changes the schema') });

/** What the function is told, with references as they are in the template. */
function settings(of = template): string {
  const [{ Properties }] = Object.values(
    of.findResources('AWS::Lambda::Function', {
      Properties: { Environment: { Variables: { MIGRATION: Match.anyValue() } } },
    }),
  );
  return JSON.stringify(Properties.Environment.Variables.MIGRATION);
}

describe('a migration', () => {
  test('is asked for before the first task of a new version starts, and at no other time', () => {
    template.hasResourceProperties('AWS::ECS::Service', {
      DeploymentConfiguration: {
        LifecycleHooks: [
          {
            HookTargetArn: { 'Fn::GetAtt': [handler, 'Arn'] },
            LifecycleStages: ['PRE_SCALE_UP'],
            RoleArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('MigrationHookRole'), 'Arn'] },
          },
        ],
      },
    });
  });

  test.each([
    ['linear', Deployments.linear({ migration: up })],
    ['canary', Deployments.canary({ migration: up })],
  ])('comes with %s deployments as well', (_, deployments) => {
    const [service] = Object.values(templateOf(deployments).findResources('AWS::ECS::Service'));
    expect(service.Properties.DeploymentConfiguration.LifecycleHooks).toHaveLength(1);
  });

  test('runs as the new version, in the network of the application, for half an hour at most', () => {
    const [task] = Object.keys(template.findResources('AWS::ECS::TaskDefinition'));
    expect(settings()).toContain(`"Ref":"${task}"`);
    expect(settings()).toContain(String.raw`\"container\":\"App\",\"command\":[\"./migrate\",\"up\"]`);
    expect(settings()).toMatch(/\{"Ref":"[^"]*applicationSubnet1/);
    expect(settings()).toMatch(/\{"Fn::GetAtt":\["[^"]*SecurityGroup[^"]*","GroupId"\]\}/);
    expect(settings()).toContain(String.raw`\"timeLimitSeconds\":1800`);
    const patient = templateOf(Deployments.blueGreen({ migration: { ...up, timeLimit: Duration.hours(2) } }));
    expect(settings(patient)).toContain(String.raw`\"timeLimitSeconds\":7200`);
  });

  test('may start this task and no other, in this cluster, as the roles of the application', () => {
    const inCluster = { ArnEquals: { 'ecs:cluster': { 'Fn::GetAtt': [Match.stringLikeRegexp('Cluster'), 'Arn'] } } };
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 'ecs:RunTask',
            Resource: { Ref: Match.stringLikeRegexp('Task') },
            Condition: inCluster,
          }),
          Match.objectLike({ Action: ['ecs:DescribeTasks', 'ecs:StopTask'], Condition: inCluster }),
          Match.objectLike({
            Action: 'iam:PassRole',
            Resource: [
              { 'Fn::GetAtt': [Match.stringLikeRegexp('TaskRole'), 'Arn'] },
              { 'Fn::GetAtt': [Match.stringLikeRegexp('ExecutionRole'), 'Arn'] },
            ],
            Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
          }),
        ]),
      },
    });
  });

  test('may be asked for by Amazon ECS before the service is, or its first deployment fails', () => {
    const [service] = Object.values(template.findResources('AWS::ECS::Service'));
    expect(service.DependsOn).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/MigrationHookRole[0-9A-F]{8}$/),
        expect.stringMatching(/MigrationHookRolePolicy/),
      ]),
    );
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: [{ Action: 'lambda:InvokeFunction', Effect: 'Allow', Resource: { 'Fn::GetAtt': [handler, 'Arn'] } }],
      },
    });
  });

  test('says why it failed in the log of the application', () => {
    const [application] = Object.keys(
      template.findResources('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 365 } }),
    ).filter((id) => id.includes('ComputeLogs'));
    only('AWS::Lambda::Function', { LoggingConfig: { LogGroup: { Ref: application } } });
  });

  test('is not made where nobody asks for one', () => {
    templateOf(Deployments.blueGreen()).resourceCountIs('AWS::Lambda::Function', 0);
  });
});

test('what is wrong with a migration is said with what is wrong with the deployment', () => {
  expect(() =>
    Deployments.blueGreen({
      bakeTime: Duration.minutes(1),
      migration: { command: ['./migrate', ''], timeLimit: Duration.hours(3) },
    }),
  ).toThrow(
    /bakeTime must be .*; command of a migration must be words that are not empty, got \["\.\/migrate", ""\]; timeLimit of a migration must be 1 to 120 minutes.*got 3 hours \[InvalidDeployments\]/,
  );
  expect(() => Deployments.canary({ migration: { command: [] } })).toThrow(/got \[\]/);
  const unknown = Duration.minutes(new Stack(new App()).node.tryGetContext('x') ?? 1);
  expect(() => Deployments.linear({ migration: { command: ['up'], timeLimit: unknown } })).not.toThrow();
});
