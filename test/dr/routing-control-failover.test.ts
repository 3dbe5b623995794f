import { Duration, type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Failover, RecoveryRunbook, type RoutingControlOptions } from '../../src';
import { type HospitalOptions, hospital, httpsWithoutZone } from '../support/hospital';
import { routingControlArn as control, endpoints } from '../support/routing-control';

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

  test('takes no gate that is not there', () => {
    expect(dr.failover.unlockCommand).toBeUndefined();
    expect(Object.keys(Template.fromStack(recoveryStack).findOutputs('*')).join()).not.toContain('Gate');
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
      'an endpoint is missing, and those that are left may all be out of service',
      { endpoints: endpoints.slice(1) },
      /must be the 5 of the cluster, each in another Region, .* got 4: us-west-2, eu-west-1, ap-northeast-1, ap-southeast-2; see aws route53/,
    ],
    [
      'one is given twice',
      { endpoints: [...endpoints.slice(1), endpoints[1]] },
      /each in another Region, .* got 5: us-west-2, .*, us-west-2/,
    ],
    [
      'an endpoint is no address',
      { endpoints: [...endpoints.slice(1), { region: 'x', url: 'x' }] },
      /must begin with https/,
    ],
    ['the gate is something else', { gateArn: 'arn:aws:s3:::b' }, /gateArn must be the ARN of a routing control, got/],
    ['the gate is the lever', { gateArn: control }, /gateArn must be another control than routingControlArn/],
    ['nobody notices in time', { noticeTime: Duration.minutes(14) }, /until users can read takes 16 minutes/],
  ])('fails when %s', (_, options, message) => {
    expect(() => controlled(options)).toThrow(message);
  });

  describe('behind a safety rule', () => {
    const gateArn = control.replace(/\w+$/, 'fedcba9876543210');
    const gated = controlled({ gateArn });
    const outputs = (side: Stack) => Template.fromStack(side).findOutputs('*');
    const named = (side: Stack, name: string) =>
      String(Object.entries(outputs(side)).find(([id]) => id.includes(name))?.[1].Value);

    test.each([
      ['OpenGate', 'On'],
      ['CloseGate', 'Off'],
    ])('%s asks the endpoints that neither Region takes along', (name, state) => {
      const tries = named(gated.recoveryStack, name).split(' || ');
      expect(tries).toHaveLength(3);
      for (const one of tries) {
        expect(one).toContain(`--routing-control-arn ${gateArn} --routing-control-state ${state}`);
        expect(one).not.toMatch(/us-east-1|us-west-2/);
      }
    });

    test('users come back through the gate as well when the recovery Region is lost', () => {
      expect(named(gated.stack, 'OpenGate')).toContain(`--routing-control-arn ${gateArn} --routing-control-state On`);
    });

    const { markdown } = new RecoveryRunbook(gated.recoveryStack, 'Runbook', { dr: gated.dr, decidedBy: 'somebody' });

    test('the runbook waits by itself between gate and move, because all of it may be pasted at once', () => {
      expect(markdown.match(/fedcba9876543210 --routing-control-state On.*\n +sleep 5\n/g)).toHaveLength(2);
    });

    test('the runbook opens it before users are moved, and closes it afterwards, both ways', () => {
      const moves = [
        ...markdown.matchAll(/--routing-control-arn \S+\/(\w+) --routing-control-state (\w+) --region eu-west-1/g),
      ];
      expect(moves.map(([, id, state]) => `${id} ${state}`)).toEqual([
        'fedcba9876543210 On',
        'abcdef0123456789 Off',
        'fedcba9876543210 Off',
        'fedcba9876543210 On',
        'abcdef0123456789 On',
        'fedcba9876543210 Off',
      ]);
    });
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
