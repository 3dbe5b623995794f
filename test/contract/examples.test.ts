import * as fs from 'node:fs';
import * as path from 'node:path';
import { ACKNOWLEDGEMENTS } from '../../src/core/private/acknowledgements';
import {
  type SynthesizedExample,
  type SynthesizedStack,
  synthesizeExample,
  synthesizeExamples,
} from '../support/example';
import { problemsOfPublished } from '../support/published-commands';

const HEADLESS = 'a pilot light whose database has no instances';
const REFERENCE = 'hapi-fhir-two-regions.ts';
const examples = fs.readdirSync(path.join(__dirname, '..', '..', 'examples')).filter((file) => file.endsWith('.ts'));

/** Every example as it stands, and the variants of the reference hospital that its first lines promise. */
const CASES: [string, string, Record<string, unknown>][] = [
  ...examples.map((file): [string, string, Record<string, unknown>] => [file, file, {}]),
  ['the sandbox', REFERENCE, { sandbox: 'true' }],
  [
    'a warm standby that a plan moves, and moves back when everything is reconciled',
    'laboratory-region-switch.ts',
    { warmStandby: 'true', returnDocuments: 'true', planAsks: 'true' },
  ],
  ['a cache that follows', 'laboratory-two-regions.ts', { sessionsFollow: 'true' }],
  [HEADLESS, 'laboratory-region-switch.ts', { headlessDatabase: 'true', returnDocuments: 'true' }],
  ['after a failover', REFERENCE, { activeRegion: 'us-west-2', returnDocuments: 'true' }],
  ['a pilot light on SQL Server', 'department-backup-only.ts', { pilotLight: 'true' }],
  [
    'after a restore',
    'department-backup-only.ts',
    {
      watched: 'true',
      activeRegion: 'us-west-2',
      restoredDatabase: 'arn:aws:rds:us-west-2:111111111111:snapshot:awsbackup:copyjob-1',
      restoredScans: 'arn:aws:fsx:us-west-2:111111111111:backup/backup-0ecdf967356c809c7',
    },
  ],
];

const assemblies = synthesizeExamples(CASES.map(([, file, context]) => ({ file, context })));
const synthesized = new Map(CASES.map(([name], i) => [name, assemblies[i]]));

