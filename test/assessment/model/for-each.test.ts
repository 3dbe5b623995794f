import { type InputError, type JsonObject, templateFrom } from '../../../src/assessment/model';
import { assemblyOf, ref, stackOf } from '../../support/assessment';

const LOOPS = 'AWS::LanguageExtensions';
const resourcesOf = (Resources: unknown, more: object = {}) =>
  templateFrom({ Transform: LOOPS, Resources, ...more } as JsonObject, 'T.yaml').resources;

test('a loop makes one resource for each item, with the item wherever it is named', () => {
  expect(
    resourcesOf({
      'Fn::ForEach::Queues': [
        'Name',
        ['lab.in', 'rad'],
        {
          'Queue&{Name}': {
            Type: 'AWS::SQS::Queue',
            Properties: { QueueName: { Ref: 'Name' }, Text: 'to ${Name} of ${Other}', Own: { Ref: 'Other' } },
          },
        },
      ],
      Topic: { Type: 'AWS::SNS::Topic' },
    }),
  ).toEqual({
    Queuelabin: {
      Type: 'AWS::SQS::Queue',
      Properties: { QueueName: 'lab.in', Text: 'to lab.in of ${Other}', Own: { Ref: 'Other' } },
    },
    Queuerad: {
      Type: 'AWS::SQS::Queue',
      Properties: { QueueName: 'rad', Text: 'to rad of ${Other}', Own: { Ref: 'Other' } },
    },
    Topic: { Type: 'AWS::SNS::Topic' },
  });
});

test('loops stand in each other, and inside of properties', () => {
  const inner = { 'Fn::ForEach::Slots': ['Slot', [1, 2], { 'S${Zone}${Slot}': { Type: 'T', Properties: {} } }] };
  expect(Object.keys(resourcesOf({ 'Fn::ForEach::Zones': ['Zone', ['a', 'b'], inner] }))).toEqual([
    'Sa1',
    'Sa2',
    'Sb1',
    'Sb2',
  ]);
  const named = { 'Fn::ForEach::Both': ['Item', [{ Ref: 'Zone' }, 'not${Zone}'], { 'S${Item}': { Type: 'T' } }] };
  expect(Object.keys(resourcesOf({ 'Fn::ForEach::Zones': ['Zone', ['a'], named] }))).toEqual(['Sa', 'Snota']);
  const It = { Type: 'T', Properties: { 'Fn::ForEach::Keys': ['Key', ['A', 'B'], { '${Key}': true }], C: false } };
  expect(resourcesOf({ It })).toEqual({ It: { Type: 'T', Properties: { A: true, B: true, C: false } } });
});

test('outputs and conditions are written out too', () => {
  const { outputs, conditions } = templateFrom(
    {
      Transform: [LOOPS],
      Resources: {},
      Outputs: { 'Fn::ForEach::O': ['N', ['X'], { 'Out${N}': { Value: { 'Fn::GetAtt': ['Queue${N}', 'Arn'] } } }] },
      Conditions: { 'Fn::ForEach::C': ['N', ['X'], { 'Is${N}': { 'Fn::Equals': [{ Ref: 'N' }, 'X'] } }] },
    },
    'T.yaml',
  );
  expect([outputs, conditions]).toEqual([
    { OutX: { Value: { 'Fn::GetAtt': ['QueueX', 'Arn'] } } },
    { IsX: { 'Fn::Equals': ['X', 'X'] } },
  ]);
});

test.each<[string, unknown, RegExp]>([
  ['a parameter', ['N', { Ref: 'Names' }, { 'Q${N}': {} }], /Fn::ForEach::Q goes over what only deployment knows/],
  ['an item that only deployment knows', ['N', [{ Ref: 'P' }], { 'Q${N}': {} }], /only deployment knows/],
  ['nothing that can be read', 'N', /only deployment knows/],
  ['more than a template can hold', ['N', Array(10_001).fill('x'), { 'Q${N}': {} }], /more than 10000 copies/],
])('fails for a loop over %s', (_name, loop, message) => {
  expect(() => resourcesOf({ 'Fn::ForEach::Q': loop })).toThrow(message);
  try {
    resourcesOf({ 'Fn::ForEach::Q': loop });
  } catch (error) {
    expect((error as InputError).problem).toBe('UnexpandedLoop');
  }
});

test('with language extensions, a policy may come from a parameter', () => {
  const policies = (Keep: object) => {
    const A = { Type: 'AWS::DynamoDB::Table', DeletionPolicy: ref('Keep'), UpdateReplacePolicy: ref('Keep') };
    const { stacks } = assemblyOf(stackOf({ Transform: LOOPS, Parameters: { Keep }, Resources: { A } }));
    const table = stacks[0].resources.get('A');
    return [table?.deletionPolicy, table?.updateReplacePolicy];
  };
  expect(policies({ Type: 'String', Default: 'Retain' })).toEqual(['Retain', 'Retain']);
  expect(policies({ Type: 'String' })).toEqual([undefined, undefined]);
});
