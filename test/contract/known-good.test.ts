import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Compute, DrStrategy } from '../../src';
import { assess } from '../../src/assessment/assess';
import type { Assessment } from '../../src/assessment/assessment';
import { assemblyOf, stackOf } from '../support/assessment';
import { synthesizeExample, type Template } from '../support/example';
import { hospital } from '../support/hospital';
import * as knownGood from '../support/known-good';

/** What a reader has to act on: findings of the judge, and broken rules that are errors. Accepted risks are neither. */
function errorsOf({ systems, rules }: Assessment): string[] {
  const findings = systems.flatMap((system) => system.findings.filter(({ accepted }) => !accepted));
  const broken = rules.failed.filter(({ severity, accepted }) => severity === 'error' && !accepted);
  return [
    ...findings.map(({ scope, verdict, resource }) => `${scope} ${verdict} ${resource}`),
    ...broken.map(({ id, resource, observed }) => `${id} ${resource}: ${observed}`),
  ].sort();
}

function assessExample(file: string, context: Record<string, string> = {}): Assessment {
  const { stacks } = synthesizeExample(
    file,
    { 'aws:cdk:enable-path-metadata': true, ...context },
    { validation: false },
  );
  return assess(
    assemblyOf(
      ...stacks.map(({ id, name, region, template }) =>
        stackOf({ ...template }, { id, name, region, account: undefined }),
      ),
    ),
  );
}

const DESIGNS = Object.entries(knownGood);

test.each(DESIGNS)('%s gives no error', (_name, design) => {
  expect(errorsOf(assess(assemblyOf(...design())))).toEqual([]);
});

test('there are at least six designs', () => {
  expect(DESIGNS.length).toBeGreaterThanOrEqual(6);
});

test('what cannot be known is not passed either: zones that are imported, a standby that a parameter decides', () => {
  const verdicts = (design: () => ReturnType<typeof knownGood.importedZones>) =>
    assess(assemblyOf(...design())).systems.flatMap(({ entryPoints }) =>
      entryPoints.flatMap(({ scopes }) =>
        scopes.filter(({ scope }) => scope === 'AVAILABILITY_ZONE').map(({ verdict }) => verdict),
      ),
    );
  expect(verdicts(knownGood.importedZones)).toEqual(['UNKNOWN']);
  expect(verdicts(knownGood.multiAzByParameter)).toEqual(['UNKNOWN']);
  expect(verdicts(knownGood.engineFromMapping)).toEqual(['MEETS']);
  expect(verdicts(knownGood.restartOnlyInstance)).toEqual(['MEETS']);
});

test('the reference hospital gives no error', () => {
  const assessment = assessExample('hapi-fhir-two-regions.ts');
  expect(errorsOf(assessment)).toEqual([]);
});

test('the laboratory whose copy has no instances is judged by the time until it has one, and not as a cluster that serves', () => {
  const assessment = assessExample('laboratory-region-switch.ts', { headlessDatabase: 'true' });
  expect(errorsOf(assessment).filter((error) => error.includes('App/Database/Cluster'))).toEqual([]);
  const [first] = assessment.systems.flatMap(({ entryPoints }) => entryPoints).filter(({ standby }) => !standby);
  const region = first.scopes.find(({ scope }) => scope === 'REGION');
  expect(region?.verdict).toBe('MEETS');
  expect(region?.chain.join()).toMatch(
    /LaboratoryDr\/Dr\/App\/Database\/Cluster has its data \(aurora global without instances\)/,
  );
  // a decision, the instance and redirection, before anybody reads
  expect(region?.estimate?.rtoReadOnly.seconds).toBeGreaterThanOrEqual(600 + 120);
});

test('OpenEMR gives no error but the true ones: one account, and only copies in another Region', () => {
  const assessment = assessExample('openemr.ts');
  const stores = ['Database/Cluster', 'Files/sessions/FileSystem', 'Files/sites/FileSystem', 'Files/ssl/FileSystem'];
  expect(errorsOf(assessment)).toEqual(stores.map((store) => `ACCOUNT NOT_RECOVERABLE OpenEmr/OpenEmr/${store}`));
});

test('the consent service in two Regions that both serve loses either and no decision, and gives no error but the true one: one account', () => {
  const assessment = assessExample('consent-two-regions.ts');
  expect(errorsOf(assessment)).toEqual(['ACCOUNT NOT_RECOVERABLE Consent/Consent/Tables/decisions/Table']);
  const regions = assessment.systems.flatMap(({ entryPoints }) =>
    entryPoints.map(({ standby, scopes }) => [standby, scopes.find(({ scope }) => scope === 'REGION')?.verdict]),
  );
  expect(regions).toEqual([
    [false, 'MEETS'],
    [false, 'MEETS'],
  ]);
});

test('dispensing on Aurora DSQL in two Regions loses either and no dose, and gives no error but the true ones: one account', () => {
  const assessment = assessExample('dispensing-distributed.ts');
  const clusters = ['Dispensing/Dispensing/Database', 'DispensingOhio/Dr/App/Database'];
  expect(errorsOf(assessment)).toEqual(clusters.map((cluster) => `ACCOUNT NOT_RECOVERABLE ${cluster}/Stack/Cluster`));
  const regions = assessment.systems.flatMap(({ entryPoints }) =>
    entryPoints.map(({ scopes }) => scopes.find(({ scope }) => scope === 'REGION')),
  );
  expect(regions.map((region) => region?.verdict)).toEqual(['MEETS', 'MEETS']);
  expect(JSON.stringify(regions)).toMatch(/dsql peer/);
});

