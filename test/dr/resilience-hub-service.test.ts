import { Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import {
  ClinicalTier,
  Compute,
  DrStrategy,
  MultiAzClinicalApp,
  ResilienceHubService,
  type ResilienceHubServiceProps,
  ResilienceObjectives,
  ResiliencyPolicy,
} from '../../src';
import { clinicalApp, type HospitalOptions, hospital } from '../support/hospital';

const POLICY = 'AWS::ResilienceHubV2::Policy';
const SERVICE = 'AWS::ResilienceHubV2::Service';
const image = ContainerImage.fromRegistry(`app@sha256:${'0'.repeat(64)}`);

function registered(options: HospitalOptions = {}, props: Partial<ResilienceHubServiceProps> = {}) {
  const { ehr, dr, recoveryStack } = hospital(options);
  const hub = new ResilienceHubService(recoveryStack, 'ResilienceHub', { app: ehr, dr, ...props });
  return { template: Template.fromStack(recoveryStack), hub };
}

describe('a system of two Regions', () => {
  const { template } = registered({ dr: () => ({ strategy: DrStrategy.warmStandby() }) });

  test('is held to the objectives it was made from, in minutes', () => {
    template.hasResourceProperties(POLICY, {
      Name: 'hapi-fhir',
      Description: 'LIFE_CRITICAL, from BIA-1',
      MultiAz: { RtoInMinutes: 5, RpoInMinutes: 1, DisasterRecoveryApproach: 'ACTIVE_ACTIVE' },
      MultiRegion: { RtoInMinutes: 240, RpoInMinutes: 15, DisasterRecoveryApproach: 'WARM_STANDBY' },
      DataRecovery: { TimeBetweenBackupsInMinutes: Match.anyValue() },
      AvailabilitySlo: Match.absent(),
    });
  });

  test('is what carries its tag in both, without a reference to the other Region', () => {
    template.hasResourceProperties(SERVICE, {
      Name: 'hapi-fhir',
      Regions: ['us-east-1', 'us-west-2'],
      PolicyArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^ResilienceHubPolicy'), 'PolicyArn'] },
      InputSources: [{ ResourceConfiguration: { ResourceTags: [{ Key: 'ehr:system', Values: ['hapi-fhir'] }] } }],
      DependencyDiscovery: 'DISABLED',
    });
  });

  test('is read by a role that only Resilience Hub may take', () => {
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'resiliencehub.amazonaws.com' } },
        ],
      },
      ManagedPolicyArns: [
        Match.objectLike({
          'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('AWSResilienceHubV2AssessmentExecutionPolicy')])],
        }),
      ],
    });
  });
});

describe('units', () => {
  test.each([
    [Duration.seconds(179), Duration.seconds(0), 2, 1],
    [Duration.seconds(150), Duration.seconds(119), 2, 1],
    [Duration.hours(2), Duration.minutes(3), 120, 3],
  ])('a zone lost for %p, with %p of data', (rto, rpo, minutes, lost) => {
    const wider = { rto: Duration.hours(12), rpo: Duration.minutes(30) };
    const objectives = ResilienceObjectives.forTier(ClinicalTier.NON_PRODUCTION, {
      component: { rto: Duration.seconds(90), rpo: Duration.seconds(0) },
      availabilityZone: { rto, rpo },
      twoAvailabilityZones: wider,
      region: wider,
    });
    const { stack, ehr } = clinicalApp({
      app: () => ({ objectives, database: undefined, compute: Compute.fargate({ image, port: 80, peakTasks: 1 }) }),
    });
    new ResilienceHubService(stack, 'ResilienceHub', { app: ehr });
    Template.fromStack(stack).hasResourceProperties(POLICY, {
      MultiAz: { RtoInMinutes: minutes, RpoInMinutes: lost },
    });
  });
});

