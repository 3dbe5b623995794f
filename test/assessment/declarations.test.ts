import { type Assessment, type AssessOptions, assess } from '../../src/assessment/judge';
import { FailureScope } from '../../src/core/failure-scope';
import { assemblyOf, att, aurora, network, ref, resource, stackOf, web } from '../support/assessment';

const TODAY = '2026-06-15';
const RISK = { reason: 'vault by autumn', acceptedBy: 'CIO', expires: '2026-12-31' };
const TEMPLATE = { ...network(3), ...web(3), ...aurora(2) };

type Resources = Record<string, unknown>;

function assessed(systems: Resources, options: AssessOptions = {}, resources: Resources = TEMPLATE): Assessment {
  return assess(assemblyOf(stackOf(resources)), { systems: { systems } as never, today: TODAY, ...options });
}

describe('an accepted risk covers', () => {
  /** Scope or rule, and resource, of what is accepted. */
  const covered = (risk: string, more: Resources = {}): string[] => {
    const { systems, rules } = assessed({ Test: { systemName: 'ehr', acceptedRisks: [{ ...RISK, risk, ...more }] } });
    const findings = systems[0].findings.map(({ scope, ...rest }) => ({ kind: scope as string, ...rest }));
    const broken = rules.failed.map(({ id, ...rest }) => ({ kind: id, ...rest }));
    return [...findings, ...broken].flatMap(({ kind, resource: path, accepted }) =>
      accepted ? [`${kind} ${path}`] : [],
    );
  };

  test('a failure scope, its id, a rule, or a resource that it names', () => {
    expect(covered('survive-account until autumn')).toEqual(['ACCOUNT Test/Database']);
    expect(covered('ACCOUNT')).toContain('ACCOUNT Test/Database');
    expect(covered('ACCOUNT')).not.toContain('REGION Test/Database');
    expect(covered('RES-DB-008: no deletion protection')).toEqual(['RES-DB-008 Test/Database']);
    expect(covered('`Test/Database` is old.')).toEqual(
      expect.arrayContaining(['ACCOUNT Test/Database', 'REGION Test/Database', 'RES-DB-008 Test/Database']),
    );
  });

  test('both where it names both', () => {
    expect(covered('survive-region, for Test/Alb')).toEqual(['REGION Test/Alb']);
    expect(covered('survive-account, for Test/Alb')).toEqual([]);
  });

  test('nothing where it names nothing that exists, or a scope only in passing', () => {
    expect(covered('one zone only, for the training environment')).toEqual([]);
    expect(covered('REGION for Test/Databaes')).toEqual([]);
    expect(covered('Test')).toEqual([]); // a stack's name is too easily a word
    expect(covered('TWO_AVAILABILITY_ZONES')).not.toContainEqual(expect.stringMatching(/^AVAILABILITY_ZONE /));
  });

  test('until its last day, and no longer', () => {
    expect(covered('survive-account', { expires: TODAY })).toHaveLength(1);
    expect(covered('survive-account', { expires: '2026-06-14' })).toEqual([]);
    expect(covered('survive-account', { expires: 'soon' })).toEqual([]);
  });

  test('nothing of another system', () => {
    const systems = {
      Test: { systemName: 'ehr' },
      Other: { systemName: 'other', acceptedRisks: [{ ...RISK, risk: 'ACCOUNT' }] },
    };
    const [ehr] = assessed(systems).systems;
    expect(ehr.findings.filter(({ accepted }) => accepted)).toEqual([]);
  });

  test('and the verdict stays what it is', () => {
    const [system] = assessed({
      Test: { systemName: 'ehr', acceptedRisks: [{ ...RISK, risk: 'survive-account' }] },
    }).systems;
    expect(system.levels.ACCOUNT).toBe(0);
    expect(system.acceptedRisks).toEqual([{ ...RISK, risk: 'survive-account', expired: false, covers: 1 }]);
    expect(system.findings.find(({ accepted }) => accepted)?.accepted).toMatchObject({
      acceptedBy: 'CIO',
      expires: RISK.expires,
    });
  });
});

