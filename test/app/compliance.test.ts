import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks } from 'cdk-nag';
import {
  AppSecret,
  AppSetting,
  Database,
  DocumentStore,
  FixedAddresses,
  HealthProfile,
  Ingress,
  MutualTls,
  TableStore,
  TransportEncryption,
  Waf,
} from '../../src';
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
  tables: {
    visits: TableStore.dynamoDb({
      partitionKey: { name: 'visit', type: AttributeType.STRING },
      sortKey: { name: 'at', type: AttributeType.NUMBER },
      globalSecondaryIndexes: [{ indexName: 'byWard', partitionKey: { name: 'ward', type: AttributeType.STRING } }],
      timeToLiveAttribute: 'ends',
      maxReadRequestUnits: 4000,
      maxWriteRequestUnits: 1000,
      allowScan: true,
      contributorInsights: true,
      acknowledgeKeysInPlaintext: 'visits have random identifiers',
    }),
  },
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

test('ways in of every kind leave none', () => {
  const reason = 'inside the IPsec tunnels of the hospital';
  const reports = reportsOf((stack) => {
    const hostedZone = zone(stack);
    const sources = [ec2.Peer.ipv4('10.20.0.0/16'), ec2.Peer.prefixList('pl-123')];
    const bucket = s3.Bucket.fromBucketName(stack, 'Trust', 'trust');
    return {
      compute: { additionalPorts: [2575, 4242] },
      app: {
        ...data,
        ingress: [
          Ingress.https({
            domainName: 'ehr.example.org',
            hostedZone,
            mutualTls: MutualTls.verify({
              authorities: { bucket, key: 'ca.pem' },
              revocationLists: [{ bucket, key: 'revoked.crl' }],
            }),
          }),
          Ingress.mllp({
            feeds: [{ name: 'adt', port: 2575 }],
            sources,
            encryption: TransportEncryption.tlsTermination({ encryptToApplication: true }),
            addresses: FixedAddresses.elasticIps(),
            domainName: 'hl7.example.org',
            hostedZone,
          }),
          Ingress.mllp({
            feeds: [{ name: 'old', port: 2575 }],
            sources,
            encryption: TransportEncryption.plaintext({ reason }),
            crossZone: false,
            health: HealthProfile.tcp(),
          }),
          Ingress.dicom({
            applicationEntities: [{ title: 'ARCHIVE', port: 2762, targetPort: 4242 }],
            sources,
            encryption: TransportEncryption.tlsPassThrough(),
            preserveClientIp: true,
          }),
          Ingress.privateLink({
            ingress: Ingress.https({ domainName: 'laboratory.example.org', hostedZone, internetFacing: false }),
            allowedPrincipals: ['arn:aws:iam::222233334444:root'],
          }),
        ],
      },
    };
  });
  expect(violations(reports)).toEqual([]);
  const acknowledged = reports.flatMap(({ suppressedViolations }) => suppressedViolations);
  expect(acknowledged).toContainEqual(
    expect.objectContaining({ ruleName: 'HIPAA.Security-ELBv2ACMCertificateRequired', reason }),
  );
}, 60_000);
