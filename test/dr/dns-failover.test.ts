import { Duration, type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import {
  ClinicalTier,
  type DnsFailoverOptions,
  Failover,
  HealthProfile,
  Ingress,
  ResilienceObjectives,
} from '../../src';
import { hospital, httpsWithoutZone } from '../support/hospital';

function templates(options: DnsFailoverOptions = {}, app?: Parameters<typeof hospital>[0]) {
  const { stack, dr } = hospital({ ...app, dr: () => ({ failover: Failover.dns(options) }) });
  return { primary: Template.fromStack(stack), landing: Template.fromStack(dr.landing.stack), dr };
}

/** People need longer to decide than a life-critical system has until it can be read. */
const objectives = ResilienceObjectives.forTier(ClinicalTier.LIFE_CRITICAL, {
  region: { rto: Duration.hours(4), rtoReadOnly: Duration.minutes(30), rpo: Duration.minutes(15) },
});

const internal = {
  app: (stack: Stack) => ({
    objectives,
    ingress: [
      Ingress.https({
        domainName: 'ehr.example.org',
        internetFacing: false,
        hostedZone: HostedZone.fromHostedZoneAttributes(stack, 'InternalZone', {
          hostedZoneId: 'Z1',
          zoneName: 'example.org',
        }),
      }),
    ],
  }),
};

describe('automatic', () => {
  const { primary, landing, dr } = templates();

  test('the load balancer is asked every ten seconds, as a user would', () => {
    primary.hasResourceProperties('AWS::Route53::HealthCheck', {
      HealthCheckConfig: {
        Type: 'HTTPS',
        Port: 443,
        ResourcePath: '/readyz',
        RequestInterval: 10,
        FailureThreshold: 3,
        FullyQualifiedDomainName: { 'Fn::GetAtt': [Match.stringLikeRegexp('LoadBalancer'), 'DNSName'] },
      },
    });
  });

  test('the latch follows an alarm in the recovery Region, and remembers when it is silent', () => {
    primary.hasResourceProperties('AWS::Route53::HealthCheck', {
      HealthCheckConfig: {
        Type: 'CLOUDWATCH_METRIC',
        AlarmIdentifier: { Name: 'hapi-fhir-failed-over', Region: 'us-west-2' },
        InsufficientDataHealthStatus: 'LastKnownStatus',
      },
    });
    landing.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'hapi-fhir-failed-over',
      Namespace: 'CdkResilientEhr',
      MetricName: 'FailedOver',
      Dimensions: [{ Name: 'System', Value: 'hapi-fhir' }],
      Statistic: 'Maximum', // Route 53 cannot read extended statistics
      Period: 60, // nor high-resolution metrics
      TreatMissingData: 'ignore',
    });
  });

  test('users stay only while the load balancer answers and nobody sent them away', () => {
    primary.hasResourceProperties('AWS::Route53::HealthCheck', {
      HealthCheckConfig: {
        Type: 'CALCULATED',
        HealthThreshold: 2,
        ChildHealthChecks: [Match.anyValue(), Match.anyValue()],
      },
    });
  });

  test('the commands write what the alarm reads', () => {
    expect(dr.failover.leaveCommand).toBe(
      'aws cloudwatch put-metric-data --region us-west-2 --namespace CdkResilientEhr --metric-name FailedOver --dimensions System=hapi-fhir --value 1',
    );
    expect(dr.failover.returnCommand).toMatch(/--value 0$/);
  });

  test('reading resumes within the checks and the life of an answer; writing after a decision', () => {
    const seconds = (steps: { duration: Duration }[]) => steps.map(({ duration }) => duration.toSeconds());
    expect(seconds(dr.failover.redirection)).toEqual([30, 90]);
    expect(seconds(dr.failover.decision)).toEqual([1800]);
  });
});

test('a threshold that is given changes the check and the estimate', () => {
  const { primary, dr } = templates({ failureThreshold: 6, decisionTime: Duration.minutes(10) });
  primary.hasResourceProperties('AWS::Route53::HealthCheck', { HealthCheckConfig: { FailureThreshold: 6 } });
  expect(dr.failover.redirection[0].duration.toSeconds()).toBe(60);
  expect(dr.failover.decision[0].duration.toMinutes()).toBe(10);
});

test('a probe on a port of its own is not behind the listener, so its deep path is asked', () => {
  const health = HealthProfile.http('/healthz', {
    port: 8081,
    deep: { path: '/fhir/metadata' },
    startup: Duration.minutes(5),
  });
  const { primary } = templates({}, { app: () => ({ health }) });
  primary.hasResourceProperties('AWS::Route53::HealthCheck', {
    HealthCheckConfig: { Type: 'HTTPS', ResourcePath: '/fhir/metadata' },
  });
});

test('without any path behind the listener, a connection has to do', () => {
  const health = HealthProfile.http('/healthz', { port: 8081, startup: Duration.minutes(5) });
  const { primary } = templates({}, { app: () => ({ health }) });
  primary.hasResourceProperties('AWS::Route53::HealthCheck', {
    HealthCheckConfig: { Type: 'TCP', Port: 443, ResourcePath: Match.absent() },
  });
});

test('where people decide, only the latch sends users away, and their time counts', () => {
  const { primary, dr } = templates({ automatic: false }, { app: () => ({ objectives }) });
  primary.resourceCountIs('AWS::Route53::HealthCheck', 1);
  expect(dr.estimate.rtoReadOnly.toMinutes({ integral: false })).toBeGreaterThan(15);
});

test('fails where people decide, and reading must resume sooner than they can', () => {
  expect(() => templates({ automatic: false })).toThrow(
    /until users can read takes 18 minutes 30 seconds, rtoReadOnly/,
  );
});

test('an internal ingress cannot be watched from the internet, so people decide', () => {
  const { stack } = hospital({ ...internal, dr: () => ({ failover: Failover.dns({ automatic: false }) }) });
  Template.fromStack(stack).resourceCountIs('AWS::Route53::HealthCheck', 1);
});

describe('fails', () => {
  test('when an internal ingress is to be watched', () => {
    expect(() => templates({ automatic: true }, internal)).toThrow(
      /automatic is true, but 1 ingress\(es\) cannot be reached from the internet, .*set automatic: false/,
    );
  });

  test('when there is no record to move', () => {
    expect(() => templates({}, { app: (stack) => ({ ingress: [httpsWithoutZone(stack)] }) })).toThrow(
      /no ingress of the primary has a hosted zone, .*or use Failover.manual\(\)/,
    );
  });

  test.each([0, 11, 1.5])('when the threshold is %s', (failureThreshold) => {
    expect(() => templates({ failureThreshold })).toThrow(/failureThreshold must be a whole number from 1 to 10/);
  });

  test('in AWS GovCloud (US), which has no public hosted zones', () => {
    expect(() =>
      hospital({
        primaryRegion: 'us-gov-west-1',
        recoveryRegion: 'us-gov-east-1',
        app: (stack) => ({ ingress: [httpsWithoutZone(stack)] }),
      }),
    ).toThrow(/Failover.dns\(\) does not work in us-gov-west-1.*use Failover.manual\(\).*DnsFailoverNotSupported/);
  });
});
