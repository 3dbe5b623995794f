import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import {
  ClinicalTier,
  Compute,
  Database,
  DatabaseCapacity,
  DocumentStore,
  FailureScope,
  HealthProfile,
  type MultiAzClinicalApp,
  RecoveryAutomation,
  ResilienceObjectives,
  ZonalAutoshift,
} from '../../src';
import { thresholdTable } from '../../src/app/private/clinical-dashboard';
import { clinicalApp } from '../support/app';
import { hospital } from '../support/hospital';

const probes = HealthProfile.http('/alive', {
  startup: Duration.seconds(90),
  interval: Duration.seconds(20),
  timeout: Duration.seconds(6),
  unhealthyThreshold: 2,
});

function find(app: MultiAzClinicalApp, action: RegExp) {
  return app.recoveryThresholds.find((threshold) => action.test(threshold.action));
}

describe('are made of the values behind the alarm or health check', () => {
  const app = clinicalApp({ app: { health: probes }, compute: { targetCpuUtilizationPercent: 45, maxTasks: 12 } });
  const { Resources } = Template.fromStack(Stack.of(app)).toJSON();
  const only = (type: string) =>
    Object.values<{ Type: string; Properties: Record<string, unknown> }>(Resources).filter(
      ({ Type }) => Type === type,
    )[0].Properties;

  test('a target that fails its probes', () => {
    expect(only('AWS::ElasticLoadBalancingV2::TargetGroup')).toMatchObject({
      HealthCheckIntervalSeconds: 20,
      UnhealthyThresholdCount: 2,
    });
    expect(find(app, /sends the target no more/)).toMatchObject({
      scope: FailureScope.COMPONENT,
      measured: 'the probes of each target (/alive)',
      threshold: '2 fail in a row, 20 seconds apart',
      automation: RecoveryAutomation.AUTOMATIC,
    });
    expect(find(app, /sends the target no more/)?.expected?.toSeconds()).toBe(46);
  });

  test('a task that is replaced: noticing it, and starting another', () => {
    expect(only('AWS::ECS::Service')).toMatchObject({ HealthCheckGracePeriodSeconds: 90 });
    expect(find(app, /starts another/)?.expected?.toSeconds()).toBe(46 + 90);
  });

  test('a zone that leaves DNS', () => {
    expect(find(app, /leaves DNS/)).toMatchObject({ scope: FailureScope.AVAILABILITY_ZONE });
    expect(find(app, /leaves DNS/)?.expected?.toSeconds()).toBe(46 + 60);
  });

  test('scaling', () => {
    expect(find(app, /more tasks start/)).toMatchObject({
      threshold: 'it stays above 45 %',
      action: 'more tasks start, 12 at most',
    });
  });

  test('deployments that are rolled back: the circuit breaker, and each alarm', () => {
    expect(find(app, /circuit breaker/)).toMatchObject({ threshold: '5 in a row do not get healthy' }); // half of 9
    const alarms = app.recoveryThresholds.filter(({ action }) => action === 'the deployment is rolled back');
    expect(alarms.map(({ threshold }) => threshold)).toEqual([
      'HTTPCode_Target_5XX_Count > 20 for 3 datapoints within 3 minutes',
      'TargetResponseTime > 3 for 5 datapoints within 5 minutes',
    ]);
  });
});

test('of a fleet are those of its group', () => {
  const app = clinicalApp({
    app: {
      health: probes,
      compute: Compute.ec2Fleet({
        machineImage: ec2.MachineImage.genericLinux({ 'us-east-1': 'ami-0123456789abcdef0' }),
        instanceType: new ec2.InstanceType('m7i.large'),
        port: 8080,
        peakInstances: 4,
        targetCpuUtilizationPercent: 50,
      }),
      zonalAutoshift: ZonalAutoshift.withPracticeRuns({ timeZone: 'UTC' }),
    },
  });
  expect(find(app, /Auto Scaling replaces it/)?.expected?.toSeconds()).toBe(46 + 180 + 90);
  expect(find(app, /deployment is rolled back/)?.source).toContain('/autoscaling/'); // not of Amazon ECS
  expect(find(app, /more instances start/)).toMatchObject({
    threshold: 'it stays above 50 %',
    action: 'more instances start, 12 at most',
  });
  expect(app.recoveryThresholds.filter(({ action }) => /zonal autoshift/.test(action))).toHaveLength(1);
  const template = Template.fromStack(Stack.of(app));
  template.resourceCountIs('AWS::ARCZonalShift::ZonalAutoshiftConfiguration', 2); // the load balancer, and the group
  template.hasResourceProperties('AWS::ARCZonalShift::ZonalAutoshiftConfiguration', {
    ResourceIdentifier: { 'Fn::GetAtt': [Match.stringLikeRegexp('Group'), 'AutoScalingGroupARN'] },
  });
});

