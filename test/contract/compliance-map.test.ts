import * as fs from 'node:fs';
import * as path from 'node:path';
import { ManagedRuleIdentifiers } from 'aws-cdk-lib/aws-config';
import {
  ComplianceBasis,
  type ComplianceControl,
  ComplianceFramework,
  type ComplianceFrameworkMap,
  ComplianceFrameworkStatus,
  ComplianceMap,
  type ComplianceMeasure,
  ComplianceResponsibility,
  EvidenceKind,
  ResilienceChecks,
} from '../../src';
import { publicApi } from '../support/public-api';

const ROOT = path.join(__dirname, '..', '..');
const PAGE = path.join(ROOT, 'COMPLIANCE.md');
const NAG = 'https://github.com/cdklabs/cdk-nag/blob/main/RULES.md';

const frameworks = ComplianceMap.frameworks();
const controls = ComplianceMap.controls();
const measures = controls.flatMap((control) => control.measures.map((measure) => ({ control, measure })));
const api = publicApi();

test('each framework is there once, with controls of its own, none of them twice', () => {
  expect(frameworks.map(({ framework }) => framework).sort()).toEqual(Object.values(ComplianceFramework).sort());
  for (const { framework, controls: own } of frameworks) {
    expect(own.length).toBeGreaterThan(0);
    expect(own.filter((control) => control.framework !== framework)).toEqual([]);
    expect(new Set(own.map(({ id }) => id)).size).toBe(own.length);
    expect(ComplianceMap.controls(framework)).toEqual(own);
  }
  expect(controls).toHaveLength(frameworks.reduce((sum, each) => sum + each.controls.length, 0));
});

test('whoever changes the data changes a copy', () => {
  ComplianceMap.controls()[0].measures.length = 0;
  expect(ComplianceMap.controls()[0].measures.length).toBeGreaterThan(0);
});

test('is JSON as well, with the version of its schema and every field', () => {
  const document = JSON.parse(ComplianceMap.json());
  expect(Object.keys(document)).toEqual(['schemaVersion', 'frameworks']);
  expect(document.schemaVersion).toBe(1);
  expect(document.frameworks).toEqual(JSON.parse(JSON.stringify(frameworks)));
  const [control] = document.frameworks[0].controls;
  expect(Object.keys(document.frameworks[0]).sort()).toEqual([
    'controls',
    'framework',
    'note',
    'source',
    'status',
    'title',
  ]);
  expect(Object.keys(control).sort()).toEqual(['framework', 'id', 'measures', 'subject']);
  const fields = ['basis', 'deploys', 'description', 'evidence', 'responsibility', 'source'];
  expect(Object.keys(control.measures[0]).sort()).toEqual(fields); // who reads version 1 reads these
});

test('each construct and property that is named is exported', () => {
  const named = measures.flatMap(({ measure }) => [
    ...measure.deploys,
    ...namesOf(measure, EvidenceKind.METRIC, EvidenceKind.REPORT),
  ]);
  expect(named.length).toBeGreaterThan(100);
  expect([...new Set(named)].filter((name) => !isExported(name))).toEqual([]);
});

test('each rule of the judge that is named is in its catalogue', () => {
  const known = new Set(ResilienceChecks.catalog().map(({ id }) => id));
  expect(unknown(EvidenceKind.JUDGE_RULE, known)).toEqual([]);
});

test('each rule of AWS Config that is named exists', () => {
  expect(unknown(EvidenceKind.CONFIG_RULE, new Set(Object.values(ManagedRuleIdentifiers)))).toEqual([]);
});

test('each rule of cdk-nag that is named is in the HIPAA or the NIST pack', () => {
  const known = new Set([...controlsByRule('hipaa-security').keys(), ...controlsByRule('nist-800-53-r5').keys()]);
  expect(known.size).toBeGreaterThan(80);
  expect(unknown(EvidenceKind.NAG_RULE, known)).toEqual([]);
});

test('where cdk-nag is said to publish a mapping, one of the rules named cites the control', () => {
  const cited = measures.filter(({ measure }) => measure.source === NAG);
  expect(cited.length).toBeGreaterThan(50);
  expect(cited.filter((each) => !isCitedByNag(each)).map(({ control, measure }) => [control.id, measure])).toEqual([]);
});

test('where the mapping of Prowler for HIPAA is named, so is the check', () => {
  const cited = measures.filter(({ measure }) => measure.source.endsWith('/hipaa_aws.json'));
  expect(cited.length).toBeGreaterThan(30);
  expect(cited.filter(({ measure }) => namesOf(measure, EvidenceKind.PROWLER_CHECK).length === 0)).toEqual([]);
});

