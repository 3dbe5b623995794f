import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { ResilienceChecks } from '../../src/assessment';
import type { AssessmentDocument } from '../../src/assessment/judge';
import { clinicalAppIn, VIRGINIA } from '../support/app';
import { cli, directoryOf } from '../support/cli';

const RISK = { risk: 'survive-account', reason: 'vault by autumn', acceptedBy: 'CIO', expires: '2999-12-31' };

interface Violation {
  readonly ruleName: string;
  readonly violatingConstructs: { constructPath?: string; cloudFormationResource?: { logicalId: string } }[];
}

/** What constructs of this library write, judged by both faces of the judge. */
const app = new App();
clinicalAppIn(new Stack(app, 'Ehr', { env: VIRGINIA }), { app: { acceptedRisks: [RISK], network: undefined } });
Validations.of(app).addPlugins(new ResilienceChecks());
jest.spyOn(console, 'error').mockImplementation(); // CDK prints the report
const { directory } = app.synth();
const { code, out } = cli('assess', directory, '--json');
const document = JSON.parse(out) as AssessmentDocument;
const [system] = document.systems;

test('the command reads everything that a construct writes into its template', () => {
  expect(system).toMatchObject({ name: 'ehr', declared: true, paths: ['Ehr/App'] });
  expect(system.objectives).toMatchObject({ source: 'BUSINESS_IMPACT_ANALYSIS', tier: 'LIFE_CRITICAL' });
  expect(system.health).toMatchObject({ protocol: 'HTTP', path: '/readyz' });
  expect(system.acceptedRisks).toMatchObject([{ ...RISK, expired: false }]);
  expect(system.budgets.map(({ scope }) => scope)).toEqual(expect.arrayContaining(['COMPONENT', 'AVAILABILITY_ZONE']));
  expect(document.notices).toEqual([]);
});

test('the plugin and the command find the same', () => {
  const report = JSON.parse(fs.readFileSync(path.join(directory, 'validation-report.json'), 'utf-8'));
  const plugin = report.pluginReports.find((one: { pluginName: string }) => one.pluginName === 'cdk-resilient-ehr');
  const violations: Violation[] = plugin.violations;
  const ofPlugin = violations.map(({ ruleName, violatingConstructs: [it] }) =>
    [ruleName, it.cloudFormationResource?.logicalId ?? it.constructPath].join(' '),
  );
  const ofCommand = [
    ...document.systems
      .flatMap(({ findings }) => findings)
      .map(({ scope, logicalId }) => `survive-${scope.toLowerCase().replaceAll('_', '-')} ${logicalId}`),
    ...document.rules.failed.map(({ id, logicalId }) => `${id} ${logicalId}`),
    ...document.notices.map(({ id, resource }) => `${id} ${resource}`),
  ];
  expect(ofPlugin.sort()).toEqual(ofCommand.sort());
  expect(ofCommand.length).toBeGreaterThan(0);
  expect([0, 1]).toContain(code);
});

test('no path of this machine is in what is handed on', () => {
  expect(out).not.toContain(directory);
  expect(out).not.toContain(process.cwd());
});

describe('README', () => {
  const readme = fs.readFileSync(path.join(__dirname, '..', '..', 'src', 'cli', 'README.md'), 'utf-8');

  test('documents every field of the document', () => {
    const list = (one: object[]) => Object.keys(Object.assign({}, ...one));
    const fields = [
      ...Object.keys(document),
      ...[...Object.keys(document.judged), ...Object.keys(document.summary)],
      ...list([...document.systems]),
      ...list(document.systems.flatMap(({ findings }) => findings)),
      ...list(document.systems.flatMap(({ verdicts }) => verdicts)),
      ...list([...document.rules.failed, ...document.rules.unknown]),
      ...list([...document.notJudged]),
    ];
    const undocumented = new Set(fields.filter((field) => !new RegExp(`\\b${field}\\b`).test(readme)));
    expect([...undocumented]).toEqual([]);
  });

  test('documents every option, and the example of objectives is accepted', () => {
    const { out: help } = cli('--help');
    for (const [option] of help.matchAll(/--[a-z-]+/g)) {
      expect(readme).toContain(option);
    }
    const [, example] = /```json\n([\s\S]*?)```/.exec(readme) ?? [];
    const file = path.join(directoryOf({ 'objectives.json': example }), 'objectives.json');
    expect(cli('assess', directory, '--objectives', file, '--fail-on', 'none')).toMatchObject({ code: 0, err: '' });
  });
});
