import { splitText } from './text';
import { isObject, type Json, known, unknown, type Value } from './value';

/** What a parameter without a given value comes to: its default, or unknown. */
export function parameterValue(name: string, definition: Json | undefined): Value {
  if (!isObject(definition)) {
    return unknown(`depends on parameter ${name}, which is not defined`);
  }
  const type = String(definition.Type ?? 'String');
  if (type.startsWith('AWS::SSM::Parameter::')) {
    return unknown(`depends on parameter ${name}, which is read from SSM at deployment`);
  }
  const value = definition.Default;
  if (value === undefined || value === null || typeof value === 'object') {
    return unknown(`depends on parameter ${name}`);
  }
  return parameterFrom(value, type);
}

/** A parameter's text, as the list that its type makes of it. */
export function parameterFrom(value: string | number | boolean, type: string): Value {
  return isListType(type) ? ofType(known(String(value)), type) : known(value);
}

/** What a parent gives to a nested stack: subnets, for example, are joined to text on the way out of one and into another. */
export function ofType(value: Value, type: string): Value {
  if (!isListType(type) || (value.kind !== 'known' && value.kind !== 'text')) {
    return value;
  }
  const pieces = splitText(',', value);
  return pieces.kind === 'list'
    ? { kind: 'list', items: pieces.items.map(trimmed).filter((item) => item.kind !== 'known' || item.value !== '') }
    : pieces;
}

function isListType(type: string): boolean {
  return type === 'CommaDelimitedList' || type.startsWith('List<');
}

/** Without the space around it: a reference between spaces is the reference. */
function trimmed(item: Value): Value {
  if (item.kind !== 'text') {
    return item.kind === 'known' ? known(String(item.value).trim()) : item;
  }
  const parts = item.parts.filter((part) => typeof part !== 'string' || part.trim() !== '');
  const [only] = parts;
  return parts.length === 1 && typeof only !== 'string' ? only : item;
}
