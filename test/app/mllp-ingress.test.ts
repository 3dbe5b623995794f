import { App, Duration, type Environment, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import {
  ClinicalTier,
  Compute,
  DataProtection,
  FixedAddresses,
  HealthProfile,
  type ICompute,
  type IIngress,
  Ingress,
  type MllpIngressProps,
  type MultiAzClinicalApp,
  ProbeProtocol,
  ResilienceObjectives,
  TransportEncryption,
  ZonalAutoshift,
  type ZonalEntry,
} from '../../src';
import {
  ACCOUNT,
  CERTIFICATE,
  clinicalApp,
  clinicalAppIn,
  DIGEST,
  SmallNetwork,
  type TestAppOptions,
  VIRGINIA,
  zone,
} from '../support/app';

const hospital = ec2.Peer.ipv4('10.20.0.0/16');
const feeds = [
  { name: 'adt', port: 2575 },
  { name: 'oru', port: 2576 },
];
const OREGON: Environment = { account: ACCOUNT, region: 'us-west-2' };
const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const TARGET_GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';
const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';

function mllp(props: Partial<MllpIngressProps> = {}): IIngress {
  return Ingress.mllp({ feeds, sources: [hospital], encryption: TransportEncryption.tlsPassThrough(), ...props });
}

function appWith(props: Partial<MllpIngressProps> = {}, options: TestAppOptions = {}): MultiAzClinicalApp {
  return clinicalApp({
    ...options,
    compute: { additionalPorts: [2575, 2576], ...options.compute },
    app: { ingress: [mllp(props)], ...options.app },
  });
}

function templateOf(props: Partial<MllpIngressProps> = {}, options: TestAppOptions = {}): Template {
  return Template.fromStack(Stack.of(appWith(props, options)));
}

/** The same ingress, bound in one Region after the other. */
function boundTwice(ingress: IIngress, environments: Environment[] = [VIRGINIA, OREGON]): () => void {
  const app = new App();
  return () => {
    for (const [index, env] of environments.entries()) {
      const stack = new Stack(app, `Ehr${index}`, { env });
      clinicalAppIn(stack, { compute: { additionalPorts: [2575, 2576] }, app: { ingress: [ingress] } });
    }
  };
}

function attributes(template: Template, type: string, key: string): Record<string, unknown>[] {
  return Object.values(template.findResources(type)).map(({ Properties }) =>
    Object.fromEntries(
      Properties[key].map(({ Key, Value }: { Key: string; Value: unknown }): [string, unknown] => [Key, Value]),
    ),
  );
}

function certificateIn(stack: Stack, arn = CERTIFICATE): acm.ICertificate {
  return acm.Certificate.fromCertificateArn(stack, 'MllpCertificate', arn);
}

describe('the load balancer', () => {
  test('stands in every zone, inside, can be shifted away from one, and cannot be deleted', () => {
    const template = templateOf();
    template.hasResourceProperties(LOAD_BALANCER, {
      Type: 'network',
      Scheme: 'internal',
      SubnetMappings: [1, 2, 3].map((n) => ({
        SubnetId: { Ref: Match.stringLikeRegexp(`applicationSubnet${n}`) },
        PrivateIPv4Address: Match.absent(),
        AllocationId: Match.absent(),
      })),
    });
    expect(attributes(template, LOAD_BALANCER, 'LoadBalancerAttributes')).toEqual([
      {
        'deletion_protection.enabled': 'true',
        'load_balancing.cross_zone.enabled': 'true',
        'zonal_shift.config.enabled': 'true',
      },
    ]);
  });

  test('can be deleted with a sandbox', () => {
    const dataProtection = DataProtection.destroyWithStack({ acknowledgeDataLoss: 'sandbox' });
    const template = templateOf({}, { app: { ingress: [mllp()], dataProtection } });
    expect(attributes(template, LOAD_BALANCER, 'LoadBalancerAttributes')).toMatchObject([
      { 'deletion_protection.enabled': 'false' },
    ]);
  });

  test('has a listener and targets for each feed', () => {
    const template = templateOf({ feeds: [feeds[0], { name: 'oru', port: 6662, targetPort: 2576 }] });
    for (const [port, targetPort] of [
      [2575, 2575],
      [6662, 2576],
    ]) {
      template.hasResourceProperties(LISTENER, { Port: port, Protocol: 'TCP' });
      template.hasResourceProperties(TARGET_GROUP, { Port: targetPort, Protocol: 'TCP', TargetType: 'ip' });
    }
    template.hasResourceProperties('AWS::ECS::Service', {
      LoadBalancers: [
        Match.objectLike({ ContainerName: 'App', ContainerPort: 2575 }),
        Match.objectLike({ ContainerName: 'App', ContainerPort: 2576 }),
      ],
    });
  });

  test('lets only the sources in, and reaches only what it forwards to and probes', () => {
    const template = templateOf();
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      GroupDescription: 'Load balancer of ehr',
      SecurityGroupIngress: [2575, 2576].map((FromPort) =>
        Match.objectLike({ CidrIp: '10.20.0.0/16', FromPort, ToPort: FromPort }),
      ),
      SecurityGroupEgress: Match.absent(),
    });
    const ports = (type: string) =>
      Object.values(template.findResources(type)).map(({ Properties }) => Properties.FromPort);
    expect(ports('AWS::EC2::SecurityGroupEgress').sort()).toEqual([2575, 2576, 8080]);
    expect(ports('AWS::EC2::SecurityGroupIngress').sort()).toEqual([2575, 2576, 8080]);
  });

  test('lets a prefix list in, which a hospital keeps up to date in one place', () => {
    const template = templateOf({ sources: [ec2.Peer.prefixList('pl-123')] });
    for (const FromPort of [2575, 2576]) {
      template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { SourcePrefixListId: 'pl-123', FromPort });
    }
  });
});

