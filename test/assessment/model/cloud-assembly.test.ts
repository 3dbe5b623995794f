import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { InputError, parseTemplateText, readAssembly } from '../../../src/assessment/model';

const BUCKET = { Resources: { B: { Type: 'AWS::S3::Bucket' } } };
let dir: string;

beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'judge-'));
});
afterEach(() => fs.rmSync(dir, { recursive: true }));

function write(name: string, content: unknown): string {
  const file = path.join(dir, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

const stackArtifact = (templateFile: string, displayName: string, environment = 'aws://111122223333/us-east-1') => ({
  type: 'aws:cloudformation:stack',
  environment,
  displayName,
  properties: { templateFile },
});

test('reads nested stages, environments, construct paths and nested stacks', () => {
  write('manifest.json', {
    artifacts: {
      Prod: { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Prod' } },
      Any: stackArtifact('any.json', 'Any', 'aws://unknown-account/unknown-region'),
      Empty: stackArtifact('empty.json', 'Empty'),
    },
  });
  write('any.json', BUCKET);
  write('empty.json', {});
  write('assembly-Prod/manifest.json', { artifacts: { ProdApp: stackArtifact('app.json', 'Prod/App (Prod-App)') } });
  write('assembly-Prod/app.json', {
    Resources: {
      Child: {
        Type: 'AWS::CloudFormation::Stack',
        Properties: { Parameters: { Name: 'records' } },
        Metadata: {
          'aws:cdk:path': 'Prod/App/Child.NestedStack/Child.NestedStackResource',
          'aws:asset:path': 'child.json',
        },
      },
      User: { Type: 'AWS::SNS::Topic', Properties: { TopicName: { 'Fn::GetAtt': ['Child', 'Outputs.Name'] } } },
    },
  });
  write('assembly-Prod/child.json', {
    Parameters: { Name: { Type: 'String' } },
    Resources: { B: { Type: 'AWS::S3::Bucket', Metadata: { 'aws:cdk:path': 'Prod/App/Child/B/Resource' } } },
    Outputs: { Name: { Value: { Ref: 'Name' } } },
  });

  const assembly = readAssembly([dir]);
  expect(assembly.stacks.map(({ path: at, region }) => [at, region])).toEqual([
    ['Prod/App', 'us-east-1'],
    ['Prod/App/Child', 'us-east-1'],
    ['Any', undefined],
    ['Empty', 'us-east-1'],
  ]);
  expect(assembly.resourcesOf('AWS::S3::Bucket').map((bucket) => bucket.path)).toEqual(['Prod/App/Child/B', 'Any/B']);
  expect(assembly.resourcesOf('AWS::SNS::Topic')[0].property('TopicName')).toEqual({ kind: 'known', value: 'records' });
});

test('finds a nested template by the hash in its address', () => {
  const hash = 'a'.repeat(64);
  write('manifest.json', { artifacts: { App: stackArtifact('app.json', 'App') } });
  write('app.json', {
    Resources: {
      Child: {
        Type: 'AWS::CloudFormation::Stack',
        Properties: { TemplateURL: { 'Fn::Sub': `https://s3.\${AWS::URLSuffix}/assets/${hash}.json` } },
      },
    },
  });
  write('App.assets.json', { files: { [hash]: { source: { path: 'child.nested.template.json' } } } });
  write('child.nested.template.json', BUCKET);
  expect(
    readAssembly([dir])
      .resourcesOf('AWS::S3::Bucket')
      .map(({ path: at }) => at),
  ).toEqual(['App/Child/B']);
});

describe('a nested template beside its parent', () => {
  const nesting = (TemplateURL: unknown, Parameters: object = {}) => ({
    Resources: { Child: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL, Parameters } } },
  });
  const buckets = (file: string) =>
    readAssembly([file])
      .resourcesOf('AWS::S3::Bucket')
      .map(({ path: at }) => at);

  test.each<[string, unknown]>([
    ['a path, before it is packaged', './parts/child.yaml'],
    ['a path that leads up', '../stacks/parts/child.yaml'],
    ['an address that ends with its path', 'https://s3.amazonaws.com/ours/v1/parts/child.yaml'],
    ['an address that ends with its path from the folder', 'https://ours.s3.amazonaws.com/v1/stacks/parts/child.yaml'],
    ['what follows a prefix that deployment decides', { 'Fn::Sub': 'https://${AWS::AccountId}.s3/parts/child.yaml' }],
  ])('is found by %s', (_name, address) => {
    write('stacks/parts/child.yaml', BUCKET);
    expect(buckets(write('stacks/main.json', nesting(address)))).toEqual(['main/Child/B']);
  });

  test('is not by the name alone of a file in the folder above, nor where there is none', () => {
    write('child.yaml', BUCKET);
    expect(buckets(write('stacks/main.json', nesting('https://s3.amazonaws.com/ours/child.yaml')))).toEqual([]);
    expect(buckets(write('stacks/main.json', nesting('https://s3.amazonaws.com/ours/other.yaml')))).toEqual([]);
  });

  test('is not its parent, for the name that both have', () => {
    const main = {
      Resources: { ...nesting('https://s3.amazonaws.com/network/main.json').Resources, ...BUCKET.Resources },
    };
    expect(buckets(write('stacks/main.json', main))).toEqual(['main/B']);
  });

  test('finds its own nested templates from where it is', () => {
    write('stacks/parts/child.yaml', nesting('more/grandchild.json'));
    write('stacks/parts/more/grandchild.json', BUCKET);
    expect(buckets(write('stacks/main.json', nesting('parts/child.yaml')))).toEqual(['main/Child/Child/B']);
  });

  test('may be an application of the serverless model', () => {
    write('stacks/child.yaml', BUCKET);
    const Resources = { Child: { Type: 'AWS::Serverless::Application', Properties: { Location: 'child.yaml' } } };
    expect(buckets(write('stacks/main.json', { Transform: 'AWS::Serverless-2016-10-31', Resources }))).toEqual([
      'main/Child/B',
    ]);
  });

  test('gets subnets that are joined to text on their way', () => {
    write('network.yaml', {
      Resources: { A: { Type: 'AWS::EC2::Subnet' }, B: { Type: 'AWS::EC2::Subnet' } },
      Outputs: { Subnets: { Value: { 'Fn::Join': [', ', [{ Ref: 'A' }, { Ref: 'B' }]] } } },
    });
    write('child.yaml', {
      Parameters: { Subnets: { Type: 'List<AWS::EC2::Subnet::Id>' } },
      Resources: {
        Alb: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Subnets: { Ref: 'Subnets' } } },
      },
    });
    const main = nesting('child.yaml', { Subnets: { 'Fn::GetAtt': ['Network', 'Outputs.Subnets'] } });
    const Network = { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'network.yaml' } };
    const assembly = readAssembly([write('main.json', { Resources: { ...main.Resources, Network } })]);
    const [alb] = assembly.resourcesOf('AWS::ElasticLoadBalancingV2::LoadBalancer');
    expect(alb.property('Subnets')).toMatchObject({
      kind: 'list',
      items: [
        { kind: 'reference', resource: { path: 'main/Network/A' } },
        { kind: 'reference', resource: { path: 'main/Network/B' } },
      ],
    });
  });

  test('that nests itself many times ends in one clear line', () => {
    const self = { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'main.json' } };
    const file = write('main.json', { Resources: Object.fromEntries([...'abcdefgh'].map((id) => [id, self])) });
    expect(() => readAssembly([file])).toThrow(/nests more than 1000 stacks \[/);
  });
});

