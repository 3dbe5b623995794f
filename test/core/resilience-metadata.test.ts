import { App, Duration, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import {
  BirthRole,
  ClinicalTier,
  FailureScope,
  HealthProfile,
  RecoveryAutomation,
  ResilienceMetadata,
  ResilienceObjectives,
  type SystemMetadata,
} from '../../src';

const system: SystemMetadata = {
  systemName: 'hapi-fhir',
  bornAs: BirthRole.PRIMARY,
  objectives: ResilienceObjectives.forTier(ClinicalTier.LIFE_CRITICAL, { biaReference: 'BIA-2026-014' }),
  health: HealthProfile.http('/readyz', { startup: Duration.seconds(330), deep: { path: '/fhir/metadata' } }),
  entryPoints: [{ address: 'ehr.example.org', protocol: 'HTTPS', port: 443, path: 'S/Ehr/Ingress/LoadBalancer' }],
  capacity: { peak: 6, running: 9, unit: 'task' },
};

function metadata(describeSystems: (stack: Stack) => void) {
  const stack = new Stack(new App(), 'S');
  describeSystems(stack);
  return stack.templateOptions.metadata?.['cdk-resilient-ehr'];
}

test('the shape is versioned and keyed by construct path', () => {
  const written = metadata((stack) => ResilienceMetadata.addSystem(new Construct(stack, 'Ehr'), system));
  expect(written).toMatchObject({ schemaVersion: 1, systems: { 'S/Ehr': { systemName: 'hapi-fhir' } } });
});

test('durations are written in seconds', () => {
  const written = metadata((stack) => ResilienceMetadata.addSystem(new Construct(stack, 'Ehr'), system));
  expect(written.systems['S/Ehr']).toMatchObject({
    tier: 'LIFE_CRITICAL',
    objectives: {
      source: 'BUSINESS_IMPACT_ANALYSIS',
      biaReference: 'BIA-2026-014',
      maxTolerableDowntimeSeconds: 345600,
      scopes: { REGION: { rtoSeconds: 14400, rpoSeconds: 300, rtoReadOnlySeconds: 900 } },
    },
    health: {
      protocol: 'HTTP',
      path: '/readyz',
      detectionSeconds: 35,
      startupSeconds: 330,
      deepPath: '/fhir/metadata',
    },
    capacity: { peak: 6, running: 9, unit: 'task' },
    acceptedRisks: [],
  });
});

test('licences are written where there are any, word for word', () => {
  const licence = { product: 'Some database', model: 'license-included', copies: 'One standby.', source: 'https://…' };
  const written = metadata((stack) => {
    ResilienceMetadata.addSystem(new Construct(stack, 'Lab'), { ...system, licences: [licence] });
    ResilienceMetadata.addSystem(new Construct(stack, 'Ehr'), { ...system, licences: [] });
  });
  expect(written.systems['S/Lab'].licences).toEqual([licence]);
  expect(written.systems['S/Ehr']).not.toHaveProperty('licences');
});

test('two systems share a stack, and a second description replaces the first', () => {
  const written = metadata((stack) => {
    const ehr = new Construct(stack, 'Ehr');
    ResilienceMetadata.addSystem(ehr, system);
    ResilienceMetadata.addSystem(new Construct(stack, 'Lab'), { ...system, systemName: 'lab' });
    ResilienceMetadata.addSystem(ehr, { ...system, pairedRegion: 'us-west-2' });
  });
  expect(Object.keys(written.systems)).toEqual(['S/Ehr', 'S/Lab']);
  expect(written.systems['S/Ehr'].pairedRegion).toBe('us-west-2');
});

test('a recovery budget is written as a sum and as the steps behind it', () => {
  const step = (description: string, minutes: number) => ({
    description,
    duration: Duration.minutes(minutes),
    automation: RecoveryAutomation.AUTOMATIC,
    source: 'a page',
  });
  const written = metadata((stack) =>
    ResilienceMetadata.addSystem(new Construct(stack, 'Ehr'), {
      ...system,
      recoveryBudgets: [
        {
          scope: FailureScope.REGION,
          untilReadable: [step('notice', 1), step('move', 1)],
          untilWritable: [step('promote', 15)],
          recoveryPoint: Duration.minutes(15),
        },
      ],
    }),
  );
  expect(written.systems['S/Ehr'].recoveryBudgets).toMatchObject([
    {
      scope: 'REGION',
      rtoReadOnlySeconds: 120,
      rtoSeconds: 1020,
      rpoSeconds: 900,
      untilReadable: [{ description: 'notice', seconds: 60 }, { description: 'move' }],
      untilWritable: [{ description: 'promote', seconds: 900, automation: 'AUTOMATIC', source: 'a page' }],
    },
  ]);
});

test('a threshold is written with its time in seconds, where that is known', () => {
  const threshold = {
    measured: 'probes',
    threshold: '3 fail',
    action: 'replaced',
    automation: RecoveryAutomation.AUTOMATIC,
    source: 'a page',
  };
  const written = metadata((stack) =>
    ResilienceMetadata.addSystem(new Construct(stack, 'Ehr'), {
      ...system,
      recoveryThresholds: [{ ...threshold, scope: FailureScope.COMPONENT, expected: Duration.minutes(1) }, threshold],
    }),
  );
  expect(written.systems['S/Ehr'].recoveryThresholds).toEqual([
    { ...threshold, scope: 'COMPONENT', expectedSeconds: 60 },
    { ...threshold, expectedSeconds: undefined },
  ]);
  expect(written.systems['S/Ehr'].objectives.downtimeTriggerSeconds).toBe(300);
});

test("keeps the user's own template metadata", () => {
  const stack = new Stack(new App(), 'S');
  stack.templateOptions.metadata = { mine: true };
  ResilienceMetadata.addSystem(new Construct(stack, 'Ehr'), system);
  expect(stack.templateOptions.metadata).toMatchObject({ mine: true });
});
