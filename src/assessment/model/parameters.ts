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
  if (type !== 'CommaDelimitedList' && !type.startsWith('List<')) {
    return known(value);
  }
  const items = String(value).split(',');
  return { kind: 'list', items: items.filter((item) => item !== '').map((item) => known(item.trim())) };
}
