import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { CfnGuardValidator } from '@cdklabs/cdk-validator-cfnguard';
import { App } from 'aws-cdk-lib';
import { synthesizeExample } from '../support/example';

/**
 * The proactive controls of AWS Control Tower, over an account's whole baseline. What they still say, and why that stays, is in
 * src/security/README.md.
 */
const DOCUMENTED: Record<string, [control: string, where: RegExp]> = {
  guardduty_s3_protection_enabled_check: ['CT.GUARDDUTY.PR.1', /Detector/],
  lambda_inside_vpc_check: ['CT.LAMBDA.PR.3', /Adopter/],
  s3_bucket_default_encryption_kms_check: ['CT.S3.PR.10', /AccessLogs/],
  s3_bucket_logging_enabled_check: ['CT.S3.PR.2', /AccessLogs/],
  s3_event_notifications_enabled_check: ['CT.S3.PR.4', /Bucket/],
  s3_bucket_object_lock_enabled_check: ['CT.S3.PR.9', /AccessLogs|FindingArchive|ConfigBucket/],
  sqs_dlq_check: ['CT.SQS.PR.1', /DeadLetterQueue/],
};

const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'control-tower-'));
afterAll(() => fs.rmSync(directory, { recursive: true }));

const { stacks } = synthesizeExample('security-two-regions.ts', {}, { validation: false });
const home = stacks.find(({ id }) => id === 'SecurityHome');

/** Logical ids of the resources that break each rule. */
function broken(template: object): Record<string, string[]> {
  const file = path.join(directory, 'template.json');
  fs.writeFileSync(file, JSON.stringify(template));
  const { violations } = new CfnGuardValidator({ maxBuffer: 2 ** 28 }).validate({
    templatePaths: [file],
    appConstruct: new App(),
  });
  return Object.fromEntries(
    violations.map(({ ruleName, violatingResources }) => [
      ruleName,
      violatingResources.map(({ resourceLogicalId }) => resourceLogicalId),
    ]),
  );
}

test('an account in two Regions breaks no control but those that are documented, and each of those', () => {
  const found = broken(home?.template ?? {});
  expect(Object.keys(found).sort()).toEqual(Object.keys(DOCUMENTED).sort());
  for (const [rule, resources] of Object.entries(found)) {
    expect(resources.filter((id) => !DOCUMENTED[rule][1].test(id))).toEqual([]);
  }
});

test('each of them is explained', () => {
  const readme = fs.readFileSync(path.join(__dirname, '..', '..', 'src', 'security', 'README.md'), 'utf-8');
  const rows = readme.split('\n').filter((line) => line.startsWith('| CT.'));
  for (const [control] of Object.values(DOCUMENTED)) {
    const [family, number] = control.split(/\.(?=PR)/);
    expect(rows.filter((row) => row.includes(family) && row.includes(number))).toHaveLength(1);
  }
});

test('a careless bucket would be found', () => {
  const careless = { Resources: { Careless: { Type: 'AWS::S3::Bucket', Properties: {} } } };
  expect(broken(careless).s3_bucket_level_public_access_prohibited_check).toEqual(['Careless']);
});