test('reads YAML with short forms', () => {
  const file = write(
    'plain.yaml',
    [
      'Parameters: { Zone: { Type: String, Default: us-east-1a } }',
      'Conditions:',
      '  Named: !Not [!Equals [!Ref Zone, ""]]',
      'Resources:',
      '  Subnet:',
      '    Type: AWS::EC2::Subnet',
      '    Properties:',
      '      AvailabilityZone: !If [Named, !Ref Zone, !Select [0, !GetAZs ""]]',
      '      CidrBlock: !Sub',
      '        - "${Base}/24"',
      '        - Base: 10.0.0.0',
      '  Volume:',
      '    Type: AWS::EC2::Volume',
      '    Properties: { AvailabilityZone: !GetAtt Subnet.AvailabilityZone }',
    ].join('\n'),
  );
  const assembly = readAssembly([file], { region: 'us-east-1' });
  const [subnet] = assembly.resourcesOf('AWS::EC2::Subnet');
  expect(subnet.property('CidrBlock')).toEqual({ kind: 'known', value: '10.0.0.0/24' });
  expect(assembly.resourcesOf('AWS::EC2::Volume')[0].property('AvailabilityZone')).toEqual({
    kind: 'known',
    value: 'us-east-1a',
  });
});

test('reads quoted text and flow collections that go on too far to the left, as CloudFormation does', () => {
  const text = [
    'Resources:',
    '  A:',
    "    Type: 'AWS::S3::Bucket",
    "    and more'",
    '    Properties: {',
    '  Size: 1,',
    '  Zones: [a,',
    '  b]',
    '  }',
    '  B: {"Type": "x',
    '   y"}',
  ].join('\n');
  expect(parseTemplateText(text, 'left.yaml')).toEqual({
    Resources: {
      A: { Type: 'AWS::S3::Bucket and more', Properties: { Size: 1, Zones: ['a', 'b'] } },
      B: { Type: 'x y' },
    },
  });
  expect(() => parseTemplateText("A:\n  B: 'never closed\n  C: 1\n", 'open.yaml')).toThrow(
    /Missing closing 'quote at line 4, column 1 \[/,
  );
});

