import { failingProbe } from '../../../src/assessment/scenarios/failing-probe';
import { alarm, declared, hospital, resource, testScenario } from './play';

const SHALLOW = "the load balancer's probe does not ask the database";
const TELLS = 'an alarm tells within the objective that users get errors';
const HEARD = 'every alarm tells somebody';
const FIRES = 'every alarm can fire, and in time';

const probing = (path: string) => {
  const template = hospital();
  return declared(
    { ...template, Targets: resource('AWS::ElasticLoadBalancingV2::TargetGroup', { HealthCheckPath: path }) },
    { health: { path: '/livez', deepPath: '/readyz' } },
  );
};
const lag = (threshold: number, Namespace = 'AWS/S3') =>
  alarm({ Namespace, MetricName: 'ReplicationLatency', Threshold: threshold });

const LETS_GO = 'a load balancer lets go of what fails, and takes back what is well';
const LET_GO = 'clients let go of a load balancer that fails';
const AS_LARGE = 'what takes over from the database is as large';

const targets = (properties: Record<string, unknown>) =>
  hospital({
    Targets: resource('AWS::ElasticLoadBalancingV2::TargetGroup', {
      HealthCheckIntervalSeconds: 10,
      HealthCheckTimeoutSeconds: 5,
      ...properties,
    }),
  });
const attribute = (key: string, value: string) => targets({ TargetGroupAttributes: [{ Key: key, Value: value }] });
const balancer = (key: string, value: string) =>
  hospital({
    Alb: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      Subnets: [{ Ref: 'Subnet0' }, { Ref: 'Subnet1' }],
      LoadBalancerAttributes: [{ Key: key, Value: value }],
    }),
  });
const tiers = (one: unknown, other: unknown) => {
  const template = hospital({}, { ServerlessV2ScalingConfiguration: { MinCapacity: 2, MaxCapacity: 8 } });
  const instance = (tier: unknown) =>
    resource('AWS::RDS::DBInstance', { DBClusterIdentifier: { Ref: 'Database' }, PromotionTier: tier });
  return { ...template, Database0: instance(one), Database1: instance(other) };
};

