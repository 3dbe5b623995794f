import { known, type Reference, reasonOf, type Text, type Unknown, unknown, type Value } from './value';

type Part = string | Reference | Unknown;

/** Joins values to text. What is not known stays as a hole in it. */
export function joinText(delimiter: string, list: Value): Value {
  if (list.kind !== 'list') {
    return list.kind === 'known' || list.kind === 'reference'
      ? list
      : unknown(reasonOf(list) ?? 'joins what is no list');
  }
  const parts: Part[] = [];
  for (const [index, item] of list.items.entries()) {
    if (index > 0) {
      parts.push(delimiter);
    }
    parts.push(...partsOf(item, delimiter));
  }
  return textFrom(parts);
}

function partsOf(value: Value, delimiter: string): readonly Part[] {
  switch (value.kind) {
    case 'known':
      return [String(value.value ?? '')];
    case 'text':
      return value.parts;
    case 'reference':
    case 'unknown':
      return [value];
    case 'list':
      return value.items.flatMap((item, index) => [...(index > 0 ? [delimiter] : []), ...partsOf(item, delimiter)]);
    default:
      return [];
  }
}

function textFrom(parts: readonly Part[]): Value {
  const merged: Part[] = [];
  for (const part of parts) {
    const last = merged[merged.length - 1];
    if (typeof part === 'string' && typeof last === 'string') {
      merged[merged.length - 1] = last + part;
    } else if (part !== '') {
      merged.push(part);
    }
  }
  if (merged.length === 0) {
    return known('');
  }
  if (merged.length > 1) {
    return { kind: 'text', parts: merged } satisfies Text;
  }
  const [only] = merged;
  return typeof only === 'string' ? known(only) : only;
}

/** Splits text at a delimiter, keeping the holes where they are. A reference cannot be split before deployment. */
export function splitText(delimiter: string, value: Value): Value {
  if (value.kind === 'reference' || value.kind === 'list') {
    return value;
  }
  if (value.kind !== 'known' && value.kind !== 'text') {
    return unknown(reasonOf(value) ?? 'splits what is no text');
  }
  const pieces: Part[][] = [[]];
  for (const part of partsOf(value, delimiter)) {
    if (typeof part !== 'string') {
      pieces[pieces.length - 1].push(part);
      continue;
    }
    const [first, ...rest] = delimiter === '' ? [part] : part.split(delimiter);
    pieces[pieces.length - 1].push(first);
    pieces.push(...rest.map((piece) => [piece]));
  }
  return { kind: 'list', items: pieces.map(textFrom) };
}
