import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ResilienceChecks, type ResilienceChecksProps } from '../../src/assessment/resilience-checks';

/** A function that writes to a table without a copy anywhere. */
function app(props: ResilienceChecksProps = {}): { app: App; table: dynamodb.CfnTable } {
  const root = new App();
  const stack = new Stack(root, 'Clinic', { env: { account: '111122223333', region: 'us-east-1' } });
  const table = new dynamodb.CfnTable(stack, 'Records', { keySchema: [{ attributeName: 'id', keyType: 'HASH' }] });
  new lambda.Function(stack, 'Api', {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => {};'),
    environment: { TABLE: table.ref },
  });
  Validations.of(root).addPlugins(new ResilienceChecks(props));
  return { app: root, table };
}

function violations(root: App): { ruleName: string; path?: string }[] {
  const { directory } = root.synth();
  const report = JSON.parse(fs.readFileSync(path.join(directory, 'validation-report.json'), 'utf-8')) as {
    pluginReports: {
      pluginName?: string;
      violations: { ruleName: string; violatingConstructs: { constructPath?: string }[] }[];
    }[];
  };
  return report.pluginReports.flatMap(({ violations: found }) =>
    found.map(({ ruleName, violatingConstructs }) => ({ ruleName, path: violatingConstructs[0]?.constructPath })),
  );
}

beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(); // CDK prints the report
});

test('reports findings by construct, without failing synthesis', () => {
  const found = violations(app().app);
  expect(found).toContainEqual({ ruleName: 'survive-region', path: 'Clinic/Records' });
  expect(found).toContainEqual({ ruleName: 'survive-corruption', path: 'Clinic/Records' });
});

test('fails synthesis where asked to', () => {
  expect(() => app({ failOnFindings: true }).app.synth()).toThrow(/somebody deletes table Clinic\/Records/);
});

test('knows Regions and construct paths, as the assembly does', () => {
  expect(violations(app().app)).toContainEqual({ ruleName: 'survive-region', path: 'Clinic/Api/Resource' });
});

test('judges by the systems of a file', () => {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'systems-')), 'systems.json');
  const scopes = { REGION: { rtoSeconds: 604_800, rpoSeconds: 604_800 } };
  fs.writeFileSync(
    file,
    JSON.stringify({ systems: { Clinic: { systemName: 'clinic', tier: 'OPERATIONAL', objectives: { scopes } } } }),
  );
  expect(violations(app({ systemsFile: file }).app)).not.toContainEqual({
    ruleName: 'survive-region',
    path: 'Clinic/Api/Resource',
  });
});

test('is quiet about what somebody acknowledged', () => {
  const { app: root, table } = app();
  Validations.of(table).acknowledge({ id: 'cdk-resilient-ehr::survive-region', reason: 'rebuilt from the registry' });
  expect(violations(root)).not.toContainEqual({ ruleName: 'survive-region', path: 'Clinic/Records' });
});
