import * as fs from 'node:fs';
import * as path from 'node:path';
import { type AssessmentDocument, ruleOfScope } from '../../src/assessment/judge';
import { FailureScope } from '../../src/core/failure-scope';
import { aurora, network, ref, resource, web } from '../support/assessment';
import { cli, directoryOf, type Outcome } from '../support/cli';

/** Survives a zone, loses its Region for good. */
const HOSPITAL = { Resources: { ...network(3), ...web(3), ...aurora(2) } };
/** Nothing that can fail. */
const QUIET = { Resources: { Logs: resource('AWS::Logs::LogGroup', { RetentionInDays: 30 }) } };
/** Decided by a parameter. */
const OPEN = {
  Parameters: { Count: { Type: 'Number' } },
  Resources: { ...network(3), ...web(3, { DesiredCount: ref('Count') }) },
};

const hospital = path.join(directoryOf({ 'Hospital.template.json': HOSPITAL }), 'Hospital.template.json');
const quiet = path.join(directoryOf({ 'quiet.json': QUIET }), 'quiet.json');
const open = path.join(directoryOf({ 'open.json': OPEN }), 'open.json');

function json(...args: string[]): AssessmentDocument {
  return JSON.parse(cli('assess', '--json', ...args).out) as AssessmentDocument;
}

/** One line on standard error, nothing on standard output. */
function expectRefusal({ code, out, err }: Outcome, message: RegExp): void {
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(message);
  expect(err.trimEnd().split('\n')).toHaveLength(1);
}

describe('exits with', () => {
  const accepting = (risk: string) => {
    const acceptedRisks = [{ risk, reason: 'r', acceptedBy: 'b', expires: '2999-12-31' }];
    return path.join(directoryOf({ 'o.json': { systems: { '*': { acceptedRisks } } } }), 'o.json');
  };
  const scopes = Object.values(FailureScope);
  /** Everything about these scopes, or verdicts only. */
  const objectives = accepting(scopes.join(', '));
  const misses = accepting(scopes.map(ruleOfScope).join(', '));

  test.each<[string, number, string[]]>([
    ['0 where nothing is wrong', 0, [quiet]],
    ['1 where an objective is missed', 1, [hospital]],
    ['1 where an objective is missed, and only those count', 1, [hospital, '--fail-on', 'miss', '--no-rules']],
    ['0 where nothing shall fail', 0, [hospital, '--fail-on', 'none']],
    ['0 where the scope in question is met', 0, [hospital, '--scope', 'AVAILABILITY_ZONE', '--no-rules']],
    ['1 where the scope in question is not met', 1, [hospital, '--scope', 'region', '--no-rules']],
    ['0 where something is unknown only', 0, [open, '--scope', 'AVAILABILITY_ZONE', '--no-rules']],
    [
      '1 where something is unknown, and that counts',
      1,
      [open, '--scope=AVAILABILITY_ZONE', '--no-rules', '--fail-on', 'unknown'],
    ],
    [
      '0 where a given parameter decides it',
      0,
      [open, '--scope=AVAILABILITY_ZONE', '--no-rules', '--fail-on', 'unknown', '--parameter', 'Count=3'],
    ],
    ['0 where somebody accepted what is missed', 0, [hospital, '--no-rules', '--objectives', objectives]],
    ['1 where a broken rule is an error', 1, [hospital, '--objectives', misses]],
    ['0 where a broken rule does not count', 0, [hospital, '--objectives', objectives, '--fail-on', 'miss']],
  ])('%s', (_name, expected, args) => {
    const { code, err } = cli('assess', ...args);
    expect({ code, err }).toEqual({ code: expected, err: '' });
  });

  test('0 for help and version, 2 without a command', () => {
    expect(cli('--help')).toMatchObject({ code: 0, err: '', out: expect.stringContaining('Exit codes: 0') });
    expect(cli('assess', '-h').code).toBe(0);
    expect(cli('--version').out).toMatch(/^\d+\.\d+\.\d+\n$/);
    expectRefusal(cli(), /no command was given; use assess/);
    expectRefusal(cli('asses', hospital), /no command is called "asses"/);
  });
});

