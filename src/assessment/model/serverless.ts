import { isObject, type Json, type JsonObject } from './value';

const TYPE = /^AWS::Serverless::(\w+)$/;

/**
 * A template with what the Serverless Application Model writes shorter written out, as far as the judge reads it: functions, what sets
 * them off, their roles, tables, APIs, workflows and nested templates, under the logical ids that the transform gives them. What is left as it is
 * (applications of the repository, connectors, GraphQL APIs) is listed as not judged.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources.html
 */
export function withoutServerless(template: JsonObject): JsonObject {
  return isObject(template.Resources)
    ? { ...template, Resources: new Expansion(template.Resources, template.Globals).resources }
    : template;
}

class Expansion {
  private readonly made: JsonObject = Object.create(null);

  public constructor(
    private readonly written: JsonObject,
    private readonly globals: Json | undefined,
  ) {}

  public get resources(): JsonObject {
    for (const [id, resource] of Object.entries(this.written)) {
      const kind = isObject(resource) ? TYPE.exec(String(resource.Type))?.[1] : undefined;
      const expand = kind === undefined ? undefined : KINDS[kind];
      if (kind && expand && isObject(resource)) {
        const properties = merged(objectOf(objectOf(this.globals)[kind]), objectOf(resource.Properties));
        expand({
          id,
          resource,
          properties,
          add: (other, type, more) => this.add(other, type, more, resource),
          ...this.apis,
        });
      } else {
        this.made[id] = resource;
      }
    }
    return this.made;
  }

  /** What a template defines by itself stays; what the transform adds exists where its origin does. */
  private add(id: string, type: string, properties: JsonObject, origin: JsonObject = {}): void {
    if (!Object.hasOwn(this.made, id) && (this.written[id] === undefined || this.written[id] === origin)) {
      const attributes = this.written[id] === origin ? origin : pick(origin, ['Condition']);
      this.made[id] = { ...attributes, Type: type, Properties: properties };
    }
  }

  /** The APIs of events that name none. */
  private readonly apis = {
    implicitRestApi: (): Json => this.implicit('ServerlessRestApi', 'Api', restApi),
    implicitHttpApi: (): Json => this.implicit('ServerlessHttpApi', 'HttpApi', httpApi),
  };

  private implicit(id: string, kind: string, expand: Expand): Json {
    if (!Object.hasOwn(this.made, id)) {
      const properties = objectOf(objectOf(this.globals)[kind]);
      expand({ id, resource: {}, properties, add: (other, type, more) => this.add(other, type, more), ...this.apis });
    }
    return { Ref: id };
  }
}

interface Origin {
  readonly id: string;
  readonly resource: JsonObject;
  /** Those that all of its kind share, and its own. */
  readonly properties: JsonObject;
  readonly add: (id: string, type: string, properties: JsonObject) => void;
  readonly implicitRestApi: () => Json;
  readonly implicitHttpApi: () => Json;
}

type Expand = (origin: Origin) => void;

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

const restApi: Expand = ({ id, properties, add }) => {
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

const httpApi: Expand = ({ id, properties, add }) => {
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

const KINDS: Readonly<Record<string, Expand>> = {
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

/** What is set for all, and what one adds: lists follow each other, objects are merged, and else its own wins. */
function merged(forAll: JsonObject, own: JsonObject): JsonObject {
  const result: JsonObject = { ...forAll };
  for (const [key, value] of Object.entries(own)) {
    const before = result[key];
    if (Array.isArray(before) && Array.isArray(value)) {
      result[key] = [...before, ...value];
    } else {
      result[key] = isPlain(before) && isPlain(value) ? merged(before, value) : value;
    }
  }
  return result;
}

function isPlain(json: Json | undefined): json is JsonObject {
  return isObject(json) && !Object.keys(json).some((key) => key === 'Ref' || key.startsWith('Fn::'));
}

function objectOf(json: Json | undefined): JsonObject {
  return isObject(json) ? json : {};
}

function omit(json: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(json).filter(([key]) => !keys.includes(key)));
}

function pick(json: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(json).filter(([key]) => keys.includes(key)));
}
