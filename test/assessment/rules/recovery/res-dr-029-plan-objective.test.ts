import { assess } from '../../../../src/assessment/judge';
import type { Json } from '../../../../src/assessment/model';
import { planAimsAtTheObjective } from '../../../../src/assessment/rules/recovery/res-dr-029-plan-objective';
import { assemblyOf, ref, resource, stackOf } from '../../../support/assessment';

function outcome(promised: number | undefined, objective: unknown) {
  const assembly = assemblyOf(
    stackOf({
      Parameters: { P: { Type: 'Number' } },
      Resources: {
        Plan: resource(
          'AWS::ARCRegionSwitch::Plan',
          objective === undefined ? {} : { RecoveryTimeObjectiveMinutes: objective },
        ),
      },
    }),
  );
  const [plan] = assembly.resourcesOf('AWS::ARCRegionSwitch::Plan');
  return planAimsAtTheObjective.evaluate(plan, { assembly, careDependsOn: () => true, objectiveOf: () => promised });
}

test.each<[string, number | undefined, unknown, string]>([
  ['as fast as promised', 3600, 60, 'pass'],
  ['slower than promised', 3600, 61, 'fail'],
  ['a parameter', 3600, ref('P'), 'unknown'],
  ['no objective of its own', 3600, undefined, 'not-applicable'],
  ['a system that promises nothing', undefined, 60, 'not-applicable'],
])('%s', (_name, promised, objective, verdict) => {
  expect(outcome(promised, objective).verdict).toBe(verdict);
});

test('the promise is that of the system that the plan belongs to', () => {
  const objectives = { scopes: { REGION: { rtoSeconds: 3600, rpoSeconds: 300 } } };
  const template = {
    Alb: resource('AWS::ElasticLoadBalancingV2::LoadBalancer'),
    Plan: resource('AWS::ARCRegionSwitch::Plan', { RecoveryTimeObjectiveMinutes: 120 }),
  };
  const { rules } = assess(assemblyOf(stackOf(template)), {
    systems: { systems: { Test: { systemName: 'ehr', objectives } } },
  });
  const found = rules.failed.find(({ id }) => id === 'RES-DR-029');
  expect(found?.observed).toBe('aims at 120 min, its system promises 60 min');
});

test('a plan that no system claims serves the most patient one, and by default whoever waits four hours', () => {
  const plan = (minutes: number) => ({
    Alb: resource('AWS::ElasticLoadBalancingV2::LoadBalancer'),
    Plan: resource('AWS::ARCRegionSwitch::Plan', { RecoveryTimeObjectiveMinutes: minutes }),
  });
  const fails = (minutes: number, systems: Record<string, Json> = {}) =>
    assess(assemblyOf(stackOf(plan(minutes))), { systems: { systems } }).rules.failed.some(
      ({ id }) => id === 'RES-DR-029',
    );
  const patient = { scopes: { REGION: { rtoSeconds: 43_200, rpoSeconds: 300 } } };
  const systems = { 'Test/Alb': { systemName: 'laboratory', objectives: patient } };
  expect([fails(720, systems), fails(721, systems)]).toEqual([false, true]);
  expect([fails(240), fails(241)]).toEqual([false, true]);
});
