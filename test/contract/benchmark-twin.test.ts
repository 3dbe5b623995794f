import { App } from 'aws-cdk-lib';
import { buildHandWrittenHospital } from '../../benchmarks/hand-written-hospital';
import { buildReferenceHospital } from '../../benchmarks/reference-hospital';

interface Template {
  readonly Resources: Record<string, { readonly Type: string; readonly Properties?: object }>;
}

const reference = templatesOf(buildReferenceHospital);
const handWritten = templatesOf(buildHandWrittenHospital);
const stackNames = ['Ehr', 'EhrDr', 'EhrDr-Landing', 'EhrVault', 'SecurityHome', 'SecurityLinked'];

test('the reference hospital of the benchmarks is the example', () => {
  expect(reference).toEqual(exampleTemplates());
});

test('both hospitals have the same stacks', () => {
  expect(Object.keys(reference).sort()).toEqual(stackNames);
  expect(Object.keys(handWritten).sort()).toEqual(stackNames);
});

describe.each(stackNames)('stack %s', (stackName) => {
  test('has as many resources of each type in both', () => {
    expect(countTypes(handWritten[stackName])).toEqual(countTypes(reference[stackName]));
  });

  test('says as much about its resources in both, give or take a fiftieth', () => {
    const ratio = countValues(handWritten[stackName]) / countValues(reference[stackName]);
    expect(ratio).toBeGreaterThan(0.98);
    expect(ratio).toBeLessThan(1.02);
  });
});

function templatesOf(build: (app: App) => void): Record<string, Template> {
  const app = new App();
  build(app);
  return synthesized(app);
}

function exampleTemplates(): Record<string, Template> {
  delete process.env.CDK_DEFAULT_ACCOUNT; // the benchmarks leave the account open
  return synthesized(require('../../examples/hapi-fhir-two-regions').app);
}

function synthesized(app: App): Record<string, Template> {
  return Object.fromEntries(app.synth().stacksRecursively.map(({ stackName, template }) => [stackName, template]));
}

function countTypes({ Resources }: Template): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { Type } of Object.values(Resources)) {
    counts[Type] = (counts[Type] ?? 0) + 1;
  }
  return counts;
}

/** Strings, numbers and switches in the properties, however they are nested. */
function countValues({ Resources }: Template): number {
  return Object.values(Resources).reduce((sum, { Properties }) => sum + leaves(Properties), 0);
}

function leaves(value: unknown): number {
  if (typeof value !== 'object' || value === null) {
    return value === undefined ? 0 : 1;
  }
  return Object.values(value).reduce((sum: number, child) => sum + leaves(child), 0);
}
