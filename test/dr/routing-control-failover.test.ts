import { Duration } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Failover, type RoutingControlOptions } from '../../src';
import { type HospitalOptions, hospital, httpsWithoutZone } from '../support/hospital';

const control =
  'arn:aws:route53-recovery-control::111111111111:controlpanel/0123456789abcdef/routingcontrol/abcdef0123456789';
const endpoints = ['us-east-1', 'us-west-2', 'eu-west-1', 'ap-northeast-1', 'ap-southeast-2'].map((region) => ({
  region,
  url: `https://abcd.route53-recovery-cluster.${region}.amazonaws.com/v1`,
}));

function controlled(options: Partial<RoutingControlOptions> = {}, more: HospitalOptions = {}) {
  return hospital({
    ...more,
    dr: () => ({ failover: Failover.routingControl({ routingControlArn: control, endpoints, ...options }) }),
  });
}

describe('a failover by routing control', () => {
  const { stack, recoveryStack, dr } = controlled();

  test('hangs the record of the primary Region on the control, and leaves the other alone', () => {
    const primary = Template.fromStack(stack);
    const [[checkId, check], ...others] = Object.entries(primary.findResources('AWS::Route53::HealthCheck'));
    expect(others).toEqual([]);
    expect(check.Properties.HealthCheckConfig).toMatchObject({ Type: 'RECOVERY_CONTROL', RoutingControlArn: control });
    primary.hasResourceProperties('AWS::Route53::RecordSet', {
      Failover: 'PRIMARY',
      HealthCheckId: { Ref: checkId },
    });
    Template.fromStack(recoveryStack).hasResourceProperties('AWS::Route53::RecordSet', {
      Failover: 'SECONDARY',
      HealthCheckId: Match.absent(),
    });
  });

  test('is moved by one command that tries every endpoint but that of the lost Region', () => {
    const commands = Object.values(Template.fromStack(recoveryStack).findOutputs('*')).map(({ Value }) =>
      String(Value),
    );
    const [off, on] = ['Off', 'On'].map((state) =>
      commands.find((c) => c.includes(`--routing-control-state ${state}`)),
    );
    expect(off?.split(' || ')).toHaveLength(4);
    expect(off).not.toContain('us-east-1');
    expect(on?.split(' || ')).toHaveLength(4);
  });

  test('counts the time until somebody notices, before anybody can read', () => {
    expect(dr.estimate.rtoReadOnly.toMinutes()).toBe(12);
    expect(controlled({ noticeTime: Duration.minutes(5) }).dr.estimate.rtoReadOnly.toMinutes()).toBe(7);
  });

  test.each<[string, Partial<RoutingControlOptions>, RegExp]>([
    [
      'the ARN is of something else',
      { routingControlArn: 'arn:aws:s3:::b' },
      /must be the ARN of a routing control, got/,
    ],
    [
      'the lever is lost with its Region',
      { endpoints: endpoints.slice(0, 2) },
      /two endpoints outside us-east-1.* got 1/,
    ],
    ['an endpoint is no address', { endpoints: [...endpoints, { region: 'x', url: 'x' }] }, /must begin with https/],
    ['nobody notices in time', { noticeTime: Duration.minutes(14) }, /until users can read takes 16 minutes/],
  ])('fails when %s', (_, options, message) => {
    expect(() => controlled(options)).toThrow(message);
  });

  test('fails where there is no record to move, and outside the commercial Regions', () => {
    expect(() => controlled({}, { app: (scope) => ({ ingress: [httpsWithoutZone(scope)] }) })).toThrow(
      /no DNS record to move.*\[RoutingControlNotPossible/,
    );
    expect(() => controlled({}, { primaryRegion: 'cn-north-1', recoveryRegion: 'cn-northwest-1' })).toThrow(
      /routing control is in the commercial Regions only/,
    );
  });
});
