import * as fc from 'fast-check';
import { type JsonObject, templateFrom } from '../../../src/assessment/model';
import { FailureScope } from '../../../src/core/failure-scope';
import { assemblyOf, judged, ref, resource, stackOf } from '../../support/assessment';

const SERVERLESS = 'AWS::Serverless-2016-10-31';
const expanded = (Resources: unknown, more: object = {}) =>
  templateFrom({ Transform: SERVERLESS, Resources, ...more } as JsonObject, 'T.yaml').resources;
const typesOf = (resources: JsonObject) =>
  Object.fromEntries(Object.entries(resources).map(([id, made]) => [id, (made as JsonObject).Type]));
const propertiesOf = (resources: JsonObject, id: string) => (resources[id] as JsonObject).Properties;

test('a function is a Lambda function with a role that its policies make', () => {
  const resources = expanded({
    Search: resource('AWS::Serverless::Function', {
      CodeUri: 'search/',
      Runtime: 'nodejs22.x',
      Tracing: 'Active',
      DeadLetterQueue: { Type: 'SQS', TargetArn: 'arn:aws:sqs:us-east-1:111122223333:dead' },
      Policies: ['AWSXrayWriteOnlyAccess', { DynamoDBCrudPolicy: { TableName: ref('Patients') } }],
    }),
  });
  expect(propertiesOf(resources, 'Search')).toEqual({
    Runtime: 'nodejs22.x',
    TracingConfig: { Mode: 'Active' },
    DeadLetterConfig: { TargetArn: 'arn:aws:sqs:us-east-1:111122223333:dead' },
    Role: { 'Fn::GetAtt': ['SearchRole', 'Arn'] },
  });
  expect(propertiesOf(resources, 'SearchRole')).toEqual({
    Policies: [{ PolicyDocument: { Statement: [{ Effect: 'Allow', Resource: [ref('Patients')] }] } }],
  });
});

test('what is set for all functions goes before what one sets, and a reference is not mixed with an object', () => {
  const resources = expanded(
    {
      Search: resource('AWS::Serverless::Function', {
        Role: 'arn:aws:iam::111122223333:role/search',
        Environment: { Variables: { B: '2' } },
        Layers: ['own'],
        VpcConfig: ref('Network'),
      }),
    },
    {
      Globals: {
        Function: {
          Runtime: 'python3.13',
          Environment: { Variables: { A: '1', B: '1' } },
          Layers: ['shared'],
          VpcConfig: { SubnetIds: ['subnet-1'] },
        },
      },
    },
  );
  expect(propertiesOf(resources, 'Search')).toEqual({
    Runtime: 'python3.13',
    Role: 'arn:aws:iam::111122223333:role/search',
    Environment: { Variables: { A: '1', B: '2' } },
    Layers: ['shared', 'own'],
    VpcConfig: ref('Network'),
  });
});

test('events make what sets a function off, where the function exists', () => {
  const event = (Type: string, Properties: object = {}) => ({ Type, Properties });
  const resources = expanded({
    Search: resource(
      'AWS::Serverless::Function',
      {
        Role: 'arn:aws:iam::111122223333:role/search',
        AutoPublishAlias: 'live',
        EventInvokeConfig: { MaximumRetryAttempts: 0 },
        FunctionUrlConfig: { AuthType: 'AWS_IAM' },
        Events: {
          Rest: event('Api', { Path: '/Patient', Method: 'get' }),
          Http: event('HttpApi'),
          Own: event('Api', { RestApiId: ref('Facade') }),
          Queue: event('SQS', { Queue: 'arn:aws:sqs:us-east-1:111122223333:in', BatchSize: 1 }),
          Nightly: event('Schedule', { Schedule: 'rate(1 day)' }),
          Skill: event('AlexaSkill'),
        },
      },
      { Condition: 'Searched' },
    ),
    Facade: resource('AWS::Serverless::Api', { StageName: 'live', TracingEnabled: true }),
  });
  expect(typesOf(resources)).toEqual({
    Search: 'AWS::Lambda::Function',
    SearchAliaslive: 'AWS::Lambda::Alias',
    SearchEventInvokeConfig: 'AWS::Lambda::EventInvokeConfig',
    SearchUrl: 'AWS::Lambda::Url',
    ServerlessRestApi: 'AWS::ApiGateway::RestApi',
    ServerlessRestApiProdStage: 'AWS::ApiGateway::Stage',
    SearchRestPermission: 'AWS::Lambda::Permission',
    ServerlessHttpApi: 'AWS::ApiGatewayV2::Api',
    ServerlessHttpApiApiGatewayDefaultStage: 'AWS::ApiGatewayV2::Stage',
    SearchHttpPermission: 'AWS::Lambda::Permission',
    SearchOwnPermission: 'AWS::Lambda::Permission',
    SearchQueue: 'AWS::Lambda::EventSourceMapping',
    SearchNightlyPermission: 'AWS::Lambda::Permission',
    Facade: 'AWS::ApiGateway::RestApi',
    FacadeliveStage: 'AWS::ApiGateway::Stage',
  });
  expect(resources.SearchQueue).toEqual({
    Type: 'AWS::Lambda::EventSourceMapping',
    Condition: 'Searched',
    Properties: {
      FunctionName: ref('Search'),
      EventSourceArn: 'arn:aws:sqs:us-east-1:111122223333:in',
      BatchSize: 1,
    },
  });
  expect(propertiesOf(resources, 'SearchOwnPermission')).toMatchObject({ SourceArn: ref('Facade') });
  expect(resources.ServerlessRestApi).not.toHaveProperty('Condition');
});

