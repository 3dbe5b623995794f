import { type CollectionTag, parseDocument, type ScalarTag, YAMLMap, YAMLSeq } from 'yaml';
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
  const document = parseDocument(content, { customTags: shortForms(), merge: true, logLevel: 'error' });
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
