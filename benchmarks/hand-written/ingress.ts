import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as targets from 'aws-cdk-lib/aws-route53-targets';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { DOMAIN_NAME } from '../hospital-facts';
import { PUBLIC } from './network';

export interface IngressInput {
  readonly systemName: string;
  readonly vpc: ec2.Vpc;
  readonly service: ecs.FargateService;
  readonly hostedZone: route53.IHostedZone;
  readonly failover: route53.Failover;
}

export interface Ingress {
  readonly loadBalancer: elbv2.ApplicationLoadBalancer;
  readonly targets: elbv2.ApplicationTargetGroup;
  readonly record: route53.ARecord;
}

export function newIngress(scope: Construct, { vpc, service, hostedZone, failover }: IngressInput): Ingress {
  const certificate = new acm.Certificate(scope, 'Certificate', {
    domainName: DOMAIN_NAME,
    validation: acm.CertificateValidation.fromDns(hostedZone),
  });
  const loadBalancer = new elbv2.ApplicationLoadBalancer(scope, 'LoadBalancer', {
    vpc,
    vpcSubnets: PUBLIC,
    internetFacing: true,
    deletionProtection: true,
    dropInvalidHeaderFields: true,
    desyncMitigationMode: elbv2.DesyncMitigationMode.DEFENSIVE,
    idleTimeout: Duration.seconds(60),
    clientKeepAlive: Duration.seconds(300),
  });
  loadBalancer.setAttribute('zonal_shift.config.enabled', 'true');
  const group = newTargets(scope, vpc, service);
  loadBalancer.addListener('Https', {
    port: 443,
    protocol: elbv2.ApplicationProtocol.HTTPS,
    certificates: [certificate],
    sslPolicy: elbv2.SslPolicy.TLS13_RES,
    open: true,
    defaultTargetGroups: [group],
  });
  loadBalancer.logAccessLogs(newLogBucket(scope));
  const record = new route53.ARecord(scope, 'Record', {
    zone: hostedZone,
    recordName: DOMAIN_NAME,
    target: route53.RecordTarget.fromAlias(
      new targets.LoadBalancerTarget(loadBalancer, { evaluateTargetHealth: true }),
    ),
    setIdentifier: Stack.of(scope).region,
    failover,
  });
  return { loadBalancer, targets: group, record };
}

function newTargets(scope: Construct, vpc: ec2.Vpc, service: ecs.FargateService): elbv2.ApplicationTargetGroup {
  return new elbv2.ApplicationTargetGroup(scope, 'Targets', {
    vpc,
    port: 8080,
    protocol: elbv2.ApplicationProtocol.HTTP,
    targets: [service],
    deregistrationDelay: Duration.seconds(30),
    loadBalancingAlgorithmType: elbv2.TargetGroupLoadBalancingAlgorithmType.LEAST_OUTSTANDING_REQUESTS,
    healthCheck: {
      protocol: elbv2.Protocol.HTTP,
      path: '/readyz',
      healthyHttpCodes: '200',
      interval: Duration.seconds(10),
      timeout: Duration.seconds(5),
      healthyThresholdCount: 2,
      unhealthyThresholdCount: 3,
    },
    targetGroupHealth: { dnsMinimumHealthyTargetCount: 1, routingMinimumHealthyTargetCount: 1 },
  });
}

function newLogBucket(scope: Construct): s3.Bucket {
  return new s3.Bucket(scope, 'LoadBalancerLogs', {
    encryption: s3.BucketEncryption.S3_MANAGED,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    versioned: true,
    removalPolicy: RemovalPolicy.RETAIN,
    lifecycleRules: [
      {
        id: 'Expire',
        expiration: Duration.days(365),
        noncurrentVersionExpiration: Duration.days(30),
        abortIncompleteMultipartUploadAfter: Duration.days(7),
      },
    ],
  });
}
