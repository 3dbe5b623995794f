import { InputError } from './input-error';
import { isObject, type JsonObject } from './value';

/** The sections of a template that the judge reads, each an object. */
export interface Template {
  /** Where it was read from. */
  readonly file: string;
  readonly parameters: JsonObject;
  readonly conditions: JsonObject;
  readonly mappings: JsonObject;
  readonly resources: JsonObject;
  readonly outputs: JsonObject;
  readonly metadata: JsonObject;
}

/**
 * Takes a parsed file for a template, or says why it is none. The manifest of an assembly vouches for its templates: a stack
 * without resources has none of that section.
 */
export function templateFrom(json: JsonObject, file: string, vouchedFor = false): Template {
  if (!isObject(json.Resources) && !vouchedFor) {
    const advice = isObject(json.artifacts)
      ? 'it is the manifest of a cloud assembly; give its directory'
      : 'it has no Resources section';
    throw new InputError('NotATemplate', `is not a CloudFormation template: ${advice}`, file);
  }
  const section = (name: string) => (isObject(json[name]) ? (json[name] as JsonObject) : {});
  return {
    file,
    parameters: section('Parameters'),
    conditions: section('Conditions'),
    mappings: section('Mappings'),
    resources: section('Resources'),
    outputs: section('Outputs'),
    metadata: section('Metadata'),
  };
}
