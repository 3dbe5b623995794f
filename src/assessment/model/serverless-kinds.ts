import { isObject, type Json, type JsonObject } from './value';

/** A resource of the Serverless Application Model, and where to put what it stands for. */
export interface Origin {
  readonly id: string;
  /** Those that all of its kind share, and its own. */
  readonly properties: JsonObject;
  readonly add: (id: string, type: string, properties: JsonObject) => void;
  readonly implicitRestApi: () => Json;
  readonly implicitHttpApi: () => Json;
}

export type Expand = (origin: Origin) => void;

const FUNCTION_ONLY = [
  'CodeUri',
  'InlineCode',
  'ImageUri',
  'Events',
  'Policies',
  'DeploymentPreference',
  'EventInvokeConfig',
];

const lambda: Expand = (origin) => {
  const { id, properties, add } = origin;
  add(id, 'AWS::Lambda::Function', {
    ...omit(properties, [...FUNCTION_ONLY, 'DeadLetterQueue', 'Tracing', 'FunctionUrlConfig', 'AutoPublishAlias']),
    Role: roleOf(origin),
    ...(isObject(properties.DeadLetterQueue)
      ? { DeadLetterConfig: pick(properties.DeadLetterQueue, ['TargetArn']) }
      : {}),
    ...(properties.Tracing === undefined ? {} : { TracingConfig: { Mode: properties.Tracing } }),
  });
  const own = { FunctionName: { Ref: id } };
  if (typeof properties.AutoPublishAlias === 'string') {
    add(`${id}Alias${properties.AutoPublishAlias}`, 'AWS::Lambda::Alias', {
      ...own,
      Name: properties.AutoPublishAlias,
    });
  }
  if (isObject(properties.EventInvokeConfig)) {
    add(`${id}EventInvokeConfig`, 'AWS::Lambda::EventInvokeConfig', { ...own, ...properties.EventInvokeConfig });
  }
  if (isObject(properties.FunctionUrlConfig)) {
    add(`${id}Url`, 'AWS::Lambda::Url', { ...properties.FunctionUrlConfig, TargetFunctionArn: { Ref: id } });
  }
  for (const [name, event] of Object.entries(objectOf(properties.Events))) {
    functionEvent(origin, `${id}${name}`, objectOf(event));
  }
};

/** Where an event of each of these types says what it comes from: Lambda fetches it there. */
const FETCHED: Readonly<Record<string, string>> = {
  SQS: 'Queue',
  Kinesis: 'Stream',
  DynamoDB: 'Stream',
  MSK: 'Stream',
  MQ: 'Broker',
  DocumentDB: 'Cluster',
};

/** Services that call the function, and may have to drop what it does not take. */
const CALLERS: Readonly<Record<string, string>> = {
  S3: 's3',
  SNS: 'sns',
  Schedule: 'events',
  EventBridgeRule: 'events',
  CloudWatchEvent: 'events',
};

function functionEvent({ id, add, implicitRestApi, implicitHttpApi }: Origin, name: string, event: JsonObject): void {
  const type = String(event.Type);
  const properties = objectOf(event.Properties);
  const own = { FunctionName: { Ref: id } };
  const permission = (service: string, more: JsonObject) =>
    add(`${name}Permission`, 'AWS::Lambda::Permission', {
      ...own,
      Action: 'lambda:InvokeFunction',
      Principal: `${service}.amazonaws.com`,
      ...more,
    });
  if (type === 'Api') {
    permission('apigateway', { SourceArn: properties.RestApiId ?? implicitRestApi() });
  } else if (type === 'HttpApi') {
    permission('apigateway', { SourceArn: properties.ApiId ?? implicitHttpApi() });
  } else if (Object.hasOwn(FETCHED, type)) {
    const source = properties[FETCHED[type]] ?? null;
    add(name, 'AWS::Lambda::EventSourceMapping', {
      ...omit(properties, [FETCHED[type]]),
      ...own,
      EventSourceArn: source,
    });
  } else if (Object.hasOwn(CALLERS, type)) {
    permission(CALLERS[type], type === 'SNS' ? { SourceArn: properties.Topic ?? null } : {});
  }
}

