import { App, Duration, type Environment, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { DataProtection, HealthProfile, type HttpsIngressProps, Ingress, ProbeProtocol } from '../../src';
import { ACCOUNT, CERTIFICATE, clinicalApp, clinicalAppIn, type TestAppOptions, VIRGINIA, zone } from '../support/app';

function templateOf(options: TestAppOptions = {}): Template {
  return Template.fromStack(Stack.of(clinicalApp(options)));
}

function stackIn(env?: Environment): Stack {
  return new Stack(new App(), 'Ehr', { env });
}

function attributes(template: Template, type: string, key: string): Record<string, unknown> {
  const [resource] = Object.values(template.findResources(`AWS::ElasticLoadBalancingV2::${type}`));
  return Object.fromEntries(
    resource.Properties[key].map(({ Key, Value }: { Key: string; Value: unknown }) => [Key, Value]),
  );
}

const probed = { startup: Duration.seconds(60) };

describe('its security groups', () => {
  function groupsIn(stack: Stack, count: number): ec2.ISecurityGroup[] {
    return Array.from({ length: count }, (_, n) =>
      ec2.SecurityGroup.fromSecurityGroupId(stack, `Group${n}`, `sg-${n}`),
    );
  }

  test('can be those that a network team keeps', () => {
    const stack = stackIn(VIRGINIA);
    clinicalAppIn(stack, { https: { securityGroups: groupsIn(stack, 2) } });
    Template.fromStack(stack).hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      SecurityGroups: ['sg-0', 'sg-1'],
    });
  });

  test('fail to be more than AWS takes, or of another Region', () => {
    const stack = stackIn(VIRGINIA);
    const another = stackIn(VIRGINIA);
    const other = stackIn({ account: ACCOUNT, region: 'us-west-2' });
    expect(() => clinicalAppIn(another, { https: { securityGroups: groupsIn(stack, 6) } })).toThrow(
      /up to 5 security groups, got 6.*InvalidHttpsIngress/,
    );
    expect(() => clinicalAppIn(stack, { https: { securityGroups: groupsIn(other, 1) } })).toThrow(
      /security groups of us-west-2 cannot be used in us-east-1.*SecurityGroupInOtherRegion/,
    );
  });
});

test('HTTP/2 can be switched off', () => {
  expect(attributes(templateOf({ https: { http2: false } }), 'LoadBalancer', 'LoadBalancerAttributes')).toMatchObject({
    'routing.http2.enabled': 'false',
  });
});

