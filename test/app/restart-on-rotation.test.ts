import { Match, Template } from 'aws-cdk-lib/assertions';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { AppSecret, Compute } from '../../src';
import { clinicalApp, hospital } from '../support/hospital';

const ROTATION = {
  source: ['aws.secretsmanager'],
  'detail-type': ['AWS Service Event via CloudTrail'],
  detail: {
    eventSource: ['secretsmanager.amazonaws.com'],
    eventName: ['RotationSucceeded'],
    additionalEventData: { SecretId: [{ wildcard: 'arn:*:secretsmanager:*:secret:hapi-fhir/database-*' }] },
  },
};

function compute(secrets?: Record<string, AppSecret>) {
  return Compute.fargate({
    image: ContainerImage.fromRegistry(`hapi@sha256:${'0'.repeat(64)}`),
    port: 8080,
    peakTasks: 6,
    secrets,
  });
}

describe('tasks that were started with the database password', () => {
  const { stack, recoveryStack } = hospital();
  const [primary, recovery] = [stack, recoveryStack].map((s) => Template.fromStack(s));

  test.each([
    ['primary', primary],
    ['recovery', recovery],
  ])('are replaced in the %s Region when it is rotated, in whichever Region that happens', (_, template) => {
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: ROTATION,
      Targets: [Match.objectLike({ Arn: Match.anyValue(), RoleArn: Match.anyValue() })],
    });
    template.hasResourceProperties('AWS::SSM::Document', {
      DocumentType: 'Automation',
      Content: Match.objectLike({
        mainSteps: [
          Match.objectLike({ action: 'aws:sleep' }),
          Match.objectLike({
            action: 'aws:executeAwsApi',
            inputs: Match.objectLike({ Service: 'ecs', Api: 'UpdateService', forceNewDeployment: true }),
          }),
        ],
      }),
    });
  });

  test('the automation may update this service, and nothing else', () => {
    primary.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: [
          { Action: 'ecs:UpdateService', Effect: 'Allow', Resource: { Ref: Match.stringLikeRegexp('Service') } },
        ],
      },
    });
  });

  test('an alarm tells the first time that the replacement could not be started', () => {
    primary.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/Events',
      MetricName: 'FailedInvocations',
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      AlarmActions: [Match.anyValue()],
    });
  });

  test.each([
    ['primary', primary, { Ref: Match.stringLikeRegexp('Notifications') }],
    ['recovery', recovery, { 'Fn::ImportValue': Match.stringLikeRegexp('NotificationsTopic') }],
  ])('somebody hears of it when the automation starts and fails, in the %s Region', (_, template, topic) => {
    const [document] = Object.keys(template.findResources('AWS::SSM::Document'));
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.ssm'],
        'detail-type': ['EC2 Automation Execution Status-change Notification'],
        detail: {
          Definition: [{ Ref: document }],
          Status: ['Failed', 'TimedOut', 'Cancelled', 'CompletedWithFailure'],
        },
      },
      Targets: [
        {
          Arn: topic,
          DeadLetterConfig: { Arn: Match.anyValue() },
          InputTransformer: {
            InputTemplate: Match.stringLikeRegexp('replacement of tasks that keep the former value ended as'),
          },
        },
      ],
    });
  });

  test('the topic takes what Amazon EventBridge has to tell', () => {
    primary.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 'sns:Publish',
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
          }),
        ]),
      },
    });
  });

  test('the Region that rotates tells the other one', () => {
    primary.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: ROTATION,
      Targets: [
        Match.objectLike({
          Arn: { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp(':events:us-west-2:')])] },
          RoleArn: Match.anyValue(),
        }),
      ],
    });
  });
});

test('a password that no task was given restarts nothing', () => {
  const { stack } = clinicalApp({ app: () => ({ compute: compute() }) });
  Template.fromStack(stack).resourceCountIs('AWS::SSM::Document', 0);
});

test('a secret of another kind restarts nothing', () => {
  const secrets = { TOKEN: AppSecret.fromSecretName('token') };
  const { stack } = clinicalApp({ app: () => ({ compute: compute(secrets) }) });
  Template.fromStack(stack).resourceCountIs('AWS::SSM::Document', 0);
});

test('the first rotation waits for its turn, or tasks that start meanwhile keep a password that is gone', () => {
  const { stack } = clinicalApp();
  Template.fromStack(stack).hasResourceProperties('AWS::SecretsManager::RotationSchedule', {
    RotateImmediatelyOnUpdate: false,
  });
});
