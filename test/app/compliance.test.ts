import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks } from 'cdk-nag';
import { AppSecret, AppSetting, Database, DocumentStore, Waf } from '../../src';
import { clinicalAppIn, type TestAppOptions, VIRGINIA, zone } from '../support/app';

interface Report {
  readonly pluginName: string;
  readonly violations: {
    readonly ruleName: string;
    readonly violatingConstructs: { readonly constructPath: string }[];
  }[];
  readonly suppressedViolations: { readonly ruleName: string; readonly reason: string }[];
}

/** Rules look at the construct tree, CloudFormation validation at the template; both write one report. */
function reportsOf(options: (stack: Stack) => TestAppOptions): Report[] {
  process.env.CDK_VALIDATION = 'true';
  const app = new App({
    context: {
      '@aws-cdk/core:validateAgainstDefaultRules': true,
      '@aws-cdk/core:strictCfnValidateErrors': true,
    },
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new HIPAASecurityChecks(app), new NIST80053R5Checks(app));
  const stack = new Stack(app, 'Ehr', { env: VIRGINIA });
  clinicalAppIn(stack, options(stack));
  let directory = '';
  try {
    directory = app.synth().directory;
  } catch {
    directory = app.outdir; // the report says what was found
  }
  const report = JSON.parse(fs.readFileSync(path.join(directory, 'validation-report.json'), 'utf8'));
  return report.pluginReports;
}

function violations(reports: Report[]): string[] {
  return reports.flatMap(({ violations }) =>
    violations.flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => `${ruleName} at ${constructPath}`),
    ),
  );
}

afterAll(() => {
  process.env.CDK_VALIDATION = 'false';
});

const data = {
  network: undefined,
  database: Database.auroraPostgres({ databaseName: 'ehr' }),
  documents: DocumentStore.s3(),
};

test('a default application leaves no finding in three packs, nor in CloudFormation validation', () => {
  const reports = reportsOf((stack) => ({
    https: { certificate: undefined, hostedZone: zone(stack) },
    compute: {
      environment: { URL: AppSetting.format('jdbc:postgresql://{database.writer}/{database.name}') },
      secrets: {
        PASSWORD: AppSecret.databasePassword(),
        LICENCE: AppSecret.fromSecretName('ehr/licence'),
        FLAGS: AppSecret.fromParameterName('/ehr/flags'),
      },
    },
    app: data,
  }));
  expect(violations(reports)).toEqual([]);
  expect(reports.map(({ pluginName }) => pluginName)).toEqual(
    expect.arrayContaining(['AwsSolutions', 'HIPAA.Security', 'NIST.800.53.R5']),
  );
  const acknowledged = reports.flatMap(({ suppressedViolations }) => suppressedViolations);
  expect(acknowledged.filter(({ reason }) => reason.length < 20)).toEqual([]);
}, 60_000);

test("an internal one without a web ACL leaves none either, and the reason is the user's", () => {
  const reports = reportsOf(() => ({
    https: { internetFacing: false, waf: Waf.none({ reason: 'reachable from the hospital network only' }) },
    app: data,
  }));
  expect(violations(reports)).toEqual([]);
  const acknowledged = reports.flatMap(({ suppressedViolations }) => suppressedViolations);
  expect(acknowledged).toContainEqual(
    expect.objectContaining({
      ruleName: 'NIST.800.53.R5-ALBWAFEnabled',
      reason: 'reachable from the hospital network only',
    }),
  );
  expect(acknowledged.map(({ ruleName }) => ruleName)).not.toContain('AwsSolutions-EC23');
}, 60_000);
