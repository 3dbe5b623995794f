import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import {
  type ActivePassiveComputeProps,
  ClinicalTier,
  Compute,
  CrossRegionDr,
  DrStrategy,
  HealthProfile,
  Ingress,
  ResilienceObjectives,
} from '../../src';
import { CERTIFICATE, clinicalApp, clinicalAppIn, DIGEST, SmallNetwork, type TestAppOptions } from '../support/app';

const engine = (props: Partial<ActivePassiveComputeProps> = {}) =>
  Compute.activePassive({ image: ContainerImage.fromRegistry(`example.org/engine@${DIGEST}`), port: 8080, ...props });

const health = HealthProfile.http('/', { startup: Duration.seconds(60) }); // notices in 35 seconds

function appWith(props: Partial<ActivePassiveComputeProps> = {}, app: TestAppOptions['app'] = {}) {
  return clinicalApp({ app: { compute: engine(props), health, ...app } });
}

function templateOf(...args: Parameters<typeof appWith>): Template {
  return Template.fromStack(Stack.of(appWith(...args)));
}

const metadataOf = (template: Template) => template.toJSON().Metadata['cdk-resilient-ehr'].systems['Ehr/App'];

describe('one task', () => {
  test('is stopped before the next is started, and nothing rebalances it into a second', () => {
    templateOf().hasResourceProperties('AWS::ECS::Service', {
      AvailabilityZoneRebalancing: 'DISABLED',
      DeploymentConfiguration: Match.objectLike({
        MinimumHealthyPercent: 0,
        MaximumPercent: 100,
        DeploymentCircuitBreaker: { Enable: true, Rollback: true },
      }),
      HealthCheckGracePeriodSeconds: 60,
    });
  });

  test('is what Amazon ECS starts with; what people stopped stays stopped by the next deployment', () => {
    templateOf().hasResourceProperties('AWS::ECS::Service', { DesiredCount: Match.absent() });
  });

  test('is never scaled', () => {
    templateOf().resourceCountIs('AWS::ApplicationAutoScaling::ScalableTarget', 0);
  });

  test('may be started in every zone of the application', () => {
    const template = Template.fromStack(
      Stack.of(clinicalApp({ app: { compute: engine(), health, network: new SmallNetwork(3) } })),
    );
    const [service] = Object.values(template.findResources('AWS::ECS::Service'));
    expect(service.Properties.NetworkConfiguration.AwsvpcConfiguration.Subnets).toHaveLength(3);
  });

  test('is declared as what it is', () => {
    const { compute } = appWith();
    expect(compute.capacity).toEqual({ peak: 1, running: 1, unit: 'task' });
    expect(compute.runsOnce).toBe(true);
  });

  test('has an alarm when it does not run', () => {
    templateOf().hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'RunningTaskCount', Threshold: 1 });
  });

  test('does not run in a standby Region, and has no alarm for that', () => {
    const template = templateOf({}, { _recoverySide: { pairedRegion: 'us-west-2', capacityPercent: 0 } });
    template.hasResourceProperties('AWS::ECS::Service', { DesiredCount: 0 });
    template.resourcePropertiesCountIs('AWS::CloudWatch::Alarm', { MetricName: 'RunningTaskCount' }, 0);
  });

  test('runs in the Region that was recovered to, without a count that a deployment would reset', () => {
    templateOf({}, { _recoverySide: { pairedRegion: 'us-west-2', capacityPercent: 100 } }).hasResourceProperties(
      'AWS::ECS::Service',
      { DesiredCount: Match.absent() },
    );
  });
});

describe('recovery', () => {
  test('takes the detection, the stop, the placement, the start and the probes that follow', () => {
    const { recovery } = appWith({ stopTimeout: Duration.seconds(30), placementTime: Duration.seconds(45) }).compute;
    expect(recovery?.map(({ scope, recoveryTime }) => [scope, recoveryTime?.toSeconds()])).toEqual([
      ['COMPONENT', 35 + 30 + 45 + 60 + 20],
      ['AVAILABILITY_ZONE', 35 + 30 + 45 + 60 + 20],
    ]);
    expect(recovery?.[0].mechanism).toBe(
      'Amazon ECS starts another task (detection 35 s, stop 30 s, placement 45 s, startup 60 s, probes 20 s)',
    );
  });

  test('is in the budgets that the template carries', () => {
    const budgets = metadataOf(templateOf()).recoveryBudgets;
    expect(budgets.map(({ scope, rtoSeconds }: Record<string, unknown>) => [scope, rtoSeconds])).toEqual([
      ['COMPONENT', 235], // 35 + 60 + 60 + 60 + 20
      ['AVAILABILITY_ZONE', 295], // and a minute of DNS
    ]);
  });
});

const operational = ResilienceObjectives.forTier(ClinicalTier.OPERATIONAL, { biaReference: 'BIA-1' });

test('fails where the objectives allow less than a start takes', () => {
  const slow = HealthProfile.http('/', { startup: Duration.minutes(10) });
  expect(() => appWith({}, { health: slow })).toThrow(
    /losing one COMPONENT takes 775 seconds.*Amazon ECS starts another task.*\[ObjectivesNotMet/,
  );
  expect(() => appWith({}, { health: slow, objectives: operational })).not.toThrow();
});

test('fails where care depends on it and nobody measured the start', () => {
  expect(() => appWith({}, { health: HealthProfile.http('/') })).toThrow(/MissingStartupBudget/);
});

test('fails naming every mistake at once', () => {
  expect(() => engine({ port: 0, user: 'root' })).toThrow(
    /port must be 1 to 65535, got 0; user must not be root.*\[InvalidActivePassiveCompute\]/,
  );
});

test('fails in a second Region that would run it as well', () => {
  const app = new App();
  const stack = new Stack(app, 'Ehr', { env: { account: '111111111111', region: 'us-east-1' } });
  const primary = clinicalAppIn(stack, {
    app: {
      compute: engine(),
      health,
      objectives: operational,
      ingress: [
        Ingress.https({
          domainName: 'ehr.example.org',
          certificate: acm.Certificate.fromCertificateArn(stack, 'Cert', CERTIFICATE),
        }),
      ],
    },
  });
  const other = new Stack(app, 'Dr', { env: { account: '111111111111', region: 'us-west-2' } });
  expect(() => new CrossRegionDr(other, 'Dr', { primary, strategy: DrStrategy.hotStandby() })).toThrow(
    /HOT_STANDBY would run the application in both Regions, but it must run once/,
  );
});