test('tables, workflows and layers keep their logical id and their policies', () => {
  const resources = expanded({
    Patients: resource('AWS::Serverless::SimpleTable', {}, { DeletionPolicy: 'Retain' }),
    Admission: resource('AWS::Serverless::StateMachine', {
      DefinitionUri: 'admission.asl.json',
      DefinitionSubstitutions: { table: ref('Patients') },
      Tracing: { Enabled: true },
      Events: { Start: { Type: 'Api', Properties: { Path: '/', Method: 'post' } } },
    }),
    Shared: resource('AWS::Serverless::LayerVersion', { ContentUri: 'layer/' }),
  });
  expect(resources.Patients).toEqual({
    Type: 'AWS::DynamoDB::Table',
    DeletionPolicy: 'Retain',
    Properties: { KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }], BillingMode: 'PAY_PER_REQUEST' },
  });
  expect(propertiesOf(resources, 'Admission')).toEqual({
    DefinitionSubstitutions: { table: ref('Patients') },
    TracingConfiguration: { Enabled: true },
    RoleArn: { 'Fn::GetAtt': ['AdmissionRole', 'Arn'] },
  });
  expect(propertiesOf(resources, 'AdmissionStart')).toMatchObject({ RestApiId: ref('ServerlessRestApi') });
  expect(typesOf(resources).Shared).toBe('AWS::Lambda::LayerVersion');
});

test('what it does not write out, and a template without the transform, stay as they are', () => {
  const Resources = {
    Hosted: resource('AWS::Serverless::Application', { Location: { ApplicationId: 'arn:aws:serverlessrepo:…' } }),
    Grant: resource('AWS::Serverless::Connector', {}),
  };
  expect(expanded(Resources)).toEqual(Resources);
  const plain = { Search: resource('AWS::Serverless::Function') };
  expect(templateFrom({ Resources: plain } as JsonObject, 'T.yaml').resources).toEqual(plain);
});

test('an alarm that a deployment of a function watches makes no circle', () => {
  const Resources = {
    Search: resource('AWS::Serverless::Function', { DeploymentPreference: { Alarms: [ref('Errors')] } }),
    Errors: resource('AWS::CloudWatch::Alarm', { Dimensions: [{ Name: 'FunctionName', Value: ref('Search') }] }),
  };
  expect(() => assemblyOf(stackOf({ Transform: SERVERLESS, Resources }))).not.toThrow();
});

test('a table behind an implicit API is judged', () => {
  const template = {
    Transform: SERVERLESS,
    Resources: {
      Search: resource('AWS::Serverless::Function', {
        Policies: { DynamoDBReadPolicy: { TableName: ref('Patients') } },
        Events: { Rest: { Type: 'Api', Properties: { Path: '/Patient', Method: 'get' } } },
      }),
      Patients: resource('AWS::Serverless::SimpleTable'),
    },
  };
  expect(judged(template, FailureScope.DELETION)).toBe('NOT_RECOVERABLE Patients');
});

test('whatever stands in it is written out or left, and a resource stays one', () => {
  const kinds = [
    'Function',
    'StateMachine',
    'Api',
    'HttpApi',
    'SimpleTable',
    'LayerVersion',
    'Application',
    'constructor',
  ];
  const any = fc.jsonValue({ maxDepth: 2 });
  const event = fc.record({
    Type: fc.constantFrom('Api', 'HttpApi', 'SQS', 'SNS', 'S3', 'constructor'),
    Properties: any,
  });
  const properties = fc.oneof(
    any,
    fc.record({
      Events: fc.oneof(any, fc.dictionary(fc.string(), event)),
      Policies: any,
      Environment: any,
      Location: any,
    }),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...kinds),
      properties,
      fc.oneof(any, fc.record({ Function: any })),
      (kind, own, Globals) => {
        const resources = expanded({ X: { Type: `AWS::Serverless::${kind}`, Properties: own } }, { Globals });
        expect(Object.keys(resources)).toContain('X');
        expect(() => JSON.stringify(resources)).not.toThrow();
      },
    ),
    { seed: 1, numRuns: 500 },
  );
});
