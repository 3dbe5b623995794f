import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App, CfnResource, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { CheckSeverity, ResilienceChecks, type ResilienceChecksProps } from '../../src/assessment';

const ENV = { env: { account: '111122223333', region: 'us-east-1' } };

/** A function that writes to a table without a copy anywhere. */
class Clinic extends Stack {
  public readonly table: dynamodb.CfnTable;

  public constructor(scope: Construct, id = 'Clinic') {
    super(scope, id, ENV);
    this.table = new dynamodb.CfnTable(this, 'Records', { keySchema: [{ attributeName: 'id', keyType: 'HASH' }] });
    new lambda.Function(this, 'Api', {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('exports.handler = async () => {};'),
      environment: { TABLE: this.table.ref },
    });
  }
}

function clinic(props: ResilienceChecksProps = {}): { app: App; table: dynamodb.CfnTable; stack: Clinic } {
  const app = new App();
  const stack = new Clinic(app);
  Validations.of(app).addPlugins(new ResilienceChecks(props));
  return { app, table: stack.table, stack };
}

interface Violation {
  readonly ruleName: string;
  readonly severity: string;
  readonly description: string;
  readonly ruleMetadata: Record<string, string>;
  readonly violatingConstructs: { constructPath?: string }[];
}

interface Report {
  readonly conclusion: string;
  readonly violations: Violation[];
  readonly suppressedViolations?: { acknowledgedId: string; reason: string }[];
}

/** What the plugin left in the report that CDK writes. */
function reportOf(app: App): Report {
  const file = path.join(app.synth().directory, 'validation-report.json');
  const { pluginReports } = JSON.parse(fs.readFileSync(file, 'utf-8')) as {
    pluginReports: (Report & { pluginName: string })[];
  };
  const [report] = pluginReports.filter(({ pluginName }) => pluginName === 'cdk-resilient-ehr');
  return report;
}

function violations(app: App): { ruleName: string; path?: string }[] {
  return reportOf(app).violations.map(({ ruleName, violatingConstructs }) => ({
    ruleName,
    path: violatingConstructs[0]?.constructPath,
  }));
}

function systemsFile(systems: unknown): string {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'systems-')), 'systems.json');
  fs.writeFileSync(file, JSON.stringify({ systems }));
  return file;
}

const LOST_TABLE = { ruleName: 'survive-region', path: 'Clinic/Records' };
const printed = jest.spyOn(console, 'error');

beforeEach(() => {
  printed.mockReset().mockImplementation(); // CDK prints the report
});

describe('reports', () => {
  test('what is not survived, by construct, without failing synthesis', () => {
    const found = violations(clinic().app);
    expect(found).toContainEqual(LOST_TABLE);
    expect(found).toContainEqual({ ruleName: 'survive-corruption', path: 'Clinic/Records' });
    expect(found).toContainEqual({ ruleName: 'survive-region', path: 'Clinic/Api/Resource' });
  });

  test('broken rules, with what the template says and their own severity', () => {
    const { violations: found } = reportOf(clinic().app);
    const ids = new Set(ResilienceChecks.catalog().map(({ id }) => id));
    const rules = found.filter(({ ruleName }) => /^(RES|VAL)-/.test(ruleName));
    expect(rules.map(({ violatingConstructs }) => violatingConstructs[0].constructPath)).toContain('Clinic/Records');
    for (const { ruleName, severity, ruleMetadata } of found) {
      expect(ids).toContain(ruleName);
      expect(severity).toBe('warning');
      expect(ruleMetadata.severity).toMatch(/^(error|warning)$/);
    }
  });

  test('resources of nested stacks and of stages by their construct', () => {
    const app = new App();
    const stage = new Stage(app, 'Hospital');
    const stack = new Clinic(stage);
    new dynamodb.CfnTable(new NestedStack(stack, 'Archive'), 'Old', { keySchema: [] });
    Validations.of(app).addPlugins(new ResilienceChecks());
    const paths = violations(app).map((violation) => violation.path);
    expect(paths).toContain('Hospital/Clinic/Records');
    expect(paths).toContain('Hospital/Clinic/Archive/Old');
  });

  test('only the stage it was added to', () => {
    const app = new App();
    const [production, training] = [new Stage(app, 'Production'), new Stage(app, 'Training')];
    new Clinic(production);
    new Clinic(training);
    Validations.of(production).addPlugins(new ResilienceChecks());
    const paths = violations(app).map((violation) => violation.path ?? '');
    expect(paths.filter((one) => !one.startsWith('Production/'))).toEqual([]);
    expect(paths.length).toBeGreaterThan(0);
  });

  test('what a file of systems asks for', () => {
    const scopes = { REGION: { rtoSeconds: 604_800, rpoSeconds: 604_800 } };
    const file = systemsFile({ Clinic: { systemName: 'clinic', tier: 'OPERATIONAL', objectives: { scopes } } });
    expect(violations(clinic({ systemsFile: file }).app)).not.toContainEqual({
      ruleName: 'survive-region',
      path: 'Clinic/Api/Resource',
    });
  });

  test('a mistake in the file of systems, without a verdict', () => {
    const file = systemsFile({ Clinic: { teir: 'OPERATIONAL' } });
    const { app } = clinic({ systemsFile: file });
    expect(() => app.synth()).toThrow(/"teir", which nothing reads/);
  });

  test('an accepted risk that expired, at the construct that declared it', () => {
    const risk = { risk: 'REGION', reason: 'r', acceptedBy: 'CIO', expires: '2020-01-31' };
    const file = systemsFile({ Clinic: { systemName: 'clinic', acceptedRisks: [risk] } });
    const { app } = clinic({ systemsFile: file });
    expect(violations(app)).toContainEqual({ ruleName: 'accepted-risk-expired', path: 'Clinic' });
  });
});

