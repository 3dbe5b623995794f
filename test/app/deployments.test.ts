import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Compute, Deployments, Ingress, TransportEncryption } from '../../src';
import { CERTIFICATE, clinicalApp, clinicalAppIn, DIGEST, type TestAppOptions, VIRGINIA } from '../support/app';
import { hospital } from '../support/hospital';

const image = ContainerImage.fromRegistry(`example.org/ehr@${DIGEST}`);

const blueGreen: TestAppOptions = { compute: { deployments: Deployments.blueGreen() } };

function templateOf(options: TestAppOptions = {}): Template {
  return Template.fromStack(Stack.of(clinicalApp(options)));
}

function deploymentOf(deployments: Deployments): Record<string, unknown> {
  const [service] = Object.values(templateOf({ compute: { deployments } }).findResources('AWS::ECS::Service'));
  return service.Properties.DeploymentConfiguration;
}

function logicalIdOf(template: Template, type: string, id: RegExp): string {
  const [found] = Object.keys(template.findResources(type)).filter((logicalId) => id.test(logicalId));
  return found;
}

describe('strategies', () => {
  test('rolling is the default, and leaves the template as it is', () => {
    const rolling = templateOf({ compute: { deployments: Deployments.rolling() } });
    expect(rolling.toJSON()).toEqual(templateOf().toJSON());
    rolling.resourceCountIs('AWS::ElasticLoadBalancingV2::TargetGroup', 1);
    rolling.resourceCountIs('AWS::ElasticLoadBalancingV2::ListenerRule', 0);
  });

  test('blue/green moves all requests, and keeps the former version for 15 minutes', () => {
    expect(deploymentOf(Deployments.blueGreen())).toMatchObject({ Strategy: 'BLUE_GREEN', BakeTimeInMinutes: 15 });
    expect(deploymentOf(Deployments.blueGreen({ bakeTime: Duration.hours(1) }))).toMatchObject({
      BakeTimeInMinutes: 60,
    });
  });

  test('linear moves them in steps', () => {
    expect(deploymentOf(Deployments.linear())).toMatchObject({
      Strategy: 'LINEAR',
      BakeTimeInMinutes: 15,
      LinearConfiguration: { StepPercent: 10, StepBakeTimeInMinutes: 6 },
    });
    const slow = Deployments.linear({
      stepPercent: 3.5,
      stepBakeTime: Duration.minutes(30),
      bakeTime: Duration.hours(2),
    });
    expect(deploymentOf(slow)).toMatchObject({
      BakeTimeInMinutes: 120,
      LinearConfiguration: { StepPercent: 3.5, StepBakeTimeInMinutes: 30 },
    });
  });

  test('canary moves a few first', () => {
    expect(deploymentOf(Deployments.canary())).toMatchObject({
      Strategy: 'CANARY',
      BakeTimeInMinutes: 15,
      CanaryConfiguration: { CanaryPercent: 5, CanaryBakeTimeInMinutes: 10 },
    });
    const wide = Deployments.canary({
      canaryPercent: 20,
      canaryBakeTime: Duration.hours(1),
      bakeTime: Duration.minutes(5),
    });
    expect(deploymentOf(wide)).toMatchObject({
      BakeTimeInMinutes: 5,
      CanaryConfiguration: { CanaryPercent: 20, CanaryBakeTimeInMinutes: 60 },
    });
  });

  test.each([
    [
      () => Deployments.blueGreen({ bakeTime: Duration.minutes(4) }),
      /bakeTime must be 5 to 1440 whole minutes.*4 minutes/,
    ],
    [() => Deployments.blueGreen({ bakeTime: Duration.minutes(1441) }), /bakeTime must be 5 to 1440/],
    [() => Deployments.blueGreen({ bakeTime: Duration.seconds(330) }), /whole minutes/],
    [() => Deployments.linear({ stepPercent: 2.9 }), /stepPercent must be 3 to 100, to one decimal place, got 2.9/],
    [() => Deployments.linear({ stepPercent: 101 }), /stepPercent must be 3 to 100/],
    [() => Deployments.linear({ stepPercent: Number.NaN }), /stepPercent must be 3 to 100/],
    [() => Deployments.linear({ stepBakeTime: Duration.minutes(1) }), /stepBakeTime must be/],
    [() => Deployments.canary({ canaryPercent: 0 }), /canaryPercent must be 0.1 to 100/],
    [() => Deployments.canary({ canaryPercent: 5.55 }), /to one decimal place, got 5.55/],
    [() => Deployments.canary({ canaryBakeTime: Duration.minutes(0) }), /canaryBakeTime must be/],
  ])('refuses what no alarm could stop, or Amazon ECS does not take: %#', (deployments, message) => {
    expect(deployments).toThrow(message);
  });

  test('names several mistakes together', () => {
    expect(() => Deployments.linear({ stepPercent: 1, bakeTime: Duration.minutes(1) })).toThrow(
      /bakeTime must be[\s\S]*stepPercent must be/,
    );
  });
});