describe('the load balancer', () => {
  test('stands in the public subnet of every zone, can be shifted away from one, and cannot be deleted', () => {
    const template = templateOf();
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      Scheme: 'internet-facing',
      Subnets: [1, 2, 3].map((n) => ({ Ref: Match.stringLikeRegexp(`publicSubnet${n}`) })),
    });
    expect(attributes(template, 'LoadBalancer', 'LoadBalancerAttributes')).toMatchObject({
      'zonal_shift.config.enabled': 'true',
      'client_keep_alive.seconds': '300',
      'deletion_protection.enabled': 'true',
      'routing.http.drop_invalid_header_fields.enabled': 'true',
      'routing.http.desync_mitigation_mode': 'defensive',
      'idle_timeout.timeout_seconds': '60',
      'access_logs.s3.enabled': 'true',
    });
  });

  test('speaks HTTPS only, with TLS 1.2 and 1.3', () => {
    const template = templateOf();
    template.resourceCountIs('AWS::ElasticLoadBalancingV2::Listener', 1);
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
      Port: 443,
      Protocol: 'HTTPS',
      SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
      Certificates: [{ CertificateArn: CERTIFICATE }],
    });
  });

  test('tells of a certificate that was given when it ends in a month, and of none that renews itself', () => {
    const metric = { MetricName: 'DaysToExpiry', Namespace: 'AWS/CertificateManager' };
    templateOf().hasResourceProperties('AWS::CloudWatch::Alarm', {
      ...metric,
      Dimensions: [{ Name: 'CertificateArn', Value: CERTIFICATE }],
      Statistic: 'Minimum',
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 30,
      TreatMissingData: 'ignore',
      AlarmDescription: Match.stringLikeRegexp('certificate of ehr.example.org ends'),
      AlarmActions: [Match.anyValue()],
    });
    const stack = new Stack(new App(), 'Ehr', { env: VIRGINIA });
    clinicalAppIn(stack, { https: { certificate: undefined, hostedZone: zone(stack) } });
    Template.fromStack(stack).resourcePropertiesCountIs('AWS::CloudWatch::Alarm', metric, 0);
  });

  test('lets everybody connect to port 443', () => {
    templateOf().hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: [Match.objectLike({ CidrIp: '0.0.0.0/0', FromPort: 443, ToPort: 443 })],
    });
  });

  test('lets only those connect who may', () => {
    const allowedSources = [ec2.Peer.ipv4('192.0.2.0/24'), ec2.Peer.ipv4('198.51.100.0/24')];
    templateOf({ https: { allowedSources } }).hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: [
        Match.objectLike({ CidrIp: '192.0.2.0/24', FromPort: 443 }),
        Match.objectLike({ CidrIp: '198.51.100.0/24', FromPort: 443 }),
      ],
    });
  });

  test('stands in the application subnets, open to the VPC, where the internet does not reach it', () => {
    const template = templateOf({ https: { internetFacing: false } });
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      Scheme: 'internal',
      Subnets: Match.arrayWith([{ Ref: Match.stringLikeRegexp('applicationSubnet1') }]),
    });
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: [Match.objectLike({ CidrIp: '10.0.0.0/16', FromPort: 443 })],
    });
  });

  test('can be deleted where data may be destroyed, and so can its log', () => {
    const dataProtection = DataProtection.destroyWithStack({ acknowledgeDataLoss: 'sandbox' });
    const template = templateOf({ app: { dataProtection } });
    expect(attributes(template, 'LoadBalancer', 'LoadBalancerAttributes')).toMatchObject({
      'deletion_protection.enabled': 'false',
    });
    template.allResources('AWS::S3::Bucket', { DeletionPolicy: 'Delete' });
  });

  test('takes every option', () => {
    const template = templateOf({
      https: {
        sslPolicy: elbv2.SslPolicy.FIPS_TLS13_12_RES,
        idleTimeout: Duration.seconds(120),
        deregistrationDelay: Duration.seconds(45),
        slowStart: Duration.seconds(90),
        latencyThreshold: Duration.millis(1500),
        accessLogRetention: Duration.days(2190),
      },
    });
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
      SslPolicy: Match.stringLikeRegexp('FIPS'),
    });
    expect(attributes(template, 'LoadBalancer', 'LoadBalancerAttributes')).toMatchObject({
      'idle_timeout.timeout_seconds': '120',
    });
    expect(attributes(template, 'TargetGroup', 'TargetGroupAttributes')).toMatchObject({
      'deregistration_delay.timeout_seconds': '45',
      'slow_start.duration_seconds': '90',
      'load_balancing.algorithm.type': 'round_robin',
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'ehr-us-east-1-ingress-latency',
      Threshold: 1.5,
    });
    template.hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 2190 })] },
    });
  });
});

describe('targets', () => {
  test('are probed as the health profile says', () => {
    const health = HealthProfile.http('/readyz', {
      ...probed,
      interval: Duration.seconds(20),
      timeout: Duration.seconds(4),
      healthyThreshold: 3,
      unhealthyThreshold: 2,
      healthyHttpCodes: '200-204',
    });
    templateOf({ app: { health } }).hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
      HealthCheckPath: '/readyz',
      HealthCheckProtocol: 'HTTP',
      HealthCheckPort: Match.absent(),
      HealthCheckIntervalSeconds: 20,
      HealthCheckTimeoutSeconds: 4,
      HealthyThresholdCount: 3,
      UnhealthyThresholdCount: 2,
      Matcher: { HttpCode: '200-204' },
      Protocol: 'HTTP',
      TargetType: 'ip',
    });
  });

  test('get the load balancer through their security group on the port that is probed', () => {
    const health = HealthProfile.http('/actuator/health', { ...probed, port: 8081 });
    const template = templateOf({ app: { health } });
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', { HealthCheckPort: '8081' });
    for (const port of [8080, 8081]) {
      template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: port, ToPort: port });
      template.hasResourceProperties('AWS::EC2::SecurityGroupEgress', { FromPort: port, ToPort: port });
    }
  });

  test('that speak TLS are asked in it', () => {
    const health = HealthProfile.http('/', { ...probed, protocol: ProbeProtocol.HTTPS });
    templateOf({ app: { health } }).hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
      Protocol: 'HTTPS',
      HealthCheckProtocol: 'HTTPS',
    });
  });

  test('get fewer requests when they answer slowly, and leave DNS with their zone', () => {
    expect(attributes(templateOf(), 'TargetGroup', 'TargetGroupAttributes')).toMatchObject({
      'deregistration_delay.timeout_seconds': '30',
      'load_balancing.algorithm.type': 'least_outstanding_requests',
      'target_group_health.dns_failover.minimum_healthy_targets.count': '1',
      'target_group_health.unhealthy_state_routing.minimum_healthy_targets.count': '1',
    });
  });
});