const workflow: Expand = (origin) => {
  const { id, properties, add, implicitRestApi } = origin;
  add(id, 'AWS::StepFunctions::StateMachine', {
    ...omit(properties, ['Events', 'Policies', 'DefinitionUri', 'Role', 'Tracing', 'Logging']),
    RoleArn: roleOf(origin),
    ...(properties.Tracing === undefined ? {} : { TracingConfiguration: properties.Tracing }),
    ...(properties.Logging === undefined ? {} : { LoggingConfiguration: properties.Logging }),
  });
  for (const [name, event] of Object.entries(objectOf(properties.Events))) {
    const { Type: type, Properties: more } = objectOf(event);
    if (type === 'Api') {
      const RestApiId = objectOf(more).RestApiId ?? implicitRestApi();
      add(`${id}${name}`, 'AWS::ApiGateway::Method', { RestApiId, Integration: { Uri: { Ref: id } } });
    }
  }
};

export const restApi: Expand = ({ id, properties, add }) => {
  const ofStage = ['StageName', 'TracingEnabled', 'MethodSettings', 'AccessLogSetting', 'CanarySetting', 'Variables'];
  add(id, 'AWS::ApiGateway::RestApi', {
    ...omit(properties, [...ofStage, 'DefinitionBody']),
    Body: properties.DefinitionBody ?? {},
  });
  add(stageId(id, { StageName: 'Prod', ...properties }), 'AWS::ApiGateway::Stage', {
    ...pick(properties, ofStage),
    RestApiId: { Ref: id },
  });
};

export const httpApi: Expand = ({ id, properties, add }) => {
  const ofStage = ['StageName', 'DefaultRouteSettings', 'RouteSettings', 'AccessLogSettings', 'StageVariables'];
  const body = { ProtocolType: 'HTTP', Body: properties.DefinitionBody ?? {} };
  add(id, 'AWS::ApiGatewayV2::Api', { ...omit(properties, [...ofStage, 'DefinitionBody']), ...body });
  add(stageId(id, properties), 'AWS::ApiGatewayV2::Stage', { ...pick(properties, ofStage), ApiId: { Ref: id } });
};

function stageId(id: string, { StageName: name }: JsonObject): string {
  return `${id}${typeof name === 'string' ? name : 'ApiGatewayDefault'}Stage`;
}

const simpleTable: Expand = ({ id, properties, add }) => {
  const key = objectOf(properties.PrimaryKey);
  add(id, 'AWS::DynamoDB::Table', {
    ...omit(properties, ['PrimaryKey']),
    KeySchema: [{ AttributeName: key.Name ?? 'id', KeyType: 'HASH' }],
    ...(properties.ProvisionedThroughput === undefined ? { BillingMode: 'PAY_PER_REQUEST' } : {}),
  });
};

/** Another template beside this one; applications of the repository are only named. */
const application: Expand = ({ id, properties, add }) => {
  const { Location: place, ...others } = properties;
  if (typeof place === 'string') {
    add(id, 'AWS::CloudFormation::Stack', { ...others, TemplateURL: place });
  } else {
    add(id, 'AWS::Serverless::Application', properties);
  }
};

const layer: Expand = ({ id, properties, add }) => add(id, 'AWS::Lambda::LayerVersion', properties);

/** What is written out, by the last part of its type. */
export const KINDS: Readonly<Record<string, Expand>> = {
  Function: lambda,
  StateMachine: workflow,
  Api: restApi,
  HttpApi: httpApi,
  SimpleTable: simpleTable,
  LayerVersion: layer,
  Application: application,
};

/** The role that it is given, or one that its policies make. */
function roleOf({ id, properties, add }: Origin): Json {
  if (properties.Role !== undefined) {
    return properties.Role;
  }
  const policies = [properties.Policies ?? []].flat();
  add(`${id}Role`, 'AWS::IAM::Role', { Policies: policies.filter(isObject).map(inlinePolicy) });
  return { 'Fn::GetAtt': [`${id}Role`, 'Arn'] };
}

/** A document as it is, or a template of SAM's, of which only what it is about is read: `DynamoDBCrudPolicy: { TableName: … }`. */
function inlinePolicy(policy: JsonObject): JsonObject {
  const document = policy.Statement
    ? policy
    : {
        Statement: Object.values(policy).flatMap((about) => ({
          Effect: 'Allow',
          Resource: Object.values(objectOf(about)),
        })),
      };
  return { PolicyDocument: document };
}

export function objectOf(json: Json | undefined): JsonObject {
  return isObject(json) ? json : {};
}

function omit(json: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(json).filter(([key]) => !keys.includes(key)));
}

export function pick(json: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(json).filter(([key]) => keys.includes(key)));
}