describe('the address of a zone', () => {
  test('can be chosen, so that a firewall is set up before the deployment', () => {
    const addresses = FixedAddresses.privateIpv4('10.0.48.10', '10.0.64.10', '10.0.80.10');
    const app = appWith({ addresses });
    Template.fromStack(Stack.of(app)).hasResourceProperties(LOAD_BALANCER, {
      Scheme: 'internal',
      SubnetMappings: ['10.0.48.10', '10.0.64.10', '10.0.80.10'].map((PrivateIPv4Address, zone) => ({
        PrivateIPv4Address,
        SubnetId: { Ref: Match.stringLikeRegexp(`applicationSubnet${zone + 1}`) },
      })),
    });
    expect(app.ingress[0].zonalEntries?.map(({ address }) => address)).toEqual([
      '10.0.48.10',
      '10.0.64.10',
      '10.0.80.10',
    ]);
    expect(app.ingress[0].entryPoint.address).toBe('10.0.48.10, 10.0.64.10, 10.0.80.10');
  });

  test('can be an Elastic IP address that outlives the system', () => {
    const app = appWith({ addresses: FixedAddresses.elasticIps() });
    const template = Template.fromStack(Stack.of(app));
    template.resourcePropertiesCountIs(
      'AWS::EC2::EIP',
      { Tags: Match.arrayWith([{ Key: 'Name', Value: 'ehr zone 3' }]) },
      1,
    );
    expect(Object.keys(template.findResources('AWS::EC2::EIP', { DeletionPolicy: 'Retain' }))).toHaveLength(3);
    template.hasResource(LOAD_BALANCER, {
      Properties: {
        Scheme: 'internet-facing',
        SubnetMappings: [1, 2, 3].map((n) => ({
          SubnetId: { Ref: Match.stringLikeRegexp(`publicSubnet${n}`) },
          AllocationId: { 'Fn::GetAtt': [Match.stringLikeRegexp(`IngressAddress${n}`), 'AllocationId'] },
        })),
      },
      DependsOn: Match.arrayWith([Match.stringLikeRegexp('publicSubnet1DefaultRoute')]),
    });
    expect(app.ingress[0].entryPoint.address).toBe('one fixed address in each zone');
  });

  test('goes with a sandbox', () => {
    const dataProtection = DataProtection.destroyWithStack({ acknowledgeDataLoss: 'sandbox' });
    const ingress = [mllp({ addresses: FixedAddresses.elasticIps() })];
    const template = templateOf({}, { app: { ingress, dataProtection } });
    expect(Object.keys(template.findResources('AWS::EC2::EIP', { DeletionPolicy: 'Delete' }))).toHaveLength(3);
  });

  test('can be an Elastic IP address that exists', () => {
    const ids = ['eipalloc-1', 'eipalloc-2', 'eipalloc-3'];
    const template = templateOf({ addresses: FixedAddresses.existingElasticIps(...ids) });
    template.hasResourceProperties(LOAD_BALANCER, {
      Scheme: 'internet-facing',
      SubnetMappings: ids.map((AllocationId) => Match.objectLike({ AllocationId })),
    });
    template.resourcePropertiesCountIs(
      'AWS::EC2::EIP',
      { Tags: Match.arrayWith([{ Key: 'Name', Value: 'ehr zone 1' }]) },
      0,
    );
  });

  test('has a DNS name of its own', () => {
    const app = appWith();
    const stack = Stack.of(app);
    const { zonalEntries } = stack.resolve({ zonalEntries: app.ingress[0].zonalEntries });
    expect(zonalEntries.map(({ availabilityZone }: ZonalEntry) => availabilityZone)).toEqual([
      'dummy1a',
      'dummy1b',
      'dummy1c',
    ]);
    expect(zonalEntries[1].dnsName).toEqual({
      'Fn::Join': ['', ['dummy1b.', { 'Fn::GetAtt': ['AppIngressLoadBalancerEDE4497F', 'DNSName'] }]],
    });
  });

  test.each([
    [2, ['10.0.64.10', '10.0.96.10']],
    [4, ['10.0.64.10', '10.0.80.10', '10.0.96.10', '10.0.112.10']],
  ])('is one for each of %d zones', (zones, given) => {
    const network = new SmallNetwork(zones);
    const ingress = [mllp({ addresses: FixedAddresses.privateIpv4(...given) })];
    const app = clinicalApp({
      context: { 'availability-zones:account=111111111111:region=us-east-1': ['a', 'b', 'c', 'd'] },
      compute: { additionalPorts: [2575, 2576] },
      app: { network, ingress },
    });
    expect(app.ingress[0].zonalEntries).toHaveLength(zones);
  });

  test('fails where there is not one for each zone, or one does not fit', () => {
    const addresses = FixedAddresses.privateIpv4('10.0.48.3', '10.9.0.10');
    expect(() => appWith({ addresses })).toThrow(
      /the network has 3 zones, each of which needs an address, got 2: .*10.0.48.3 is none that can be given in 10.0.48.0\/20, the subnet of zone 1; the first four and the last belong to AWS; address 10.9.0.10 is none .*AddressesDoNotFit at Ehr\/App\/Ingress/,
    );
  });

  test('fails for an allocation that is none', () => {
    const addresses = FixedAddresses.existingElasticIps('eipalloc-1', 'eipalloc-2', '203.0.113.7');
    expect(() => appWith({ addresses })).toThrow(/"203.0.113.7" is no allocation id.*AddressesDoNotFit/);
  });
});