describe('the way of requests', () => {
  const template = templateOf(blueGreen);
  const targets = logicalIdOf(template, 'AWS::ElasticLoadBalancingV2::TargetGroup', /IngressTargets/);
  const alternate = logicalIdOf(template, 'AWS::ElasticLoadBalancingV2::TargetGroup', /AlternateTargets/);

  test('two target groups that differ in nothing, as they change places with each deployment', () => {
    const groups = template.findResources('AWS::ElasticLoadBalancingV2::TargetGroup');
    expect(Object.keys(groups).sort()).toEqual([alternate, targets].sort());
    expect(groups[alternate].Properties).toEqual(groups[targets].Properties);
    const rolling = templateOf().findResources('AWS::ElasticLoadBalancingV2::TargetGroup');
    expect(groups[targets]).toEqual(rolling[targets]); // a system that changes over keeps its targets
  });

  test('one rule for every path, which this library must never change: an update would bring the first weights back', () => {
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::ListenerRule', {
      Priority: 1,
      Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/*'] } }],
      Actions: [
        {
          Type: 'forward',
          ForwardConfig: {
            TargetGroups: [
              { TargetGroupArn: { Ref: targets }, Weight: 100 },
              { TargetGroupArn: { Ref: alternate }, Weight: 0 },
            ],
          },
        },
      ],
    });
    expect(logicalIdOf(template, 'AWS::ElasticLoadBalancingV2::ListenerRule', /./)).toMatch(/^AppIngressProduction/);
  });

  test('the listener stays as it was: it answers until the rule exists', () => {
    const listenerOf = (from: Template) => from.findResources('AWS::ElasticLoadBalancingV2::Listener');
    expect(listenerOf(template)).toEqual(listenerOf(templateOf()));
  });

  test('Amazon ECS may move requests, with the policy that AWS maintains for it', () => {
    const role = logicalIdOf(template, 'AWS::IAM::Role', /ShiftedRequests/);
    template.hasResourceProperties('AWS::ECS::Service', {
      LoadBalancers: [
        {
          ContainerPort: 8080,
          TargetGroupArn: { Ref: targets },
          AdvancedConfiguration: {
            AlternateTargetGroupArn: { Ref: alternate },
            ProductionListenerRule: {
              Ref: logicalIdOf(template, 'AWS::ElasticLoadBalancingV2::ListenerRule', /./),
            },
            RoleArn: { 'Fn::GetAtt': [role, 'Arn'] },
          },
        },
      ],
    });
    expect(JSON.stringify(template.findResources('AWS::IAM::Role')[role])).toMatch(
      /:iam::aws:policy\/AmazonECSInfrastructureRolePolicyForLoadBalancers/,
    );
  });

  test('changing over replaces nothing', () => {
    const createOnly = ['Cluster', 'DeploymentController', 'LaunchType', 'Role', 'SchedulingStrategy', 'ServiceName'];
    const serviceOf = (from: Template) => Object.entries(from.findResources('AWS::ECS::Service'))[0];
    const [id, service] = serviceOf(template);
    const [rollingId, rolling] = serviceOf(templateOf());
    expect(id).toBe(rollingId);
    for (const name of createOnly) {
      expect(service.Properties[name]).toEqual(rolling.Properties[name]);
    }
    const before = Object.keys(templateOf().toJSON().Resources);
    expect(before.filter((logicalId) => !(logicalId in template.toJSON().Resources))).toEqual([]);
  });

  test('probes on another port, and rebalancing, work as before', () => {
    template.hasResourceProperties('AWS::ECS::Service', {
      AvailabilityZoneRebalancing: 'ENABLED',
      DesiredCount: Match.absent(),
    });
  });
});

describe('what is watched', () => {
  const template = templateOf(blueGreen);
  const alarm = (id: RegExp) => {
    const alarms = template.findResources('AWS::CloudWatch::Alarm');
    const [found] = Object.keys(alarms).filter((logicalId) => id.test(logicalId));
    return alarms[found].Properties;
  };
  const groupsOf = ({ Metrics }: { Metrics: object[] }) =>
    new Set(JSON.stringify(Metrics).match(/AppIngress(Alternate)?Targets[0-9A-F]+/g));

  test('targets of both groups together: an empty one alone is no outage', () => {
    const { Metrics, TreatMissingData } = alarm(/NoHealthyTarget/);
    expect(Metrics[0].Expression).toBe('FILL(healthy1, 0) + FILL(healthy2, 0)');
    expect(TreatMissingData).toBe('breaching');
    expect(groupsOf({ Metrics }).size).toBe(2);
    expect(alarm(/UnhealthyTargets/).Metrics[0].Expression).toBe('FILL(unhealthy1, 0) + FILL(unhealthy2, 0)');
  });

  test('response times of the slower version, however few requests it gets', () => {
    const { Metrics } = alarm(/Latency/);
    expect(Metrics[0].Expression).toBe('MAX([FILL(slowest1, 0), FILL(slowest2, 0)])');
    expect(groupsOf({ Metrics }).size).toBe(2);
  });

  test('the alarms still roll a deployment back', () => {
    template.hasResourceProperties('AWS::ECS::Service', {
      DeploymentConfiguration: Match.objectLike({
        Alarms: { AlarmNames: Match.arrayWith([Match.stringLikeRegexp('latency')]), Enable: true, Rollback: true },
        DeploymentCircuitBreaker: { Enable: true, Rollback: true },
      }),
    });
    const thresholds = clinicalApp(blueGreen).recoveryThresholds.map(({ threshold }) => threshold);
    expect(thresholds).toEqual(expect.arrayContaining([expect.stringMatching(/slower version > 3/)]));
  });
});

describe('what does not go together', () => {
  const https = (stack: Stack, domainName: string) =>
    Ingress.https({
      domainName,
      certificate: Certificate.fromCertificateArn(stack, domainName, CERTIFICATE),
    });
  const feed = Ingress.mllp({
    feeds: [{ name: 'adt', port: 2575, targetPort: 8080 }],
    sources: [ec2.Peer.ipv4('10.20.0.0/16')],
    encryption: TransportEncryption.tlsPassThrough(),
  });

  test('feeds, whose connections stay with the former version', () => {
    expect(() => clinicalApp({ ...blueGreen, app: { ingress: [feed] } })).toThrow(
      /take one Ingress.https and nothing else.*behind a Network Load Balancer.*DeploymentsNotSupported/s,
    );
  });

  test('a second HTTPS ingress', () => {
    const stack = new Stack(new App(), 'Ehr', { env: VIRGINIA });
    const ingress = [https(stack, 'a.example.org'), https(stack, 'b.example.org')];
    expect(() => clinicalAppIn(stack, { ...blueGreen, app: { ingress } })).toThrow(
      /move the requests of one HTTPS ingress, got .*Targets and .*Targets/,
    );
  });

  test('another Region, which Route 53 would send users to', () => {
    const compute = Compute.fargate({ image, port: 8080, peakTasks: 6, deployments: Deployments.blueGreen() });
    expect(() => hospital({ app: () => ({ compute }) })).toThrow(
      /a deployment could send users to the other Region; use Deployments.rolling\(\).*InvalidCrossRegionDr/,
    );
  });

  test('a load balancer that knows one target group only', () => {
    const stack = Stack.of(clinicalApp(blueGreen));
    const app = stack.node.findChild('App') as ReturnType<typeof clinicalApp>;
    expect(() => app.compute.applicationTarget?.attachToApplicationTargetGroup({ node: app.node } as never)).toThrow(
      /take one Ingress.https and nothing else/,
    );
  });
});
