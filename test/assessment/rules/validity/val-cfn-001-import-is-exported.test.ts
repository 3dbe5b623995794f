import { Assembly, templateFrom } from '../../../../src/assessment/model';
import { importsAreExported } from '../../../../src/assessment/rules/validity/val-cfn-001-import-is-exported';

const stack = (name: string, template: Record<string, unknown>, region = 'us-east-1') => ({
  id: name,
  name,
  path: name,
  region,
  template: templateFrom(template as never, `${name}.template.json`),
});

/** A record that takes its name from elsewhere, beside a stack called Network. */
function judge(name: unknown, network: Record<string, unknown> = {}, region?: string) {
  const assembly = new Assembly([
    stack('Network', { Resources: {}, ...network }, region),
    stack('App', { Resources: { It: { Type: 'AWS::Route53::RecordSet', Properties: { Name: name } } } }),
  ]);
  const [record] = assembly.resourcesOf('AWS::Route53::RecordSet');
  return importsAreExported.evaluate(record, { assembly, careDependsOn: () => true });
}

const IMPORT = { 'Fn::ImportValue': 'Network:ExportsOutputRefZone' };

test('passes when another stack exports it', () => {
  const Outputs = { Zone: { Value: 'example.org', Export: { Name: 'Network:ExportsOutputRefZone' } } };
  expect(judge(IMPORT, { Outputs }).verdict).toBe('pass');
});

test('passes when nothing is imported', () => {
  expect(judge('example.org').verdict).toBe('pass');
});

test('fails when the stack that the export is named after does not export it', () => {
  expect(judge(IMPORT)).toMatchObject({
    verdict: 'fail',
    observed: 'imports Network:ExportsOutputRefZone, which its stack does not export',
  });
});

test('fails when the import is inside of a text', () => {
  expect(judge({ 'Fn::Join': ['.', ['ehr', IMPORT]] }).verdict).toBe('fail');
});

test('fails when a stack has no such output', () => {
  const output = { 'Fn::GetStackOutput': { StackName: 'Network', OutputName: 'Zone' } };
  expect(judge(output).verdict).toBe('fail');
});

test('is unknown when the exporting stack is not here, or in another Region', () => {
  expect(judge({ 'Fn::ImportValue': 'zone-name' }).verdict).toBe('unknown');
  expect(judge(IMPORT, {}, 'us-west-2').verdict).toBe('unknown');
});