describe('zones', () => {
  test('share targets, so a failed one keeps its connections: a zonal shift allows nothing else', () => {
    const groups = attributes(templateOf(), TARGET_GROUP, 'TargetGroupAttributes');
    expect(groups).toHaveLength(2);
    for (const group of groups) {
      expect(group).toEqual({
        'deregistration_delay.timeout_seconds': '30',
        'deregistration_delay.connection_termination.enabled': 'true',
        'target_health_state.unhealthy.connection_termination.enabled': 'false',
        'preserve_client_ip.enabled': 'false',
        'proxy_protocol_v2.enabled': 'false',
        'target_group_health.dns_failover.minimum_healthy_targets.count': '1',
        'target_group_health.unhealthy_state_routing.minimum_healthy_targets.count': '1',
      });
    }
  });

  test('can share nothing: then a failed target loses its connections at once', () => {
    const template = templateOf({ crossZone: false });
    expect(attributes(template, LOAD_BALANCER, 'LoadBalancerAttributes')).toMatchObject([
      {
        'load_balancing.cross_zone.enabled': 'false',
        'zonal_shift.config.enabled': 'true',
        'dns_record.client_routing_policy': 'availability_zone_affinity',
      },
    ]);
    expect(attributes(template, TARGET_GROUP, 'TargetGroupAttributes')).toMatchObject(
      feeds.map(() => ({ 'target_health_state.unhealthy.connection_termination.enabled': 'true' })),
    );
  });

  test('the application can see who sends, and the time to finish can be chosen', () => {
    const template = templateOf({ preserveClientIp: true, deregistrationDelay: Duration.minutes(2) });
    expect(attributes(template, TARGET_GROUP, 'TargetGroupAttributes')).toMatchObject(
      feeds.map(() => ({ 'preserve_client_ip.enabled': 'true', 'deregistration_delay.timeout_seconds': '120' })),
    );
  });
});