test('given parameter values win over defaults', () => {
  const file = write('p.json', {
    Parameters: { Name: { Type: 'String', Default: 'a' } },
    Resources: { B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { Ref: 'Name' } } } },
  });
  const assembly = readAssembly([file], { parameters: { Name: 'b' } });
  expect(assembly.resourcesOf('AWS::S3::Bucket')[0].property('BucketName')).toEqual({ kind: 'known', value: 'b' });
});

const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]']
  .concat('bcdefghi'.split('').map((k, i) => `${k}: &${k} [${Array(10).fill(`*${'abcdefgh'[i]}`)}]`))
  .concat('Resources: { X: { Type: T, Properties: { P: *i } } }')
  .join('\n');

const circle = { A: { Type: 'T', Properties: { P: { Ref: 'B' } } }, B: { Type: 'T', DependsOn: 'A' } };

test.each([
  ['TruncatedJson', JSON.stringify(BUCKET).slice(0, -5)],
  ['TruncatedJson', '{ "Resources": { "B": "unfinished'],
  ['InvalidJson', '{ "Resources": } }'],
  ['InvalidYaml', 'Resources:\n  A: [1\n B: 2'],
  ['NotATemplate', '{ "name": "package" }'],
  ['NotATemplate', '{ "artifacts": {} }'],
  ['NotATemplate', 'just words'],
  ['YamlAliasBomb', bomb],
  ['CyclicReference', JSON.stringify({ Resources: circle })],
  ['NestedTooDeeply', `{"Resources":{"A":${'['.repeat(5000)}${']'.repeat(5000)}}}`],
])('fails in one line with %s', (problem, content) => {
  const file = write('bad', content);
  let caught: unknown;
  try {
    readAssembly([file]);
  } catch (error) {
    caught = error;
  }
  expect(caught).toBeInstanceOf(InputError);
  expect((caught as InputError).problem).toBe(problem);
  expect((caught as InputError).message).toMatch(/^[^\n]*\bbad: [^\n]*$/);
});

test('fails when a path is missing, and when a directory is no assembly', () => {
  expect(() => readAssembly([path.join(dir, 'nowhere')])).toThrow('PathNotFound');
  expect(() => readAssembly([dir])).toThrow('NotAnAssembly');
});