test('a pilot light on SQL Server gives no error, and its Region is lost as it says, but for what the hospital replicates', () => {
  const assessment = assessExample('department-backup-only.ts', { pilotLight: 'true' });
  expect(errorsOf(assessment)).toEqual([]);
  const [nuclear] = assessment.systems;
  const scopesOf = (standby: boolean) => nuclear.entryPoints.find((entry) => entry.standby === standby)?.scopes ?? [];
  const verdictOf = (standby: boolean, wanted: string) => scopesOf(standby).find(({ scope }) => scope === wanted);
  expect(verdictOf(false, 'AVAILABILITY_ZONE')?.verdict).toBe('MEETS');
  expect(verdictOf(false, 'REGION')).toMatchObject({
    verdict: 'UNKNOWN',
    chain: expect.arrayContaining([expect.stringMatching(/is declared: AWS DataSync/)]),
  });
  expect(nuclear.budgets.find(({ scope }) => scope === 'REGION')?.optimistic).toEqual([]);
  // and the copy itself has neither standby nor backups before it is promoted: nobody is told otherwise
  expect(verdictOf(true, 'AVAILABILITY_ZONE')?.verdict).toBe('NOT_RECOVERABLE');
});

describe('documents that both Regions write', () => {
  const { stacks } = hospital({
    appProps: { context: { 'aws:cdk:enable-path-metadata': true } },
    app: () => ({
      database: undefined,
      compute: Compute.fargate({
        image: ContainerImage.fromRegistry(`letters@sha256:${'0'.repeat(64)}`),
        port: 8080,
        peakTasks: 4,
      }),
    }),
    dr: () => ({ strategy: DrStrategy.activeActive(), returnDocuments: true }),
  }).app.synth();
  const buckets = ['Ehr/Ehr/Documents/Bucket', 'EhrDr/Dr/Landing/Stack/Documents/Bucket'];
  const judged = (change: (template: Template, name: string) => void = () => undefined) => {
    const sources = stacks.map(({ id, stackName, environment, template }) => {
      const copy = structuredClone(template);
      change(copy, stackName);
      return stackOf(copy, { id, region: environment.region, account: undefined });
    });
    return assess(assemblyOf(...sources));
  };
  const withoutRule = (stack: string) => (template: Template, name: string) => {
    if (name === stack) {
      for (const { Properties } of Object.values(template.Resources)) {
        delete Properties?.ReplicationConfiguration;
      }
    }
  };

  test('survive the loss of either Region, and give no error but the true one: one account', () => {
    const assessment = judged();
    expect(errorsOf(assessment)).toEqual(buckets.map((bucket) => `ACCOUNT NOT_RECOVERABLE ${bucket}`));
    const regions = assessment.systems.flatMap(({ entryPoints }) =>
      entryPoints.map(({ standby, scopes }) => [standby, scopes.find(({ scope }) => scope === 'REGION')?.verdict]),
    );
    expect(regions).toEqual([
      [false, 'MEETS'],
      [false, 'MEETS'],
    ]);
  });

  test.each([
    ['Ehr', `MISSES ${buckets[0]}`], // copies of its backups are left
    ['EhrDr-Landing', `NOT_RECOVERABLE ${buckets[1]}`],
  ])('the rule of %s is missed', (stack, missed) => {
    expect(errorsOf(judged(withoutRule(stack)))).toContain(`REGION ${missed}`);
  });

  test('copies of recovery points are asked of one of the two plans, not of none', () => {
    const copyNothing = ({ Resources }: Template) => {
      for (const { Type, Properties = {} } of Object.values(Resources)) {
        if (Type === 'AWS::Backup::BackupPlan') {
          const { BackupPlanRule: rules } = Properties.BackupPlan as {
            BackupPlanRule: { CopyActions?: object }[];
          };
          for (const rule of rules) {
            delete rule.CopyActions;
          }
        }
      }
    };
    const plans = ['Ehr/Ehr/Backup/Plan', 'EhrDr/Dr/App/Backup/Plan'];
    expect(errorsOf(judged(copyNothing))).toEqual(
      expect.arrayContaining(plans.map((plan) => `RES-BKP-004 ${plan}: recovery points are not copied`)),
    );
  });
});

test('the watched hospital gives no error that nobody accepted, and keeps its link when a router fails', () => {
  const assessment = assessExample('watched-hospital.ts');
  expect(errorsOf(assessment)).toEqual([]);
  const links = assessment.systems.flatMap(({ entryPoints }) =>
    entryPoints.flatMap(({ scopes }) => scopes.filter(({ scope }) => scope === 'CONNECTIVITY')),
  );
  expect(links.map(({ verdict }) => verdict)).toEqual(['MEETS']);
});

test('the consent service, which keeps two tables and no database, gives no error but the true ones: one account', () => {
  const assessment = assessExample('consent-service.ts');
  expect(errorsOf(assessment)).toEqual(
    ['decisions', 'sessions'].map((table) => `ACCOUNT NOT_RECOVERABLE Consent/Consent/Tables/${table}/Table`),
  );
});
