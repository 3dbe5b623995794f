import { Duration, type Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import {
  AppSetting,
  ClinicalTier,
  Compute,
  type CrossRegionDrProps,
  DrStrategy,
  type ICompute,
  ResilienceMetadata,
  ResilienceObjectives,
} from '../../src';
import { hospital } from '../support/hospital';

/** What a department needs that can wait for an hour, and one that can only wait for minutes. */
const patient = ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, { biaReference: 'BIA-1' });
const hurried = ResilienceObjectives.forTier(ClinicalTier.LIFE_CRITICAL, {
  biaReference: 'BIA-1',
  region: { rto: Duration.hours(4), rtoReadOnly: Duration.minutes(15), rpo: Duration.minutes(15) },
});

function under(objectives: ResilienceObjectives, props: Partial<CrossRegionDrProps> = {}, compute?: ICompute) {
  return hospital({ app: () => ({ objectives, ...(compute ? { compute } : {}) }), dr: () => props });
}

const outputs = (stack: Stack) => Object.values(Template.fromStack(stack).findOutputs('*')).map(({ Value }) => Value);
const strategyIn = (stack: Stack) =>
  Object.values<{ strategy: unknown }>(stack.templateOptions.metadata?.[ResilienceMetadata.KEY].systems)[0].strategy;

describe('a pilot light', () => {
  const { stack, recoveryStack, dr } = under(patient, { strategy: DrStrategy.pilotLight() });
  const recovery = Template.fromStack(recoveryStack);

  test('runs no compute, and has the same room to grow', () => {
    recovery.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 0, MaxCapacity: 18 });
    recovery.hasResourceProperties('AWS::ECS::Service', { DesiredCount: Match.absent() });
  });

  test('keeps the data live: a member of the global database, as large as the first', () => {
    recovery.hasResourceProperties('AWS::RDS::DBCluster', { GlobalClusterIdentifier: 'hapi-fhir-global' });
    recovery.resourceCountIs('AWS::RDS::DBInstance', 2);
  });

  test('does not call it a failure that nothing runs', () => {
    const alarms = Object.values(recovery.findResources('AWS::CloudWatch::Alarm'));
    expect(alarms.filter(({ Properties }) => /Nothing answers|Fewer than/.test(Properties.AlarmDescription))).toEqual(
      [],
    );
  });

  test('is brought to full capacity by one command that asks this Region', () => {
    expect(outputs(recoveryStack)).toContain(
      'aws application-autoscaling register-scalable-target --region us-west-2 --service-namespace ecs --scalable-dimension ecs:service:DesiredCount --resource-id service/hapi-fhir/hapi-fhir --min-capacity 9 --max-capacity 18',
    );
  });

  test('says how to put out what Amazon ECS starts with a new service', () => {
    expect(outputs(recoveryStack)).toContain(
      'aws ecs update-service --region us-west-2 --cluster hapi-fhir --service hapi-fhir --desired-count 0',
    );
  });

  test('counts the decision and the start before anybody can read', () => {
    expect(dr.estimate.untilReadable.map(({ description }) => description)).toEqual([
      'Route 53 takes the primary Region for lost',
      'resolvers and clients let go of the old address',
      'somebody decides to write in the recovery Region',
      'Amazon ECS starts 9 tasks',
    ]);
    // 30 s + 90 s + 30 min + (330 s + 3 min)
    expect(dr.estimate.rtoReadOnly.toSeconds()).toBe(120 + 1800 + 510);
    expect(dr.estimate.rto.toSeconds()).toBe(120 + 1800 + 510 + 900 + 900);
  });

  test('runs at full capacity once its Region serves users', () => {
    const after = under(patient, { strategy: DrStrategy.pilotLight(), activeRegion: 'us-west-2' });
    const template = Template.fromStack(after.recoveryStack);
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 9, MaxCapacity: 18 });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmDescription: Match.stringLikeRegexp('Nothing answers'),
    });
  });

  test('is written into both templates as what somebody chose', () => {
    const chosen = { strategyName: 'PILOT_LIGHT', capacityPercent: 0, chosen: true, reasons: ['somebody chose it'] };
    expect(strategyIn(stack)).toEqual(chosen);
    expect(strategyIn(recoveryStack)).toEqual(chosen);
  });

  test('fails when users must read sooner, naming the longest step', () => {
    expect(() => under(hurried, { strategy: DrStrategy.pilotLight() })).toThrow(
      /PILOT_LIGHT does not meet the objectives for REGION: until users can read takes 40 minutes 30 seconds, rtoReadOnly allows 15 minutes; the longest step is "somebody decides/,
    );
  });

  test('fails when nothing is known to start the compute', () => {
    expect(() => under(patient, { strategy: DrStrategy.pilotLight() }, withoutActivation())).toThrow(
      /the compute has no activation that starts it in a disaster; use compute that has, such as Compute.fargate\(\).*\[InvalidCrossRegionDr/,
    );
  });
});