testScenario(failingProbe, [
  {
    assertion: LETS_GO,
    answer: 'unknown',
    when: 'clients that are kept to one task',
    stacks: attribute('stickiness.enabled', 'true'),
  },
  {
    assertion: FIRES,
    answer: 'broken',
    when: 'more unhealthy targets than there are',
    stacks: hospital({ Alarm: alarm({ MetricName: 'UnHealthyHostCount', Threshold: 50 }) }),
  },
  {
    assertion: FIRES,
    answer: 'broken',
    when: 'answers later than the load balancer waits',
    stacks: hospital({ Alarm: alarm({ MetricName: 'TargetResponseTime', Threshold: 90 }) }),
  },
  { assertion: LETS_GO, answer: 'holds', when: 'a quick probe', stacks: targets({}) },
  {
    assertion: LETS_GO,
    answer: 'broken',
    when: 'a probe that waits longer than until the next',
    stacks: targets({ HealthCheckTimeoutSeconds: 20 }),
    about: 'Test/Targets',
  },
  {
    assertion: LETS_GO,
    answer: 'broken',
    when: 'half an hour until it comes back',
    stacks: targets({ HealthCheckIntervalSeconds: 180, HealthyThresholdCount: 10 }),
  },
  {
    assertion: LETS_GO,
    answer: 'broken',
    when: 'an hour until it lets go',
    stacks: attribute('deregistration_delay.timeout_seconds', '3600'),
  },
  {
    assertion: LETS_GO,
    answer: 'broken',
    when: 'an address for an empty zone',
    stacks: attribute('target_group_health.dns_failover.minimum_healthy_targets.count', 'off'),
  },
  {
    assertion: LETS_GO,
    answer: 'broken',
    when: 'more to be healthy than runs',
    stacks: attribute('target_group_health.unhealthy_state_routing.minimum_healthy_targets.count', '9'),
  },
  { assertion: LET_GO, answer: 'holds', when: 'nothing said', stacks: hospital() },
  {
    assertion: LET_GO,
    answer: 'broken',
    when: 'connections of a day',
    stacks: balancer('client_keep_alive.seconds', '86400'),
    about: 'Test/Alb',
  },
  {
    assertion: LET_GO,
    answer: 'broken',
    when: 'a second until it hangs up',
    stacks: balancer('idle_timeout.timeout_seconds', '1'),
  },
  { assertion: AS_LARGE, answer: 'holds', when: 'tiers 0 and 1', stacks: tiers(0, 1) },
  {
    assertion: AS_LARGE,
    answer: 'broken',
    when: 'a reader that stays small',
    stacks: tiers(0, 15),
    about: 'Test/Database',
  },
  {
    assertion: AS_LARGE,
    answer: 'unknown',
    when: 'a tier that an import decides',
    stacks: tiers(0, { 'Fn::ImportValue': 'tier' }),
  },
  {
    assertion: FIRES,
    answer: 'broken',
    when: 'silence taken for health',
    stacks: hospital({
      Alarm: alarm({ MetricName: 'HealthyHostCount', ComparisonOperator: 'LessThanThreshold', Threshold: 1 }),
    }),
  },
  {
    assertion: FIRES,
    answer: 'holds',
    when: 'what is left of a disk',
    stacks: hospital({
      Alarm: alarm({ MetricName: 'FreeStorageSpace', ComparisonOperator: 'LessThanThreshold', Threshold: 1e9 }),
    }),
  },
  {
    assertion: FIRES,
    answer: 'holds',
    when: 'nought or less, with silence heard',
    stacks: hospital({
      Alarm: alarm({
        MetricName: 'TunnelState',
        ComparisonOperator: 'LessThanOrEqualToThreshold',
        Threshold: 0,
        TreatMissingData: 'breaching',
      }),
    }),
  },
  {
    assertion: FIRES,
    answer: 'broken',
    when: 'a reader days behind',
    stacks: hospital({ Alarm: alarm({ MetricName: 'AuroraReplicaLagMaximum', Threshold: 1e9 }) }),
    about: 'Test/Alarm',
  },
  {
    assertion: FIRES,
    answer: 'broken',
    when: 'a replica of a cache days behind',
    stacks: hospital({ Alarm: alarm({ MetricName: 'ReplicationLag', Threshold: 1e6 }) }),
    about: 'Test/Alarm',
  },
  { assertion: SHALLOW, answer: 'holds', when: 'the declared shallow path', stacks: probing('/livez') },
  {
    assertion: SHALLOW,
    answer: 'broken',
    when: 'the declared deep path',
    stacks: probing('/readyz'),
    about: 'Test/Targets',
  },
  { assertion: SHALLOW, answer: 'unknown', when: 'a path that nobody declared', stacks: probing('/healthcheck') },
  { assertion: 'connections give up before the probe does', answer: 'unknown', when: 'anything', stacks: hospital() },
  { assertion: TELLS, answer: 'holds', when: 'three minutes', stacks: hospital({ Alarm: alarm() }) },
  {
    assertion: TELLS,
    answer: 'broken',
    when: 'an hour',
    stacks: hospital({ Alarm: alarm({ EvaluationPeriods: 60 }) }),
    about: 'Test/Alarm',
  },
  { assertion: TELLS, answer: 'broken', when: 'no alarm', stacks: hospital(), about: 'Test/Alb' },
  {
    assertion: TELLS,
    answer: 'unknown',
    when: 'a period that an import decides',
    stacks: hospital({ Alarm: alarm({ Period: { 'Fn::ImportValue': 'period' } }) }),
  },
  { assertion: HEARD, answer: 'holds', when: 'an action', stacks: hospital({ Alarm: alarm() }) },
  {
    assertion: HEARD,
    answer: 'holds',
    when: 'a composite alarm on it',
    stacks: hospital({
      Alarm: alarm({ AlarmActions: undefined, AlarmName: 'errors' }),
      All: resource('AWS::CloudWatch::CompositeAlarm', { AlarmRule: 'ALARM("errors")' }),
    }),
  },
  {
    assertion: HEARD,
    answer: 'broken',
    when: 'no action',
    stacks: hospital({ Alarm: alarm({ AlarmActions: undefined }) }),
    about: 'Test/Alarm',
  },
  { assertion: FIRES, answer: 'holds', when: 'a lag within what may be lost', stacks: hospital({ Alarm: lag(300) }) },
  {
    assertion: FIRES,
    answer: 'holds',
    when: 'a lag of a table, in milliseconds',
    stacks: hospital({ Alarm: lag(10_000, 'AWS/DynamoDB') }),
  },
  {
    assertion: FIRES,
    answer: 'broken',
    when: 'a lag of a table that is longer than what may be lost',
    stacks: hospital({ Alarm: lag(9_000_000, 'AWS/DynamoDB') }),
  },
  {
    assertion: FIRES,
    answer: 'broken',
    when: 'a lag beyond what may be lost',
    stacks: hospital({ Alarm: lag(9000) }),
    about: 'Test/Alarm',
  },
  {
    assertion: FIRES,
    answer: 'broken',
    when: 'a percentage over 100',
    stacks: hospital({ Alarm: alarm({ MetricName: 'CPUUtilization', Threshold: 150 }) }),
  },
  {
    assertion: FIRES,
    answer: 'broken',
    when: 'a count below nothing',
    stacks: hospital({ Alarm: alarm({ ComparisonOperator: 'LessThanThreshold', Threshold: 0 }) }),
  },
  {
    assertion: FIRES,
    answer: 'broken',
    when: 'a day until it fires',
    stacks: hospital({ Alarm: alarm({ EvaluationPeriods: 1440 }) }),
  },
  {
    assertion: FIRES,
    answer: 'holds',
    when: 'a day of backups missing',
    stacks: hospital({
      Alarm: alarm({
        MetricName: 'NumberOfBackupJobsCompleted',
        Period: 3600,
        EvaluationPeriods: 36,
        TreatMissingData: 'breaching',
        ComparisonOperator: 'LessThanThreshold',
        Threshold: 1,
      }),
    }),
  },
]);
