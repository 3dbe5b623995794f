import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import * as guardduty from 'aws-cdk-lib/aws-guardduty';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks } from 'cdk-nag';
import cdkJson from '../../cdk.json';
import { LocalWindow } from '../../src/core';
import {
  ConformancePack,
  DnsFirewallAction,
  DnsProtection,
  Enablement,
  LogDataProtection,
  PatchManagement,
  RecordLock,
  RuntimeAgent,
  type SecurityBaseline,
  type SecurityBaselineProps,
  SessionLogging,
  TicketConnector,
} from '../../src/security';
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

/** Both Regions of a pair, and a third baseline with every option on, beside a stack that is careless on purpose. */
function judge(context: Record<string, unknown>): PluginReport[] {
  const app = new App({
    context: {
      ...context,
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
  baselineIn(
    'eu-west-1',
    {
      homeRegion: 'eu-west-1',
      guardDuty: { aiProtection: true, runtimeAgents: Object.values(RuntimeAgent) },
      auditTrail: {
        phiBuckets: [s3.Bucket.fromBucketName(control, 'Phi', 'phi')],
        recordLock: RecordLock.governance(Duration.days(365)),
      },
      accessAnalyzer: { unusedAfter: Duration.days(90) },
    },
    app,
  );
  addLogServices(baselineIn('eu-central-1', ADOPTING, app));
  const file = join(app.synth().directory, 'validation-report.json');
  return JSON.parse(readFileSync(file, 'utf8')).pluginReports;
}

const adopt = Enablement.adopt();

/** An account with a history, in which everything that can be is adopted and everything optional is on. */
const ADOPTING: SecurityBaselineProps = {
  homeRegion: 'eu-central-1',
  linkedRegions: ['eu-west-3'],
  enablement: {
    guardDuty: adopt,
    securityHubCspm: adopt,
    securityHub: adopt,
    config: adopt,
    accessAnalyzer: adopt,
    macie: adopt,
    detective: adopt,
  },
  macie: { automatedDiscovery: true },
  detective: true,
  inspector: {},
  accountSettings: {},
  config: { conformancePacks: [ConformancePack.baselineDrift()] },
  findingRouting: { patches: true },
  securityHub: { tickets: TicketConnector.jiraCloud('SEC') },
};

function addLogServices(baseline: SecurityBaseline): void {
  const stack = Stack.of(baseline);
  const { encryptionKey } = baseline;
  const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1234abcd', availabilityZones: ['eu-central-1a'] });
  new DnsProtection(stack, 'Dns', { vpc, encryptionKey, firewall: DnsFirewallAction.BLOCK });
  new LogDataProtection(stack, 'Masking');
  new SessionLogging(stack, 'Sessions', { encryptionKey });
  const window = LocalWindow.daily('02:00', '05:00');
  new PatchManagement(stack, 'Patches', { patchGroup: 'ehr', window, timeZone: 'Europe/Berlin' });
}

let reports: PluginReport[];

function violations(): string[][] {
  return reports.flatMap(({ pluginName, violations = [] }) =>
    violations.flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => [pluginName, ruleName, constructPath]),
    ),
  );
}

beforeAll(() => {
  process.env.CDK_VALIDATION = 'true';
});

afterAll(() => {
  process.env.CDK_VALIDATION = 'false';
});

describe.each([
  ['without feature flags', {}],
  ['with the recommended feature flags', cdkJson.context],
])('a baseline %s', (_name, context) => {
  beforeAll(() => {
    reports = judge(context);
  }, 120_000);

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
    const where = (rule: string) =>
      acknowledged
        .filter(({ ruleName }) => ruleName.endsWith(rule))
        .flatMap(({ violatingConstructs }) => violatingConstructs.map(({ constructPath }) => constructPath))
        .filter((path) => !path.startsWith('Control/')) // this version of CDK acknowledges a rule in the whole app
        .map((path) => path.replace('/Resource', ''));
    const once = (paths: string[]) => [...new Set(paths)].sort();
    const roles = /\[Resource::arn:[^\]]*:role\/aws-service-role\/[a-z0-9.-]+\/\*\]/; // one for each service that is adopted
    const nodes = /\[Resource::arn:[^\]]*:(managed-)?instance\/\*\]/; // whichever has the tag of a patch group
    const named = (rule: string) => rule.replace(roles, '[a service-linked role]').replace(nodes, '[nodes]');
    expect(once(acknowledged.map(({ ruleName }) => named(ruleName)))).toEqual([
      'AwsSolutions-IAM5[Resource::*]',
      'AwsSolutions-IAM5[a service-linked role]',
      'AwsSolutions-IAM5[nodes]',
      'AwsSolutions-SQS3',
      'HIPAA.Security-LambdaConcurrency',
      'HIPAA.Security-LambdaInsideVPC',
      'HIPAA.Security-S3BucketReplicationEnabled',
      'HIPAA.Security-S3DefaultEncryptionKMS',
      'NIST.800.53.R5-LambdaConcurrency',
      'NIST.800.53.R5-LambdaInsideVPC',
      'NIST.800.53.R5-S3BucketReplicationEnabled',
      'NIST.800.53.R5-S3DefaultEncryptionKMS',
    ]);
    expect(once(where('LambdaInsideVPC')).every((path) => path.includes('/Security/Adopter/'))).toBe(true);
    expect(once(where('S3DefaultEncryptionKMS'))).toEqual([
      'Baseline-eu-central-1/Security/AccessLogs/Bucket',
      'Baseline-eu-west-1/Security/AccessLogs/Bucket',
      'Baseline-us-east-1/Security/AccessLogs/Bucket',
      'Baseline-us-west-2/Security/AccessLogs/Bucket',
    ]);
    expect(once(where('S3BucketReplicationEnabled'))).toEqual([
      'Baseline-eu-central-1/Security/AccessLogs/Bucket',
      'Baseline-eu-central-1/Security/AuditTrail/Bucket',
      'Baseline-eu-central-1/Security/Config/Bucket',
      'Baseline-eu-west-1/Security/AccessLogs/Bucket',
      'Baseline-eu-west-1/Security/AuditTrail/Bucket',
      'Baseline-eu-west-1/Security/Config/Bucket',
      'Baseline-eu-west-1/Security/FindingArchive/Bucket',
      'Baseline-us-east-1/Security/AccessLogs/Bucket',
      'Baseline-us-east-1/Security/AuditTrail/Bucket',
      'Baseline-us-east-1/Security/Config/Bucket',
      'Baseline-us-east-1/Security/FindingArchive/Bucket',
      'Baseline-us-west-2/Security/AccessLogs/Bucket',
      'Baseline-us-west-2/Security/Config/Bucket',
      'Baseline-us-west-2/Security/FindingArchive/Bucket',
    ]);
    expect(once(where('SQS3'))).toEqual([
      'Baseline-eu-central-1/Security/FindingRouting/DeadLetterQueue',
      'Baseline-eu-west-1/Security/FindingRouting/DeadLetterQueue',
      'Baseline-us-east-1/Security/FindingRouting/DeadLetterQueue',
      'Baseline-us-west-2/Security/FindingRouting/DeadLetterQueue',
    ]);
    expect(acknowledged.every(({ reason }) => (reason ?? '').length > 20)).toBe(true);
  });
});
