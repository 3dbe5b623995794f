import { type Json, known, textOf, type Value } from '../../../src/assessment/model';
import { assemblyOf, att, ref, resource, stackOf, type Where, zone } from '../../support/assessment';

function resolve(expression: unknown, template: Record<string, unknown> = {}, where: Where = {}): Value {
  const stack = stackOf({ Resources: { Bucket: resource('AWS::S3::Bucket') }, ...template }, where);
  return assemblyOf(stack).stacks[0].resolve(expression as Json);
}

const table: [name: string, expression: unknown, expected: unknown][] = [
  ['a scalar', 3, 3],
  ['Fn::Join', { 'Fn::Join': ['-', ['a', ref('AWS::Region')]] }, 'a-us-east-1'],
  ['Fn::Sub with a variable', { 'Fn::Sub': ['${a}/${AWS::AccountId}', { a: 'x' }] }, 'x/111122223333'],
  ['Fn::Sub with a literal', { 'Fn::Sub': '${!keep}' }, '${keep}'],
  ['Fn::Split and Fn::Select', { 'Fn::Select': ['1', { 'Fn::Split': [',', 'a,b'] }] }, 'b'],
  ['a zone slot', zone(1), 'us-east-1[1]'],
  ['a zone slot of another Region', { 'Fn::Select': [0, { 'Fn::GetAZs': 'eu-west-1' }] }, 'eu-west-1[0]'],
  ['Fn::Length', { 'Fn::Length': [1, 2] }, 2],
  ['the partition', ref('AWS::Partition'), 'aws'],
];

test.each(table)('resolves %s', (_name, expression, expected) => {
  expect(resolve(expression)).toEqual(known(expected as string));
});

test('keeps references to resources, and the attribute', () => {
  expect(resolve(att('Bucket', 'Arn'))).toMatchObject({ kind: 'reference', attribute: 'Arn' });
});

test('keeps references inside text', () => {
  const value = resolve({ 'Fn::Join': ['', ['arn:aws:s3:::', ref('Bucket'), '/*']] });
  expect(value).toMatchObject({ kind: 'text', parts: ['arn:aws:s3:::', { kind: 'reference' }, '/*'] });
});

test('splits text around its holes', () => {
  const value = resolve({ 'Fn::Select': [1, { 'Fn::Split': ['/', { 'Fn::Sub': 'a/${Bucket}/c' }] }] });
  expect(value).toMatchObject({ kind: 'reference', attribute: 'Ref' });
});

describe('parameters', () => {
  const Parameters = {
    Given: { Type: 'String' },
    Defaulted: { Type: 'String', Default: 'x' },
    Subnets: { Type: 'List<AWS::EC2::Subnet::Id>', Default: 'subnet-a, subnet-b' },
    FromSsm: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/a/b' },
  };
  const parameters = { Given: known('y') };

  test.each([
    ['Given', known('y')],
    ['Defaulted', known('x')],
    ['Subnets', { kind: 'list', items: [known('subnet-a'), known('subnet-b')] }],
    ['FromSsm', { kind: 'unknown', reason: 'depends on parameter FromSsm, which is read from SSM at deployment' }],
  ])('%s', (name, expected) => {
    expect(resolve(ref(name), { Parameters }, { parameters })).toEqual(expected);
  });

  test('without a value or a default are unknown, by name', () => {
    expect(resolve(ref('Given'), { Parameters })).toEqual({ kind: 'unknown', reason: 'depends on parameter Given' });
  });
});

describe('conditions', () => {
  const template = {
    Parameters: { Env: { Type: 'String', Default: 'prod' }, Open: { Type: 'String' } },
    Conditions: {
      IsProd: { 'Fn::Equals': [ref('Env'), 'prod'] },
      IsOpen: { 'Fn::Equals': [ref('Open'), 'yes'] },
      Neither: { 'Fn::Not': [{ 'Fn::Or': [{ Condition: 'IsProd' }, { Condition: 'IsOpen' }] }] },
    },
  };

  test.each([
    ['IsProd', known('a')],
    ['IsOpen', { kind: 'unknown', reason: 'depends on parameter Open' }],
    ['Neither', known('b')],
  ])('Fn::If %s', (condition, expected) => {
    expect(resolve({ 'Fn::If': [condition, 'a', 'b'] }, template)).toEqual(expected);
  });

  test('AWS::NoValue drops the entry', () => {
    const value = resolve({ A: { 'Fn::If': ['IsProd', ref('AWS::NoValue'), 1] }, B: 2 }, template);
    expect(value).toEqual({ kind: 'dictionary', entries: expect.objectContaining({ B: known(2) }) });
    expect(value).not.toHaveProperty('entries.A');
  });

  test('fails when they refer to each other', () => {
    const Conditions = { A: { 'Fn::Not': [{ Condition: 'B' }] }, B: { 'Fn::Not': [{ Condition: 'A' }] } };
    expect(() => resolve({ 'Fn::If': ['A', 1, 2] }, { Conditions })).toThrow('CyclicReference');
  });
});