test('a system of one Region says nothing of others', () => {
  const { stack, ehr } = clinicalApp();
  new ResilienceHubService(stack, 'ResilienceHub', { app: ehr, availabilityTarget: 99.95, discoverDependencies: true });
  const template = Template.fromStack(stack);
  template.hasResourceProperties(POLICY, { MultiRegion: Match.absent(), AvailabilitySlo: { Target: 99.95 } });
  template.hasResourceProperties(SERVICE, { Regions: ['us-east-1'], DependencyDiscovery: 'ENABLED' });
});

test('one task that is started in another zone is called by none of the names', () => {
  const compute = Compute.activePassive({
    image,
    port: 8080,
  });
  const objectives = ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL);
  const { stack, ehr } = clinicalApp({ app: () => ({ compute, objectives }) });
  new ResilienceHubService(stack, 'ResilienceHub', { app: ehr });
  Template.fromStack(stack).hasResourceProperties(POLICY, {
    MultiAz: { DisasterRecoveryApproach: Match.absent() },
    Description: 'CARE_ESSENTIAL, from the presets of a library',
  });
});

describe('mistakes', () => {
  test('the recovery of another system', () => {
    const { app, ehr, dr } = hospital();
    const other = new MultiAzClinicalApp(new Stack(app, 'Other', { env: { region: 'us-east-1' } }), 'Other', {
      ...ehr.definition,
      systemName: 'other',
    });
    expect(() => new ResilienceHubService(other, 'ResilienceHub', { app: other, dr })).toThrow(
      /dr recovers Ehr\/Ehr, and app is Other\/Other; give both of one system \[InvalidResilienceHubService/,
    );
  });

  test.each([89, 100, Number.NaN])('an availability target of %d', (availabilityTarget) => {
    expect(() => registered({}, { availabilityTarget })).toThrow(/availabilityTarget must be a share in percent/);
  });
});

describe('the first generation', () => {
  const policyOf = (options: HospitalOptions = {}) => {
    const { ehr, dr, recoveryStack } = hospital(options);
    new ResiliencyPolicy(recoveryStack, 'ResiliencyPolicy', { app: ehr, dr });
    return Template.fromStack(recoveryStack);
  };
  const template = policyOf();

  test('is told the same objectives, in seconds', () => {
    template.hasResourceProperties('AWS::ResilienceHub::ResiliencyPolicy', {
      PolicyName: 'hapi-fhir',
      Tier: 'MissionCritical',
      PolicyDescription: 'LIFE_CRITICAL, from BIA-1',
      Policy: {
        Software: { RtoInSecs: 86_400, RpoInSecs: 900 }, // a restore
        Hardware: { RtoInSecs: 300, RpoInSecs: 1 }, // zero would be breached by every system
        AZ: { RtoInSecs: 300, RpoInSecs: 1 },
        Region: { RtoInSecs: 14_400, RpoInSecs: 900 },
      },
    });
  });

  test('is given the stacks of both Regions by a person, each asked for in its own', () => {
    const outputs = JSON.stringify(template.toJSON().Outputs);
    expect(outputs).toContain('describe-stacks --region us-east-1 --stack-name Ehr ');
    expect(outputs).toContain('describe-stacks --region us-west-2 --stack-name EhrDr-Landing ');
    template.resourceCountIs('AWS::ResilienceHub::App', 0);
  });

  test('hears nothing of a Region that the system does not have', () => {
    const { ehr, stack } = clinicalApp();
    new ResiliencyPolicy(stack, 'ResiliencyPolicy', { app: ehr });
    const [{ Properties }] = Object.values(
      Template.fromStack(stack).findResources('AWS::ResilienceHub::ResiliencyPolicy'),
    );
    expect(Object.keys(Properties.Policy)).toEqual(['Software', 'Hardware', 'AZ']);
  });

  test('fails when the recovery is of another system', () => {
    const [{ dr, recoveryStack }, { ehr }] = [hospital(), clinicalApp()];
    expect(() => new ResiliencyPolicy(recoveryStack, 'ResiliencyPolicy', { app: ehr, dr })).toThrow(
      /give both of one system \[InvalidResiliencyPolicy/,
    );
  });
});