describe('encryption', () => {
  test('passes TLS through, and forgets silent connections after an hour', () => {
    templateOf().allResourcesProperties(LISTENER, {
      Protocol: 'TCP',
      Certificates: Match.absent(),
      ListenerAttributes: [{ Key: 'tcp.idle_timeout.seconds', Value: '3600' }],
    });
  });

  test('the time a connection may be silent can be chosen', () => {
    templateOf({ idleTimeout: Duration.seconds(6000) }).allResourcesProperties(LISTENER, {
      ListenerAttributes: [{ Key: 'tcp.idle_timeout.seconds', Value: '6000' }],
    });
  });

  test('can end at the load balancer, with TLS 1.2 and 1.3, an access log, and an alarm for senders that fail', () => {
    const stack = new Stack(new App(), 'Ehr', { env: VIRGINIA });
    const encryption = TransportEncryption.tlsTermination({ certificate: certificateIn(stack) });
    clinicalAppIn(stack, {
      compute: { additionalPorts: [2575, 2576] },
      app: { ingress: [mllp({ encryption })] },
    });
    const template = Template.fromStack(stack);
    template.allResourcesProperties(LISTENER, {
      Protocol: 'TLS',
      SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
      Certificates: [{ CertificateArn: CERTIFICATE }],
      ListenerAttributes: Match.absent(),
    });
    template.allResourcesProperties(TARGET_GROUP, { Protocol: 'TCP' });
    expect(attributes(template, LOAD_BALANCER, 'LoadBalancerAttributes')).toMatchObject([
      { 'access_logs.s3.enabled': 'true' },
    ]);
    template.hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 365 })] },
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'ClientTLSNegotiationErrorCount' });
    template.resourcePropertiesCountIs('AWS::CloudWatch::Alarm', { MetricName: 'DaysToExpiry', Threshold: 30 }, 1);
  });

  test('can go on to the application, with a policy and a certificate of its own making', () => {
    const stack = new Stack(new App(), 'Ehr', { env: VIRGINIA });
    const encryption = TransportEncryption.tlsTermination({
      sslPolicy: elbv2.SslPolicy.TLS13_13,
      encryptToApplication: true,
    });
    const named = { domainName: 'hl7.example.org', hostedZone: zone(stack), accessLogRetention: Duration.days(30) };
    clinicalAppIn(stack, {
      compute: { additionalPorts: [2575, 2576] },
      app: { ingress: [mllp({ encryption, ...named })] },
    });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::CertificateManager::Certificate', { DomainName: 'hl7.example.org' });
    template.resourcePropertiesCountIs('AWS::CloudWatch::Alarm', { MetricName: 'DaysToExpiry' }, 0);
    template.allResourcesProperties(LISTENER, { Protocol: 'TLS', SslPolicy: 'ELBSecurityPolicy-TLS13-1-3-2021-06' });
    template.allResourcesProperties(TARGET_GROUP, { Protocol: 'TLS' });
    template.hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 30 })] },
    });
  });

  test('writes an access log of TLS only', () => {
    const template = templateOf();
    template.resourceCountIs('AWS::S3::Bucket', 0);
    template.resourcePropertiesCountIs('AWS::CloudWatch::Alarm', { MetricName: 'ClientTLSNegotiationErrorCount' }, 0);
  });

  test('writes it where the Region is only known at deployment, too', () => {
    const stack = new Stack(new App(), 'Ehr');
    const encryption = TransportEncryption.tlsTermination({ certificate: certificateIn(stack) });
    clinicalAppIn(stack, {
      compute: { additionalPorts: [2575, 2576] },
      app: { ingress: [mllp({ encryption })] },
    });
    Template.fromStack(stack).hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Action: 's3:PutObject', Principal: { Service: 'delivery.logs.amazonaws.com' } }),
        ]),
      },
    });
  });

  test('fails in plain text without a reason', () => {
    expect(() => TransportEncryption.plaintext({ reason: ' ' })).toThrow(
      /needs the reason why patient data may travel without TLS.*InvalidTransportEncryption/,
    );
  });

  test('fails with a certificate of another Region', () => {
    const stack = new Stack(new App(), 'Ehr', { env: VIRGINIA });
    const certificate = certificateIn(stack, CERTIFICATE.replace('us-east-1', 'us-west-2'));
    const encryption = TransportEncryption.tlsTermination({ certificate });
    expect(() =>
      clinicalAppIn(stack, { compute: { additionalPorts: [2575, 2576] }, app: { ingress: [mllp({ encryption })] } }),
    ).toThrow(/CertificateInOtherRegion/);
  });
});