describe('an application that runs once', () => {
  const engine = Compute.activePassive({ image: image(), port: 8080, environment: { DB: AppSetting.of('x') } });

  test('waits as a pilot light, and is started by one command', () => {
    const { recoveryStack, dr } = under(patient, {}, engine);
    expect(dr.strategy.strategyName).toBe('PILOT_LIGHT');
    expect(outputs(recoveryStack)).toContain(
      'aws ecs update-service --region us-west-2 --cluster hapi-fhir --service hapi-fhir --desired-count 1',
    );
  });

  test.each([DrStrategy.warmStandby(), DrStrategy.hotStandby()])('fails when it would run twice (%#)', (strategy) => {
    expect(() => under(patient, { strategy }, engine)).toThrow(
      /STANDBY would run the application in both Regions, but it must run once; use DrStrategy.pilotLight\(\)/,
    );
  });

  test('fails when nothing that runs once is soon enough', () => {
    const region = { rto: Duration.hours(4), rtoReadOnly: Duration.minutes(15), rpo: Duration.minutes(30) };
    const sooner = ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, {
      biaReference: 'BIA-1',
      region,
      twoAvailabilityZones: region,
    });
    expect(() => under(sooner, {}, engine)).toThrow(/WARM_STANDBY does not meet .* it must run once/);
  });
});

describe('left out', () => {
  test.each<[string, ResilienceObjectives, string, number]>([
    ['a pilot light where an hour is enough', patient, 'PILOT_LIGHT', 0],
    ['a warm standby where it is not', hurried, 'WARM_STANDBY', 50],
  ])('%s', (_, objectives, strategyName, capacityPercent) => {
    const { dr } = under(objectives);
    expect(dr.strategy).toMatchObject({ strategyName, capacityPercent });
  });

  test('tells why cheaper ones fall short', () => {
    const { recoveryStack, stack } = under(hurried);
    const why =
      /WARM_STANDBY was derived for hapi-fhir: PILOT_LIGHT does not: until users can read takes 40 minutes 30 seconds.*; WARM_STANDBY with 50 % meets the objectives for REGION: reading after 2 minutes/;
    Annotations.fromStack(recoveryStack).hasInfo('/EhrDr/Dr', Match.stringLikeRegexp(why.source));
    expect(strategyIn(stack)).toMatchObject({
      strategyName: 'WARM_STANDBY',
      chosen: false,
      reasons: [expect.stringMatching(/^PILOT_LIGHT does not/), expect.stringMatching(/^WARM_STANDBY with 50 % meets/)],
    });
    expect(strategyIn(recoveryStack)).toEqual(strategyIn(stack));
  });

  test('tells nothing where somebody chose', () => {
    const { recoveryStack } = under(hurried, { strategy: DrStrategy.hotStandby() });
    expect(Annotations.fromStack(recoveryStack).findInfo('*', Match.anyValue())).toEqual([]);
  });

  test('fails with what the fastest one misses, when none is enough', () => {
    const region = { rto: Duration.minutes(30), rpo: Duration.minutes(15) };
    const objectives = ResilienceObjectives.forTier(ClinicalTier.LIFE_CRITICAL, {
      biaReference: 'BIA-1',
      region,
      twoAvailabilityZones: region,
    });
    expect(() => under(objectives)).toThrow(
      /WARM_STANDBY does not meet the objectives for REGION: until users can write takes 1 hour 2 minutes, rto allows 30 minutes/,
    );
  });
});

function image() {
  return ContainerImage.fromRegistry(`engine@sha256:${'0'.repeat(64)}`);
}

/** Somebody's own compute, which says nothing about how it is started. */
function withoutActivation(): ICompute {
  const fargate = Compute.fargate({ image: image(), port: 8080, peakTasks: 6 });
  return { bind: (scope, options) => ({ ...fargate.bind(scope, options), activation: undefined }) };
}
