import { FailureScope } from '../../src';
import { assess } from '../../src/assessment/assess';
import { checkRules } from '../../src/assessment/rules/check-rules';
import { assemblyOf, stackOf } from '../support/assessment';
import { medplum, openEmrOnFargate, orthancSample } from '../support/specimens';

/** A public stack, and what is known to be wrong with it. */
interface Specimen {
  readonly template: Record<string, unknown>;
  /** By rule: every resource that it has to complain of. Of no other, in these rules. */
  readonly rules: Readonly<Record<string, readonly string[]>>;
  /** By scope: every resource that the judge has to name as lost for good, or as too slow. */
  readonly judge: Partial<Record<FailureScope, readonly string[]>>;
}

const SPECIMENS: Readonly<Record<string, Specimen>> = {
  'OpenEMR on Fargate': {
    template: openEmrOnFargate(),
    rules: {
      'RES-ING-010': ['Targets'], // 900 s until a failed task gets no more requests
      'RES-BKP-001': ['Database'], // the selection names an instance where the cluster is
      'RES-BKP-004': ['Plan'], // one vault, in the Region and account
      'RES-BKP-005': ['Plan'],
      'RES-DB-008': ['Database'],
      'RES-STO-017': ['Sites', 'Vault'], // file system and backups are removed with the stack
      'RES-CMP-022': ['Task'], // downloads certificates at every start
      'RES-CMP-021': ['Task'],
      'RES-DB-035': ['Database'], // pauses
    },
    judge: {
      [FailureScope.COMPONENT]: ['Targets'],
      [FailureScope.AVAILABILITY_ZONE]: ['Targets'],
      [FailureScope.REGION]: ['Alb', 'Database', 'Sites'],
      [FailureScope.ACCOUNT]: ['Database', 'Sites'],
    },
  },
  Medplum: {
    template: medplum(),
    rules: {
      'RES-BKP-002': ['Database'], // seven days
      'RES-DB-002': ['Database'],
      'RES-DB-008': ['Database'],
      'RES-DB-036': ['Database'], // PostgreSQL 12.9
      'RES-BKP-014': ['Database'],
    },
    judge: {
      [FailureScope.AVAILABILITY_ZONE]: ['Database'],
      [FailureScope.REGION]: ['Alb', 'Database'],
      [FailureScope.CORRUPTION]: ['Database'],
      [FailureScope.DELETION]: ['Database'],
    },
  },
  'the Orthanc sample': {
    template: orthancSample(),
    rules: {
      'RES-DB-001': ['Database'],
      'RES-BKP-001': ['Database', 'Images'],
      'RES-ING-012': ['Listener'],
      'RES-STO-017': ['Database', 'Images'],
    },
    judge: {
      [FailureScope.AVAILABILITY_ZONE]: ['Database'],
      [FailureScope.REGION]: ['Alb', 'Database', 'Images'],
      [FailureScope.DELETION]: ['Database', 'Images'],
    },
  },
};

describe.each(Object.entries(SPECIMENS))('%s', (_name, { template, rules, judge }) => {
  const assembly = assemblyOf(stackOf(template));

  test.each(Object.entries(rules))('%s complains of what is wrong, and of nothing else', (id, resources) => {
    const { failed } = checkRules(assembly, () => true);
    const found = failed.filter(({ rule }) => rule.id === id).map(({ resource }) => resource.logicalId);
    expect(found.sort()).toEqual([...resources]);
  });

  test('the judge names what does not survive, and nothing else', () => {
    const findings = assess(assembly).systems.flatMap((system) => system.findings);
    const named = (scope: string) =>
      [...new Set(findings.filter((finding) => finding.scope === scope).map(({ logicalId }) => logicalId))].sort();
    const found = Object.fromEntries(Object.keys(judge).map((scope) => [scope, named(scope)]));
    expect(found).toEqual(judge);
  });

  test('everything that is said names a reason and a fix', () => {
    for (const finding of assess(assembly).systems.flatMap((system) => system.findings)) {
      expect(finding.chain.length).toBeGreaterThan(0);
      expect(finding.fix).not.toBe('');
    }
  });
});