describe('probes', () => {
  const probed = { startup: Duration.seconds(60) };

  test('ask the application over HTTP at its own port, not the feed', () => {
    templateOf().allResourcesProperties(TARGET_GROUP, {
      HealthCheckProtocol: 'HTTP',
      HealthCheckPort: '8080',
      HealthCheckPath: '/readyz',
      HealthCheckIntervalSeconds: 10,
      UnhealthyThresholdCount: 3,
      Matcher: { HttpCode: '200' },
    });
  });

  test('ask another port and protocol where the profile says so', () => {
    const health = HealthProfile.http('/status', { port: 8443, protocol: ProbeProtocol.HTTPS, ...probed });
    const template = templateOf({}, { app: { ingress: [mllp()], health } });
    template.allResourcesProperties(TARGET_GROUP, {
      HealthCheckProtocol: 'HTTPS',
      HealthCheckPort: '8443',
      HealthCheckPath: '/status',
    });
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 8443 });
  });

  test('open a connection to each feed where the profile is TCP', () => {
    const template = templateOf({}, { app: { ingress: [mllp()], health: HealthProfile.tcp(probed) } });
    template.allResourcesProperties(TARGET_GROUP, {
      HealthCheckProtocol: 'TCP',
      HealthCheckPort: 'traffic-port',
      HealthCheckPath: Match.absent(),
      Matcher: Match.absent(),
    });
    template.resourcePropertiesCountIs('AWS::EC2::SecurityGroupIngress', { FromPort: 8080 }, 0);
  });

  test('can differ from those of the system, and then decide how long recovery takes', () => {
    const health = HealthProfile.tcp({ port: 2575, interval: Duration.seconds(20), timeout: Duration.seconds(10) });
    const app = appWith({ health });
    const { Metadata } = Template.fromStack(Stack.of(app)).toJSON();
    const { recoveryBudgets } = Metadata['cdk-resilient-ehr'].systems['Ehr/App'];
    expect(recoveryBudgets[0].untilReadable[0]).toMatchObject({
      seconds: 70,
      source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html',
    });
    Template.fromStack(Stack.of(app)).allResourcesProperties(TARGET_GROUP, { HealthCheckPort: '2575' });
  });
});

test('of several ways in, the one that notices last decides how long recovery takes', () => {
  const slow = HealthProfile.tcp({ port: 2575, interval: Duration.seconds(20), timeout: Duration.seconds(10) });
  const [fast, late] = [mllp({ feeds: [feeds[1]] }), mllp({ feeds: [feeds[0]], health: slow })];
  for (const ingress of [
    [fast, late],
    [late, fast],
  ]) {
    const { Metadata } = templateOf({}, { app: { ingress } }).toJSON();
    const { recoveryBudgets } = Metadata['cdk-resilient-ehr'].systems['Ehr/App'];
    expect(recoveryBudgets[0].untilReadable[0].seconds).toBe(70);
  }
});

describe('people', () => {
  test('learn of targets that fail in a zone, of feeds nobody takes, and of broken connections', () => {
    const template = templateOf();
    for (const zoneNumber of [1, 2, 3]) {
      template.hasResource('AWS::CloudWatch::Alarm', {
        Properties: {
          Threshold: 1,
          EvaluationPeriods: 7, // five of them, because the last may come late
          DatapointsToAlarm: 5,
          Metrics: Match.arrayWith([
            Match.objectLike({ Expression: 'MAX([FILL(m0, 0), FILL(m1, 0)])' }),
            Match.objectLike({
              MetricStat: Match.objectLike({
                Metric: Match.objectLike({
                  MetricName: 'UnHealthyHostCount',
                  Dimensions: Match.arrayWith([{ Name: 'AvailabilityZone', Value: `dummy1${'abc'[zoneNumber - 1]}` }]),
                }),
              }),
            }),
          ]),
        },
      });
    }
    template.resourcePropertiesCountIs(
      'AWS::CloudWatch::Alarm',
      { MetricName: 'HealthyHostCount', TreatMissingData: 'breaching', Threshold: 1 },
      2,
    );
    for (const MetricName of ['PortAllocationErrorCount', 'TCP_ELB_Reset_Count', 'TCP_Target_Reset_Count']) {
      template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName, TreatMissingData: 'notBreaching' });
    }
  });

  test('are not told of missing targets where none should be', () => {
    const template = templateOf(
      {},
      { app: { ingress: [mllp()], _recoverySide: { pairedRegion: 'us-west-2', capacityPercent: 0 } } },
    );
    template.resourcePropertiesCountIs('AWS::CloudWatch::Alarm', { MetricName: 'HealthyHostCount' }, 0);
  });

  test('read an alarm on ten feeds at most, because it takes no more', () => {
    const many = Array.from({ length: 12 }, (_, index) => ({ name: `feed-${index}`, port: 3000 + index }));
    const app = clinicalApp({ app: { compute: anything(), ingress: [mllp({ feeds: many })] } });
    const sizes = Object.values(Template.fromStack(Stack.of(app)).findResources('AWS::CloudWatch::Alarm'))
      .filter(({ Properties }) => JSON.stringify(Properties.Metrics ?? '').includes('UnHealthyHostCount'))
      .map(({ Properties }) => Properties.Metrics.length - 1);
    expect(sizes.sort()).toEqual([10, 10, 10, 2, 2, 2]);
  });

  test('see on the dashboard whether it is connected, and a deployment that breaks connections is undone', () => {
    const app = appWith();
    const template = Template.fromStack(Stack.of(app));
    const [dashboard] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
    expect(JSON.stringify(dashboard)).toContain('Is it connected? MLLP one fixed address in each zone');
    template.hasResourceProperties('AWS::ECS::Service', {
      DeploymentConfiguration: Match.objectLike({
        Alarms: { AlarmNames: ['ehr-us-east-1-ingress-target-resets'], Enable: true, Rollback: true },
      }),
    });
  });

  test('can graph open connections, but not requests, of which there are none', () => {
    const app = appWith();
    expect(app.metricConnections().toMetricConfig().metricStat).toMatchObject({ metricName: 'ActiveFlowCount' });
    expect(() => app.metricRequests()).toThrow(/metricRequests needs an ingress with an Application Load Balancer/);
    expect(() => clinicalApp().metricConnections()).toThrow(/metricConnections .*MetricNotAvailable at Ehr\/App/);
  });

  test('find every feed among the entry points', () => {
    const app = appWith();
    const { Metadata } = Template.fromStack(Stack.of(app)).toJSON();
    expect(Metadata['cdk-resilient-ehr'].systems['Ehr/App'].entryPoints).toEqual(
      [2575, 2576].map((port) => ({
        address: 'one fixed address in each zone',
        protocol: 'MLLP',
        port,
        path: 'Ehr/App/Ingress/LoadBalancer',
      })),
    );
  });
});

