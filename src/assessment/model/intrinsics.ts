import { pseudoParameter } from './pseudo-parameters';
import type { Resource } from './resource';
import type { Stack } from './stack';
import { joinText, splitText } from './text';
import {
  ABSENT,
  entryOf,
  isObject,
  type Json,
  type JsonObject,
  known,
  numberOf,
  reasonOf,
  textOf,
  unknown,
  type Value,
} from './value';

/** The intrinsic an object stands for: a single key, `Ref` or `Fn::…`. */
export function intrinsicOf(json: JsonObject): string | undefined {
  let only: string | undefined;
  for (const key in json) {
    if (only !== undefined) {
      return undefined; // every object of a template is asked: no list of its keys is made
    }
    only = key;
  }
  return only === 'Ref' || only?.startsWith('Fn::') ? only : undefined;
}

export function resolveIntrinsic(name: string, argument: Json, stack: Stack): Value {
  const intrinsic = Object.hasOwn(INTRINSICS, name) ? INTRINSICS[name] : undefined;
  return intrinsic ? intrinsic(argument, stack) : unknown(`${name} is expanded at deployment`);
}

/** Availability Zones by their place in `Fn::GetAZs`: which letters they are, only the account knows. */
export function zoneSlot(region: string | undefined, slot: number): string {
  return `${region ?? 'Region'}[${slot}]`;
}

type Intrinsic = (argument: Json, stack: Stack) => Value;

const INTRINSICS: Record<string, Intrinsic> = {
  Ref: (argument, stack) => referTo(String(argument), 'Ref', stack),
  'Fn::GetAtt': (argument, stack) => {
    const [logicalId, ...attribute] = Array.isArray(argument) ? argument : String(argument).split('.');
    return referTo(String(logicalId), attribute.map((part) => textOf(stack.resolve(part)) ?? '?').join('.'), stack);
  },
  'Fn::If': ifElse,
  'Fn::Join': (argument, stack) => {
    const [delimiter, list] = pair(argument);
    return joinText(String(delimiter), stack.resolve(list));
  },
  'Fn::Sub': substitute,
  'Fn::Split': (argument, stack) => {
    const [delimiter, text] = pair(argument);
    return splitText(String(delimiter), stack.resolve(text));
  },
  'Fn::Select': select,
  'Fn::GetAZs': (argument, stack) => {
    // every Region has at least three zones: https://aws.amazon.com/about-aws/global-infrastructure/regions_az/
    const region = zonesRegion(argument, stack);
    return typeof region === 'object'
      ? region
      : { kind: 'list', items: [0, 1, 2].map((slot) => known(zoneSlot(region, slot))) };
  },
  'Fn::FindInMap': findInMap,
  'Fn::ImportValue': (argument, stack) => {
    const name = stack.resolve(argument);
    const text = textOf(name);
    return text === undefined
      ? unknown(`imports a value whose name is not decided: ${reasonOf(name) ?? 'no name'}`)
      : stack.surroundings.exported(stack, text);
  },
  'Fn::GetStackOutput': (argument, stack) => {
    const call = stack.resolve(argument);
    const [stackName, output, region] = ['StackName', 'OutputName', 'Region'].map((key) => textOf(entryOf(call, key)));
    return stackName && output
      ? stack.surroundings.outputOf(stack, stackName, output, region)
      : unknown('reads a stack output whose name is not decided');
  },
  'Fn::Cidr': (argument, stack) => {
    const count = Array.isArray(argument) ? numberOf(stack.resolve(argument[1] ?? null)) : undefined;
    const block = unknown('an address range computed at deployment');
    return count === undefined
      ? block
      : { kind: 'list', items: Array.from({ length: Math.min(count, 256) }, () => block) };
  },
  'Fn::Base64': (argument, stack) => stack.resolve(argument),
  'Fn::ToJsonString': (argument, stack) => stack.resolve(argument),
  'Fn::Length': (argument, stack) => {
    const list = stack.resolve(argument);
    return list.kind === 'list' ? known(list.items.length) : unknown(reasonOf(list) ?? 'the length of no list');
  },
};

function pair(argument: Json): [Json, Json] {
  return Array.isArray(argument) ? [argument[0] ?? '', argument[1] ?? null] : ['', argument];
}

function referTo(name: string, attribute: string, stack: Stack): Value {
  if (attribute === 'Ref' && name.startsWith('AWS::')) {
    return pseudoParameter(name, stack);
  }
  if (attribute === 'Ref' && stack.hasParameter(name)) {
    return stack.parameter(name);
  }
  const resource = stack.resources.get(name);
  if (!resource) {
    return unknown(`refers to ${name}, which ${stack.path} does not define`);
  }
  const { condition } = resource;
  if (condition.kind === 'known' && condition.value === false) {
    return unknown(`refers to ${resource.path}, which does not exist under these conditions`);
  }
  return attributeOf(resource, attribute, stack);
}

