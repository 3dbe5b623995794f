import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks } from 'cdk-nag';
import cdkJson from '../../cdk.json';
import { ClinicalNetwork, Egress } from '../../src/network';

interface Finding {
  readonly ruleName: string;
  readonly violatingConstructs: { readonly constructPath: string }[];
}
interface PluginReport {
  readonly pluginName: string;
  readonly violations?: Finding[];
  readonly suppressedViolations?: { readonly ruleName: string; readonly reason?: string }[];
}

/** The default network, one with everything, one with nothing, and a VPC that is careless on purpose. */
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
  new ClinicalNetwork(new Stack(app, 'Default', { env: { region: 'us-east-1' } }), 'Network');
  new ClinicalNetwork(new Stack(app, 'Full', { env: { region: 'us-gov-west-1' } }), 'Network', {
    zoneCount: 6,
    interfaceEndpoints: [
      ...ClinicalNetwork.defaultInterfaceEndpoints(),
      ec2.InterfaceVpcEndpointAwsService.GUARDDUTY_DATA,
    ],
  });
  new ClinicalNetwork(new Stack(app, 'Closed'), 'Network', {
    egress: Egress.none(),
    internetGateway: false,
    interfaceEndpoints: [],
  });
  const control = new Stack(app, 'Control');
  new ec2.Vpc(control, 'Vpc', { restrictDefaultSecurityGroup: false });
  new ec2.CfnVPC(control, 'WrongType', { cidrBlock: '10.0.0.0/16', instanceTenancy: 'shared' });
  const file = join(app.synth().directory, 'validation-report.json');
  return JSON.parse(readFileSync(file, 'utf8')).pluginReports;
}

function violations(reports: PluginReport[]): string[][] {
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
])('%s', (_name, context) => {
  let reports: PluginReport[];

  beforeAll(() => {
    reports = judge(context);
  });

  test('the judges find the faults of a careless VPC', () => {
    const found = violations(reports).filter(([, , path]) => path.startsWith('Control'));
    const rules = found.map(([plugin, rule]) => `${plugin} ${rule}`);
    expect(rules).toEqual(
      expect.arrayContaining([
        'HIPAA.Security HIPAA.Security-VPCFlowLogsEnabled',
        'HIPAA.Security HIPAA.Security-VPCNoUnrestrictedRouteToIGW',
        'HIPAA.Security HIPAA.Security-VPCDefaultSecurityGroupClosed',
        'AwsSolutions AwsSolutions-VPC7',
      ]),
    );
    expect(rules.some((rule) => rule.startsWith('CloudFormation Validate'))).toBe(true);
  });

  test('they find nothing in a clinical network', () => {
    expect(violations(reports).filter(([, , path]) => !path.startsWith('Control'))).toEqual([]);
  });

  test('two findings are acknowledged, each with its reason', () => {
    const acknowledged = reports.flatMap(({ pluginName, suppressedViolations = [] }) =>
      pluginName === 'CloudFormation Validate' ? [] : suppressedViolations,
    );
    expect(new Set(acknowledged.map(({ ruleName }) => ruleName.replace(/^.*-/, '')))).toEqual(
      new Set(['VPCNoUnrestrictedRouteToIGW', 'VPCDefaultSecurityGroupClosed']),
    );
    expect(acknowledged.every(({ reason }) => reason)).toBe(true);
  });
});
