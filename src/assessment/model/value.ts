import type { Resource } from './resource';

/** What JSON can hold. */
export type Json = string | number | boolean | null | Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  [key: string]: Json;
}

/** A scalar that the template decides. */
export interface Known {
  readonly kind: 'known';
  readonly value: string | number | boolean | null;
}

/** A list, each item a value of its own. */
export interface List {
  readonly kind: 'list';
  readonly items: readonly Value[];
}

/** An object, each entry a value of its own. */
export interface Dictionary {
  readonly kind: 'dictionary';
  readonly entries: Readonly<Record<string, Value>>;
}

/** Text with holes, such as an ARN around a reference. */
export interface Text {
  readonly kind: 'text';
  readonly parts: readonly (string | Reference | Unknown)[];
}

/** Something only deployment knows, of a resource that the templates define. */
export interface Reference {
  readonly kind: 'reference';
  readonly resource: Resource;
  readonly attribute: string;
}

/** Undecidable from the templates. The reason says what would decide it. */
export interface Unknown {
  readonly kind: 'unknown';
  readonly reason: string;
  /** Values with the same symbol are the same, whatever they turn out to be. */
  readonly symbol?: string;
}

/** Not given, or `AWS::NoValue`. */
export interface Absent {
  readonly kind: 'absent';
}

/** What a macro puts beside other properties: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-transform.html */
export const INCLUDED = 'Fn::Transform';

/** What a property comes to. Nothing is guessed: what is not decided stays unknown. */
export type Value = Known | List | Dictionary | Text | Reference | Unknown | Absent;

export const ABSENT: Absent = { kind: 'absent' };

/** Not given here, but perhaps by a macro that stands beside it. */
export const FILLED_IN: Unknown = { kind: 'unknown', reason: `${INCLUDED} may set it at deployment` };

export function known(value: string | number | boolean | null): Known {
  return { kind: 'known', value };
}

export function unknown(reason: string, symbol?: string): Unknown {
  return symbol === undefined ? { kind: 'unknown', reason } : { kind: 'unknown', reason, symbol };
}

export function isObject(json: unknown): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/** The text of a known scalar. */
export function textOf(value: Value): string | undefined {
  return value.kind === 'known' && value.value !== null ? String(value.value) : undefined;
}

/** A known number, also when written as text, which CloudFormation allows. */
export function numberOf(value: Value): number | undefined {
  const text = textOf(value);
  const number = text === undefined || text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : undefined;
}

/** A known boolean, also when written as text. */
export function booleanOf(value: Value): boolean | undefined {
  const text = textOf(value)?.toLowerCase();
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

/** Items of a list; a single value counts as a list of one, nothing as an empty list. */
export function itemsOf(value: Value): readonly Value[] {
  if (value.kind === 'list') {
    return value.items;
  }
  return value.kind === 'absent' ? [] : [value];
}

/** One entry of a dictionary; unknown where the whole is unknown. */
export function entryOf(value: Value, key: string): Value {
  if (value.kind === 'dictionary') {
    return value.entries[key] ?? (INCLUDED in value.entries ? FILLED_IN : ABSENT);
  }
  return value.kind === 'unknown' ? value : ABSENT;
}

/** Why a value is not decided, if it is not. */
export function reasonOf(value: Value): string | undefined {
  switch (value.kind) {
    case 'unknown':
      return value.reason;
    case 'text':
      return value.parts.find((part): part is Unknown => typeof part !== 'string' && part.kind === 'unknown')?.reason;
    case 'reference':
      return `${value.attribute === 'Ref' ? 'the name' : value.attribute} of ${value.resource.path} is set at deployment`;
    case 'list':
      return value.items.map(reasonOf).find((reason) => reason !== undefined);
    default:
      return undefined;
  }
}

/** Every reference anywhere inside a value. */
export function referencesIn(value: Value, found: Reference[] = []): Reference[] {
  switch (value.kind) {
    case 'reference':
      found.push(value);
      break;
    case 'text':
      for (const part of value.parts) {
        if (typeof part !== 'string' && part.kind === 'reference') {
          found.push(part);
        }
      }
      break;
    case 'list':
      for (const item of value.items) {
        referencesIn(item, found);
      }
      break;
    case 'dictionary':
      for (const entry of Object.values(value.entries)) {
        referencesIn(entry, found);
      }
      break;
    default:
  }
  return found;
}

/** Every known text anywhere inside a value. */
export function textsIn(value: Value, found: string[] = []): string[] {
  if (value.kind === 'known' && typeof value.value === 'string') {
    found.push(value.value);
  } else if (value.kind === 'text') {
    found.push(...value.parts.filter((part): part is string => typeof part === 'string'));
  } else if (value.kind === 'list') {
    for (const item of value.items) {
      textsIn(item, found);
    }
  } else if (value.kind === 'dictionary') {
    for (const entry of Object.values(value.entries)) {
      textsIn(entry, found);
    }
  }
  return found;
}

/** A text that is equal for equal values, or undefined where equality cannot be decided. */
export function identityOf(value: Value): string | undefined {
  switch (value.kind) {
    case 'known':
      return `=${String(value.value)}`;
    case 'reference':
      return `@${value.resource.id}.${value.attribute}`;
    case 'text': {
      const parts = value.parts.map((part) => (typeof part === 'string' ? part : identityOf(part)));
      return parts.includes(undefined) ? undefined : `~${parts.join('|')}`;
    }
    case 'list': {
      const items = value.items.map(identityOf);
      return items.includes(undefined) ? undefined : `[${items.join(',')}]`;
    }
    case 'dictionary': {
      const entries = Object.entries(value.entries).map(([key, entry]) => [key, identityOf(entry)]);
      return entries.some(([, id]) => id === undefined) ? undefined : `{${entries.map((e) => e.join(':')).join(',')}}`;
    }
    case 'absent':
      return '-';
    case 'unknown':
      return value.symbol === undefined ? undefined : `$${value.symbol}`;
  }
}
