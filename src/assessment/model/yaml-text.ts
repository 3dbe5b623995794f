import { type CollectionTag, type Document, parseDocument, type ScalarTag, YAMLMap, YAMLSeq } from 'yaml';
import { InputError } from './input-error';
import type { Json } from './value';

/** Aliases may expand to at most this many nodes: a handful of lines can otherwise expand to gigabytes. */
const MAX_ALIASES = 100;

const SHORT_FORMS = [
  'And',
  'Base64',
  'Cidr',
  'Contains',
  'EachMemberEquals',
  'EachMemberIn',
  'Equals',
  'FindInMap',
  'GetAZs',
  'GetStackOutput',
  'If',
  'ImportValue',
  'Join',
  'Length',
  'Not',
  'Or',
  'RefAll',
  'Select',
  'Split',
  'Sub',
  'ToJsonString',
  'Transform',
  'ValueOf',
  'ValueOfAll',
];

/** Reads YAML, with `!Ref`, `!GetAtt a.b`, `!Sub` and the other short forms written out as their long forms. */
export function readYaml(content: string, path: string): Json {
  const document = parsed(content);
  const [error] = document.errors;
  if (error?.code === 'MULTIPLE_DOCS') {
    throw new InputError('InvalidYaml', 'holds several documents; give each template a file of its own', path);
  }
  if (error) {
    throw new InputError('InvalidYaml', `is not valid YAML: ${firstLine(error)}`, path);
  }
  const tag = document.warnings.find(({ code }) => code === 'TAG_RESOLVE_FAILED');
  if (tag) {
    const which = firstLine(tag).replace(/^Unresolved tag: /, '');
    throw new InputError('InvalidYaml', `has a tag that CloudFormation does not know: ${which}`, path);
  }
  try {
    return (document.toJS({ maxAliasCount: MAX_ALIASES }) ?? null) as Json;
  } catch (cause) {
    const bomb = /alias count/i.test((cause as Error).message);
    throw bomb
      ? new InputError('YamlAliasBomb', `its YAML aliases expand to more than ${MAX_ALIASES} copies`, path)
      : new InputError('InvalidYaml', `is not valid YAML: ${(cause as Error).message}`, path);
  }
}

/**
 * Quoted text and flow collections that go on too far to the left for YAML 1.2 stand in templates that AWS publishes: the parser of
 * CloudFormation takes them. Space at the start of their further lines means nothing, so that such a line is moved to the right.
 */
function parsed(content: string): Document.Parsed {
  const customTags = shortForms();
  const parse = (text: string) => parseDocument(text, { customTags, merge: true, logLevel: 'error' });
  const asWritten = parse(content);
  let [document, text] = [asWritten, content];
  for (let start = 1, work = 0; document.errors.length > 0; work += text.length) {
    start = work < MAX_WORK ? lineTooFarLeft(document, text) : 0;
    if (start === 0) {
      return asWritten; // what is wrong is told with its place in the file
    }
    text = text.slice(0, start) + ' '.repeat(FAR_RIGHT) + text.slice(start);
    document = parse(text);
  }
  return document;
}

/** Each line that is moved takes parsing once more: so many characters in all. */
const MAX_WORK = 2_000_000;
const FAR_RIGHT = 200;

/** Where a line begins that ends quoted text or a flow collection before its time; 0 where none does. */
function lineTooFarLeft({ errors }: Document.Parsed, text: string): number {
  const [first] = [...errors].sort((one, other) => one.pos[0] - other.pos[0]);
  if (first?.code === 'BAD_INDENT' && first.message.startsWith('Flow ')) {
    return text.lastIndexOf('\n', first.pos[0] - 1) + 1;
  }
  return /^Missing closing .quote/.test(first?.message ?? '') ? text.indexOf('\n', first.pos[0]) + 1 : 0;
}

/** What is wrong and where; the lines after it show the text. */
function firstLine({ message }: Error): string {
  return message.split('\n')[0].replace(/:$/, '');
}

function shortForms(): (ScalarTag | CollectionTag)[] {
  const functions = SHORT_FORMS.flatMap((name) => everyShape(`!${name}`, `Fn::${name}`));
  return [
    ...functions,
    ...everyShape('!Ref', 'Ref'),
    ...everyShape('!Condition', 'Condition'),
    ...everyShape('!GetAtt', 'Fn::GetAtt', (text) => {
      const dot = text.indexOf('.');
      return dot < 0 ? text : [text.slice(0, dot), text.slice(dot + 1)];
    }),
  ];
}

function everyShape(
  tag: string,
  long: string,
  scalar: (text: string) => unknown = (text) => text,
): (ScalarTag | CollectionTag)[] {
  const collection = (kind: 'map' | 'seq'): CollectionTag => ({
    tag,
    collection: kind,
    nodeClass: kind === 'map' ? YAMLMap : YAMLSeq,
    resolve: (node) => {
      const map = new YAMLMap();
      map.set(long, node);
      return map;
    },
  });
  return [{ tag, resolve: (text: string) => ({ [long]: scalar(text) }) }, collection('map'), collection('seq')];
}
