import { assess } from '../../src/assessment/judge';
import { FailureScope } from '../../src/core/failure-scope';
import { assemblyOf, judged, network, ref, resource, stackOf, subnets, zone } from '../support/assessment';

type Resources = Record<string, unknown>;

/** An instance behind a network interface of its own. */
function instance(name: string, slot: number): Resources {
  return {
    [`${name}Card`]: resource('AWS::EC2::NetworkInterface', { SubnetId: ref(`Subnet${slot}`) }),
    [name]: resource('AWS::EC2::Instance', {
      NetworkInterfaces: [{ DeviceIndex: '0', NetworkInterfaceId: ref(`${name}Card`) }],
      DisableApiTermination: true,
      Monitoring: true,
    }),
  };
}

/** One with a data volume in its zone. */
function member(name: string, slot: number): Resources {
  return {
    ...instance(name, slot),
    [`${name}Disk`]: resource(
      'AWS::EC2::Volume',
      { AvailabilityZone: zone(slot), Encrypted: true },
      { DeletionPolicy: 'Retain' },
    ),
    [`${name}Attachment`]: resource('AWS::EC2::VolumeAttachment', {
      InstanceId: ref(name),
      VolumeId: ref(`${name}Disk`),
    }),
  };
}

function pair(secondSlot: number, more: Resources = {}): Resources {
  return {
    ...network(3),
    ...member('First', 0),
    ...member('Second', secondSlot),
    ...instance('Arbiter', 2),
    Alb: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', { Subnets: subnets(3) }),
    Listener: resource('AWS::ElasticLoadBalancingV2::Listener', {
      LoadBalancerArn: ref('Alb'),
      DefaultActions: [{ Type: 'forward', TargetGroupArn: ref('Targets') }],
    }),
    Targets: resource('AWS::ElasticLoadBalancingV2::TargetGroup', {
      HealthCheckIntervalSeconds: 10,
      UnhealthyThresholdCount: 2,
      HealthCheckTimeoutSeconds: 5,
      Targets: [{ Id: ref('First') }, { Id: ref('Second') }],
    }),
    ...more,
  };
}

const backedUp: Resources = {
  Plan: resource('AWS::Backup::BackupPlan', {
    BackupPlan: {
      BackupPlanName: 'p',
      BackupPlanRule: [{ RuleName: 'r', TargetBackupVault: 'v', ScheduleExpression: 'cron(0 * * * ? *)' }],
    },
  }),
  Selection: resource('AWS::Backup::BackupSelection', {
    BackupPlanId: ref('Plan'),
    BackupSelection: {
      SelectionName: 's',
      Resources: ['First', 'Second'].map((name) => ({
        'Fn::Sub': `arn:aws:ec2:\${AWS::Region}:\${AWS::AccountId}:instance/\${${name}}`,
      })),
    },
  }),
};

function assessed(resources: Resources, system: Resources) {
  return assess(assemblyOf(stackOf(resources)), {
    systems: { systems: { Test: { systemName: 'odb', ...system } } } as never,
  });
}

test.each([
  ['another zone', 1, 'MEETS'],
  ['the same zone', 0, 'NOT_RECOVERABLE'],
])('an instance is where its network interface is: with its peer in %s', (_, slot, verdict) => {
  expect(judged(pair(slot), FailureScope.AVAILABILITY_ZONE).split(' ')[0]).toBe(verdict);
});

test('a recovery point of an instance holds the volumes attached to it', () => {
  const unselected = (resources: Resources) =>
    assessed(resources, { tier: 'LIFE_CRITICAL', supporting: ['Test/Arbiter'] })
      .rules.failed.filter(({ id }) => id === 'RES-BKP-001')
      .map(({ resource: path }) => path);
  expect(unselected(pair(1))).toEqual(['Test/FirstDisk', 'Test/SecondDisk']);
  expect(unselected(pair(1, backedUp))).toEqual([]);
  expect(judged(pair(1), FailureScope.DELETION)).toContain('FirstDisk');
  expect(judged(pair(1), FailureScope.DELETION).split(' ')[0]).toBe('NOT_RECOVERABLE');
  expect(judged(pair(1, backedUp), FailureScope.DELETION).split(' ')[0]).not.toBe('NOT_RECOVERABLE');
});

describe('a part that serves nobody', () => {
  const brokenBy = (path: string, system: Resources) => {
    const { systems, rules } = assessed(pair(1, backedUp), { tier: 'LIFE_CRITICAL', ...system });
    const found = systems.flatMap(({ findings }) => findings).filter(({ resource: at }) => at === path);
    const broken = rules.failed.filter(({ resource: at }) => at === path);
    return [...found.map(({ scope }) => String(scope)), ...broken.map(({ id }) => id)];
  };

  test('is judged as something that serves where nobody says so', () => {
    expect(brokenBy('Test/Arbiter', {})).toEqual(expect.arrayContaining(['AVAILABILITY_ZONE', 'RES-CMP-009']));
  });

  test('is no way in, and care does not depend on it, where that is declared', () => {
    const supporting = ['Test/Arbiter'];
    expect(brokenBy('Test/Arbiter', { supporting })).toEqual([]);
    expect(brokenBy('Test/First', { supporting })).toEqual(brokenBy('Test/First', {}));
  });
});