describe('fails synthesis', () => {
  test('for errors, where asked to', () => {
    const { app } = clinic({ failOn: CheckSeverity.ERROR });
    expect(() => app.synth()).toThrow(/somebody deletes table Clinic\/Records/);
  });

  test('not for warnings, unless asked to', () => {
    const build = (failOn: CheckSeverity) => {
      const app = new App();
      new CfnResource(new Stack(app, 'Empty', ENV), 'Topic', { type: 'AWS::SNS::Topic' });
      const file = systemsFile({ Nowhere: { systemName: 'typing mistake' } });
      Validations.of(app).addPlugins(new ResilienceChecks({ failOn, systemsFile: file }));
      return app;
    };
    expect(() => build(CheckSeverity.ERROR).synth()).not.toThrow();
    expect(() => build(CheckSeverity.WARNING).synth()).toThrow(/nothing that can be judged is within Nowhere/);
  });

  test('not for what somebody accepted', () => {
    const risk = { reason: 'rebuilt from the registry', acceptedBy: 'CIO', expires: '2999-12-31' };
    const kinds = ResilienceChecks.catalog().map(({ id }) => id);
    const acceptedRisks = [{ ...risk, risk: `accepted: ${kinds.join(' ')}` }];
    const file = systemsFile({ Clinic: { systemName: 'clinic', acceptedRisks } });
    const { violations: found, conclusion } = reportOf(clinic({ systemsFile: file, failOn: CheckSeverity.ERROR }).app);
    expect(conclusion).toBe('success');
    expect(new Set(found.map(({ severity }) => severity))).toEqual(new Set(['info']));
    expect(found[0].description).toContain('accepted by CIO until 2999-12-31: rebuilt from the registry');
  });
});

describe('acknowledgement', () => {
  test('takes the id that is printed beside the finding', () => {
    const { app } = clinic();
    app.synth();
    const text = printed.mock.calls.flat().join('\n');
    expect(text).toContain("Acknowledge with 'cdk-resilient-ehr::survive-region'");
    expect(text).toMatch(/Acknowledge with 'cdk-resilient-ehr::RES-[A-Z]+-\d{3}'/);
    for (const { acknowledgementId } of ResilienceChecks.catalog()) {
      expect(acknowledgementId).toMatch(/^cdk-resilient-ehr::[\w-]+$/);
    }
  });

  test('silences the finding there, and is recorded with its reason', () => {
    const { app, table } = clinic();
    Validations.of(table).acknowledge({ id: 'cdk-resilient-ehr::survive-region', reason: 'rebuilt from the registry' });
    const { violations: found, suppressedViolations } = reportOf(app);
    expect(found.filter(({ ruleName }) => ruleName === 'survive-region')).toHaveLength(1);
    expect(suppressedViolations).toMatchObject([
      { acknowledgedId: 'cdk-resilient-ehr::survive-region', reason: 'rebuilt from the registry' },
    ]);
  });

  test('of one finding lets others fail, and of none lets none', () => {
    const acknowledged = (props: ResilienceChecksProps) => {
      const { app, table } = clinic(props);
      Validations.of(table).acknowledge({ id: 'cdk-resilient-ehr::survive-region', reason: 'rebuilt' });
      return app;
    };
    expect(() => acknowledged({}).synth()).not.toThrow();
    expect(() => acknowledged({ failOn: CheckSeverity.ERROR }).synth()).toThrow(/somebody deletes/);
  });
});

test('judges all stacks in one pass', () => {
  const { app } = clinic();
  new Clinic(new Stage(app, 'Other'));
  new Clinic(app, 'Second');
  const validate = jest.spyOn(ResilienceChecks.prototype, 'validate');
  const paths = violations(app).map((violation) => violation.path);
  expect(validate).toHaveBeenCalledTimes(1);
  expect(paths).toEqual(expect.arrayContaining(['Clinic/Records', 'Other/Clinic/Records', 'Second/Records']));
});

test('its catalogue has each id once, with a page that explains it', () => {
  const ids = ResilienceChecks.catalog().map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(new ResilienceChecks().ruleIds).toEqual(ids);
  for (const { docs, title } of ResilienceChecks.catalog()) {
    expect(docs).toMatch(/^https:\/\//);
    expect(title).not.toBe('');
  }
});
