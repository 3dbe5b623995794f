import { withoutLoops } from './for-each';
import { InputError } from './input-error';
import { withoutServerless } from './serverless';
import { isObject, type Json, type JsonObject } from './value';

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
  /** Macros that may add or change anything when the template is deployed, and what they are called where they stand in resources. */
  readonly macros: readonly string[];
}

const SERVERLESS = /^AWS::Serverless-/;
/** What the judge expands itself. */
const EXPANDED = /^AWS::(LanguageExtensions|Serverless-)/;

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
  const transforms = namesIn(json.Transform);
  const loops = transforms.includes('AWS::LanguageExtensions') || Object.keys(json.Resources ?? {}).some(isLoop);
  const unrolled = loops ? withoutLoops(json, file) : json;
  const whole = transforms.some((name) => SERVERLESS.test(name)) ? withoutServerless(unrolled) : unrolled;
  const section = (name: string) => (isObject(whole[name]) ? (whole[name] as JsonObject) : {});
  const { 'Fn::Transform': included, ...resources } = section('Resources');
  const odd = Object.keys(resources).find((id) => !isObject(resources[id]));
  if (odd !== undefined) {
    throw new InputError('NotATemplate', `is not a CloudFormation template: its resource ${odd} is no object`, file);
  }
  return {
    file,
    parameters: section('Parameters'),
    conditions: section('Conditions'),
    mappings: section('Mappings'),
    resources,
    outputs: section('Outputs'),
    metadata: section('Metadata'),
    macros: [...transforms.filter((name) => !EXPANDED.test(name)), ...namesIn(included)],
  };
}

function isLoop(key: string): boolean {
  return key.startsWith('Fn::ForEach');
}

/** A macro is written as its name, or as an object with name and parameters; several as a list. */
function namesIn(json: Json | undefined): string[] {
  return (Array.isArray(json) ? json : json === undefined ? [] : [json]).map((macro) =>
    String(isObject(macro) ? macro.Name : macro),
  );
}