describe('refuses with one line', () => {
  const bad = directoryOf({
    'text.json': 'hello',
    'list.json': '[1, 2]',
    'package.json': { name: 'x' },
    'truncated.json': '{ "Resources": { "A": { "Type": "AWS::S3::Buck',
    'invalid.json': '{ "Resources": { "A": oops } }',
    'circle.json': {
      Resources: {
        A: resource('AWS::SNS::Topic', { TopicName: ref('B') }),
        B: resource('AWS::SNS::Topic', { TopicName: ref('A') }),
      },
    },
    'bomb.yaml': [
      'a: &a [x, x, x, x, x, x, x, x, x]',
      ...'bcdefghi'.split('').map((key, index) => `${key}: &${key} [${Array(9).fill(`*${'abcdefgh'[index]}`)}]`),
      'Resources: *i',
    ].join('\n'),
    'deep.json': `{"Resources":${'{"a":'.repeat(300)}1${'}'.repeat(300)}}`,
    'manifest-only/manifest.json': {
      artifacts: { A: { type: 'aws:cloudformation:stack', properties: { templateFile: 'A.json' } } },
    },
    'duplicate.yaml': 'Resources:\n  B: { Type: AWS::S3::Bucket }\n  B: { Type: AWS::SNS::Topic }',
    'documents.yaml': 'Resources: {}\n---\nResources: { B: { Type: AWS::S3::Bucket } }',
    'tag.yaml': 'Resources:\n  B: { Type: AWS::RDS::DBInstance, Properties: { MultiAZ: !Sometimes true } }',
    'alias.yaml': 'Resources:\n  B: *nowhere',
    'no-object.json': { Resources: { B: null } },
    'loop.yaml': [
      'Transform: AWS::LanguageExtensions',
      'Parameters: { Names: { Type: CommaDelimitedList } }',
      'Resources:',
      '  Fn::ForEach::Stores: [Name, !Ref Names, { "Store${Name}": { Type: AWS::RDS::DBInstance } }]',
    ].join('\n'),
    'conditions.json': {
      Conditions: Object.fromEntries(Array.from({ length: 5000 }, (_, n) => [`C${n}`, { Condition: `C${n + 1}` }])),
      Resources: { B: resource('AWS::S3::Bucket', {}, { Condition: 'C0' }) },
    },
    'stackless/manifest.json': { artifacts: {} },
    'itself/manifest.json': {
      artifacts: { A: { type: 'cdk:cloud-assembly', properties: { directoryName: 'again' } } },
    },
    'links/.keep': '',
    'empty/.keep': '',
    'nothing/package.json': { name: 'x' },
  });
  fs.symlinkSync('.', path.join(bad, 'itself', 'again'));
  fs.symlinkSync('round.json', path.join(bad, 'links', 'round.json'));
  fs.writeFileSync(path.join(bad, 'huge.json'), '');
  fs.truncateSync(path.join(bad, 'huge.json'), 100_000_000); // a hole: it takes no room

  test.each<[string, string, RegExp]>([
    ['a missing path', 'nowhere.json', /nowhere\.json: no such file or directory/],
    ['text', 'text.json', /text\.json: is not a CloudFormation template/],
    ['a list', 'list.json', /list\.json: is not a CloudFormation template/],
    [
      'JSON that is no template',
      'package.json',
      /package\.json: is not a CloudFormation template: it has no Resources/,
    ],
    ['truncated JSON', 'truncated.json', /truncated\.json: the JSON ends in the middle/],
    ['invalid JSON', 'invalid.json', /invalid\.json: is not valid JSON/],
    ['cyclic references', 'circle.json', /circle\.json: resources of circle refer to each other: A → B → A/],
    ['a YAML bomb', 'bomb.yaml', /bomb\.yaml: its YAML aliases expand/],
    ['a nesting bomb', 'deep.json', /deep\.json: is nested more than 200 levels deep/],
    ['a huge file', 'huge.json', /huge\.json: has 100 MB/],
    [
      'a key that is there twice',
      'duplicate.yaml',
      /duplicate\.yaml: is not valid YAML: Map keys must be unique at line \d+, column \d+ \[/,
    ],
    ['several documents', 'documents.yaml', /holds several documents; give each template a file of its own/],
    [
      'a tag of another tool',
      'tag.yaml',
      /has a tag that CloudFormation does not know: !Sometimes at line \d+, column \d+ \[/,
    ],
    ['an alias of nothing', 'alias.yaml', /alias\.yaml: is not valid YAML: Unresolved alias/],
    ['a resource that is no object', 'no-object.json', /its resource B is no object/],
    [
      'a loop over what only deployment knows',
      'loop.yaml',
      /Fn::ForEach::Stores goes over what only deployment knows; give the template that CloudFormation made of it/,
    ],
    ['conditions without end', 'conditions.json', /condition C500 of conditions is the end of more than 500 others/],
    ['an assembly without stacks', 'stackless', /its manifest names no stack, so there is nothing to judge/],
    ['an assembly that contains itself', 'itself', /again: the assembly contains itself/],
    ['a link that leads to itself', 'links', /too many symbolic links/],
    [
      'an assembly without its templates',
      'manifest-only',
      /A\.json: the manifest names this template, but it does not exist/,
    ],
    ['an empty directory', 'empty', /empty: has neither a manifest\.json nor a template/],
    ['a directory without templates', 'nothing', /nothing: has neither a manifest\.json nor a template/],
    ['a manifest', 'manifest-only/manifest.json', /it is the manifest of a cloud assembly; give its directory/],
  ])('%s', (_name, file, message) => {
    expectRefusal(cli('assess', path.join(bad, file)), message);
    expectRefusal(cli('assess', '--json', quiet, path.join(bad, file)), message);
  });

  test.each<[string, string[], RegExp]>([
    ['an unknown option', ['--jsno'], /unknown option '--jsno'; see cdk-resilient-ehr assess --help/],
    ['an option without its value', ['--objectives'], /'--objectives <value>' argument missing/],
    ['an unknown scope', ['--scope', 'PLANET'], /--scope PLANET is none of COMPONENT, .*DEPLOYMENT/],
    ['an unknown severity', ['--fail-on', 'everything'], /--fail-on everything is none of none, miss, error, unknown/],
    ['a parameter without a value', ['--parameter', 'Count'], /--parameter Count is not of the form Name=Value/],
    ['a parameter that no template has', ['--parameter', 'Cuont=1'], /no template has a parameter of that name/],
    ['a missing file of objectives', ['--objectives', 'nowhere.json'], /nowhere\.json: no such file of objectives/],
  ])('%s', (_name, args, message) => {
    expectRefusal(cli('assess', quiet, ...args), message);
  });

  test('cdk.out where nothing is given and there is none', () => {
    const before = process.cwd();
    process.chdir(bad);
    const outcome = cli('assess');
    process.chdir(before);
    expectRefusal(outcome, /cdk\.out: no such file or directory; give what cdk synth wrote/);
  });

  test('what the operating system does not let it read', () => {
    const templateFile = '.'; // a directory
    const manifest = { artifacts: { A: { type: 'aws:cloudformation:stack', properties: { templateFile } } } };
    expectRefusal(cli('assess', directoryOf({ 'manifest.json': manifest })), /EISDIR/);
    expectRefusal(cli('assess', quiet, '--objectives', bad), /is not a file/);
  });

  test.each<[string, unknown, RegExp]>([
    ['objectives that are no object', '[]', /its top level is not an object/],
    ['objectives without systems', {}, /has no "systems": give an object with construct paths as keys/],
    [
      'a field that nothing reads',
      { systems: { A: { teir: 'OPERATIONAL' } } },
      /systems\["A"\] has "teir", which nothing reads; known are systemName/,
    ],
    [
      'an unknown tier',
      { systems: { A: { tier: 'HIGH' } } },
      /systems\["A"\]\.tier must be one of FOUNDATION.*and is "HIGH"/,
    ],
    [
      'an unknown scope in objectives',
      { systems: { A: { objectives: { scopes: { PLANET: {} } } } } },
      /scopes has PLANET, which is no failure scope/,
    ],
    [
      'half an objective',
      { systems: { A: { objectives: { scopes: { REGION: { rtoSeconds: 1 } } } } } },
      /scopes\.REGION lacks rpoSeconds/,
    ],
    [
      'a duration as text',
      { systems: { A: { objectives: { scopes: { REGION: { rtoSeconds: '4h', rpoSeconds: 0 } } } } } },
      /rtoSeconds must be a number that is not negative, and is "4h"/,
    ],
    [
      'reading later than writing',
      {
        systems: { A: { objectives: { scopes: { REGION: { rtoSeconds: 1, rpoSeconds: 0, rtoReadOnlySeconds: 2 } } } } },
      },
      /lets users read \(2 s\) later than write \(1 s\)/,
    ],
    [
      'a risk until some day',
      { systems: { A: { acceptedRisks: [{ risk: 'r', reason: 'r', acceptedBy: 'b', expires: 'soon' }] } } },
      /acceptedRisks\[0\]\.expires must be a day as YYYY-MM-DD, and is "soon"/,
    ],
    ['another version', { schemaVersion: 2, systems: { A: {} } }, /schemaVersion is 2, and this version reads 1/],
    [
      'many mistakes',
      { systems: { A: { a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1 } } },
      /; and 2 more \[InvalidObjectives\]/,
    ],
  ])('%s', (_name, content, message) => {
    const file = path.join(directoryOf({ 'objectives.json': content }), 'objectives.json');
    expectRefusal(cli('assess', quiet, '--objectives', file), message);
  });
});

describe('reads', () => {
  test('the templates of a directory without a manifest, and names what is none', () => {
    const directory = directoryOf({
      'a.json': HOSPITAL,
      'b.yaml': 'Resources: {}',
      'package.json': { name: 'x' },
      'notes.txt': '',
    });
    expect(json(directory).judged).toMatchObject({ templates: ['a.json', 'b.yaml'], leftOut: ['package.json'] });
  });

  test('what Windows PowerShell writes, and what starts with a byte order mark', () => {
    const text = `\uFEFF${JSON.stringify(OPEN)}`;
    const directory = directoryOf({ 'marked.json': text });
    fs.writeFileSync(path.join(directory, 'little.json'), text, 'utf16le');
    fs.writeFileSync(path.join(directory, 'big.json'), Buffer.from(text, 'utf16le').swap16());
    expect(json(directory).judged).toMatchObject({
      templates: ['big.json', 'little.json', 'marked.json'],
      leftOut: [],
    });
  });

  test('what loops make, and says what macros may still change', () => {
    const loops = [
      'Transform: [AWS::LanguageExtensions, Company::Hardening]',
      'Resources:',
      '  Fn::ForEach::Stores:',
      '    - Name',
      '    - [One, Two]',
      '    - Store${Name}: { Type: AWS::RDS::DBInstance, Properties: { MultiAZ: false } }',
      '  Child: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: https://example.org/child } }',
    ];
    const { systems, notJudged, judged } = json(directoryOf({ 'loops.yaml': loops.join('\n') }));
    expect(systems.flatMap(({ entryPoints }) => entryPoints.map(({ name }) => name))).toEqual([
      'loops/StoreOne',
      'loops/StoreTwo',
    ]);
    expect(judged.resources).toBe(3);
    expect(notJudged).toEqual([
      { type: 'AWS::CloudFormation::Stack', count: 1 },
      { type: 'macro Company::Hardening', count: 1 },
    ]);
  });

  test('what a macro may set is no default', () => {
    const included = { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://shared/tasks' } } };
    const verdictWith = (more: object) => {
      const Resources = { ...network(3), ...web(3, { DesiredCount: undefined, ...more }) };
      const [system] = json(directoryOf({ 'it.json': { Resources } }), '--no-rules').systems;
      return system.verdicts.find(({ scope }) => scope === 'CONTROL_PLANE')?.verdict;
    };
    expect(verdictWith({})).toBe('MISSES');
    expect(verdictWith(included)).toBe('UNKNOWN');
    // an instance of a cluster, a read replica, or a database of its own?
    const Resources = { Records: resource('AWS::RDS::DBInstance', included) };
    expect(json(directoryOf({ 'it.json': { Resources } })).notJudged).toEqual([
      { type: 'AWS::RDS::DBInstance with Fn::Transform', count: 1 },
    ]);
  });

  test('objectives in YAML, which win over those of a template', () => {
    const declared = { 'cdk-resilient-ehr': { systems: { Hospital: { systemName: 'ehr', tier: 'LIFE_CRITICAL' } } } };
    const directory = directoryOf({
      'Hospital.template.json': { ...HOSPITAL, Metadata: declared },
      'objectives.yaml': 'systems: { Hospital: { tier: OPERATIONAL } }',
    });
    const [system] = json(
      path.join(directory, 'Hospital.template.json'),
      '--objectives',
      path.join(directory, 'objectives.yaml'),
    ).systems;
    expect(system).toMatchObject({ name: 'ehr', declared: true, objectives: { tier: 'OPERATIONAL' } });
  });

  test('the Region that is given', () => {
    const [system] = json(hospital, '--region', 'eu-central-1').systems;
    expect(system.findings.map(({ chain }) => chain[0])).toContain('Region eu-central-1 is lost');
  });
});

describe('the document', () => {
  test('is the same whatever the order of files and resources', () => {
    const declaring = (stack: string, systemName: string) => ({
      'cdk-resilient-ehr': { systems: { [stack]: { systemName, tier: 'OPERATIONAL' } } },
    });
    const clinic = { Metadata: declaring('a', 'clinic'), ...HOSPITAL };
    const other = {
      Metadata: declaring('b', 'laboratory'),
      Resources: { Queue: resource('AWS::SQS::Queue'), ...web(1), ...network(3) },
    };
    const turned = {
      Metadata: clinic.Metadata,
      Resources: Object.fromEntries(Object.entries(HOSPITAL.Resources).reverse()),
    };
    const one = directoryOf({ 'a.json': clinic, 'b.json': other });
    const two = directoryOf({ 'a.json': turned, 'b.json': other });
    const documents = [
      json(path.join(one, 'a.json'), path.join(one, 'b.json')),
      json(path.join(two, 'b.json'), path.join(two, 'a.json')),
    ];
    const [first, second] = documents.map(({ systems, rules, summary, judged, replays }) => ({
      replays: replays.map(({ id, system, answer }) => [id, system, answer]),
      summary,
      judged,
      rules,
      findings: systems.map(({ findings }) => findings.map(({ scope, resource: path_, fix }) => [scope, path_, fix])),
    }));
    expect(second).toEqual(first);
    expect(first.findings.flat().length).toBeGreaterThan(3);
    expect(new Set(first.replays.map(([, system]) => system)).size).toBe(2);
  });

  test('holds no absolute path, and says how much it proves', () => {
    const { out } = cli('assess', '--json', hospital);
    expect(out).not.toContain(path.dirname(hospital));
    const document = JSON.parse(out) as AssessmentDocument;
    expect(document).toMatchObject({ schemaVersion: 1, proof: { level: 2, of: 4 } });
    expect(document.systems[0].findings[0].template).toBe('Hospital.template.json');
    for (const { level } of document.systems.flatMap(({ verdicts }) => verdicts)) {
      expect(level).toBeLessThanOrEqual(2);
    }
  });

  test('of several directories names files from what they share', () => {
    const directory = directoryOf({ 'a/x.json': QUIET, 'b/x.json': QUIET });
    expect(json(path.join(directory, 'a'), path.join(directory, 'b', 'x.json')).judged.templates).toEqual([
      'a/x.json',
      'b/x.json',
    ]);
  });

  test('judges the scopes that were asked for, and no rules where they are not wanted', () => {
    const document = json(hospital, '--scope', 'region,DELETION', '--no-rules');
    expect(document.systems[0].verdicts.map(({ scope }) => scope)).toEqual(['REGION', 'DELETION']);
    expect(document.rules).toEqual({ checked: 0, failed: [], unknown: [] });
    const { rules } = json(hospital, '--scope', 'DEPLOYMENT');
    expect(rules.checked).toBeGreaterThan(0);
    expect(rules.failed.filter(({ scope }) => scope !== 'DEPLOYMENT')).toEqual([]);
  });

  test('replays outages that happened, unless asked for less', () => {
    const { replays, systems } = json(hospital, '--no-rules');
    expect(new Set(replays.map(({ system }) => system))).toEqual(new Set(systems.map(({ name }) => name)));
    expect(replays.find(({ id }) => id === 'R13')).toMatchObject({ answer: 'broken' });
    for (const { answer, assertions } of replays) {
      expect(assertions.some((one) => one.answer === answer)).toBe(true);
    }
    expect(json(hospital, '--no-rules', '--no-scenarios').replays).toEqual([]);
    expect(json(hospital, '--no-rules', '--scope', 'REGION').replays).toEqual([]);
    expect(json(hospital, '--no-rules', '--scope', 'REGION', '--scenarios').replays).toHaveLength(replays.length);
  });

  test('replays what a file of objectives declares, not only what templates do', () => {
    const probe = (health: object) => {
      const systems = { Hospital: { systemName: 'ehr', tier: 'LIFE_CRITICAL', health } };
      const file = path.join(directoryOf({ 'o.json': { systems } }), 'o.json');
      const { replays } = json(hospital, '--no-rules', '--objectives', file);
      return replays.find(({ id }) => id === 'R15')?.assertions.flatMap(({ reasons }) => reasons);
    };
    expect(probe({ path: '/' })).toContainEqual('/ is declared as the shallow probe');
    expect(probe({ path: '/live', deepPath: '/' })).toContainEqual(
      expect.stringContaining('probes /, which is declared to ask the database'),
    );
  });
});

test('the text names each outage, and what would not hold', () => {
  const { out } = cli('assess', hospital, '--no-rules');
  expect(out).toMatch(/^R13 gap {10}A provider deletes/m);
  expect(out).toContain('not so: every store has a copy in another organisation');
});