describe('the address', () => {
  function templateWith(https: Partial<HttpsIngressProps>, app: TestAppOptions['app'] = {}): Template {
    const stack = stackIn(VIRGINIA);
    clinicalAppIn(stack, { https: { hostedZone: zone(stack), ...https }, app });
    return Template.fromStack(stack);
  }

  test('is a failover record of its Region from the first day', () => {
    templateWith({}).hasResourceProperties('AWS::Route53::RecordSet', {
      Name: 'ehr.example.org.',
      Type: 'A',
      SetIdentifier: 'us-east-1',
      Failover: 'PRIMARY',
      HostedZoneId: 'Z1',
      AliasTarget: Match.objectLike({ EvaluateTargetHealth: true }),
      HealthCheckId: Match.absent(),
    });
  });

  test('is the second choice in the recovery Region', () => {
    templateWith({}, { _recoverySide: { pairedRegion: 'us-west-2', capacityPercent: 100 } }).hasResourceProperties(
      'AWS::Route53::RecordSet',
      { Failover: 'SECONDARY' },
    );
  });

  test('can lead away from the Region while a health check fails', () => {
    const stack = stackIn(VIRGINIA);
    const app = clinicalAppIn(stack, { https: { hostedZone: zone(stack) } });
    const { routing } = app.ingress[0];
    expect(routing?.reachableFromInternet).toBe(true);
    routing?.failAwayWhenUnhealthy(route53.HealthCheck.fromHealthCheckId(stack, 'HealthCheck', 'hc-1'));
    Template.fromStack(stack).hasResourceProperties('AWS::Route53::RecordSet', { HealthCheckId: 'hc-1' });
  });

  test('cannot be probed from the internet where only some may connect', () => {
    const stack = stackIn(VIRGINIA);
    const https = { hostedZone: zone(stack), allowedSources: [ec2.Peer.ipv4('192.0.2.0/24')] };
    expect(clinicalAppIn(stack, { https }).ingress[0].routing?.reachableFromInternet).toBe(false);
  });

  test('is yours to keep without a hosted zone', () => {
    const app = clinicalApp();
    expect(app.ingress[0].routing).toBeUndefined();
    Template.fromStack(Stack.of(app)).resourceCountIs('AWS::Route53::RecordSet', 0);
  });

  test('fails outside its hosted zone', () => {
    expect(() => templateWith({ domainName: 'ehr.example.com' })).toThrow(
      /"ehr.example.com" is not in the hosted zone "example.org".*\[DomainNotInHostedZone/,
    );
  });

  test('fails in AWS GovCloud (US), which has no public hosted zones', () => {
    const stack = stackIn({ region: 'us-gov-west-1' });
    const https = { certificate: undefined, hostedZone: zone(stack) };
    expect(() => clinicalAppIn(stack, { https })).toThrow(
      /Amazon Route 53 in us-gov-west-1 has no public hosted zones.*leave hostedZone out.*\[HostedZoneNotSupported/,
    );
  });

  test('fails in a Region that is only known at deployment', () => {
    const stack = stackIn();
    expect(() => clinicalAppIn(stack, { https: { hostedZone: zone(stack) } })).toThrow(/RegionMustBeKnown/);
  });

  test('fails with a hosted zone that another Region makes', () => {
    const app = new App();
    const ohio = new Stack(app, 'Ohio', { env: { ...VIRGINIA, region: 'us-east-2' } });
    const hostedZone = new route53.PublicHostedZone(ohio, 'Zone', { zoneName: 'example.org' });
    expect(() => clinicalAppIn(new Stack(app, 'Ehr', { env: VIRGINIA }), { https: { hostedZone } })).toThrow(
      /made by a stack in us-east-2.*fromHostedZoneAttributes.*\[HostedZoneInOtherRegion/,
    );
  });
});

describe('the certificate', () => {
  test('proves itself in the hosted zone where none is given', () => {
    const stack = stackIn(VIRGINIA);
    clinicalAppIn(stack, { https: { certificate: undefined, hostedZone: zone(stack) } });
    Template.fromStack(stack).hasResourceProperties('AWS::CertificateManager::Certificate', {
      DomainName: 'ehr.example.org',
      DomainValidationOptions: [{ DomainName: 'ehr.example.org', HostedZoneId: 'Z1' }],
    });
  });

  test('of the recovery side replaces the one in the definition', () => {
    const stack = stackIn({ account: ACCOUNT, region: 'us-west-2' });
    const arn = `arn:aws:acm:us-west-2:${ACCOUNT}:certificate/other`;
    const certificate = acm.Certificate.fromCertificateArn(stack, 'Other', arn);
    clinicalAppIn(stack, {
      app: { _recoverySide: { pairedRegion: 'us-east-1', capacityPercent: 100, certificate } },
    });
    Template.fromStack(stack).hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
      Certificates: [{ CertificateArn: arn }],
    });
  });

  test('fails when its ARN is of another Region', () => {
    expect(() => clinicalApp({ env: { account: ACCOUNT, region: 'us-west-2' } })).toThrow(
      /in us-west-2 needs a certificate of us-west-2, got arn:aws:acm:us-east-1:.*\[CertificateInOtherRegion at Ehr\/App\/Ingress\]/,
    );
  });

  test('fails when a stack of another Region makes it', () => {
    const app = new App();
    const ohio = new Stack(app, 'Ohio', { env: { ...VIRGINIA, region: 'us-east-2' } });
    const certificate = new acm.Certificate(ohio, 'Certificate', { domainName: 'ehr.example.org' });
    expect(() => clinicalAppIn(new Stack(app, 'Ehr', { env: VIRGINIA }), { https: { certificate } })).toThrow(
      /got one of us-east-2.*\[CertificateInOtherRegion/,
    );
  });
});

describe('access logs', () => {
  test('go to a private, versioned bucket that takes TLS only', () => {
    templateOf().hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      Properties: {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        VersioningConfiguration: { Status: 'Enabled' },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 365 })] },
      },
    });
  });

  test('are delivered in a Region that is only known at deployment', () => {
    const stack = stackIn();
    clinicalAppIn(stack);
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 's3:PutObject',
            Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
          }),
        ]),
      },
    });
    template.hasResource('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      DependsOn: Match.arrayWith([Match.stringLikeRegexp('AccessLogsBucketPolicy')]),
    });
  });

  test.each([
    ['us-gov-west-1', '048591011584'],
    ['cn-north-1', '638102146993'],
  ])('are delivered by the account that does so in %s', (region, account) => {
    const stack = stackIn({ account: ACCOUNT, region });
    clinicalAppIn(stack, {}, `arn:aws:acm:${region}:${ACCOUNT}:certificate/abc`);
    Template.fromStack(stack).hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Principal: { AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::${account}:root`]] } },
          }),
        ]),
      },
    });
  });
});

describe('alarms', () => {
  test.each([
    ['HealthyHostCount', 'LessThanThreshold', 'breaching'],
    ['UnHealthyHostCount', 'GreaterThanOrEqualToThreshold', 'notBreaching'],
    ['HTTPCode_ELB_5XX_Count', 'GreaterThanThreshold', 'notBreaching'],
    ['HTTPCode_Target_5XX_Count', 'GreaterThanThreshold', 'notBreaching'],
    ['TargetResponseTime', 'GreaterThanThreshold', 'notBreaching'],
  ])('watch %s', (MetricName, ComparisonOperator, TreatMissingData) => {
    templateOf().hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName, ComparisonOperator, TreatMissingData });
  });

  test('watch the share of requests that fail, counting those that reached no target', () => {
    templateOf().hasResourceProperties('AWS::CloudWatch::Alarm', {
      Threshold: 5,
      Metrics: Match.arrayWith([
        Match.objectLike({ Expression: '100 * (FILL(target, 0) + FILL(elb, 0)) / (FILL(requests, 0) + FILL(elb, 0))' }),
      ]),
    });
  });
});

describe('fails', () => {
  const certificate = acm.Certificate.fromCertificateArn(stackIn(), 'Certificate', CERTIFICATE);

  test('without certificate and hosted zone', () => {
    expect(() => Ingress.https({ domainName: 'ehr.example.org' })).toThrow(
      /"ehr.example.org" has neither a certificate nor a hosted zone .*\[InvalidHttpsIngress\]/,
    );
  });

  test('with slow start and an algorithm that ignores it', () => {
    expect(() =>
      Ingress.https({
        domainName: 'ehr.example.org',
        certificate,
        slowStart: Duration.seconds(60),
        loadBalancingAlgorithm: elbv2.TargetGroupLoadBalancingAlgorithmType.LEAST_OUTSTANDING_REQUESTS,
      }),
    ).toThrow(/slowStart does not work with LEAST_OUTSTANDING_REQUESTS/);
  });

  test('with nobody who may connect', () => {
    expect(() => Ingress.https({ domainName: 'ehr.example.org', certificate, allowedSources: [] })).toThrow(
      /allowedSources is empty/,
    );
  });

  test('with a probe it cannot make', () => {
    expect(() => clinicalApp({ app: { health: HealthProfile.tcp(probed) } })).toThrow(
      /cannot probe with TCP; use HealthProfile.http \[UnsupportedHealthProfile/,
    );
  });

  test('with compute it cannot send to', () => {
    const { compute } = clinicalApp();
    const withoutTarget = { bind: () => ({ ...compute, applicationTarget: undefined }) };
    expect(() => clinicalApp({ app: { compute: withoutTarget } })).toThrow(/\[NotBehindLoadBalancer/);
  });
});
