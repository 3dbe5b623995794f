import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import * as guardduty from 'aws-cdk-lib/aws-guardduty';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks } from 'cdk-nag';
import { baselineIn, TWO_REGIONS } from '../support/security';

interface Finding {
  readonly ruleName: string;
  readonly reason?: string;
  readonly violatingConstructs: { readonly constructPath: string }[];
}
interface PluginReport {
  readonly pluginName: string;
  readonly violations?: Finding[];
  readonly suppressedViolations?: Finding[];
}

let reports: PluginReport[];

beforeAll(() => {
  process.env.CDK_VALIDATION = 'true';
  const app = new App({
    context: {
      '@aws-cdk/core:validateAgainstDefaultRules': true,
      '@aws-cdk/core:strictCfnValidateErrors': true,
      '@aws-cdk/core:failSynthOnValidationErrors': false,
    },
  });
  Validations.of(app).addPlugins(new HIPAASecurityChecks(app), new NIST80053R5Checks(app), new AwsSolutionsChecks(app));
  baselineIn('us-east-1', TWO_REGIONS, app);
  baselineIn('us-west-2', TWO_REGIONS, app);
  const control = new Stack(app, 'Control');
  new guardduty.CfnDetector(control, 'Detector', { enable: true, findingPublishingFrequency: 'NEVER' });
  new s3.Bucket(control, 'Bucket');
  const file = join(app.synth().directory, 'validation-report.json');
  reports = JSON.parse(readFileSync(file, 'utf8')).pluginReports;
}, 120_000);

afterAll(() => {
  process.env.CDK_VALIDATION = 'false';
});

function violations(): string[][] {
  return reports.flatMap(({ pluginName, violations = [] }) =>
    violations.flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => [pluginName, ruleName, constructPath]),
    ),
  );
}

test('leaves no finding of CloudFormation, HIPAA Security, NIST 800-53 r5 or AWS Solutions', () => {
  expect(violations().filter(([, , path]) => !path.startsWith('Control/'))).toEqual([]);
});

test('was judged by all four, which do find faults in a careless stack', () => {
  const faulted = violations().filter(([, , path]) => path.startsWith('Control/'));
  expect(new Set(faulted.map(([plugin]) => plugin))).toEqual(
    new Set(['CloudFormation Validate', 'HIPAA.Security', 'NIST.800.53.R5', 'AwsSolutions']),
  );
});

test('acknowledges these findings and no others, each with a reason', () => {
  const acknowledged = reports.flatMap((report) => report.suppressedViolations ?? []);
  console.log(JSON.stringify(acknowledged.map((a) => [a.ruleName, a.violatingConstructs.map((c) => c.constructPath)])));
  expect([...new Set(acknowledged.map((finding) => finding.ruleName))].sort()).toEqual([
    'AwsSolutions-SQS3',
    'HIPAA.Security-S3BucketReplicationEnabled',
    'HIPAA.Security-S3DefaultEncryptionKMS',
    'NIST.800.53.R5-S3BucketReplicationEnabled',
    'NIST.800.53.R5-S3DefaultEncryptionKMS',
  ]);
  expect(acknowledged.every((finding) => (finding.reason ?? '').length > 20)).toBe(true);
});
