import { Duration, Lazy } from 'aws-cdk-lib';
import { ClinicalTier, FailureScope, ObjectivesSource, ResilienceObjectives } from '../../src';

const minutes = Duration.minutes;

test.each(Object.values(ClinicalTier))('the preset of %s keeps its own invariants and states every scope', (tier) => {
  const objectives = ResilienceObjectives.forTier(tier);
  for (const scope of Object.values(FailureScope)) {
    expect(objectives.forScope(scope).rto.toSeconds()).toBeGreaterThan(0);
    expect(objectives.forScope(scope).rpo.toSeconds()).toBeGreaterThanOrEqual(0);
  }
});

test('objectives without an analysis say that they are library defaults', () => {
  expect(ResilienceObjectives.forTier(ClinicalTier.LIFE_CRITICAL).source).toBe(ObjectivesSource.LIBRARY_DEFAULT);
});

test('objectives with an analysis carry its reference', () => {
  const objectives = ResilienceObjectives.forTier(ClinicalTier.LIFE_CRITICAL, { biaReference: 'BIA-2026-014' });
  expect(objectives.source).toBe(ObjectivesSource.BUSINESS_IMPACT_ANALYSIS);
  expect(objectives.biaReference).toBe('BIA-2026-014');
});

test('a scope that is given replaces the preset, and only that one', () => {
  const objectives = ResilienceObjectives.forTier(ClinicalTier.LIFE_CRITICAL, {
    region: { rto: Duration.hours(2), rpo: minutes(15) },
    twoAvailabilityZones: { rto: Duration.hours(2), rpo: minutes(5) },
  });
  expect(objectives.forScope(FailureScope.REGION).rpo.toMinutes()).toBe(15);
  expect(objectives.forScope(FailureScope.AVAILABILITY_ZONE).rto.toMinutes()).toBe(5);
});

test.each([
  [ClinicalTier.FOUNDATION, true],
  [ClinicalTier.LIFE_CRITICAL, true],
  [ClinicalTier.CARE_ESSENTIAL, false],
  [ClinicalTier.OPERATIONAL, false],
  [ClinicalTier.NON_PRODUCTION, false],
])('care depends on %s: %s', (tier, expected) => {
  expect(ResilienceObjectives.forTier(tier).careDependsOnIt).toBe(expected);
});

describe('the downtime trigger', () => {
  test.each([
    [ClinicalTier.LIFE_CRITICAL, {}, 5 * 60],
    [ClinicalTier.NON_PRODUCTION, {}, 24 * 60 * 60],
    [ClinicalTier.LIFE_CRITICAL, { availabilityZone: { rto: minutes(9), rpo: minutes(0) } }, 9 * 60],
    [ClinicalTier.LIFE_CRITICAL, { downtimeTrigger: minutes(7) }, 7 * 60],
  ])('of %s with %j is %s seconds: by then what recovers by itself has had its time', (tier, options, seconds) => {
    expect(ResilienceObjectives.forTier(tier, options).downtimeTrigger.toSeconds()).toBe(seconds);
  });

  test('is a day at most, and a minute at least, where it follows from the RTO', () => {
    const trigger = (rto: Duration) =>
      ResilienceObjectives.forTier(ClinicalTier.NON_PRODUCTION, {
        component: { rto: Duration.seconds(10), rpo: minutes(0) },
        availabilityZone: { rto, rpo: minutes(0) },
      }).downtimeTrigger.toSeconds();
    expect([trigger(Duration.seconds(20)), trigger(Duration.days(2))]).toEqual([60, 86_400]);
  });
});

describe('fails', () => {
  const withOptions = (options: Parameters<typeof ResilienceObjectives.forTier>[1]) => () =>
    ResilienceObjectives.forTier(ClinicalTier.LIFE_CRITICAL, options);

  test('when an RTO is zero', () => {
    expect(withOptions({ component: { rto: minutes(0), rpo: minutes(0) } })).toThrow(
      /the RTO for COMPONENT must be above zero, got .*\[InvalidObjectives\]/,
    );
  });

  test('when reading comes back later than writing', () => {
    expect(
      withOptions({ region: { rto: Duration.hours(4), rpo: minutes(5), rtoReadOnly: Duration.hours(5) } }),
    ).toThrow(/rtoReadOnly for REGION must be above zero and at most the RTO of 4 hours, got 5 hours/);
  });

  test('when a Region must be back sooner than a zone', () => {
    expect(
      withOptions({
        availabilityZone: { rto: minutes(30), rpo: minutes(0) },
        twoAvailabilityZones: { rto: minutes(40), rpo: minutes(0) },
        region: { rto: minutes(20), rpo: minutes(5) },
      }),
    ).toThrow(/the RTO for REGION \(20 minutes\) is below that for TWO_AVAILABILITY_ZONES \(40 minutes\)/);
  });

  test('when a Region may lose less than a zone', () => {
    expect(
      withOptions({
        twoAvailabilityZones: { rto: Duration.hours(4), rpo: minutes(10) },
        region: { rto: Duration.hours(4), rpo: minutes(5) },
      }),
    ).toThrow(/the RPO for REGION \(5 minutes\) is below that for TWO_AVAILABILITY_ZONES \(10 minutes\)/);
  });

  test('when recovery and work recovery exceed the tolerable downtime', () => {
    expect(withOptions({ workRecovery: Duration.hours(30) })).toThrow(
      /the RTO for ACCOUNT \(3 days\) and workRecovery \(1 day 6 hours\) together exceed maxTolerableDowntime \(4 days\)/,
    );
  });

  test('when a duration is only known at deployment', () => {
    const token = Duration.minutes(Lazy.number({ produce: () => 5 }));
    expect(withOptions({ component: { rto: token, rpo: minutes(0) } })).toThrow(/must be known at synthesis/);
  });

  test('when paper comes before a minute, after a day, or when harm is done', () => {
    expect(withOptions({ downtimeTrigger: Duration.seconds(30) })).toThrow(
      /downtimeTrigger must be 1 minute to 24 hours, got 30 seconds/,
    );
    expect(withOptions({ downtimeTrigger: Duration.hours(25) })).toThrow(
      /downtimeTrigger must be 1 minute to 24 hours, got 1 day 1 hour/,
    );
    const rto = (hours: number) => ({ rto: Duration.hours(hours), rpo: minutes(0) });
    expect(
      withOptions({
        component: rto(1),
        availabilityZone: rto(1),
        twoAvailabilityZones: rto(1),
        region: rto(1),
        controlPlane: rto(1),
        deletion: rto(1),
        corruption: rto(1),
        account: rto(1),
        connectivity: rto(1),
        maxTolerableDowntime: Duration.hours(2),
        downtimeTrigger: Duration.hours(3),
      }),
    ).toThrow(/downtimeTrigger \(3 hours\) is beyond maxTolerableDowntime \(2 hours\)/);
  });

  test('when the analysis reference is empty', () => {
    expect(withOptions({ biaReference: '' })).toThrow(/biaReference is empty/);
  });

  test('with every mistake in one message', () => {
    expect(
      withOptions({
        biaReference: '',
        component: { rto: minutes(0), rpo: minutes(0) },
        workRecovery: Duration.days(9),
      }),
    ).toThrow(/biaReference is empty.*COMPONENT must be above zero.*exceed maxTolerableDowntime/);
  });
});
