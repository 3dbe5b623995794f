import { App, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Enablement, EnablementMode, RecordLock, SecurityStandard } from '../../src/security';

describe('Enablement', () => {
  test('is native, or external with the name of who does it', () => {
    expect(Enablement.cloudFormation().mode).toBe(EnablementMode.NATIVE);
    expect(Enablement.cloudFormation().managedBy).toBeUndefined();
    expect(Enablement.external({ managedBy: 'the organization' }).mode).toBe(EnablementMode.EXTERNAL);
    expect(Enablement.external({ managedBy: 'the organization' }).managedBy).toBe('the organization');
  });

  test('fails when nobody is named', () => {
    expect(() => Enablement.external({ managedBy: ' ' })).toThrow(/managedBy must say who .*\[MissingReason\]/);
  });
});

describe('Enablement, in an account with a history or without need,', () => {
  test('adopts, or is off for a reason', () => {
    expect(Enablement.adopt().mode).toBe(EnablementMode.ADOPT);
    expect(Enablement.off({ reason: 'no EKS' })).toMatchObject({ mode: EnablementMode.OFF, offReason: 'no EKS' });
    expect(() => Enablement.off({ reason: '' })).toThrow(/reason must say why.*\[MissingReason\]/);
  });
});

describe('SecurityStandard', () => {
  test('knows its ARN in every partition', () => {
    const stack = new Stack(new App(), 'S', { env: { region: 'us-gov-west-1' } });
    expect(stack.resolve(SecurityStandard.NIST_800_53_R5.arnIn(stack))).toEqual({
      'Fn::Join': [
        '',
        ['arn:', { Ref: 'AWS::Partition' }, ':securityhub:us-gov-west-1::standards/nist-800-53/v/5.0.0'],
      ],
    });
  });

  // https://docs.aws.amazon.com/securityhub/latest/userguide/standards-reference.html
  test('is named as AWS names it', () => {
    const names = Object.values(SecurityStandard)
      .filter((value): value is SecurityStandard => value instanceof SecurityStandard)
      .map(({ identifier }) => identifier);
    expect(names).toEqual([
      'aws-foundational-security-best-practices/v/1.0.0',
      'cis-aws-foundations-benchmark/v/5.0.0',
      'cis-aws-foundations-benchmark/v/3.0.0',
      'nist-800-53/v/5.0.0',
      'nist-800-171/v/2.0.0',
      'pci-dss/v/4.0.1',
      'aws-resource-tagging-standard/v/1.0.0',
    ]);
  });

  test('can be one this library does not name', () => {
    expect(SecurityStandard.of('cis-aws-foundations-benchmark/v/9.0.0').identifier).toBe(
      'cis-aws-foundations-benchmark/v/9.0.0',
    );
  });

  test.each(['', 'NIST', 'nist-800-53', 'standards/nist-800-53/v/5.0.0', 'arn:aws:securityhub:::ruleset/x/v/1.2.0'])(
    'fails when it reads %j',
    (identifier) => {
      expect(() => SecurityStandard.of(identifier)).toThrow(/a standard must read like .*\[InvalidStandard\]/);
    },
  );
});

describe('RecordLock', () => {
  test('keeps mode, period and why it may be irreversible', () => {
    expect(RecordLock.governance(Duration.days(90))).toMatchObject({ mode: 'GOVERNANCE' });
    const lock = RecordLock.compliance(Duration.days(90), { acknowledgeIrreversible: 'regulator asks' });
    expect(lock).toMatchObject({ mode: 'COMPLIANCE', acknowledgedIrreversible: 'regulator asks' });
    expect(lock.period.toDays()).toBe(90);
  });

  test('fails when it is irreversible without a reason', () => {
    expect(() => RecordLock.compliance(Duration.days(1), { acknowledgeIrreversible: '' })).toThrow('MissingReason');
  });

  test.each([Duration.hours(36), Duration.days(0)])('fails when it is not one or more whole days: %s', (period) => {
    expect(() => RecordLock.governance(period)).toThrow(/one or more whole days.*\[InvalidRecordLock\]/);
  });

  test('fails when its period is a token', () => {
    const period = Duration.days(Lazy.number({ produce: () => 3 }));
    expect(() => RecordLock.governance(period)).toThrow(/got a token/);
  });
});