test('mappings are looked up, and say so when an entry is missing', () => {
  const Mappings = { Sizes: { prod: { MultiAZ: 'true' } } };
  expect(resolve({ 'Fn::FindInMap': ['Sizes', 'prod', 'MultiAZ'] }, { Mappings })).toEqual(known('true'));
  expect(resolve({ 'Fn::FindInMap': ['Sizes', 'test', 'MultiAZ'] }, { Mappings }).kind).toBe('unknown');
});

test('an undecided environment stays undecided', () => {
  expect(resolve(ref('AWS::Region'), {}, { region: undefined })).toEqual({
    kind: 'unknown',
    reason: 'the Region is chosen at deployment',
  });
});

describe('across stacks', () => {
  const Subnet = resource('AWS::EC2::Subnet', { AvailabilityZone: zone(0) });
  const network = (where: Where = {}) =>
    stackOf(
      { Resources: { Subnet }, Outputs: { Id: { Value: ref('Subnet'), Export: { Name: 'subnet' } } } },
      { id: 'Network', ...where },
    );

  test('Fn::ImportValue finds the export of the same Region', () => {
    const app = stackOf({ Resources: {} }, { id: 'App' });
    const value = assemblyOf(network(), app).stacks[1].resolve({ 'Fn::ImportValue': 'subnet' });
    expect(value).toMatchObject({ kind: 'reference', resource: { path: 'Network/Subnet' } });
  });

  test('Fn::ImportValue of an export elsewhere is unknown, by name', () => {
    const app = stackOf({ Resources: {} }, { id: 'App' });
    const value = assemblyOf(network({ region: 'us-west-2' }), app).stacks[1].resolve({ 'Fn::ImportValue': 'subnet' });
    expect(value).toEqual({ kind: 'unknown', reason: 'imports subnet, which no stack here exports' });
  });

  test('Fn::GetStackOutput reads another Region', () => {
    const app = stackOf({ Resources: {} }, { id: 'App' });
    const call = { 'Fn::GetStackOutput': { StackName: 'Network', OutputName: 'Id', Region: 'us-west-2' } };
    expect(assemblyOf(network({ region: 'us-west-2' }), app).stacks[1].resolve(call).kind).toBe('reference');
  });

  test('what CDK writes for another Region is read there', () => {
    const name = '/cdk/exports/App/Id';
    const writer = resource('Custom::CrossRegionExportWriter', { WriterProps: { exports: { [name]: ref('Subnet') } } });
    const source = stackOf({ Subnet, Writer: writer }, { id: 'Network', region: 'us-west-2' });
    const app = stackOf({ Reader: resource('Custom::CrossRegionExportReader') }, { id: 'App' });
    const value = assemblyOf(source, app).stacks[1].resolve(att('Reader', name));
    expect(value).toMatchObject({ kind: 'reference', resource: { path: 'Network/Subnet' } });
  });
});

test.each([
  ['us-east-1', 'aws', 'amazonaws.com'],
  ['us-gov-west-1', 'aws-us-gov', 'amazonaws.com'],
  ['cn-north-1', 'aws-cn', 'amazonaws.com.cn'],
  ['eusc-de-east-1', 'aws-eusc', 'amazonaws.eu'],
])('%s is of the partition %s', (region, partition, suffix) => {
  const template = {
    A: resource('AWS::S3::Bucket', { Partition: ref('AWS::Partition'), Suffix: ref('AWS::URLSuffix') }),
  };
  const [bucket] = assemblyOf(stackOf(template, { region })).resourcesOf('AWS::S3::Bucket');
  expect([bucket.property('Partition'), bucket.property('Suffix')].map(textOf)).toEqual([partition, suffix]);
});