describe.each(CASES)('%s', (name) => {
  const { stacks, reports, warnings } = synthesized.get(name) as SynthesizedExample;

  test('every template is valid, and the HIPAA Security, NIST 800-53 r5 and AWS Solutions packs find nothing open', () => {
    const open = reports
      .filter(({ pluginName }) => pluginName !== 'Construct Annotations') // our own warnings, tested below
      .flatMap(({ pluginName, violations }) =>
        violations.map((v) => `${pluginName}: ${v.ruleName} at ${v.violatingConstructs.map((c) => c.constructPath)}`),
      );
    expect(open).toEqual([]);
  });

  test('each pack ran: all three have something that is acknowledged', () => {
    const acknowledging = reports.filter(({ suppressedViolations }) => (suppressedViolations ?? []).length > 0);
    expect(acknowledging.map(({ pluginName }) => pluginName)).toEqual(
      expect.arrayContaining(['HIPAA.Security', 'NIST.800.53.R5', 'AwsSolutions']),
    );
  });

  test('every acknowledgement is catalogued, with its reason', () => {
    const reasons: string[] = Object.values(ACKNOWLEDGEMENTS).map(({ reason }) => reason);
    for (const finding of reports.flatMap(({ suppressedViolations }) => suppressedViolations ?? [])) {
      expect(reasons).toContain(finding.reason);
    }
  });

  test('warns only of what it means to', () => {
    const ids = warnings.map((warning) => /\[ack: (?:Annotation::)?(.*?)\]/.exec(warning)?.[1] ?? warning);
    expect([...new Set(ids)].sort()).toEqual(EXPECTED_WARNINGS[name] ?? []);
  });

  test('every command that it publishes can be pasted, and the AWS CLI and the APIs know what is asked', () => {
    expect([...new Set(stacks.flatMap(({ template }) => problemsOfPublished(template)))]).toEqual([]);
  });

  test('no stack refers to a stack in another Region', () => {
    expect(stacks.flatMap(crossRegionReferences)).toEqual([]);
  });

  test('no custom resource stands on the recovery path, or anywhere but where services of an account are adopted', () => {
    const custom = stacks.flatMap(({ template }) =>
      Object.values(template.Resources)
        .filter(({ Properties }) => !Properties?.OnManagedElsewhere) // asked of an AccountServiceHandler
        .map(({ Type }) => Type)
        .filter((type) => type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource'),
    );
    expect(custom).toEqual([]);
  });

  test.each(stacks.map((stack): [string, SynthesizedStack] => [stack.id, stack]))(
    '%s stays well below the limits of a template',
    (_, { template, bytes }) => {
      expect(Object.keys(template.Resources).length).toBeLessThan(450); // of 500
      expect(Object.keys(template.Outputs ?? {}).length).toBeLessThan(100); // of 200
      expect(bytes).toBeLessThan(900_000); // of 1,000,000
    },
  );
});

/** Placeholders of other accounts: real ones may belong to a stranger, who must not be given keys, snapshots or events. */
const STRANGER = '222222222222';
const OWN = '123456789012';
const naming = examples.filter((file) =>
  fs.readFileSync(path.join(__dirname, '..', '..', 'examples', file), 'utf-8').includes(STRANGER),
);

test.each(naming)('%s gives nothing to the placeholder of another account once the own one is known', (file) => {
  const templates = () =>
    JSON.stringify(synthesizeExample(file, { account: OWN, managementAccount: OWN }, { validation: false }).stacks);
  let written = '';
  try {
    written = templates();
  } catch (error) {
    expect((error as Error).message).toMatch(/-c \w+Account=… is missing/);
  }
  expect(written).not.toContain(STRANGER);
});

const EXPECTED_WARNINGS: Record<string, string[]> = {
  [REFERENCE]: ['cdk-resilient-ehr:documentsNotReturned'], // at its first deployment
  [HEADLESS]: ['cdk-resilient-ehr:headlessDatabase'],
  'laboratory-region-switch.ts': ['cdk-resilient-ehr:documentsNotReturned'],
  'the sandbox': [
    'cdk-resilient-ehr:dataDestroyedWithStack',
    'cdk-resilient-ehr:documentsNotReturned',
    'cdk-resilient-ehr:sharedNatGateway',
    'cdk-resilient-ehr:twoZones',
  ],
};

test('every acknowledgement in the catalogue is still needed', () => {
  const given = new Set(
    [...synthesized.values()]
      .flatMap(({ reports }) => reports)
      .flatMap(({ suppressedViolations }) => suppressedViolations ?? [])
      .map(({ reason }) => reason),
  );
  const unused = Object.entries(ACKNOWLEDGEMENTS).filter(([, { reason }]) => !given.has(reason));
  expect(unused.map(([name]) => name)).toEqual([]);
});

test('ACKNOWLEDGEMENTS.md lists them all; UPDATE_DOCS=1 rewrites it', () => {
  const file = path.join(__dirname, '..', '..', 'ACKNOWLEDGEMENTS.md');
  const text = renderAcknowledgements([...synthesized.values()]);
  if (process.env.UPDATE_DOCS) {
    fs.writeFileSync(file, text);
  }
  expect(fs.readFileSync(file, 'utf-8')).toBe(text);
});

test('the sandbox leaves nothing behind that it made', () => {
  const { stacks } = synthesized.get('the sandbox') as SynthesizedExample;
  const kept = stacks.flatMap(({ id, template }) =>
    Object.entries(template.Resources)
      .filter(([, { DeletionPolicy }]) => DeletionPolicy && DeletionPolicy !== 'Delete')
      .map(([logicalId, { Type }]) => `${id}/${logicalId} ${Type}`),
  );
  expect(kept).toEqual([]);
});

/** `Fn::GetStackOutput` of another Region, the export writers of CDK, and ARNs in another Region that come from a token. */
function crossRegionReferences({ id, region, template }: SynthesizedStack): string[] {
  const found: string[] = [];
  const walk = (value: unknown, at: string): void => {
    if (value === null || typeof value !== 'object') return;
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'Fn::GetStackOutput' && (inner as { Region?: string }).Region !== region) found.push(`${id} ${at}`);
      walk(inner, `${at}/${key}`);
    }
  };
  walk(template.Resources, '');
  walk(template.Outputs ?? {}, 'Outputs');
  const writers = Object.values(template.Resources).filter(({ Type }) => Type.startsWith('Custom::CrossRegionExport'));
  return [...found, ...writers.map(({ Type }) => `${id} ${Type}`)];
}

function renderAcknowledgements(all: SynthesizedExample[]): string {
  const findings = all
    .flatMap(({ reports }) => reports)
    .flatMap(({ suppressedViolations }) => suppressedViolations ?? []);
  const rows = Object.values(ACKNOWLEDGEMENTS).map(({ ids, reason }: { ids: string[]; reason: string }) => {
    const where = findings.filter((f) => f.reason === reason).flatMap((f) => f.violatingConstructs);
    const paths = [...new Set(where.map(({ constructPath }) => `\`${constructPath}\``))];
    const rules = ids.map((id) => `\`${id.split('::')[1]}\``).join(', ');
    return `| ${rules} | ${reason} | ${paths.slice(0, 2).join(', ')}${paths.length > 2 ? ' and more' : ''} |`;
  });
  return [
    '# Acknowledged findings',
    '',
    'Every finding of the HIPAA Security, NIST 800-53 r5 and AWS Solutions packs of cdk-nag that remains in what this library makes. Each is',
    'acknowledged on the construct itself, by its namespaced id, so that cdk-nag lists it with this reason in `validation-report.json`.',
    'A test fails when one of them is no longer needed, and when one is not in this list.',
    '',
    '<!-- generated by test/contract/examples.test.ts; do not edit -->',
    '',
    '| rule | why it remains | where, in the examples |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