describe('a pair of which one side serves', () => {
  const pair: ICompute = {
    bind: (scope, options) => ({ ...anything().bind(scope, options), passiveTargets: 1 }),
  };

  test('has a target that fails its probes on purpose, of which nobody is told; that none answers is told', () => {
    const template = templateOf({}, { app: { compute: pair, ingress: [mllp()] } });
    const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map((alarm) =>
      JSON.stringify(alarm),
    );
    expect(alarms.filter((alarm) => alarm.includes('UnHealthyHostCount'))).toEqual([]);
    expect(alarms.filter((alarm) => alarm.includes('"HealthyHostCount"'))).not.toEqual([]);
  });

  test('fails behind zones on their own', () => {
    expect(() => templateOf({}, { app: { compute: pair, ingress: [mllp({ crossZone: false })] } })).toThrow(
      /one target serves at a time.*ZonesWithoutTarget/,
    );
  });
});

describe('DNS', () => {
  test('names the load balancer by a failover record of the Region', () => {
    const stack = new Stack(new App(), 'Ehr', { env: VIRGINIA });
    const app = clinicalAppIn(stack, {
      compute: { additionalPorts: [2575, 2576] },
      app: { ingress: [mllp({ domainName: 'hl7.example.org', hostedZone: zone(stack) })] },
    });
    Template.fromStack(stack).hasResourceProperties('AWS::Route53::RecordSet', {
      Name: 'hl7.example.org.',
      Failover: 'PRIMARY',
      SetIdentifier: 'us-east-1',
      AliasTarget: Match.objectLike({ EvaluateTargetHealth: true }),
    });
    expect(app.ingress[0].routing?.reachableFromInternet).toBe(false);
    expect(app.ingress[0].entryPoint.address).toBe('hl7.example.org');
  });

  test('is not needed', () => {
    templateOf().resourceCountIs('AWS::Route53::RecordSet', 0);
    expect(appWith().ingress[0].routing).toBeUndefined();
  });
});