describe('of stores', () => {
  test('say what AWS does by itself, and what takes people and has to be measured', () => {
    const app = clinicalApp({
      app: { database: Database.auroraPostgres({ databaseName: 'ehr' }), network: undefined },
    });
    expect(find(app, /failover to a reader/)).toMatchObject({ automation: RecoveryAutomation.AUTOMATIC });
    expect(find(app, /failover to a reader/)?.expected?.toSeconds()).toBe(60);
    const restore = find(app, /point-in-time restore/);
    expect(restore).toMatchObject({ automation: RecoveryAutomation.MANUAL });
    expect(restore?.expected).toBeUndefined();
  });

  test('call a new writer in another zone what it is without a reader: a job for people', () => {
    const capacity = DatabaseCapacity.serverlessV2({ minAcu: 8, maxAcu: 16, readers: 0 });
    const objectives = ResilienceObjectives.forTier(ClinicalTier.OPERATIONAL, { biaReference: 'BIA-1' });
    const app = clinicalApp({
      app: { database: Database.auroraPostgres({ databaseName: 'ehr', capacity }), objectives, network: undefined },
    });
    const lost = app.recoveryThresholds.filter(({ action }) => action === 'Aurora makes a new writer');
    expect(lost.map(({ scope, automation }) => [scope, automation])).toEqual([
      ['COMPONENT', 'AUTOMATIC'],
      ['AVAILABILITY_ZONE', 'MANUAL'],
    ]);
  });

  test('leave out what is no event: Amazon S3 goes on without a zone', () => {
    const app = clinicalApp({ app: { documents: DocumentStore.s3(), network: undefined } });
    expect(find(app, /three or more zones/)).toBeUndefined();
    expect(find(app, /versions kept/)).toMatchObject({ automation: RecoveryAutomation.MANUAL });
  });
});

describe('of the other Region', () => {
  const { ehr, dr } = hospital();
  const region = ehr.recoveryThresholds.filter(({ scope }) => scope === FailureScope.REGION);

  test('are the steps of the estimate: users read by themselves, and write when a person has decided', () => {
    expect(region.map(({ automation, expected }) => [automation, expected?.toSeconds()])).toEqual([
      [RecoveryAutomation.AUTOMATIC, dr.estimate.rtoReadOnly.toSeconds()],
      [RecoveryAutomation.MANUAL, dr.estimate.rto.toSeconds()],
    ]);
    expect(region[1].action).toContain('somebody decides to write in the recovery Region');
  });

  test('are in the template, and on the dashboard', () => {
    const template = Template.fromStack(Stack.of(ehr));
    const written = template.toJSON().Metadata['cdk-resilient-ehr'].systems['Ehr/Ehr'].recoveryThresholds;
    expect(written).toHaveLength(ehr.recoveryThresholds.length);
    expect(written).toContainEqual(
      expect.objectContaining({ scope: 'REGION', automation: 'MANUAL', expectedSeconds: dr.estimate.rto.toSeconds() }),
    );
    expect(JSON.stringify(template.findResources('AWS::CloudWatch::Dashboard'))).toContain(
      'somebody decides to write in the recovery Region',
    );
  });
});

test('each has a source a reader can follow', () => {
  for (const { source } of hospital().ehr.recoveryThresholds) {
    expect(source).toMatch(/https:\/\/|judgement|declared|objectives/);
  }
});

test('the table in the README is what the dashboard of its example shows', () => {
  const health = HealthProfile.http('/actuator/health/readiness', { startup: Duration.seconds(330) });
  const shown = thresholdTable(clinicalApp({ app: { health } }).recoveryThresholds).split('\n');
  const readme = readFileSync(join(__dirname, '..', '..', 'src', 'app', 'README.md'), 'utf-8').split('\n');
  const start = readme.findIndex((line) => line.startsWith('| what is watched |'));
  const rows = readme.slice(start).slice(0, readme.slice(start).indexOf(''));
  expect(rows.length).toBeGreaterThan(5);
  expect(rows.filter((row) => !shown.includes(row))).toEqual([]);
});