describe('is a warning', () => {
  const notices = (system: Resources, options: AssessOptions = {}) =>
    assessed({ Test: { systemName: 'ehr', ...system } }, options).notices.map(
      ({ id, observed }) => `${id}: ${observed}`,
    );

  test('a risk past its last day', () => {
    expect(notices({ acceptedRisks: [{ ...RISK, risk: 'ACCOUNT', expires: '2026-01-31' }] })).toEqual([
      'accepted-risk-expired: the risk "ACCOUNT", accepted by CIO, held until 2026-01-31',
    ]);
  });

  test('a budget far below the estimate, and not one that is near', () => {
    const budget = (rtoSeconds: number, scope = 'REGION') => ({
      recoveryBudgets: [{ scope, rtoSeconds, rpoSeconds: 0 }],
    });
    expect(notices(budget(60))).toEqual([
      'recovery-budget-optimistic: REGION: 1 min to write again declared, at least 75 min estimated',
    ]);
    expect(notices(budget(3600))).toEqual([]);
    expect(notices(budget(60, 'AVAILABILITY_ZONE'))).toEqual([]);
    expect(notices(budget(60), { scopes: [FailureScope.DELETION] })).toEqual([]);
  });

  test('noticing that takes longer than the objective', () => {
    const objectives = { scopes: { AVAILABILITY_ZONE: { rtoSeconds: 30, rpoSeconds: 0 } } };
    expect(notices({ objectives, health: { detectionSeconds: 35 } })).toEqual([
      'detection-slower-than-objective: AVAILABILITY_ZONE: noticing takes 35 s, and the objective is 30 s',
    ]);
  });

  test('a system that has nothing', () => {
    const { notices: found } = assessed({ Tset: { systemName: 'ehr' } });
    expect(found).toMatchObject([{ id: 'system-without-resources', system: 'ehr', resource: 'Tset' }]);
  });
});

describe('rules about care', () => {
  /** Whether the rule that a file system is replicated, which concerns care only, is broken. */
  const broken = (systems: Resources) =>
    assessed(systems, {}, files).rules.failed.some(({ id }) => id === 'RES-STO-010');
  const files = {
    ...network(3),
    ...web(3),
    Files: resource('AWS::EFS::FileSystem'),
    Mount: resource('AWS::EFS::MountTarget', {
      FileSystemId: ref('Files'),
      SubnetId: ref('Subnet0'),
      SecurityGroups: [att('DataGroup', 'GroupId')],
    }),
  };

  test('apply to critical systems, and to what no system claims', () => {
    expect(broken({ Test: { systemName: 'ehr', tier: 'FOUNDATION' } })).toBe(true);
    expect(broken({ Elsewhere: { systemName: 'ehr', tier: 'OPERATIONAL' } })).toBe(true);
    expect(broken({ Test: { systemName: 'billing', tier: 'OPERATIONAL' } })).toBe(false);
    expect(broken({ '*': { systemName: 'billing', tier: 'OPERATIONAL' } })).toBe(false);
  });

  test('apply to the database of another system that a critical one needs', () => {
    const systems = (tier: string) => ({
      'Test/Files': { systemName: 'registry', tier: 'OPERATIONAL' },
      'Test/Alb': { systemName: 'ehr', tier },
    });
    expect(broken(systems('LIFE_CRITICAL'))).toBe(true);
    expect(broken(systems('OPERATIONAL'))).toBe(false);
  });
});

test('fields that are given win over those of a template, and the others stay', () => {
  const declared = { systemName: 'ehr', tier: 'LIFE_CRITICAL', acceptedRisks: [{ ...RISK, risk: 'ACCOUNT' }] };
  const template = { Resources: TEMPLATE, Metadata: { 'cdk-resilient-ehr': { systems: { Test: declared } } } };
  const [system] = assessed({ Test: { tier: 'OPERATIONAL' } }, {}, template).systems;
  expect(system).toMatchObject({ name: 'ehr', objectives: { tier: 'OPERATIONAL', dwellDays: 14 } });
  expect(system.acceptedRisks).toHaveLength(1);
});

describe('a system that nobody enters is judged by', () => {
  const { Alb, Listener, Targets, ...behind } = TEMPLATE as Resources;
  const entered = (resources: Resources) =>
    assessed({ Test: { systemName: 'interfaces' } }, {}, resources).systems.map(({ name, entryPoints }) => [
      name,
      entryPoints.map((entry) => entry.name),
    ]);

  test('what works in it, and not by the database that the worker needs besides', () => {
    expect(entered(behind)).toEqual([['interfaces', ['Test/Service']]]);
  });

  test('its database where nothing in it works', () => {
    const { Service, ...database } = behind;
    expect(entered(database)).toEqual([['interfaces', ['Test/Database']]]);
  });
});