test('a measure of the library names what is deployed; what AWS or people do has no construct', () => {
  for (const { measure } of measures) {
    const { AWS, CUSTOMER_PROCESS } = ComplianceResponsibility;
    const ours = ![AWS, CUSTOMER_PROCESS].includes(measure.responsibility);
    expect([measure.description, measure.deploys.length > 0]).toEqual([measure.description, ours]);
    expect(measure.basis === ComplianceBasis.OUR_READING || ours).toBe(true);
    expect(new URL(measure.source).protocol).toBe('https:');
  }
});

test('nothing but a published page is called a published mapping', () => {
  const sources = measures
    .filter(({ measure }) => measure.basis === ComplianceBasis.PUBLISHED_MAPPING)
    .map(({ measure }) => new URL(measure.source));
  expect([...new Set(sources.map(({ host }) => host))].sort()).toEqual(['docs.aws.amazon.com', 'github.com']);
});

test('the proposed rule is marked as proposed, and rests on our reading alone', () => {
  const proposed = frameworks.filter(({ status }) => status === ComplianceFrameworkStatus.PROPOSED);
  expect(proposed.map(({ framework }) => framework)).toEqual([ComplianceFramework.HIPAA_PROPOSED_RULE_2025]);
  expect(proposed[0].note).toMatch(/^PROPOSED, no law/);
  const bases = proposed[0].controls.flatMap((control) => control.measures.map(({ basis }) => basis));
  expect(new Set(bases)).toEqual(new Set([ComplianceBasis.OUR_READING]));
});

test('no control is said to be met without people, or something that is deployed', () => {
  expect(controls.filter((control) => control.measures.length === 0)).toEqual([]);
});

test('COMPLIANCE.md shows it all; UPDATE_DOCS=1 rewrites it', () => {
  const written = fs.readFileSync(PAGE, 'utf-8');
  const expected = written.replace(GENERATED, (_, start, end) => `${start}\n\n${renderPage()}\n\n${end}`);
  if (process.env.UPDATE_DOCS) {
    fs.writeFileSync(PAGE, expected);
  }
  expect(fs.readFileSync(PAGE, 'utf-8')).toBe(expected);
  expect(expected).toContain(renderPage());
  expect(fs.readFileSync(path.join(ROOT, 'README.md'), 'utf-8')).toContain('(COMPLIANCE.md)');
});

const GENERATED = /(<!-- generated by [^>]* -->)[\s\S]*(<!-- end of what is generated -->)/;

function isExported(name: string): boolean {
  const [type, member] = name.split('.');
  const members = api.get(type);
  return members !== undefined && (member === undefined || members.has(member));
}

function namesOf({ evidence }: ComplianceMeasure, ...kinds: EvidenceKind[]): string[] {
  return evidence.filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name);
}

function unknown(kind: EvidenceKind, known: Set<string>): string[] {
  const named = new Set(measures.flatMap(({ measure }) => namesOf(measure, kind)));
  expect(named.size).toBeGreaterThan(5);
  return [...named].filter((name) => !known.has(name));
}