describe('in two Regions', () => {
  test('the same definition serves both, where AWS chooses the addresses', () => {
    expect(boundTwice(mllp())).not.toThrow();
    expect(boundTwice(mllp({ addresses: FixedAddresses.elasticIps() }))).not.toThrow();
  });

  test.each<[string, Partial<MllpIngressProps>, RegExp]>([
    [
      'chosen addresses',
      { addresses: FixedAddresses.privateIpv4('10.0.48.10', '10.0.64.10', '10.0.80.10') },
      /10.0.48.10, 10.0.64.10, 10.0.80.10 exist in us-east-1 only/,
    ],
    [
      'Elastic IP addresses',
      { addresses: FixedAddresses.existingElasticIps('eipalloc-1', 'eipalloc-2', 'eipalloc-3') },
      /eipalloc-1.*exist in us-east-1 only/,
    ],
    ['prefix lists', { sources: [hospital, ec2.Peer.prefixList('pl-123')] }, /pl-123 exist in us-east-1 only/],
  ])('fails to take %s along', (_, props, message) => {
    expect(boundTwice(mllp(props))).toThrow(message);
    expect(boundTwice(mllp(props))).toThrow(
      /give CrossRegionDr recovery: { ingress }.*IngressIsRegional at Ehr1\/App\/Ingress/,
    );
    expect(boundTwice(mllp(props), [VIRGINIA])).not.toThrow();
  });

  test.each(['us-gov-west-1', 'cn-north-1'])('works in %s', (region) => {
    const template = templateOf({}, { env: { account: ACCOUNT, region } });
    template.resourceCountIs(LISTENER, 2);
  });
});

describe('fails', () => {
  test.each<[string, Partial<MllpIngressProps>, RegExp]>([
    ['without feeds', { feeds: [] }, /there is no feed; give at least one/],
    ['without sources', { sources: [] }, /sources is empty, so nobody could connect/],
    ['for everybody', { sources: [ec2.Peer.anyIpv4()] }, /must not let 0.0.0.0\/0 in/],
    ['for everybody in IPv6', { sources: [ec2.Peer.anyIpv6()] }, /must not let ::\/0 in/],
    ['for half of everybody', { sources: [ec2.Peer.ipv4('128.0.0.0/1')] }, /must not let 128.0.0.0\/1 in/],
    [
      'for more feeds than listeners',
      { feeds: Array.from({ length: 51 }, (_, index) => ({ name: `feed-${index}`, port: 3000 + index })) },
      /up to 50 listeners, got 51; spread them over several ingresses/,
    ],
    ['for a port out of range', { feeds: [{ name: 'adt', port: 0 }] }, /port of feed "adt" must be 1 to 65535, got 0/],
    [
      'for a target port out of range',
      { feeds: [{ name: 'adt', port: 2575, targetPort: 70000 }] },
      /must be 1 to 65535, got 70000/,
    ],
    ['for a name that is none', { feeds: [{ name: 'adt feed', port: 2575 }] }, /must be 1 to 24 letters.*"adt feed"/],
    ['for a name given twice', { feeds: [feeds[0], { name: 'adt', port: 2576 }] }, /feed "adt" is named twice/],
    [
      'for a port given twice',
      { feeds: [feeds[0], { name: 'oru', port: 2575 }] },
      /port 2575 is given to more than one feed/,
    ],
    ['for a hasty idle timeout', { idleTimeout: Duration.seconds(59) }, /idleTimeout must be 60 to 6000 .* got 59/],
    ['for a long idle timeout', { idleTimeout: Duration.seconds(6001) }, /idleTimeout must be 60 to 6000 .* got 6001/],
    [
      'for an idle timeout of TLS',
      { encryption: TransportEncryption.tlsTermination(), idleTimeout: Duration.minutes(10) },
      /without a certificate.*idleTimeout cannot be chosen where TLS ends at the load balancer, which waits for 350/,
    ],
  ])('%s', (_, props, message) => {
    expect(() => mllp(props)).toThrow(message);
    expect(() => mllp(props)).toThrow('InvalidMllpIngress');
  });

  test('for a hosted zone without a name', () => {
    const stack = new Stack(new App(), 'Ehr', { env: VIRGINIA });
    expect(() => mllp({ hostedZone: zone(stack) })).toThrow(/hostedZone is given without a domainName/);
  });

  test('for a feed that the application does not listen to', () => {
    expect(() => appWith({}, { compute: { additionalPorts: [2575] } })).toThrow(/PortNotListened/);
  });

  test('for more feeds than Amazon ECS registers a service with', () => {
    const six = [2575, 2576, 2577, 2578, 2579, 2580];
    const ingress = [mllp({ feeds: six.map((port) => ({ name: `feed-${port}`, port })) })];
    expect(() => clinicalApp({ compute: { additionalPorts: six }, app: { ingress } })).toThrow(/TooManyTargetGroups/);
  });

  test('for compute that cannot be behind it', () => {
    const compute = without(
      Compute.fargate({
        image: ecs.ContainerImage.fromRegistry(`example.org/ehr@${DIGEST}`),
        port: 2575,
        peakTasks: 1,
      }),
    );
    expect(() => clinicalApp({ app: { compute, ingress: [mllp()] } })).toThrow(
      /cannot be a target of a Network Load Balancer.*NotBehindLoadBalancer at Ehr\/App\/Ingress/,
    );
  });

  test('for zones on their own where one task runs', () => {
    const compute = Compute.activePassive({
      image: ecs.ContainerImage.fromRegistry(`example.org/ehr@${DIGEST}`),
      port: 8080,
      additionalPorts: [2575, 2576],
    });
    const objectives = ResilienceObjectives.forTier(ClinicalTier.CARE_ESSENTIAL, { biaReference: 'BIA-1' });
    const app = (props: Partial<MllpIngressProps>) =>
      clinicalApp({ app: { compute, objectives, ingress: [mllp(props)] } });
    expect(() => app({ crossZone: false })).toThrow(/crossZone is false, .*ZonesWithoutTarget at Ehr\/App\/Ingress/);
    expect(() => app({})).not.toThrow();
  });

  test('for public addresses where no subnet is public', () => {
    const network = new PrivateNetwork();
    const ingress = [mllp({ addresses: FixedAddresses.elasticIps() })];
    expect(() => clinicalApp({ compute: { additionalPorts: [2575, 2576] }, app: { network, ingress } })).toThrow(
      /needs public subnets in at least 2 zones, got 0; .*TooFewZones at Ehr\/App\/Ingress/,
    );
  });
});