function attributeOf(resource: Resource, attribute: string, stack: Stack): Value {
  if (attribute.startsWith('Outputs.')) {
    const nested = stack.surroundings.nestedStack(resource);
    return nested
      ? nested.output(attribute.slice('Outputs.'.length))
      : unknown(`the template of nested stack ${resource.path} is not at hand`);
  }
  if (resource.type === 'Custom::CrossRegionExportReader') {
    return stack.surroundings.exportedAcrossRegions(attribute);
  }
  if (attribute === 'AvailabilityZone' && resource.type === 'AWS::EC2::Subnet') {
    const zone = resource.property('AvailabilityZone');
    return zone.kind === 'absent' ? unknown(`AWS chooses the zone of ${resource.path}`) : zone;
  }
  return { kind: 'reference', resource, attribute };
}

function ifElse(argument: Json, stack: Stack): Value {
  const [name, whenTrue, whenFalse] = Array.isArray(argument) ? argument : [];
  const condition = stack.condition(String(name));
  if (condition.kind !== 'known') {
    return unknown(reasonOf(condition) ?? `depends on condition ${name}`);
  }
  return stack.resolve((condition.value === true ? whenTrue : whenFalse) ?? null);
}

function substitute(argument: Json, stack: Stack): Value {
  const [template, variables] = Array.isArray(argument) ? [argument[0], argument[1]] : [argument, null];
  if (typeof template !== 'string') {
    return unknown('Fn::Sub without text');
  }
  const parts = template.split(/\$\{([^}]*)\}/).map((part, index): Value => {
    if (index % 2 === 0) {
      return known(part);
    }
    if (part.startsWith('!')) {
      return known(`\${${part.slice(1)}}`);
    }
    const name = part.trim();
    if (isObject(variables) && Object.hasOwn(variables, name)) {
      return stack.resolve(variables[name]);
    }
    const dot = name.indexOf('.');
    return dot < 0 || name.startsWith('AWS::')
      ? referTo(name, 'Ref', stack)
      : referTo(name.slice(0, dot), name.slice(dot + 1), stack);
  });
  return joinText('', { kind: 'list', items: parts });
}

function select(argument: Json, stack: Stack): Value {
  const [indexJson, listJson] = Array.isArray(argument) ? argument : [];
  const indexValue = stack.resolve(indexJson ?? null);
  const index = numberOf(indexValue);
  if (index === undefined) {
    return unknown(reasonOf(indexValue) ?? 'Fn::Select without an index');
  }
  if (isObject(listJson) && intrinsicOf(listJson) === 'Fn::GetAZs') {
    const region = zonesRegion(listJson['Fn::GetAZs'], stack);
    return typeof region === 'object' ? region : known(zoneSlot(region, index));
  }
  const list = stack.resolve(listJson ?? null);
  if (list.kind === 'list') {
    return list.items[index] ?? unknown(`selects item ${index} of a list of ${list.items.length}`);
  }
  return list.kind === 'reference'
    ? { ...list, attribute: `${list.attribute}[${index}]` }
    : unknown(reasonOf(list) ?? 'selects from what is no list');
}

function zonesRegion(argument: Json, stack: Stack): string | undefined | Value {
  if (argument === '' || argument === null || (isObject(argument) && argument.Ref === 'AWS::Region')) {
    return stack.region;
  }
  const region = stack.resolve(argument);
  return textOf(region) ?? unknown(reasonOf(region) ?? 'Fn::GetAZs without a Region');
}

function findInMap(argument: Json, stack: Stack): Value {
  const [mapName, ...keys] = Array.isArray(argument) ? argument : [];
  const options = keys[2];
  const otherwise = isObject(options) && options.DefaultValue !== undefined ? options.DefaultValue : undefined;
  let found: Json | undefined = stack.template.mappings;
  for (const key of [mapName, keys[0], keys[1]]) {
    const value = stack.resolve(key ?? null);
    const text = textOf(value);
    if (text === undefined) {
      return unknown(reasonOf(value) ?? 'Fn::FindInMap without a key');
    }
    found = isObject(found) && Object.hasOwn(found, text) ? found[text] : undefined;
  }
  if (found === undefined) {
    return otherwise === undefined ? unknown(`mapping ${String(mapName)} has no such entry`) : stack.resolve(otherwise);
  }
  return found === null ? ABSENT : stack.resolve(found);
}