/** What the rules of a pack of cdk-nag cite: they say so in their texts only. */
function controlsByRule(pack: string): Map<string, string[]> {
  const text = fs.readFileSync(require.resolve(`cdk-nag/lib/packs/${pack}.js`), 'utf-8');
  const rules = [...text.matchAll(/Control IDs?: (.+)\)\.? ?['"`],\n(?:(?!applyRule)[\s\S])*?rule: \w+\.(\w+),/g)];
  return new Map(rules.map(([, ids, rule]) => [rule, ids.split(/,\s+/)]));
}

function isCitedByNag({ control, measure }: { control: ComplianceControl; measure: ComplianceMeasure }): boolean {
  const isNist = control.framework === ComplianceFramework.NIST_800_53_R5;
  const cited = controlsByRule(isNist ? 'nist-800-53-r5' : 'hipaa-security');
  // a control of NIST stands for its parts and enhancements: AU-9 for AU-9a and AU-9(3)
  const isPart = (id: string) => isNist && id.startsWith(control.id) && /^[a-z(]/.test(id.slice(control.id.length));
  return namesOf(measure, EvidenceKind.NAG_RULE).some((rule) =>
    (cited.get(rule) ?? []).some((id) => id === control.id || isPart(id)),
  );
}

function renderPage(): string {
  return [renderSummary(), renderMeasures(), ...frameworks.map(renderFramework), renderLinks()].join('\n\n');
}

function renderSummary(): string {
  const rows = frameworks.map(({ title, status, controls: own }) => {
    const all = own.flatMap((control) => control.measures);
    const published = all.filter(({ basis }) => basis === ComplianceBasis.PUBLISHED_MAPPING);
    return [title, STATUS[status], own.length, all.length, published.length];
  });
  return table(['framework', 'status', 'controls', 'measures', 'of these, by a published mapping'], rows);
}

/** Each measure once: tables of frameworks name it by its description. */
function renderMeasures(): string {
  const unique = new Map(measures.map(({ measure }) => [measure.description, measure]));
  const rows = [...unique.values()]
    .filter(({ deploys }) => deploys.length > 0)
    .map(({ description, responsibility, deploys, evidence }) => [
      description,
      WHO[responsibility],
      deploys.map((name) => `\`${name}\``).join(', '),
      evidence.map(({ kind, name }) => `${EVIDENCE[kind]} \`${name}\``).join(', '),
    ]);
  return `## What is deployed, and what shows it\n\n${table(['what', 'who', 'with', 'evidence'], rows)}`;
}

function renderFramework({ title, status, note, source, controls: own }: ComplianceFrameworkMap): string {
  const rows = own.map((control) => [
    `**${control.id}** ${control.subject}`,
    cell(control, ({ basis }) => basis === ComplianceBasis.PUBLISHED_MAPPING),
    cell(control, ({ basis, deploys }) => basis === ComplianceBasis.OUR_READING && deploys.length > 0),
    cell(control, ({ deploys }) => deploys.length === 0),
  ]);
  const head = ['control', 'by a published mapping', 'by our reading', 'what AWS and your people do'];
  return `## ${title}\n\nStatus: ${STATUS[status]}. ${note} [Source](${source}).\n\n${table(head, rows)}`;
}

function cell({ measures: all }: ComplianceControl, which: (measure: ComplianceMeasure) => boolean): string {
  return all.filter(which).map(renderMeasure).join('<br>');
}

function renderMeasure({ description, responsibility, basis, source }: ComplianceMeasure): string {
  const link = basis === ComplianceBasis.PUBLISHED_MAPPING ? ` [${linkName(source)}]` : '';
  return `${WHO[responsibility]}: ${description}${link}`;
}

function renderLinks(): string {
  const published = measures.filter(({ measure }) => measure.basis === ComplianceBasis.PUBLISHED_MAPPING);
  const sources = [...new Set(published.map(({ measure }) => measure.source))];
  return sources.map((source) => `[${linkName(source)}]: ${source}`).join('\n');
}

function linkName(source: string): string {
  const file = path.basename(source).replace(/_aws\.json$|\.html$|\.md$/, '');
  return source.includes('/prowler/') ? `Prowler ${file}` : source === NAG ? 'cdk-nag' : `AWS ${file}`;
}

function table(head: string[], rows: (string | number)[][]): string {
  const line = (cells: (string | number)[]) =>
    `| ${cells.map((each) => String(each).replace(/\|/g, '\\|')).join(' | ')} |`;
  return [head, head.map(() => '---'), ...rows].map(line).join('\n');
}

const STATUS: Record<ComplianceFrameworkStatus, string> = {
  [ComplianceFrameworkStatus.IN_FORCE]: 'in force',
  [ComplianceFrameworkStatus.PROPOSED]: '**PROPOSED**',
  [ComplianceFrameworkStatus.VOLUNTARY]: 'voluntary',
};

const WHO: Record<ComplianceResponsibility, string> = {
  [ComplianceResponsibility.AWS]: 'AWS',
  [ComplianceResponsibility.LIBRARY]: 'library',
  [ComplianceResponsibility.CUSTOMER_CONFIGURATION]: 'your configuration',
  [ComplianceResponsibility.CUSTOMER_PROCESS]: 'your people',
};

const EVIDENCE: Record<EvidenceKind, string> = {
  [EvidenceKind.CONFIG_RULE]: 'Config',
  [EvidenceKind.NAG_RULE]: 'cdk-nag',
  [EvidenceKind.JUDGE_RULE]: 'judge',
  [EvidenceKind.PROWLER_CHECK]: 'Prowler',
  [EvidenceKind.METRIC]: 'metric',
  [EvidenceKind.REPORT]: 'record',
};
