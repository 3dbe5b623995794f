import { InputError } from './input-error';
import { isObject, type Json, type JsonObject } from './value';

const LOOP = /^Fn::ForEach(::|$)/;
/** CloudFormation takes 500 resources: a loop in a loop in a loop expands to more than any template has. */
const MAX_COPIES = 10_000;

/**
 * A template with its loops written out, as CloudFormation does before it deploys. What a loop makes would be missing otherwise, and
 * nothing missing is ever judged. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
 *
 * @throws InputError where only deployment knows what a loop goes over
 */
export function withoutLoops(template: JsonObject, file: string): JsonObject {
  return new Unrolling(file).object(template, {});
}

/** The values of loop variables where the reader is. */
type Variables = Readonly<Record<string, string>>;

class Unrolling {
  private copies = 0;

  public constructor(private readonly file: string) {}

  public object(json: JsonObject, variables: Variables): JsonObject {
    const result: JsonObject = Object.create(null);
    for (const [key, child] of Object.entries(json)) {
      if (LOOP.test(key)) {
        Object.assign(result, this.loop(key, child, variables));
      } else {
        result[replaced(key, variables)] = this.any(child, variables);
      }
    }
    return result;
  }

  private any(json: Json, variables: Variables): Json {
    if (typeof json === 'string') {
      return replaced(json, variables);
    }
    if (Array.isArray(json)) {
      return json.map((item) => this.any(item, variables));
    }
    if (!isObject(json)) {
      return json;
    }
    const { Ref: name } = json;
    const isVariable = typeof name === 'string' && Object.hasOwn(variables, name) && Object.keys(json).length === 1;
    return isVariable ? variables[name] : this.object(json, variables);
  }

  private loop(name: string, json: Json, variables: Variables): JsonObject {
    const [variable, collection, body] = Array.isArray(json) ? json : [];
    const items = Array.isArray(collection) ? collection.map((item) => this.any(item, variables)) : [];
    const texts = items.filter((item): item is string | number => ['string', 'number'].includes(typeof item));
    if (typeof variable !== 'string' || !isObject(body) || !Array.isArray(collection) || texts.length < items.length) {
      throw this.refusal(`goes over what only deployment knows`, name);
    }
    this.copies += texts.length;
    if (this.copies > MAX_COPIES) {
      throw this.refusal(`makes more than ${MAX_COPIES} copies`, name);
    }
    return Object.assign(
      Object.create(null),
      ...texts.map((item) => this.object(body, { ...variables, [variable]: String(item) })),
    );
  }

  private refusal(why: string, name: string): InputError {
    const advice =
      'give the template that CloudFormation made of it: aws cloudformation get-template --template-stage Processed';
    return new InputError('UnexpandedLoop', `${name} ${why}; ${advice}`, this.file);
  }
}

/** `${Name}` is the value, `&{Name}` the value without what logical ids cannot have. */
function replaced(text: string, variables: Variables): string {
  return text.includes('{')
    ? text.replace(/([$&])\{(\w+)\}/g, (whole, sign: string, name: string) =>
        Object.hasOwn(variables, name)
          ? sign === '$'
            ? variables[name]
            : variables[name].replace(/[^A-Za-z0-9]/g, '')
          : whole,
      )
    : text;
}
