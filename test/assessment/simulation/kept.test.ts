import { assess } from '../../../src/assessment/assess';
import { FailureScope } from '../../../src/core/failure-scope';
import { assemblyOf, resource, stackOf } from '../../support/assessment';
import { hospital, hospitalWith } from '../scenarios/play';

type Template = Record<string, unknown>;

function findingsOf(template: Template, scope: FailureScope) {
  const { systems } = assess(assemblyOf(stackOf(template)), { scopes: [scope], rules: false });
  return systems.flatMap(({ findings }) => findings);
}

describe('a store that a deployment drops or replaces', () => {
  const files = (policies: Template) =>
    findingsOf(
      { Files: resource('AWS::EFS::FileSystem', { AvailabilityZoneName: 'us-east-1a' }, policies) },
      FailureScope.DELETION,
    );
  const dropped = (policies: Template) =>
    files(policies).filter(({ fix }) => fix.includes('UpdateReplacePolicy')).length;

  test('is kept by both policies', () => {
    expect(dropped({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' })).toBe(0);
  });

  test('is kept where only its first deployment, in which it holds nothing, may take it back', () => {
    expect(dropped({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' })).toBe(0);
  });

  test('is lost by either', () => {
    expect(dropped({ DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Retain' })).toBe(1);
    expect(dropped({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Delete' })).toBe(1);
  });

  test('is lost where nothing says what becomes of the old one', () => {
    expect(dropped({ DeletionPolicy: 'Retain' })).toBe(1);
  });

  test.each([
    ['AWS::RDS::DBInstance', 0],
    ['AWS::RDS::DBCluster', 0],
    ['AWS::DocDB::DBCluster', 1],
  ])('%s: CloudFormation takes a snapshot of what leaves a template, or not (%i)', (type, lost) => {
    const template = { Store: resource(type, { BackupRetentionPeriod: 0 }, { UpdateReplacePolicy: 'Snapshot' }) };
    const findings = findingsOf(template, FailureScope.DELETION);
    expect(findings.filter(({ fix }) => fix.includes('UpdateReplacePolicy'))).toHaveLength(lost);
  });
});

describe('a single task, while nothing new can start', () => {
  const waits = (rtoSeconds: number) => {
    const scopes = { CONTROL_PLANE: { rtoSeconds, rpoSeconds: 0 } };
    const system = { systemName: 'ehr', bornAs: 'PRIMARY', objectives: { scopes } };
    const template = {
      Metadata: { 'cdk-resilient-ehr': { systems: { Test: system } } },
      Resources: hospitalWith({ DesiredCount: 1 }),
    };
    return findingsOf(template, FailureScope.CONTROL_PLANE);
  };

  test('waits for the control plane, which is too long for care', () => {
    const [finding] = waits(300);
    expect(finding).toMatchObject({ verdict: 'MISSES', logicalId: 'Service' });
    expect(finding.chain.join()).toContain('nothing new can start');
    expect(finding.estimate.rto.seconds).toBeGreaterThan(14.5 * 3600);
  });

  test('may be enough for what can wait for a day', () => {
    expect(waits(24 * 3600)).toEqual([]);
  });
});

test('several tasks do not wait', () => {
  expect(findingsOf(hospital(), FailureScope.CONTROL_PLANE)).toEqual([]);
});
