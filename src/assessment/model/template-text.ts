import { InputError } from './input-error';
import { isObject, type Json, type JsonObject } from './value';

/** Deeper nesting than any template has: CloudFormation itself stops far earlier. */
const MAX_DEPTH = 200;

/** A file's text: UTF-8, or UTF-16 as Windows PowerShell writes what is redirected into a file. */
export function decoded(bytes: Buffer): string {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    return Buffer.from(bytes.subarray(0, bytes.length & ~1))
      .swap16()
      .toString('utf16le');
  }
  return bytes.toString(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf16le' : 'utf-8');
}

/** Reads JSON, or YAML with CloudFormation's short forms, into a JSON object. */
export function parseTemplateText(text: string, path: string): JsonObject {
  const content = text.replace(/^\uFEFF/, '');
  const json = /^\s*[{[]/.test(content) ? parseJson(content, path) : parseYaml(content, path);
  if (!isObject(json)) {
    throw new InputError('NotATemplate', 'is not a CloudFormation template: its top level is not an object', path);
  }
  if (isDeeper(json, MAX_DEPTH)) {
    throw new InputError('NestedTooDeeply', `is nested more than ${MAX_DEPTH} levels deep`, path);
  }
  return json;
}

export function parseJson(content: string, path: string): Json {
  try {
    return JSON.parse(content) as Json;
  } catch (error) {
    const message = (error as Error).message;
    const position = Number(/position (\d+)/.exec(message)?.[1] ?? Number.NaN);
    if (/end of JSON input|unterminated string/i.test(message) || position >= content.trimEnd().length) {
      throw new InputError('TruncatedJson', 'the JSON ends in the middle; write the file again', path);
    }
    if (/^\s*\{\s*[A-Za-z'?]/.test(content)) {
      return parseYaml(content, path); // YAML in flow style also starts with a brace
    }
    throw new InputError('InvalidJson', `is not valid JSON: ${message}`, path);
  }
}

function parseYaml(content: string, path: string): Json {
  // loaded only when YAML is met: the command line starts faster without it
  const { readYaml } = require('./yaml-text') as typeof import('./yaml-text');
  return readYaml(content, path);
}

/** Whether lists and objects go deeper than so many levels. It looks no further down, so that a nesting bomb cannot exhaust the stack. */
function isDeeper(json: JsonObject | Json[], levels: number): boolean {
  if (levels < 0) {
    return true;
  }
  for (const key in json) {
    const child = (json as JsonObject)[key];
    if (typeof child === 'object' && child !== null && isDeeper(child, levels - 1)) {
      return true;
    }
  }
  return false;
}