class PrivateNetwork extends SmallNetwork {
  public override bind(scope: Stack) {
    return { ...super.bind(scope), publicSubnets: { subnets: [] } };
  }
}

/** Compute that has nothing for a Network Load Balancer. */
function without(compute: ICompute): ICompute {
  return { bind: (scope, options) => ({ ...compute.bind(scope, options), networkTargets: undefined }) };
}

/** Compute that takes any number of ports. */
function anything(): ICompute {
  const fargate = Compute.fargate({
    image: ecs.ContainerImage.fromRegistry(`example.org/ehr@${DIGEST}`),
    port: 8080,
    peakTasks: 1,
  });
  const networkTargets = {
    forPort: () => ({ attachToNetworkTargetGroup: () => ({ targetType: elbv2.TargetType.IP }) }),
  };
  return { bind: (scope, options) => ({ ...fargate.bind(scope, options), networkTargets }) };
}

describe('what people are told', () => {
  const many = Array.from({ length: 11 }, (_, index) => ({ name: `feed-${index}`, port: 3000 + index }));
  const fleet = Compute.ec2Fleet({
    machineImage: ec2.MachineImage.genericLinux({ 'us-east-1': 'ami-0123456789abcdef0' }),
    instanceType: new ec2.InstanceType('m7i.large'),
    port: 8080,
    additionalPorts: many.map(({ port }) => port),
    peakInstances: 2,
  });

  test('the way in is shut when nothing takes a feed', () => {
    const template = templateOf();
    const [shut] = Object.values(
      template.findResources('AWS::CloudWatch::CompositeAlarm', {
        Properties: { AlarmName: 'ehr-us-east-1-way-in-1-is-shut' },
      }),
    );
    const rule = JSON.stringify(shut.Properties.AlarmRule);
    expect(rule).toContain('NoHealthyTargetadt');
    expect(rule).toContain('NoHealthyTargetoru');
    expect(rule).not.toContain('Unhealthy');
  });

  test('minutes count in which a feed has no target, for as many feeds as an alarm can read', () => {
    templateOf().hasResourceProperties('AWS::CloudWatch::Alarm', {
      EvaluationPeriods: 5,
      Metrics: Match.arrayWith([Match.objectLike({ Expression: 'IF(m0 < 1 OR m1 < 1, 1, 0)' })]),
    });
    expect(
      appWith({ feeds: many }, { app: { compute: fleet, ingress: [mllp({ feeds: many })] } }).userImpact.downtimeAlarm,
    ).toBeUndefined();
  });

  test('a zone is left by connections, for as long as their clients keep them', () => {
    const app = appWith({}, { app: { zonalAutoshift: ZonalAutoshift.withPracticeRuns({ timeZone: 'UTC' }) } });
    Template.fromStack(Stack.of(app)).hasResourceProperties('AWS::ARCZonalShift::ZonalAutoshiftConfiguration', {
      ResourceIdentifier: { Ref: Match.stringLikeRegexp('IngressLoadBalancer') },
    });
    const shift = app.recoveryThresholds.find(({ action }) => action.includes('zonal autoshift'));
    expect(shift).toBeDefined();
    expect(shift?.expected).toBeUndefined();
    expect(app.recoveryThresholds).toContainEqual(
      expect.objectContaining({ action: 'the load balancer sends the target no more connections' }),
    );
  });
});
