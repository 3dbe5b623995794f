import { type Expand, httpApi, KINDS, objectOf, pick, restApi } from './serverless-kinds';
import { isObject, type Json, type JsonObject } from './value';

const TYPE = /^AWS::Serverless::(\w+)$/;

/**
 * A template with what the Serverless Application Model writes shorter written out, as far as the judge reads it: functions, what sets
 * them off, their roles, tables, APIs, workflows and nested templates, under the logical ids that the transform gives them. What is left
 * as it is (applications of the repository, connectors, GraphQL APIs) is listed as not judged.
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
      const expand = kind !== undefined && Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
      if (kind && expand && isObject(resource)) {
        const properties = merged(objectOf(objectOf(this.globals)[kind]), objectOf(resource.Properties));
        expand({
          id,
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
      expand({ id, properties, add: (other, type, more) => this.add(other, type, more), ...this.apis });
    }
    return { Ref: id };
  }
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
